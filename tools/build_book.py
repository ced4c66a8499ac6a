"""Run the notebooks, and write the book from what they gave.

    python -m tools.build_book [--run CACHE] [--all]

What writes the book is imported while the notebooks run, which takes seconds. With --run the
notebooks run that are not in the cache; with --all every page is written, changed or not.
"""

import argparse
import importlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import yaml

from tools.contents import ROOT

OPTIONS = ["-n", "-W", "--keep-going", "--quiet"]
"""Of every build: what is not found and what is warned of are errors, all of them are told."""


def main() -> None:
    """Build the book.

    Raises
    ------
    SystemExit
        Always; the code is not 0 if a notebook or a page has failed.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--run", metavar="CACHE")
    parser.add_argument("--all", action="store_true")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with running_notebooks(arguments.run):
        builder = import_builder()
    builder.main(["build", str(ROOT), *OPTIONS, *(["--all"] if arguments.all else [])])


@contextmanager
def running_notebooks(cache: str | None) -> Iterator[None]:
    """Run the notebooks meanwhile; at the end wait for them.

    Parameters
    ----------
    cache : str or None
        Where their outputs are kept; None if none is to be run.

    Yields
    ------
    None

    Raises
    ------
    SystemExit
        If they could not be run.
    """
    if cache is None:
        yield
        return
    # It holds the lock of the Makefile, too, in case that this program alone is killed.
    command = [sys.executable, "-m", "tools.run_notebooks", cache]
    program = subprocess.Popen(command, close_fds=False)
    try:
        yield
        status = program.wait()
    finally:
        program.terminate()
    if status:
        sys.exit(status)


def import_builder() -> Any:
    """Import what writes the book, with all that its configuration names.

    Returns
    -------
    module
        The command line of Jupyter Book.
    """
    configuration = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf8"))["sphinx"]
    sys.path[:0] = [str(ROOT / folder) for folder in configuration["local_extensions"].values()]
    for name in configuration["config"]["extensions"]:
        importlib.import_module(name)
    return importlib.import_module("jupyter_book.cli.main")


if __name__ == "__main__":
    main()
