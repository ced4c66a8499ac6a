"""The pictures that stand in a page of the book until its widgets are drawn."""

import json
import re
from types import SimpleNamespace

from d2lbook import figures, hosted
from docutils import nodes

from d2lmini.explore import explore
from d2lmini.plotting import plt


def draw(b, lr=1):
    fig, ax = plt.subplots()
    ax.plot([0, 1], [b, 1])
    return fig


def part(mime_type, child):
    return nodes.container("", child, mime_type=mime_type)


def still(folder, cell_index):
    """Return the first picture of a widget, as the page has it, and what its output stores."""
    explorer = explore(draw, lambda **setting: f"shown: {setting}", b=[1, 2], lr=[1, 2, 3])
    data, metadata = explorer._repr_mimebundle_()
    (folder / "still.svg").write_text(data["image/svg+xml"], encoding="utf8")
    image = part("image/svg+xml", nodes.image(uri="still.svg"))
    view = part(figures.WIDGET_VIEW, nodes.raw("", "<script></script>", format="html"))
    bundle = nodes.container("", image, view, nb_element="mime_bundle")
    cell = nodes.container("", bundle, cell_index=cell_index)
    app = SimpleNamespace(srcdir=folder, env=SimpleNamespace(docname="notebooks/page"))
    found = figures.find_bundle(cell, figures.WIDGET_VIEW)
    assert found is bundle
    return figures.still_of(app, cell, found, metadata["d2lmini"]), metadata["d2lmini"]


def test_two_widgets_of_a_page_have_first_pictures_that_share_no_id(tmp_path):
    one, two = (set(re.findall(r' id="([^"]+)"', still(tmp_path, index)[0])) for index in (3, 7))
    assert one
    assert not one & two


def test_description_and_number_of_controls_are_data(tmp_path):
    picture, stored = still(tmp_path, 1)
    assert stored == {"description": "shown: {'b': 1, 'lr': 1}", "controls": 2}
    assert "shown: {&#x27;b&#x27;: 1, &#x27;lr&#x27;: 1}" in picture
    assert "--sliders:2" in figures.widget(picture, stored["controls"], "<script></script>")


def test_the_state_of_a_hosted_module_cannot_end_its_script():
    state = {"name": "</script><b>"}
    markup = hosted.markup({"module": "lab", "state": state, "parameters": ["b"]}, "<svg></svg>")
    text = markup.split('type="application/json">')[1].split("</script>")[0]
    assert json.loads(text) == state
