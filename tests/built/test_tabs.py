"""The tabs of the built book show the code and the output of the notebooks they come from."""

import re
import time

import jupytext
import pytest

from tests.built.conftest import PAGES, ROOT

NOTEBOOKS = ROOT / "notebooks"
TABBED = sorted(f"notebooks/{path.stem}.html" for path in (NOTEBOOKS / "mxnet").glob("*.md"))
FOLDERS = {"pytorch": ".", "tensorflow": "tensorflow", "mxnet": "mxnet"}
# The pages that are about the frameworks themselves.
ABOUT_FRAMEWORKS = {"notebooks/beyond/frameworks.html", "book/corrections.html"}

DEADLINE = 15  # seconds

# As a click in a tab does it, also on pages without tabs.
CHOOSE = """(framework) => {
    const label = document.querySelector(`.d2l-tabs > label[data-sync-id="${framework}"]`);
    if (label) label.click();
    else document.documentElement.dataset.framework = framework;
}"""

SHOWN = """(framework) => [...document.querySelectorAll(
    `.d2l-tabs > label[data-sync-id="${framework}"] + .sd-tab-content`)].map((panel) => ({
        visible: getComputedStyle(panel).display !== "none",
        code: panel.querySelector(".cell_input pre").textContent,
        output: [...panel.querySelectorAll(".cell_output pre")].map((e) => e.textContent).join(""),
    }))"""


def expected(page, framework):
    """Code and printed output of the tabbed cells that show their code."""
    stem = page.split("/")[-1].removesuffix(".html")
    for cell in jupytext.read(NOTEBOOKS / FOLDERS[framework] / f"{stem}.ipynb").cells:
        tags = cell.metadata.get("tags", [])
        if "remove-input" in tags or not any(tag.startswith("tab-") for tag in tags):
            continue
        printed = [
            o.text if o.output_type == "stream" else o.data["text/plain"]
            for o in cell.outputs
            if "image/svg+xml" not in o.get("data", {})
        ]
        yield cell.source, "".join(printed), "nbval-ignore-output" in tags


def squeezed(text):
    return re.sub(r"\s+", " ", re.sub(r"\d+\.\d{3} sec/epoch", "TIME", text)).strip()


@pytest.mark.parametrize("page", TABBED)
def test_tabs_show_their_sources(page, reading):
    opened = reading().open(page)
    for framework in FOLDERS:
        shown = opened.evaluate(SHOWN, framework)
        sources = list(expected(page, framework))
        assert len(shown) == len(sources)
        for panel, (code, printed, timed) in zip(shown, sources, strict=True):
            assert squeezed(panel["code"]) == squeezed(code)
            # PyTorch's cells were run anew by the build: of them timings may differ.
            if framework != "pytorch" or not timed:
                assert squeezed(panel["output"]) == squeezed(printed)


def open_with_choice(reader, name, framework):
    """Open a page that follows an earlier choice, again and again until it does or time is up.

    The browser passes on what a page stored after the page has stored it, so the next page may be
    too early to see it. No page stores a choice by being opened: what no click stored never shows.
    """
    deadline = time.monotonic() + DEADLINE
    page = reader.open(name)
    chosen = "document.documentElement.dataset.framework"
    while page.evaluate(chosen) != framework and time.monotonic() < deadline:
        page = reader.open(name)
    assert page.evaluate(chosen) == framework
    return page


def test_a_choice_holds_everywhere_and_stays(reading):
    reader = reading()
    page = reader.open("notebooks/scratch.html")
    assert all(panel["visible"] for panel in page.evaluate(SHOWN, "pytorch"))
    page.locator('.d2l-tabs label[data-sync-id="tensorflow"]').nth(2).click()
    assert all(panel["visible"] for panel in page.evaluate(SHOWN, "tensorflow"))
    for name in ("notebooks/concise.html", "notebooks/exercises.html", "notebooks/scratch.html"):
        page = open_with_choice(reader, name, "tensorflow")
        assert all(panel["visible"] for panel in page.evaluate(SHOWN, "tensorflow"))
        assert not any(panel["visible"] for panel in page.evaluate(SHOWN, "pytorch"))
    assert reader.troubles == []


def test_a_link_can_choose(reading):
    reader = reading()
    reader.open("book/index.html?framework=mxnet")  # a page without tabs
    page = open_with_choice(reader, "notebooks/concise.html", "mxnet")
    assert all(panel["visible"] for panel in page.evaluate(SHOWN, "mxnet"))
    page = reader.open("notebooks/concise.html?framework=nonsense")
    assert all(panel["visible"] for panel in page.evaluate(SHOWN, "mxnet"))


def test_tabs_work_by_keyboard(reading):
    page = reading().open("notebooks/concise.html")
    page.locator(".d2l-tabs > input").first.focus()
    page.keyboard.press("ArrowRight")
    assert all(panel["visible"] for panel in page.evaluate(SHOWN, "tensorflow"))


@pytest.mark.parametrize("name", [p for p in PAGES if p not in ABOUT_FRAMEWORKS])
def test_prose_fits_the_choice(name, reading):
    """Code and output aside, nothing that is seen speaks of PyTorch."""
    page = reading().open(name)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate(
        "document.querySelectorAll('article .cell_input, article .cell_output pre, "
        "article .d2l-frameworks, article .highlight').forEach((e) => e.remove())"
    )
    for framework in ("tensorflow", "mxnet"):
        page.evaluate(CHOOSE, framework)
        seen = page.locator("article").inner_text().lower().replace("pytorch\ntensorflow", "")
        assert "torch" not in seen


@pytest.mark.parametrize("name", TABBED)
def test_one_picture_of_each_figure_is_seen(name, reading):
    page = reading().open(name)
    for framework in FOLDERS:
        page.evaluate(CHOOSE, framework)
        for figure in page.locator("article figure:has(.d2l-for-mxnet)").all():
            seen = figure.locator("svg.d2l-figure:visible")
            assert seen.count() == 1
            assert seen.get_attribute("aria-label")
