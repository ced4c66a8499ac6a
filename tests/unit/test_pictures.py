"""The pictures that stand in a page of the book until its widgets are drawn."""

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

docutils_nodes = pytest.importorskip("docutils.nodes")
sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "site"))

from d2lbook.pictures import WIDGET_VIEW, StillBehindWidget  # noqa: E402
from docutils.utils import new_document  # noqa: E402

from d2lmini.explore import explore  # noqa: E402
from d2lmini.plotting import plt  # noqa: E402


def draw(b):
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


def test_two_widgets_of_a_page_have_stills_that_share_no_id(tmp_path):
    still = explore(draw, lambda b: f"b is {b}", b=[1, 2])._repr_mimebundle_()["image/svg+xml"]
    (tmp_path / "still.svg").write_text(still, encoding="utf8")
    document = new_document("page")
    app = SimpleNamespace(srcdir=str(tmp_path))
    env = SimpleNamespace(docname="notebooks/page", app=app, _app=app, config=None)
    document.settings.env = env
    document.extend([bundle(), bundle()])
    StillBehindWidget(document).run()
    one, two = (set(re.findall(r' id="([^"]+)"', raw.astext())) for raw in document.children)
    assert one
    assert not one & two
