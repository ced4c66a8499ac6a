"""Labels of figures can grow where a page shows them small."""

from xml.etree import ElementTree

import pytest

from d2lmini.plotting import plt, use_svg_display
from d2lmini.svg import inline_svg, svg

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def page_element():
    use_svg_display()
    figure, axes = plt.subplots(figsize=(4, 3))
    axes.loglog([1, 100], [1, 100], label="a long label of a line")
    axes.set_xlabel("words")
    axes.legend(loc="upper right")
    yield ElementTree.fromstring(inline_svg(svg(figure), "one", "what it shows"))
    plt.close(figure)


def styles(root, tag):
    return {element.text: element.get("style", "") for element in root.iter(SVG + tag)}


def test_the_figure_says_how_wide_it_is(page_element):
    assert page_element.get("style").startswith("--d2l-width:288;")


def test_words_keep_their_size_until_a_page_asks_for_more(page_element):
    found = styles(page_element, "text")
    assert "font-size: max(10px, var(--d2l-label, 0) * 1px)" in found["words"]
    assert "font-size: max(8.33px, var(--d2l-label, 0) * 1px)" in found["a long label of a line"]


def test_a_formula_is_scaled_as_a_whole(page_element):
    formulas = [text for text in page_element.iter(f"{SVG}text") if len(text)]
    assert formulas
    for text in formulas:
        assert text.get("style") == "scale: max(1, var(--d2l-label, 0) / 8.75)"


def test_only_the_legend_moves_and_only_by_what_it_would_leave_the_panel(page_element):
    moving = [
        g.get("style") for g in page_element.iter(f"{SVG}g") if "translate:" in g.get("style", "")
    ]
    assert len(moving) == 1
    width, room = map(float, moving[0].split("0) * ")[1].rstrip(")").split(" - "))
    assert 10 < width < 12
    assert 8.33 * width < room < 10 * width


def test_sizes_of_older_versions_of_matplotlib_are_found():
    text = '<text style="font: 8px Verdana">a</text>'
    root = inline_svg(f'<svg xmlns="{SVG[1:-1]}" viewBox="0 0 9 9">{text}</svg>', "one", "")
    assert "font-size: max(8px, var(--d2l-label, 0) * 1px)" in root
