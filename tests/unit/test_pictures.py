"""The pictures that stand in a page of the book until its widgets are drawn."""

import re
from types import SimpleNamespace

import pytest

docutils_nodes = pytest.importorskip("docutils.nodes")

from d2lbook.pictures import WIDGET_VIEW, StillBehindWidget  # noqa: E402
from docutils.utils import new_document  # noqa: E402

from d2lmini.explore import explore  # noqa: E402
from d2lmini.plotting import plt  # noqa: E402


def draw(b, lr=1):
    fig, ax = plt.subplots()
    ax.plot([0, 1], [b, 1])
    return fig


def part(mime_type, child):
    return docutils_nodes.container("", child, mime_type=mime_type)


def bundle():
    """A widget's output, as myst-nb hands it on."""
    return docutils_nodes.container(
        "",
        part("image/svg+xml", docutils_nodes.image(uri="still.svg")),
        part("text/plain", docutils_nodes.literal_block("", "Explorer of b")),
        part(WIDGET_VIEW, docutils_nodes.raw("", "<script></script>", format="html")),
        nb_element="mime_bundle",
    )


def with_pictures(folder, **controls):
    """Return the HTML of a page that shows one explorer twice."""
    still = explore(draw, lambda **setting: f"one, two: {setting}", **controls)
    picture = still._repr_mimebundle_()["image/svg+xml"]
    (folder / "still.svg").write_text(picture, encoding="utf8")
    document = new_document("page")
    app = SimpleNamespace(srcdir=str(folder))
    env = SimpleNamespace(docname="notebooks/page", app=app, _app=app, config=None)
    document.settings.env = env
    document.extend([bundle(), bundle()])
    StillBehindWidget(document).run()
    return [raw.astext() for raw in document.children]


def test_two_widgets_of_a_page_have_first_pictures_that_share_no_id(tmp_path):
    pictures = with_pictures(tmp_path, b=[1, 2])
    one, two = (set(re.findall(r' id="([^"]+)"', still)) for still in pictures)
    assert one
    assert not one & two


def test_room_is_kept_for_each_slider_and_the_picture_keeps_its_sentence(tmp_path):
    for controls in ({"b": [1, 2]}, {"b": [1], "lr": [1, 2]}):
        still = with_pictures(tmp_path, **controls)[0]
        assert f'style="--sliders:{len(controls)}"' in still
        assert "one, two: {&#x27;b&#x27;: 1" in still
