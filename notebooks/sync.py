"""Keep the two halves of each notebook in step, and run what changed.

NAME.md is for people and for git, NAME.ipynb for Jupyter and for code hosts. Whichever half was
edited last wins; a notebook with a cell that was not run since is executed from top to bottom.

    python notebooks/sync.py [--all] [NAME ...]

--all executes every notebook, changed or not.
"""

import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent


def main(arguments: list[str]) -> None:
    """Bring every pair, or those named, up to date."""
    names = [name for name in arguments if not name.startswith("--")]
    texts = [HERE / f"{name}.md" for name in names] or sorted(HERE.glob("*.md"))
    for text in texts:
        notebook = update(text)
        if "--all" in arguments or stale(notebook):
            print(f"running {text.stem}", flush=True)
            execute(notebook)
            tidy(notebook)
            nbformat.write(notebook, text.with_suffix(".ipynb"))
            text.touch()  # the half that jupytext is to believe next time
        else:
            print(f"{text.stem} is up to date")


def update(text: Path) -> nbformat.NotebookNode:
    """Let the half that was edited last decide what both contain, code formatted."""
    notebook = text.with_suffix(".ipynb")
    command = [sys.executable, "-m", "jupytext", "--quiet"]
    if notebook.exists():
        subprocess.run([*command, "--sync", text], check=True)
    else:
        subprocess.run([*command, "--to", "ipynb", "--output", notebook, text], check=True)
    before = notebook.read_bytes()
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", notebook], check=True)
    if notebook.read_bytes() != before:
        subprocess.run([*command, "--sync", notebook], check=True)
    return jupytext.read(notebook)


def stale(notebook: nbformat.NotebookNode) -> bool:
    """Tell whether a code cell has not been run."""
    return any(c.cell_type == "code" and c.execution_count is None for c in notebook.cells)


def execute(notebook: nbformat.NotebookNode) -> None:
    """Run all cells in a fresh kernel; widgets keep no state."""
    client = NotebookClient(
        notebook, timeout=300, store_widget_state=False, record_timing=False, allow_errors=False
    )
    client.execute(cwd=str(HERE))


def tidy(notebook: nbformat.NotebookNode) -> None:
    """Drop what differs from machine to machine and says nothing."""
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)


if __name__ == "__main__":
    main(sys.argv[1:])
