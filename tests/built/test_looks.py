"""Figures, links, focus, sliders, formulas and references can be seen and read."""

import io
import re

import pytest
from PIL import Image

from tests.built.conftest import PAGES, ROOT
from tests.built.test_pages import LAB, WIDGETS, wake, with_all_frames

CONTRAST = ROOT / "tests" / "built" / "contrast.js"
SEARCH = "search.html?q=roofline"

SHOW_ALL_FRAMEWORKS = "[class*=d2l-for-] { display: block !important; }"

FAINT_FIGURES = """() => [...document.querySelectorAll("svg.d2l-figure")].flatMap((figure) =>
    faintIn(figure).map((part) => `${figure.getAttribute("aria-label").slice(0, 30)}: ${part}`))"""

FAINT_LINKS = """() => [...document.querySelectorAll("a, a *, button, button *")]
    .filter((e) => e.checkVisibility())
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .map((e) => [e.textContent.trim(), contrast(getComputedStyle(e).color, groundOf(e))])
    .filter(([, found]) => found < 4.5)"""

# Some rings are drawn around what stands for the element: a tab's label, the search form.
RING = """() => {
    const focus = document.activeElement;
    if (focus === document.body) return null;
    const ground = groundOf(focus.parentElement);
    const ring = (element) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
        const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
        const shadow = boxShadow.match(/rgba?\\([^)]*\\)/)?.[0];
        return Math.max(
            outlined ? contrast(outlineColor, ground) : 0, shadow ? contrast(shadow, ground) : 0);
    };
    const places = [focus, ...focus.children, ...(focus.labels ?? []), focus.closest("form")];
    const found = Math.max(...places.filter(Boolean).map(ring));
    return [focus.outerHTML.slice(0, 80), found];
}"""

NAMELESS_STOPS = """() => [...document.querySelectorAll(".d2l-widget *")]
    .filter((e) => (e.tabIndex >= 0 || e.isContentEditable) && e.checkVisibility())
    .filter((e) => !e.matches("a, button, input, select, summary, [role]")
        || !(e.getAttribute("aria-label") || e.labels?.length || e.textContent.trim()))
    .map((e) => e.outerHTML.slice(0, 80))"""

CUT_FORMULAS = """() => [...document.querySelectorAll("div.math")].filter((formula) => {
    const lefts = [...formula.querySelectorAll(".katex-html .base")].map(
        (part) => part.getBoundingClientRect().left);
    return Math.min(...lefts) < formula.getBoundingClientRect().left - 1;
}).map((formula) => formula.textContent.slice(0, 60))"""

LABELS_OUT_OF_ORDER = """() => [
    ...document.querySelectorAll("svg.d2l-figure text")
].filter((text) => {
    const starts = Array.from(
        { length: text.getNumberOfChars() }, (_, k) => text.getStartPositionOfChar(k).x);
    return starts.some((x, k) => k > 0 && x < starts[k - 1] - 1);
}).map((text) => text.textContent)"""


@pytest.fixture
def opened(reading):
    """Open a page, with the functions that measure contrast."""

    def open_page(name, **options):
        page = reading(reduced_motion="reduce", **options).open(name)
        page.add_script_tag(path=CONTRAST)
        return page

    return open_page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_figures_stand_out(name, theme, opened):
    page = opened(name, color_scheme=theme)
    page.add_style_tag(content=SHOW_ALL_FRAMEWORKS)
    with_all_frames(page)
    assert page.evaluate(FAINT_FIGURES) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", [*PAGES, SEARCH])
def test_links_can_be_read_under_the_pointer(name, theme, opened):
    page = opened(name, color_scheme=theme)
    if name == LAB:
        wake(page)
    if name == SEARCH:
        page.wait_for_selector("#search-results li a")
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    links = {"nodeId": root, "selector": "a, a *, button, button *"}
    for node in tools.send("DOM.querySelectorAll", links)["nodeIds"]:
        tools.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": ["hover"]})
    assert page.evaluate(FAINT_LINKS) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["notebooks/scratch.html", "notebooks/lab.html", SEARCH])
def test_every_stop_of_the_tab_key_has_a_ring(name, theme, opened):
    page = opened(name, color_scheme=theme)
    if name in WIDGETS:
        wake(page)
    page.evaluate("scrollTo(0, 0)")
    stops = []
    page.keyboard.press("Tab")
    while (stop := page.evaluate(RING)) and len(stops) < 200:
        stops.append(stop)
        page.keyboard.press("Tab")
    assert len(stops) > 15
    assert [stop for stop in stops if stop[1] < 3] == []


@pytest.mark.parametrize("name", sorted(WIDGETS))
def test_every_stop_in_a_widget_has_a_role_and_a_name(name, opened):
    page = opened(name)
    wake(page)
    assert page.locator(".d2l-widget [role=slider]").count() > 0
    assert page.evaluate(NAMELESS_STOPS) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_sliders_are_seen_in_the_colours_of_the_system(theme, opened):
    page = opened("notebooks/variance.html", color_scheme=theme, forced_colors="active")
    wake(page)
    track = page.locator(".d2l-widget .noUi-base").first
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    middle = box["y"] + box["height"] / 2
    for place in (0.1, 0.9):  # the handle stands in between
        clip = {"x": box["x"] + place * box["width"], "y": middle - 8, "width": 1, "height": 16}
        strip = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L")
        dark, light = strip.getextrema()
        assert light - dark > 100


@pytest.mark.parametrize("name", PAGES)
def test_formulas_open_at_their_beginning(name, opened):
    page = opened(name)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(CUT_FORMULAS) == []


@pytest.mark.parametrize("name", PAGES)
def test_labels_of_figures_are_drawn_in_their_order(name, opened):
    page = opened(name)
    page.add_style_tag(content=SHOW_ALL_FRAMEWORKS)
    with_all_frames(page)
    assert page.evaluate(LABELS_OUT_OF_ORDER) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_icon_of_the_search_does_not_cover_the_query(width, opened):
    page = opened(SEARCH, viewport={"width": width, "height": 844})
    page.keyboard.press("Control+k")
    forms = page.locator("form.bd-search:visible")
    assert forms.count() >= 1
    for form in forms.all():
        icon = form.locator(".fa-magnifying-glass").bounding_box()
        field = form.locator("input[type=search]")
        padding = field.evaluate("(e) => parseFloat(getComputedStyle(e).paddingLeft)")
        assert icon["x"] + icon["width"] <= field.bounding_box()["x"] + padding


def test_references_are_listed_by_names_and_year(opened):
    labels = opened("book/references.html").locator(".citation .label").all_inner_texts()
    assert len(labels) > 10
    for label in labels:
        assert re.fullmatch(r"\[[^\d+\\]+, \d{4}[a-z]?\]", label), label
    listed = {re.sub(r"(\d{4})[a-z]", r"\1", label) for label in labels}
    cited = opened("notebooks/variance.html").locator(".bibtex-citation").all_inner_texts()
    assert cited
    assert set(cited) <= listed
