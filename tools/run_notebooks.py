"""Run the chapter's notebooks, two at a time, before the book is built from what they gave.

    python -m tools.run_notebooks CACHE

Only those that are not in the cache yet are run. One that fails is left to the build, which runs it
again and reports the error in its own words.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from jupyter_client.utils import run_sync  # type: ignore[attr-defined]
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode

from tools.contents import ROOT, pages
from tools.prepared_kernels import CAN_COPY, PreparedKernel, import_libraries, manager_of
from tools.prune_cache import prune

AT_A_TIME = 2
"""More would need more memory than a small machine has."""


def chapter() -> list[Path]:
    """Return the notebooks that the book executes, in the order of the contents.

    Returns
    -------
    list of Path
    """
    files = [ROOT / f"{page}.md" for page in pages()]
    return [file for file in files if file.parent.name == "notebooks"]


def is_cached(cache: JupyterCacheAbstract, notebook: NotebookNode) -> bool:
    """Return whether a notebook with the same code was run before.

    Parameters
    ----------
    cache : JupyterCacheAbstract
        The executed notebooks.
    notebook : NotebookNode
        One that may be among them.

    Returns
    -------
    bool
    """
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


def cell_timeout() -> int:
    """Return how long a cell may take [s], as the book's configuration says."""
    configuration = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf8"))
    return int(configuration["execute"]["timeout"])


def kernels(number: int) -> list[PreparedKernel | None]:
    """Return as many kernels; None stands for one that is started when a notebook needs it.

    Parameters
    ----------
    number : int
        For a single one it is not worth to prepare anything.

    Returns
    -------
    list of PreparedKernel or None
    """
    if number < 2 or not CAN_COPY:
        return [None] * number
    import_libraries()
    return [PreparedKernel() for _ in range(number)]


def run(found: tuple[Path, NotebookNode], kernel: PreparedKernel | None) -> ExecutionResult:
    """Execute a notebook in its folder.

    Parameters
    ----------
    found : Path and NotebookNode
        Its text half, and what was read from there; the outputs are added to it.
    kernel : PreparedKernel or None
        Where.

    Returns
    -------
    ExecutionResult
    """
    text, notebook = found
    folder, timeout = str(text.parent), cell_timeout()
    with TemporaryDirectory(prefix="d2lmini-") as sockets:
        manager = kernel and manager_of(kernel, sockets)
        try:
            return single_nb_execution(notebook, folder, timeout, allow_errors=False, km=manager)
        except RuntimeError as error:  # its kernel was killed, or does not answer
            print(f"{text.name} will run again: {error}")
            return ExecutionResult(notebook, folder, 0, error)
        finally:
            if manager:
                run_sync(manager.shutdown_kernel)()


def fill(folder: Path) -> None:
    """Add what is missing to a cache of executed notebooks.

    Parameters
    ----------
    folder : Path
        The cache; it is made where there is none, and rid of what is broken.
    """
    prune(folder)
    cache = get_cache(folder)
    # The long ones first: no core waits at the end.
    texts = sorted(chapter(), key=lambda text: text.stat().st_size, reverse=True)
    found = [(text, read_myst_markdown_notebook(text.read_text("utf8"))) for text in texts]
    missing = [(text, notebook) for text, notebook in found if not is_cached(cache, notebook)]
    prepared = kernels(len(missing))  # before there are threads
    with ThreadPoolExecutor(AT_A_TIME) as workers:
        results = workers.map(run, missing, prepared)
        for (text, notebook), result in zip(missing, results, strict=True):
            if result.err is None:
                data = {"execution_seconds": result.time}
                cache.cache_notebook_bundle(
                    CacheBundleIn(notebook, str(text), data=data),
                    check_validity=False,
                    overwrite=True,
                )


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
