"""Whether the figures of a page are there, and can be seen and read."""

import re

from tests.built.pages import SLIDERS, WIDGETS, notebook_of, pictures_in

SHOW_ALL_FRAMEWORKS = "[class*=d2l-for-] { display: block !important; }"

FAINT_FIGURES = """() => [...document.querySelectorAll("svg.d2l-figure")].flatMap((figure) =>
    faintIn(figure).map((part) => `${figure.getAttribute("aria-label").slice(0, 30)}: ${part}`))"""

LABELS_OUT_OF_ORDER = """() => [
    ...document.querySelectorAll("svg.d2l-figure text")
].filter((text) => {
    const starts = Array.from(
        { length: text.getNumberOfChars() }, (_, k) => text.getStartPositionOfChar(k).x);
    return starts.some((x, k) => k > 0 && x < starts[k - 1] - 1);
}).map((text) => text.textContent)"""

# The pictures of every position of the sliders, beside those that are shown.
ADD_ALL_FRAMES = """() => {
    document.querySelectorAll(".d2l-frame").forEach((frame) => frame.remove());
    const widget = document.querySelector(".d2l-widget");
    const states = [...document.querySelectorAll("script[type$='widget-state+json']")]
        .flatMap((data) => Object.values(JSON.parse(data.text).state))
        .filter(({ model_name }) => model_name === "HTMLModel");
    for (const { state } of states) widget.insertAdjacentHTML("beforeend", state.value);
    return states.length;
}"""

INK = "getComputedStyle(document.querySelector('svg.d2l-figure text')).fill"


def figures_need_no_script(reader):
    """As many figures as the notebook has pictures are seen before any script runs."""
    figures = reader.page.locator("article figure")
    if reader.name.startswith("notebooks/"):
        notebook = notebook_of(reader.name).with_suffix(".ipynb")
        assert figures.count() == pictures_in(notebook)
    for figure in figures.all():
        assert figure.locator("svg.d2l-figure").first.is_visible()
    first_pictures = reader.page.locator(".d2l-still svg.d2l-figure")
    assert first_pictures.count() == (reader.name in WIDGETS)
    for picture in first_pictures.all():
        assert picture.is_visible()


def show_every_figure(reader):
    """Put the figures of all frameworks and of all positions of the sliders into the page."""
    reader.page.add_style_tag(content=SHOW_ALL_FRAMEWORKS)
    assert (reader.page.evaluate(ADD_ALL_FRAMES) > 1) == (reader.name in SLIDERS)


def figures_stand_out(reader):
    """Lines have a contrast of 3 to 1 to what lies behind them, text of 4.5 to 1."""
    assert reader.page.evaluate(FAINT_FIGURES) == []


def labels_are_drawn_in_their_order(reader):
    assert reader.page.evaluate(LABELS_OUT_OF_ORDER) == []


def ink_is_light_in_the_dark(reader):
    """Text in figures is light where the page is dark, and dark where it is light."""
    if not reader.page.locator("svg.d2l-figure text").count():
        return
    ink = reader.page.evaluate(INK)
    lightness = sum(int(part) for part in re.findall(r"\d+", ink)[:3]) / 3
    dark = reader.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert (lightness > 160) == dark, ink
