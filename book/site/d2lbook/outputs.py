"""What the executed notebook of a page knows of an output, and the page's nodes do not."""

import functools
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from sphinx.application import Sphinx


def output_metadata(app: Sphinx, docname: str, cell_node: nodes.Element) -> list[dict[str, Any]]:
    """Return the metadata of each output of a cell that is a MIME bundle, in their order.

    myst-nb makes one node ``mime_bundle`` of each of them. It writes the notebook of every page it
    has read, executed or not, into one folder.
    """
    path = Path(app.outdir).parent / "jupyter_execute" / f"{docname}.ipynb"
    cell = _read(path, path.stat().st_mtime_ns).cells[cell_node["cell_index"]]
    return [output.metadata for output in cell.outputs if "data" in output]


@functools.lru_cache(maxsize=2)
def _read(path: Path, modified: int) -> nbformat.NotebookNode:
    """Read a notebook once for all its cells; `modified` tells its versions apart."""
    return nbformat.read(path, as_version=4)
