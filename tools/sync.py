"""Keep the two halves of each notebook in step, and run what changed.

NAME.md is for people and for git, NAME.ipynb for Jupyter and for code hosts. Whichever half was
edited last wins; a notebook whose code is not the code that was run is executed as a whole.

    python -m tools.sync [--all] [NAME ...]

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

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
OTHER_FRAMEWORKS = sorted(path.parent.name for path in NOTEBOOKS.glob("*/requirements.txt"))
"""Folders of notebooks that run in an environment of their own, as `make frameworks` makes it."""

SETUP = """\
from importlib.util import find_spec

if find_spec("d2lmini") is None:
    %pip install --quiet "d2lmini[{flavour}] @ git+{address}"
"""


def main(arguments: list[str]) -> None:
    """Bring every pair, or those named, up to date.

    Parameters
    ----------
    arguments : list of str
        Names of notebooks or folders, and `--all` to execute what has not changed, too.
    """
    names = [name for name in arguments if not name.startswith("--")] or ["."]
    for text in (text for name in names for text in texts_of(name)):
        notebook = synchronize(text)
        if "--all" in arguments or is_stale(notebook):
            print(f"running {text.relative_to(NOTEBOOKS)}", flush=True)
            execute(notebook, text.parent)
            remove_volatile(notebook)
            nbformat.write(notebook, text.with_suffix(".ipynb"))
            text.touch()  # jupytext takes the newer half for the edited one
        else:
            print(f"{text.relative_to(NOTEBOOKS)} is up to date")


def texts_of(name: str) -> list[Path]:
    """Return the text half of one notebook, or of all in a folder.

    Parameters
    ----------
    name : str
        A notebook or a folder, relative to `notebooks/`, without a suffix.
    """
    folder = NOTEBOOKS / name
    return sorted(folder.glob("*.md")) if folder.is_dir() else [NOTEBOOKS / f"{name}.md"]


def synchronize(text: Path) -> nbformat.NotebookNode:
    """Let the half that was edited last decide what both contain, code formatted.

    Parameters
    ----------
    text : Path
        The text half; the notebook half is made if there is none.
    """
    notebook = text.with_suffix(".ipynb")
    if notebook.exists():
        _run("jupytext", "--quiet", "--sync", text)
    else:
        _run("jupytext", "--quiet", "--to", "ipynb", "--output", notebook, text)
    content = jupytext.read(notebook)
    flavour = text.parent.name if text.parent.name in OTHER_FRAMEWORKS else "torch"
    place_setup_cell(content, repository_address(), flavour)
    before = notebook.read_bytes()
    nbformat.write(content, notebook)
    _run("ruff", "format", "--quiet", notebook)
    if notebook.read_bytes() != before:
        _run("jupytext", "--quiet", "--sync", notebook)
    return jupytext.read(notebook)


def repository_address() -> str:
    """Return the address that the book's configuration gives its repository; it may be empty."""
    configuration = yaml.safe_load((ROOT / "_config.yml").read_text())
    return configuration["repository"]["url"] or ""


def place_setup_cell(notebook: nbformat.NotebookNode, address: str, flavour: str = "torch") -> None:
    """Begin with a cell that fetches the package where it is missing, as on Colab.

    There is such a cell if the book has an address to fetch it from, and none otherwise.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Changed in place.
    address : str
        The repository's address, or an empty string.
    flavour : str
        The framework to install with the package.
    """
    cells = [c for c in notebook.cells if "setup" not in c.metadata.get("tags", [])]
    if address:
        cell = nbformat.v4.new_code_cell(SETUP.format(address=address, flavour=flavour))
        cell.metadata.tags = ["remove-cell", "nbval-skip", "setup"]
        cells.insert(0, cell)
    notebook.cells = cells


def fingerprint(notebook: nbformat.NotebookNode) -> str:
    """Hash the code, to find out later whether the outputs are those of this code.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Only its code cells count.
    """
    code = "\0".join(c.source for c in notebook.cells if c.cell_type == "code")
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def is_stale(notebook: nbformat.NotebookNode) -> bool:
    """Return whether the outputs are those of another code.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        With the fingerprint of the code that was run in its metadata, if any was.
    """
    return bool(notebook.metadata.get("executed") != fingerprint(notebook))


def execute(notebook: nbformat.NotebookNode, folder: Path) -> None:
    """Run all cells in a fresh kernel; widgets keep no state.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Changed in place.
    folder : Path
        Where it runs; its name decides the kernel.
    """
    kernel = f"d2lmini-{folder.name}" if folder.name in OTHER_FRAMEWORKS else "python3"
    client = NotebookClient(
        notebook,
        kernel_name=kernel,
        timeout=300,
        store_widget_state=False,
        record_timing=False,
        allow_errors=False,
    )
    client.execute(cwd=str(folder))


def remove_volatile(notebook: nbformat.NotebookNode) -> None:
    """Remove what differs from machine to machine and has no meaning to a reader.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Changed in place; the fingerprint of its code is stored in its metadata.
    """
    notebook.metadata.pop("language_info", None)
    notebook.metadata["executed"] = fingerprint(notebook)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)


def _run(module: str, *arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", module, *arguments], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
