"""Run the chapter's notebooks, two at a time, before the book is built from what they gave.

    python -m tools.run_notebooks CACHE

Only those that are not in the cache yet are run. One that fails is left to the build, which runs it
again and reports the error in its own words.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode

from tools.contents import ROOT, pages

AT_A_TIME = 2
"""More would need more memory than a small machine has."""
ALONE = {"vectorization"}
"""Notebooks that measure what all cores do together."""


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


def run(text: Path, notebook: NotebookNode) -> ExecutionResult:
    """Execute a notebook in its folder.

    Parameters
    ----------
    text : Path
        Its text half.
    notebook : NotebookNode
        What was read from there; the outputs are added to it.

    Returns
    -------
    ExecutionResult
    """
    return single_nb_execution(notebook, str(text.parent), cell_timeout(), allow_errors=False)


def fill(folder: Path) -> None:
    """Add what is missing to a cache of executed notebooks.

    Parameters
    ----------
    folder : Path
        The cache; it is made where there is none.
    """
    cache = get_cache(folder)
    found = [(text, read_myst_markdown_notebook(text.read_text("utf8"))) for text in chapter()]
    missing = [(text, notebook) for text, notebook in found if not is_cached(cache, notebook)]
    for alone, at_a_time in ((True, 1), (False, AT_A_TIME)):
        group = [pair for pair in missing if (pair[0].stem in ALONE) == alone]
        with ThreadPoolExecutor(at_a_time) as workers:
            results = workers.map(lambda pair: run(*pair), group)
            for (text, notebook), result in zip(group, results, strict=True):
                if result.err is None:
                    data = {"execution_seconds": result.time}
                    cache.cache_notebook_bundle(
                        CacheBundleIn(notebook, str(text), data=data),
                        check_validity=False,
                        overwrite=True,
                    )


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
