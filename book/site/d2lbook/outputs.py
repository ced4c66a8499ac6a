"""What notebooks store with their outputs, and MyST-NB does not hand on."""

import functools
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from sphinx.application import Sphinx


def output_metadata(app: Sphinx, docname: str, cell: nodes.Element) -> list[dict[str, Any]]:
    """Return what the package stored with each output of a cell, where it did.

    A cell that came from another document has its name as ``docname``.
    """
    notebook = _notebook(_executed(app, cell.get("docname", docname)))
    outputs = notebook.cells[cell["cell_index"]].outputs
    found = (output.get("metadata", {}).get("d2lmini") for output in outputs)
    return [metadata for metadata in found if metadata]


def _executed(app: Sphinx, docname: str) -> Path:
    """Return the notebook as MyST-NB has executed it."""
    return Path(app.outdir).parent / "jupyter_execute" / f"{docname}.ipynb"


@functools.cache
def _notebook(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("env-updated", lambda app, env: _notebook.cache_clear())
