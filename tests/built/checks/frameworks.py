"""Whether a page shows the chosen framework: its code, its output, its figures, its prose."""

import re
from html.parser import HTMLParser

import jupytext

from tests.built.checks.access import open_details
from tests.built.pages import FRAMEWORKS, TABBED, notebook_of, pictures_in

PROSE_ALONE = """article .cell_input, article .cell_output :is(pre, table), article .d2l-switch,
    article .d2l-for-others, article .highlight, article .d2l-hosted {
    display: none !important; }"""


def visible_cells(page, framework):
    """Return whether each cell of a framework is visible; there is at least one."""
    cells_shown = page.evaluate("(name) => cellsOf(name)", framework)
    assert cells_shown
    return [cell["visible"] for cell in cells_shown]


def tabbed_cells(page, framework):
    """Return code and printed output of the tabbed cells that show their code.

    The third part says whether the output may differ from run to run.
    """
    cells = []
    for cell in jupytext.read(notebook_of(page, framework).with_suffix(".ipynb")).cells:
        tags = cell.metadata.get("tags", [])
        if "remove-input" in tags or not any(tag.startswith("tab-") for tag in tags):
            continue
        printed = "".join(map(printed_text, cell.outputs))
        cells.append((cell.source, printed, "nbval-ignore-output" in tags))
    return cells


class Text(HTMLParser):
    """Collects the text of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.parts = []
        self.feed(html)

    def handle_data(self, data):
        self.parts.append(data)


def printed_text(output):
    """Return what a reader sees of an output as text or as a table; Markdown becomes prose."""
    data = output.get("data", {})
    if output.output_type == "stream":
        return output.text
    if "image/svg+xml" in data or "text/markdown" in data:
        return ""
    return "".join(Text(data["text/html"]).parts) if "text/html" in data else data["text/plain"]


def normalize(text):
    """Return the text with a placeholder for times, without spaces."""
    return re.sub(r"\s+", "", re.sub(r"\d+\.\d{3} sec/epoch", "TIME", text))


def tabs_show_their_sources(reader):
    """The tabs show the code and the output of the notebooks they come from."""
    for framework in FRAMEWORKS:
        cells_shown = reader.page.evaluate("(name) => cellsOf(name)", framework)
        cells = tabbed_cells(reader.name, framework) if reader.name in TABBED else []
        assert bool(cells) == (reader.name in TABBED)
        assert [normalize(cell["code"]) for cell in cells_shown] == [
            normalize(code) for code, *_ in cells
        ]
        for cell, (_, printed, varies) in zip(cells_shown, cells, strict=True):
            # PyTorch's cells were run anew by the build: of them timings may differ.
            if framework != "pytorch" or not varies:
                assert normalize(cell["output"]) == normalize(printed)


def one_picture_of_each_figure_is_seen(reader):
    figures = reader.page.locator("article figure:has(.d2l-for-mxnet)")
    expected = 0
    if reader.name in TABBED:
        expected = pictures_in(notebook_of(reader.name, "mxnet").with_suffix(".ipynb"))
    assert figures.count() == expected
    for framework in FRAMEWORKS:
        reader.page.evaluate("(name) => chooseFramework(name)", framework)
        for figure in figures.all():
            seen = figure.locator("svg.d2l-figure:visible")
            assert seen.count() == 1
            assert seen.get_attribute("aria-label")


def prose_fits_the_choice(reader):
    """Code, output and pieces aside, nothing that is seen speaks of PyTorch."""
    open_details(reader.page)
    reader.page.add_style_tag(content=PROSE_ALONE)
    for framework in FRAMEWORKS.keys() - {"pytorch"}:
        reader.page.evaluate("(name) => chooseFramework(name)", framework)
        seen = reader.page.locator("article").inner_text().lower()
        assert len(seen) > 500
        assert "torch" not in seen
