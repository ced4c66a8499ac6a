"""Measure which lines the tests run: fail, and name them, where too many are left out.

    python -m tools.measure_coverage

The package's Python is measured while the unit tests run, the flavours of other frameworks in those
of their environments that are there; the extension also while it builds the book from the executed
notebooks of the last build; JavaScript by Node itself.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

from tools.build_beside import command_for
from tools.contents import ROOT
from tools.environment import is_installed, python_of
from tools.js_coverage import missed_lines, with_imports
from tools.sync import OTHER_FRAMEWORKS

FOLDER = ROOT / "_build" / "coverage"
V8 = FOLDER / "v8"
TOOL = FOLDER / "tool"
LEAST = 95  # percent of the lines
BUILT_ONLY = ["--ignore", "tests/built", "--ignore", "tests/frameworks"]
PYTHON = {"the package": "d2lmini/*", "the extension": "book/site/d2lbook/*"}
LAB = ROOT / "d2lmini" / "lab" / "js" / "engine"
LIVE = [ROOT / "book" / "site" / "live" / "js" / name for name in ("engine.js", "worker.js")]


def main() -> None:
    """Run the tests, and print what they left out.

    Raises
    ------
    SystemExit
        If tests failed, or a part is covered too little.
    """
    shutil.rmtree(FOLDER, ignore_errors=True)
    V8.mkdir(parents=True)
    run_tests()
    build_book()
    missing = [name for name in OTHER_FRAMEWORKS if not run_flavour(name)]
    remove_broken()
    coverage("combine", "--quiet")
    few = [part for part, files in PYTHON.items() if not report(part, files, missing)]
    parts = {"the lab's engine": sorted(LAB.glob("*.js")), "the live cells": with_imports(LIVE)}
    few += [part for part, files in parts.items() if not report_javascript(part, files)]
    if few:
        sys.exit(f"less than {LEAST} % of the lines were run of {', '.join(few)}")


def run_tests() -> None:
    """Run the unit tests; Node writes what it runs in all of them."""
    print("the unit tests", flush=True)
    options = ["-n", "2", "--dist", "worksteal", *BUILT_ONLY]
    coverage("run", "-m", "pytest", *options, NODE_V8_COVERAGE=str(V8))


def build_book() -> None:
    """Build all pages of the book beside the usual place."""
    print("a build of the book", flush=True)
    coverage("run", *command_for(FOLDER), output=subprocess.DEVNULL)


def run_flavour(name: str) -> bool:
    """Test a flavour of the package in its environment; return whether there is one.

    Parameters
    ----------
    name : str
        The framework's.
    """
    python = python_of(name)
    if not is_installed(name):
        print(f"d2lmini/{name}.py is left out: `make kernels` makes its environment")
        return False
    print(f"the flavour {name}", flush=True)
    link_tool()
    command = ["run", "-m", "pytest", "-p", "no:cacheprovider", "-W", "ignore", "tests/frameworks"]
    coverage(*command, python=str(python), PYTHONPATH=str(TOOL))
    return True


def remove_broken() -> None:
    """Remove the data of processes that a test killed while they wrote it."""
    for path in FOLDER.glob("data.*"):
        try:
            with closing(sqlite3.connect(path)) as data:
                data.execute("select version from coverage_schema")
        except sqlite3.DatabaseError:
            path.unlink()


def link_tool() -> None:
    """Make a folder with coverage and nothing else, for environments that do not have it."""
    spec = find_spec("coverage")
    place = TOOL / "coverage"
    if not place.exists() and spec is not None and spec.submodule_search_locations:
        TOOL.mkdir(exist_ok=True)
        place.symlink_to(spec.submodule_search_locations[0])


def report(part: str, files: str, missing: list[str]) -> bool:
    """Print how much of a part's Python was run; return whether that is enough.

    Parameters
    ----------
    part : str
        What it is called.
    files : str
        A pattern of its files.
    missing : list of str
        The flavours that were not tested.
    """
    print(f"\n{part}", flush=True)
    options = ["--include", files, "--fail-under", str(LEAST), "--show-missing", "--skip-covered"]
    options += ["--omit", ",".join(f"d2lmini/{name}.py" for name in missing)] if missing else []
    return coverage("report", *options, check=False) == 0


def report_javascript(part: str, modules: list[Path]) -> bool:
    """Print how much of a part's JavaScript was run; return whether that is enough.

    Parameters
    ----------
    part : str
        What it is called.
    modules : list of Path
        Its files.
    """
    found = missed_lines(V8, modules)
    lines = sum(count for count, _ in found.values())
    missed = sum(len(numbers) for _, numbers in found.values())
    share = 100 * (1 - missed / lines)
    print(f"\n{part}: {lines - missed} of {lines} lines in {len(modules)} modules = {share:.1f} %")
    for path, (_, numbers) in found.items():
        if numbers:
            print(f"  {path.relative_to(ROOT)}: not {', '.join(map(str, numbers))}")
    return share >= LEAST


def coverage(
    *arguments: str,
    python: str = sys.executable,
    output: int | None = None,
    check: bool = True,
    **variables: str,
) -> int:
    """Run coverage, and return its exit code.

    Parameters
    ----------
    *arguments : str
        A command and its options.
    python : str
        The Python that runs it.
    output : int, optional
        Where what it prints goes.
    check : bool
        Whether this program ends if it fails.
    **variables : str
        More of the environment.
    """
    command, *rest = arguments
    settings = ["--rcfile", str(ROOT / "tools" / "coverage.ini")]
    data = {"COVERAGE_FILE": str(FOLDER / "data")}
    done = subprocess.run(
        [python, "-m", "coverage", command, *settings, *rest],
        cwd=ROOT,
        env={**os.environ, **data, **variables},
        stdout=output,
    )
    if check and done.returncode:
        sys.exit(f"coverage {command} failed")
    return done.returncode


if __name__ == "__main__":
    main()
