"""Whether a page can be used with a keyboard, and by those who do not see it."""

from tests.built.pages import AXE

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
# The style sheets that axe would fetch for one rule cannot be had from a disk.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
RULES_ABOUT_COLORS = {"runOnly": ["color-contrast", "link-in-text-block"]}

# Some rings are drawn around what stands for the element: a tab's label, the search form.
RING = """() => {
    const focus = document.activeElement;
    if (focus === document.body) return null;
    const ground = backgroundOf(focus.parentElement);
    const ring = (element) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
        const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
        const shadow = boxShadow.match(/rgba?\\([^)]*\\)/)?.[0];
        return Math.max(
            outlined ? contrast(outlineColor, ground) : 0, shadow ? contrast(shadow, ground) : 0);
    };
    const rings = [focus, ...focus.children, ...(focus.labels ?? []), focus.closest("form")];
    const found = Math.max(...rings.filter(Boolean).map(ring));
    return [focus.outerHTML.slice(0, 80), found];
}"""

# The browser goes on from the element that had the focus last.
START_AT_THE_TOP = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
}"""

NAMELESS_STOPS = """() => [...document.querySelectorAll(".d2l-widget *")]
    .filter((e) => (e.tabIndex >= 0 || e.isContentEditable) && e.checkVisibility())
    .filter((e) => !e.matches("a, button, input, select, summary, [role]")
        || !(e.getAttribute("aria-label") || e.labels?.length || e.textContent.trim()))
    .map((e) => e.outerHTML.slice(0, 80))"""


def open_details(page):
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")


def axe_finds_no_violation(reader):
    """axe-core finds nothing to object to; what can be unfolded is unfolded."""
    reader.page.add_script_tag(path=AXE)
    run_axe(reader, RULES)


def axe_finds_no_violation_of_colors(reader):
    """The same for the rules that depend on the theme, once the others have been checked."""
    run_axe(reader, RULES_ABOUT_COLORS)


def run_axe(reader, rules):
    open_details(reader.page)
    reader.wait_until_at_rest()
    result = reader.page.evaluate("(options) => axe.run(document, options)", rules | OPTIONS)
    assert result["passes"]
    assert [
        (violation["id"], [node["target"] for node in violation["nodes"]][:4])
        for violation in result["violations"]
    ] == []


def every_stop_of_the_tab_key_has_a_ring(reader):
    page = reader.page
    page.evaluate(START_AT_THE_TOP)
    stops = []
    page.keyboard.press("Tab")
    while (stop := page.evaluate(RING)) and len(stops) < 200:
        stops.append(stop)
        page.keyboard.press("Tab")
    assert len(stops) > 15
    assert [stop for stop in stops if stop[1] < 3] == []


def every_stop_in_a_widget_has_a_role_and_a_name(reader):
    assert reader.page.locator(".d2l-widget [role=slider]").count() > 0
    assert reader.page.evaluate(NAMELESS_STOPS) == []
