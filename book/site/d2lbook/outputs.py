"""What notebooks store with their outputs, and MyST-NB does not hand on."""

import functools
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from jupyter_cache import get_cache
from sphinx.application import Sphinx


def output_metadata(app: Sphinx, docname: str, cell: nodes.Element) -> list[dict[str, Any]]:
    """Return what the package stored with each output of a cell, where it did.

    A cell that came from another document has its name as ``docname``.
    """
    build = Path(app.outdir).parent
    written = build / "jupyter_execute" / f"{cell.get('docname', docname)}.ipynb"
    notebook = executed(written, build / ".jupyter_cache")
    outputs = notebook.cells[cell["cell_index"]].outputs
    found = (output.get("metadata", {}).get("d2lmini") for output in outputs)
    return [metadata for metadata in found if metadata]


@functools.cache
def executed(path: Path, cache: Path) -> nbformat.NotebookNode:
    """Return a notebook with its outputs.

    MyST-NB writes it without those that it took from its cache.
    """
    notebook = nbformat.read(path, as_version=4)
    if any(cell.get("outputs") for cell in notebook.cells):
        return notebook
    _, merged = get_cache(cache).merge_match_into_notebook(notebook)
    return merged


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("env-updated", lambda app, env: executed.cache_clear())
