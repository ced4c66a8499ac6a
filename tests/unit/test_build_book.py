"""The notebooks run while the builder is imported; what fails or is ended leaves nothing behind."""

import signal
import subprocess
import sys
import time

import pytest

from tools import build_book

RUN = [sys.executable, "-c"]
WAITING = """
import pathlib, sys, time
folder = pathlib.Path(sys.argv[1])
(folder / "began").touch()
while not (folder / "go on").exists():
    time.sleep(0.01)
(folder / "ended").touch()
"""


@pytest.fixture
def programs(monkeypatch):
    """Return a function that sets the program which runs in the place of the notebooks."""
    started = []
    start = subprocess.Popen

    def set_program(text):
        def begin(command, close_fds):
            assert not close_fds  # they hold the lock of the Makefile
            assert command[1:3] == ["-m", "tools.run_notebooks"]
            started.append(start([*RUN, text, *command[3:]]))
            return started[-1]

        monkeypatch.setattr(subprocess, "Popen", begin)
        return started

    return set_program


def test_the_notebooks_run_meanwhile_and_are_waited_for(programs, tmp_path):
    began, ended = tmp_path / "began", tmp_path / "ended"
    started = programs(WAITING)
    with build_book.running_notebooks(str(tmp_path)):
        limit = time.monotonic() + 20
        while not began.exists() and time.monotonic() < limit:
            time.sleep(0.01)
        assert began.exists()
        assert not ended.exists()
        (tmp_path / "go on").touch()
    assert ended.exists()
    assert started[0].returncode == 0


def test_without_a_cache_none_runs(programs):
    started = programs("")
    with build_book.running_notebooks(None):
        pass
    assert started == []


def test_notebooks_that_cannot_be_run_stop_the_build(programs):
    programs("raise SystemExit(3)")
    with pytest.raises(SystemExit) as raised, build_book.running_notebooks("cache"):
        pass
    assert raised.value.code == 3


def test_what_runs_ends_with_the_build(programs):
    started = programs("import time; time.sleep(60)")
    with pytest.raises(KeyboardInterrupt), build_book.running_notebooks("cache"):
        raise KeyboardInterrupt
    assert started[0].wait(20) == -signal.SIGTERM


def test_the_builder_is_imported_with_all_that_the_book_names():
    program = (
        "import sys; from tools import build_book; build_book.import_builder();"
        "print(*(name in sys.modules for name in ('d2lbook', 'myst_nb', 'jupyter_book.cli.main')))"
    )
    done = subprocess.run([*RUN, program], capture_output=True, text=True, cwd=build_book.ROOT)
    assert done.stdout.split() == ["True"] * 3, done.stderr
