"""Each notebook's two halves have the same cells, and the executed one can be compared."""

import re

import jupytext
import pytest

from tests.chapter.markdown import links
from tests.chapter.pages import NOTEBOOKS, START, TEXTS
from tools.sync import OTHER_FRAMEWORKS, fingerprint

VOLATILE = {"execution"}


def each(texts):
    """Run a test for each of these notebooks."""
    return pytest.mark.parametrize(
        "text", texts, ids=lambda path: str(path.relative_to(NOTEBOOKS).with_suffix(""))
    )


each_notebook = each(TEXTS)
each_pair = each([*TEXTS, START])


def cells(path):
    return [
        (
            cell.cell_type,
            cell.source.strip(),
            {k: v for k, v in cell.metadata.items() if k not in VOLATILE},
        )
        for cell in jupytext.read(path).cells
    ]


def outputs_of(text):
    for cell in jupytext.read(text.with_suffix(".ipynb")).cells:
        if cell.cell_type == "code":
            yield cell, cell.outputs


@each_pair
def test_both_halves_have_the_same_cells(text):
    assert cells(text) == cells(text.with_suffix(".ipynb")), "run `make sync`"


def test_every_notebook_is_in_the_book_or_lists_those_that_are():
    found = [p for p in NOTEBOOKS.glob("**/*.*") if p.suffix in (".md", ".ipynb")]
    found = {p for p in found if ".ipynb_checkpoints" not in p.parts}
    pairs = [*TEXTS, START]
    assert found == {text.with_suffix(suffix) for text in pairs for suffix in (".md", ".ipynb")}


@each_pair
def test_the_outputs_are_those_of_this_code(text):
    notebook = jupytext.read(text.with_suffix(".ipynb"))
    assert notebook.metadata.executed == fingerprint(notebook), "run `make sync`"


@each_notebook
def test_every_code_cell_was_run_in_order_without_error(text):
    counts = [cell.execution_count for cell, _ in outputs_of(text)]
    assert counts == list(range(1, len(counts) + 1)), "run `make sync`"
    for _, outputs in outputs_of(text):
        assert all(o.output_type != "error" for o in outputs)
        assert all(o.get("name") != "stderr" for o in outputs)


@each_notebook
def test_committed_notebook_is_small_and_keeps_no_widget_state(text):
    notebook = text.with_suffix(".ipynb")
    assert notebook.stat().st_size < 300_000
    assert "widgets" not in jupytext.read(notebook).metadata


@each_notebook
def test_every_figure_has_caption_name_and_alt_text(text):
    for cell, outputs in outputs_of(text):
        pictures = [o for o in outputs if "image/svg+xml" in o.get("data", {})]
        plain = [o for o in pictures if not any("widget" in mime for mime in o.data)]
        if plain:
            assert len(plain) == 1, cell.source
            assert len(cell.metadata.mystnb.image.alt) > 20
            if text.parent.name in OTHER_FRAMEWORKS:
                continue  # the caption is the page's
            figure = cell.metadata.mystnb.figure
            assert len(figure.caption) > 20
            assert figure.name.startswith("fig-")
            assert f"#{figure.name}" in [address for address, _ in links(text.read_text())]


@each_notebook
def test_cells_that_print_times_are_not_compared(text):
    timed = re.compile(r"\b(ms|µs|GFLOP/s|GB/s)\b")
    for cell, outputs in outputs_of(text):
        printed = "".join(
            o.get("text", "") + o.get("data", {}).get("text/html", "") for o in outputs
        )
        computed = "exercise" in cell.metadata  # from times that the exercise gives
        if timed.search(printed) and not computed:
            assert "nbval-ignore-output" in cell.metadata.get("tags", []), cell.source


@each_notebook
def test_something_is_compared(text):
    compared = [
        cell
        for cell, outputs in outputs_of(text)
        if outputs and "nbval-ignore-output" not in cell.metadata.get("tags", [])
    ]
    assert compared


@each_notebook
def test_prose_holds_no_measured_number(text):
    prose = "\n".join(c.source for c in jupytext.read(text).cells if c.cell_type == "markdown")
    assert not re.findall(r"\d[\d.,]* ?(ms|µs|GFLOP/s|GB/s|times faster|times slower)\b", prose)
