"""Change the package's code, one place at a time, and see whether a test notices.

    PYTHONPATH=.venv-mutants python -m tools.mutate_python [FILE ...]

mutmut makes the changes and runs, for each, the tests that reach the changed function. It works on
a copy under `_build/mutants`.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.noticed import LEAST, NOTICED, enough_noticed

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "_build" / "mutants"
UNIT = "tests/unit/"
TESTS = {
    "d2lmini/training.py": ["test_training_loop.py"],
    "d2lmini/data.py": ["test_data.py", "test_data_places.py"],
    "d2lmini/torch.py": ["test_torch_calls.py", "test_device.py"],
}
"""File -> the tests that are run for it: quick ones, so that a change takes a second or so."""

CONFIG = """\
[tool.pytest.ini_options]
addopts = "-q --import-mode=importlib -p no:cacheprovider"
pythonpath = ["."]

[tool.mutmut]
source_paths = ["d2lmini"]
only_mutate = {files}
also_copy = ["tests"]
pytest_add_cli_args_test_selection = {tests}
timeout_multiplier = 5.0
timeout_constant = 5.0
"""


def main(*files: str) -> None:
    """Print how many changes of each file were noticed, and those that were not.

    Parameters
    ----------
    *files : str
        Some of `TESTS`; all by default.

    Raises
    ------
    SystemExit
        If too few changes of a file were noticed.
    """
    few = [file for file in files or TESTS if not is_well_tested(file)]
    if few:
        sys.exit(f"less than {LEAST} % of the changes were noticed in {', '.join(few)}")


def is_well_tested(file: str) -> bool:
    """Change one file, print what came of it, and return whether enough was noticed.

    Parameters
    ----------
    file : str
        A key of `TESTS`.
    """
    folder = copy_for(file)
    began = time.monotonic()
    print(f"{file}: each change is tested, which takes minutes", flush=True)
    done = mutmut(folder, "run", "--max-children", "1")
    lines = mutmut(folder, "results", "--all", "true").stdout.split("\n")
    found = dict(line.strip().split(": ") for line in lines if ": " in line)
    if not found or "not checked" in found.values():
        sys.exit(f"mutmut could not change {file}:\n{done.stdout[-3000:]}")
    missed = [name for name, state in found.items() if state not in NOTICED]
    for name in missed:
        print(mutmut(folder, "show", name).stdout)
    return enough_noticed(file, list(found.values()), began)


def copy_for(file: str) -> Path:
    """Make a folder with the package, the tests of one file, and mutmut's settings.

    Parameters
    ----------
    file : str
        A key of `TESTS`.
    """
    folder = FOLDER / Path(file).stem
    shutil.rmtree(folder, ignore_errors=True)
    ignored = shutil.ignore_patterns("__pycache__")
    for part in ("d2lmini", UNIT):
        shutil.copytree(ROOT / part, folder / part, ignore=ignored)
    source = (ROOT / file).read_text(encoding="utf8")
    (folder / file).write_text(undecorated(source), encoding="utf8")
    names = [UNIT + name for name in TESTS[file]]
    settings = CONFIG.format(files=json.dumps([file]), tests=json.dumps(names))
    (folder / "pyproject.toml").write_text(settings, encoding="utf8")
    return folder


def undecorated(source: str) -> str:
    """Return a module whose functions are decorated below them: ``name = decorator(name)``.

    mutmut changes no decorated function, and does not look at what follows one.

    Parameters
    ----------
    source : str
        A module.
    """
    lines = source.splitlines()
    functions = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    for function in reversed(functions):
        for decorator in function.decorator_list:  # the last one is applied first
            call = f"{function.name} = {ast.unparse(decorator)}({function.name})"
            lines.insert(function.end_lineno or 0, call)
        for decorator in reversed(function.decorator_list):
            del lines[decorator.lineno - 1 : decorator.end_lineno]
    return "\n".join(lines) + "\n"


def mutmut(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run mutmut in a folder, and return what it printed.

    Parameters
    ----------
    folder : Path
        From `copy_for`.
    *arguments : str
        A command and its options.
    """
    # One thread: a process that was forked cannot use those of its parent.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
