"""Keep the two halves of each notebook in step, and run what changed.

NAME.md is for people and for git, NAME.ipynb for Jupyter and for code hosts. Whichever half was
edited last wins; a notebook whose code is not the code that was run is executed as a whole.

    python notebooks/sync.py [--all] [NAME ...]

NAME is a notebook, such as `scratch` or `mxnet/scratch`, or a folder of notebooks, such as `mxnet`;
the chapter's own by default. --all executes them, changed or not.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
import yaml
from nbclient import NotebookClient

HERE = Path(__file__).parent
KERNELS = {"tensorflow": "d2lmini-tensorflow", "mxnet": "d2lmini-mxnet"}
"""Folder -> the kernel of the environment that `make frameworks` makes for it."""

SETUP = """\
from importlib.util import find_spec

if find_spec("d2lmini") is None:
    %pip install --quiet "d2lmini[{flavour}] @ git+{address}"
"""


def main(arguments: list[str]) -> None:
    """Bring every pair, or those named, up to date."""
    names = [name for name in arguments if not name.startswith("--")] or ["."]
    for text in (text for name in names for text in texts_of(name)):
        notebook = update(text)
        if "--all" in arguments or stale(notebook):
            print(f"running {text.relative_to(HERE)}", flush=True)
            execute(notebook, text.parent)
            tidy(notebook)
            nbformat.write(notebook, text.with_suffix(".ipynb"))
            text.touch()  # the half that jupytext is to believe next time
        else:
            print(f"{text.relative_to(HERE)} is up to date")


def texts_of(name: str) -> list[Path]:
    """Return the text half of one notebook, or of all in a folder."""
    folder = HERE / name
    return sorted(folder.glob("*.md")) if folder.is_dir() else [HERE / f"{name}.md"]


def update(text: Path) -> nbformat.NotebookNode:
    """Let the half that was edited last decide what both contain, code formatted."""
    notebook = text.with_suffix(".ipynb")
    command = [sys.executable, "-m", "jupytext", "--quiet"]
    if notebook.exists():
        subprocess.run([*command, "--sync", text], check=True)
    else:
        subprocess.run(
            [*command, "--to", "ipynb", "--output", notebook, text], check=True
        )
    address = yaml.safe_load((HERE.parent / "_config.yml").read_text())[
        "repository"
    ]["url"]
    content = jupytext.read(notebook)
    flavour = text.parent.name if text.parent.name in KERNELS else "torch"
    place_setup_cell(content, address, flavour)
    before = notebook.read_bytes()
    nbformat.write(content, notebook)
    subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--quiet", notebook], check=True
    )
    if notebook.read_bytes() != before:
        subprocess.run([*command, "--sync", notebook], check=True)
    return jupytext.read(notebook)


def place_setup_cell(
    notebook: nbformat.NotebookNode, address: str, flavour: str = "torch"
) -> None:
    """Begin with a cell that fetches the package where it is missing, as on Colab.

    There is such a cell if the book has an address to fetch it from, and none otherwise.
    """
    cells = [c for c in notebook.cells if "setup" not in c.metadata.get("tags", [])]
    if address:
        cell = nbformat.v4.new_code_cell(
            SETUP.format(address=address, flavour=flavour)
        )
        cell.metadata.tags = ["remove-cell", "nbval-skip", "setup"]
        cells.insert(0, cell)
    notebook.cells = cells


def fingerprint(notebook: nbformat.NotebookNode) -> str:
    """Hash the code, to tell later whether the outputs are those of this code."""
    code = "\0".join(c.source for c in notebook.cells if c.cell_type == "code")
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def stale(notebook: nbformat.NotebookNode) -> bool:
    """Tell whether the code is not the code that was run."""
    return notebook.metadata.get("executed") != fingerprint(notebook)


def execute(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Run all cells in a fresh kernel; widgets keep no state."""
    client = NotebookClient(
        notebook,
        kernel_name=KERNELS.get(folder.name, "python3"),
        timeout=300,
        store_widget_state=False,
        record_timing=False,
        allow_errors=False,
    )
    client.execute(cwd=str(folder))


def tidy(notebook: nbformat.NotebookNode) -> None:
    """Drop what differs from machine to machine and says nothing."""
    notebook.metadata.pop("language_info", None)
    notebook.metadata["executed"] = fingerprint(notebook)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)


if __name__ == "__main__":
    main(sys.argv[1:])
