"""`pytest` at the root collects every test, and says what is missing where it cannot run one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.sync import OTHER_FRAMEWORKS

ROOT = Path(__file__).parents[2]


def run_pytest(folder, *arguments, **environment):
    # Under xdist a worker's variables would make the inner run think it is one, too.
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_") and k != "CI"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
    )


def test_every_file_of_tests_is_collected():
    done = run_pytest(ROOT, "--collect-only", "-rs")
    assert done.returncode == 0, done.stdout
    collected = {line.split("::")[0] for line in done.stdout.splitlines() if "::" in line}
    # Files for one framework are skipped, with that reason, where it is not installed.
    missing = rf"SKIPPED \[1\] (\S+):\d+: could not import '({'|'.join(OTHER_FRAMEWORKS)})'"
    skipped = {match[1] for match in re.finditer(missing, done.stdout)}
    files = {str(path.relative_to(ROOT)) for path in (ROOT / "tests").glob("**/test_*.py")}
    assert collected | skipped == files
    assert all(file.startswith("tests/frameworks/") for file in skipped)


@pytest.fixture
def bare(tmp_path):
    """Copy what the browser tests read, without a built book."""
    shutil.copytree(ROOT / "tests" / "built", tmp_path / "tests" / "built")
    shutil.copytree(ROOT / "tests" / "lab", tmp_path / "tests" / "lab")
    shutil.copy(ROOT / "tests" / "contents.py", tmp_path / "tests")
    shutil.copytree(ROOT / "book" / "site" / "d2lbook", tmp_path / "book" / "site" / "d2lbook")
    (tmp_path / "tools").mkdir()
    for name in ("__init__.py", "contents.py", "find_browser.py", "server.py", "sync.py"):
        shutil.copy(ROOT / "tools" / name, tmp_path / "tools")
    for name in ("_toc.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


PAGES = ["tests/built/test_tabs.py", "-rs", "-p", "no:nbval", "-p", "no:xdist"]


def test_without_a_book_its_tests_are_skipped(bare):
    done = run_pytest(bare, *PAGES)
    assert done.returncode == 0, done.stdout
    assert "no book is built: run `make book`" in done.stdout
    assert "passed" not in done.stdout


def test_without_a_book_its_tests_fail_in_continuous_integration(bare):
    done = run_pytest(bare, *PAGES, CI="true")
    assert done.returncode == 1
    assert "no book is built: run `make book`" in done.stdout
    assert "skipped" not in done.stdout


def test_a_book_that_was_not_finished_is_not_tested(bare):
    (bare / "_build" / "html").mkdir(parents=True)
    (bare / "_build" / "html" / "index.html").touch()
    (bare / "_build" / ".unfinished").touch()
    done = run_pytest(bare, *PAGES)
    assert "the last build of the book did not finish: run `make book`" in done.stdout
    assert "passed" not in done.stdout
