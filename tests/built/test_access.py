"""axe-core finds nothing to object to, on any page, in either theme."""

import pytest

from tests.built.conftest import PAGES, ROOT
from tests.built.test_pages import WIDGETS, wake

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", [*PAGES, "search.html", "404.html"])
def test_no_violations(name, theme, reading):
    page = reading(color_scheme=theme, reduced_motion="reduce").open(name)
    if name in WIDGETS:
        wake(page)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.add_script_tag(path=AXE)
    found = page.evaluate("(rules) => axe.run(document, rules)", RULES)["violations"]
    assert [
        (violation["id"], [node["target"] for node in violation["nodes"]][:4])
        for violation in found
    ] == []
