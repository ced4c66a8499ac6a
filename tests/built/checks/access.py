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
RUN_AXE = "(options) => axe.run(document, options)"
RULES_ABOUT_COLORS = {"runOnly": ["color-contrast", "link-in-text-block"]}
OPEN_DETAILS = "() => document.querySelectorAll('details').forEach((d) => { d.open = true; })"


def open_details(page):
    page.evaluate(OPEN_DETAILS)


def axe_finds_no_violation(reader):
    """axe-core finds nothing to object to; what can be unfolded is unfolded."""
    reader.page.evaluate(AXE.read_text(encoding="utf8"))
    run_axe(reader, RULES)


def axe_finds_no_violation_of_colors(reader):
    """The same for the rules that depend on the theme, once the others have been checked."""
    run_axe(reader, RULES_ABOUT_COLORS)


def run_axe(reader, rules):
    page = reader.page
    open_details(page)
    reader.wait_until_at_rest()
    page.evaluate("shorten()")
    result = page.evaluate(RUN_AXE, rules | OPTIONS)
    page.evaluate("putBack()")
    no_violation_in(result)


def no_violation_in(result):
    """axe-core has checked something, and has found nothing to object to."""
    assert result["passes"]
    assert [
        (violation["id"], [node["target"] for node in violation["nodes"]][:4])
        for violation in result["violations"]
    ] == []


def every_stop_of_the_tab_key_has_a_ring(reader):
    page = reader.page
    page.evaluate("startAtTheTop()")
    stops = []
    page.keyboard.press("Tab")
    while (stop := page.evaluate("ringOfFocus()")) and len(stops) < 200:
        stops.append(stop)
        page.keyboard.press("Tab")
    assert len(stops) > 15
    assert [stop for stop in stops if stop[1] < 3] == []


def every_stop_in_a_widget_has_a_role_and_a_name(reader):
    assert reader.page.get_by_role("slider").count() > 0
    assert reader.page.evaluate("namelessStops()") == []
