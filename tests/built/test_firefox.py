"""The book in Firefox: every page opens without a complaint and fits, and a slider works."""

import json

import pytest

from tests.built.checks.sliders import PICTURE_AT
from tests.built.pages import HTML, PAGES, SEARCH
from tests.built.reader import AT_REST

# Widgets load when they near the screen.
DRAWN = """[...document.querySelectorAll(".d2l-widget")].every(
    (widget) => widget.dataset.ready || widget.scrollIntoView({ behavior: "instant" }))"""
HEADING = """[...document.querySelectorAll("h1")].filter((h1) => h1.checkVisibility())
    .map((h1) => h1.innerText).join()"""
# Firefox draws scroll bars, which take space from the page.
EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HANDLE = 'document.querySelector(".d2l-widget [role=slider]")'
PICTURE = """[...document.querySelectorAll(".d2l-explorer figure svg")]
    .find((svg) => svg.checkVisibility())"""


def test_every_page_opens_and_fits(firefox, subtests):
    """One test, so that the two processes of `make browser` do not both start Firefox for it."""
    for name in [*PAGES, SEARCH]:
        with subtests.test(name):
            firefox.open(f"{HTML.as_uri()}/{name}")
            firefox.wait_for(DRAWN)
            firefox.evaluate(f"({AT_REST})()")
            assert firefox.evaluate(HEADING)
            assert firefox.evaluate(EXCESS) == 0
            firefox.resize(390, 844)
            firefox.evaluate(f"({AT_REST})()")
            assert firefox.evaluate(EXCESS) == 0
            assert firefox.errors == []
            assert firefox.requests == []


def test_a_slider_moves_its_picture(firefox):
    firefox.open(f"{HTML.as_uri()}/notebooks/vectorization.html")
    firefox.wait_for(DRAWN)
    firefox.evaluate(f"{HANDLE}.focus()")
    shown, seen, value = [], [], None
    for position, key in enumerate(["Home", "ArrowRight"]):
        firefox.press(key)
        arguments = f"[{HANDLE}, {position}, {json.dumps(value)}]"
        shown.append(firefox.wait_for(f"({PICTURE_AT})({arguments})"))
        value = shown[-1]["value"]
        seen.append(firefox.screenshot(PICTURE))
    assert shown[0]["picture"] != shown[1]["picture"]
    assert seen[0] != seen[1]


WRONG = """<!doctype html><h1 style="width: 500px">Wide</h1>
<script>
    console.info("all is well");
    console.warn("a warning");
    console.error("an error");
    setTimeout(() => missing());
</script>
<img src="https://example.org/picture.png">"""


def test_what_goes_wrong_is_recorded(firefox, tmp_path):
    """The test of all pages could see each of these."""
    path = tmp_path / "wrong.html"
    path.write_text(WRONG)
    firefox.open(path.as_uri(), width=390)
    firefox.evaluate(f"({AT_REST})()")
    assert firefox.evaluate(HEADING) == "Wide"
    assert firefox.evaluate(EXCESS) > 0
    assert firefox.requests == ["https://example.org/picture.png"]
    assert firefox.errors == [
        "console, warn: a warning",
        "console, error: an error",
        "javascript, error: ReferenceError: missing is not defined",
    ]
    assert firefox.messages == ["console, info: all is well", *firefox.errors]
    with pytest.raises(AssertionError, match="nothing is not defined"):
        firefox.evaluate("nothing")
