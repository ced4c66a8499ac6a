"""Whether a page shows the chosen framework: its code, its output, its figures, its prose."""

import re

import jupytext

from tests.built.checks.access import open_details
from tests.built.pages import FRAMEWORKS, TABBED, notebook_of, pictures_in

# As a click in a tab does it, also on pages without tabs.
CHOOSE = """(framework) => {
    const label = document.querySelector(`.d2l-tabs > label[data-sync-id="${framework}"]`);
    if (label) label.click();
    else document.documentElement.dataset.framework = framework;
}"""

PANELS = """(framework) => [...document.querySelectorAll(
    `.d2l-tabs > label[data-sync-id="${framework}"] + .sd-tab-content`)].map((panel) => ({
        visible: getComputedStyle(panel).display !== "none",
        code: panel.querySelector(".cell_input pre").textContent,
        output: [...panel.querySelectorAll(".cell_output pre")].map((e) => e.textContent).join(""),
    }))"""

PROSE_ALONE = """article .cell_input, article .cell_output pre, article .d2l-frameworks,
    article .d2l-tabs > label, article .highlight { display: none !important; }"""


def shown_panels(page, framework):
    """Return whether each panel of a framework is visible; there is at least one."""
    panels = page.evaluate(PANELS, framework)
    assert panels
    return [panel["visible"] for panel in panels]


def tabbed_cells(page, framework):
    """Return code and printed output of the tabbed cells that show their code.

    The third part says whether the output may differ from run to run.
    """
    cells = []
    for cell in jupytext.read(notebook_of(page, framework).with_suffix(".ipynb")).cells:
        tags = cell.metadata.get("tags", [])
        if "remove-input" in tags or not any(tag.startswith("tab-") for tag in tags):
            continue
        printed = [
            o.text if o.output_type == "stream" else o.data["text/plain"]
            for o in cell.outputs
            if "image/svg+xml" not in o.get("data", {})
        ]
        cells.append((cell.source, "".join(printed), "nbval-ignore-output" in tags))
    return cells


def normalize(text):
    """Return the text with a placeholder for times, and single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"\d+\.\d{3} sec/epoch", "TIME", text)).strip()


def tabs_show_their_sources(reader):
    """The tabs show the code and the output of the notebooks they come from."""
    for framework in FRAMEWORKS:
        panels = reader.page.evaluate(PANELS, framework)
        cells = tabbed_cells(reader.name, framework) if reader.name in TABBED else []
        assert bool(cells) == (reader.name in TABBED)
        assert [normalize(panel["code"]) for panel in panels] == [
            normalize(code) for code, *_ in cells
        ]
        for panel, (_, printed, varies) in zip(panels, cells, strict=True):
            # PyTorch's cells were run anew by the build: of them timings may differ.
            if framework != "pytorch" or not varies:
                assert normalize(panel["output"]) == normalize(printed)


def one_picture_of_each_figure_is_seen(reader):
    figures = reader.page.locator("article figure:has(.d2l-for-mxnet)")
    expected = 0
    if reader.name in TABBED:
        expected = pictures_in(notebook_of(reader.name, "mxnet").with_suffix(".ipynb"))
    assert figures.count() == expected
    for framework in FRAMEWORKS:
        reader.page.evaluate(CHOOSE, framework)
        for figure in figures.all():
            seen = figure.locator("svg.d2l-figure:visible")
            assert seen.count() == 1
            assert seen.get_attribute("aria-label")


def prose_fits_the_choice(reader):
    """Code and output aside, nothing that is seen speaks of PyTorch."""
    open_details(reader.page)
    reader.page.add_style_tag(content=PROSE_ALONE)
    for framework in FRAMEWORKS.keys() - {"pytorch"}:
        reader.page.evaluate(CHOOSE, framework)
        seen = reader.page.locator("article").inner_text().lower()
        assert len(seen) > 500
        assert "torch" not in seen
