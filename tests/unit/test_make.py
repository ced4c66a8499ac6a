"""At whatever moment `make` is interrupted, the next `make` completes the work."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Stand-ins for the programs that make calls. Where a file `stop-MOMENT` exists, each sends the
# signal that is named in the file to all of make, as Ctrl-C does. As long as a file `slow` exists,
# each takes its time.
STOP = """\
#!/bin/sh
last() { for k in $(seq 400); do [ -e slow ] || break; touch begun; sleep 0.05; done; }
stop() { [ ! -e "stop-$1" ] || kill -s "$(cat "stop-$1")" 0; }
"""
# Makes environments, as `venv` does and `tools.environment`, which first removes what is there.
PYTHON = """
[ "$2" != tools.build_book ] || exec stubs/builder
[ "$2" != tools.npm ] || exec stubs/npm
[ "$2" != tools.environment ] || rm -rf "$3"
[ "$1 $2" = "-m venv" ] || [ "$1 $2" = "-m tools.environment" ] || exit 0
echo "$3" >> made
mkdir -p "$3/bin"
cp "$PWD/stubs/python3" "$3/bin/python"
stop venv
cp stubs/pip "$3/bin/"
"""
# As pip does, believes that what has a record is there, although the record is written first.
PIP = """
prefix=$(dirname "$0")/..
echo "$@" >> calls
[ ! -e no-network ] || exit 1
cmp -s requirements.txt "$prefix/record" && exit
cp requirements.txt "$prefix/record"
rm -f "$prefix/files"
last
stop pip
[ ! -e kill-pip ] || kill -s KILL $$
touch "$prefix/files"
"""
# As `npm ci` does, begins with an empty folder.
NPM = """
rm -rf node_modules
mkdir node_modules
last
stop npm
touch node_modules/files
"""
# As Sphinx does, writes the pages that it has read anew, and warns when it reads.
BUILDER = """
mkdir -p _build/html _build/.doctrees
[ ! -e _build/.doctrees/read ] || exit 0
touch _build/.doctrees/read _build/html/index.html
[ ! -e warning ] || exit 1
last
stop book
touch _build/html/search.html
"""
STUBS = {"python3": PYTHON, "pip": PIP, "npm": NPM, "builder": BUILDER}


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Make a project that is not set up, whose programs are the stand-ins."""
    for folder in (
        "d2lmini",
        "book/site",
        "notebooks/tensorflow",
        "stubs",
        "tools/lighthouse",
        "tools/checks",
    ):
        (tmp_path / folder).mkdir(parents=True)
    for name in (
        "requirements.txt",
        "requirements.lock",
        "pyproject.toml",
        "notebooks/tensorflow/requirements.txt",
        "tools/checks/requirements.lock",
    ):
        (tmp_path / name).write_text("1\n")
    for name in (
        "Makefile",
        "package.json",
        "package-lock.json",
        "tools/lighthouse/package.json",
        ".npmrc",
        "_config.yml",
        "_toc.yml",
    ):
        shutil.copy(ROOT / name, tmp_path / name)
    for name, text in STUBS.items():
        (tmp_path / "stubs" / name).write_text(STOP + text)
        (tmp_path / "stubs" / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def begin_to_make(*arguments):
    """Start make."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    return subprocess.Popen(
        ["make", "PYTHON=stubs/python3", *arguments],
        env=inherited,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # a signal to all of make reaches nothing else
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # not so in the background
    )


def make(*arguments):
    """Run make, and return whether it succeeded."""
    run = begin_to_make(*arguments)
    run.communicate()
    return run.returncode == 0


def make_interrupted(moment, signal_name, *arguments):
    """Run make, and send it a signal at the moment that a stand-in names."""
    (Path.cwd() / f"stop-{moment}").write_text(signal_name)
    assert not make(*arguments)
    (Path.cwd() / f"stop-{moment}").unlink()


def make_outdated(tree):
    """Make the environment, and then change its requirements."""
    assert make(".venv/.ready")
    (tree / "requirements.txt").write_text("2\n")
    os.utime(tree / ".venv/.ready", (1e9, 1e9))  # clocks of file systems are coarse


@pytest.mark.parametrize("signal_name", ["INT", "TERM", "KILL"])
@pytest.mark.parametrize("moment", ["venv", "pip"])
@pytest.mark.parametrize("environment", [".venv", ".venv-checks", ".venv-tensorflow"])
def test_an_environment_left_half_made_is_made_anew(tree, environment, moment, signal_name):
    assert environment != ".venv-tensorflow" or make(".venv/.ready")
    make_interrupted(moment, signal_name, f"{environment}/.ready")
    assert make(f"{environment}/.ready")
    assert (tree / environment / "files").exists()


@pytest.mark.parametrize("signal_name", ["INT", "TERM", "KILL"])
def test_fonts_and_scripts_left_half_fetched_are_fetched_anew(tree, signal_name):
    make_interrupted("npm", signal_name, "node_modules/.ready")
    assert not (tree / "node_modules/files").exists()
    assert make("node_modules/.ready")
    assert (tree / "node_modules/files").exists()


@pytest.mark.parametrize("signal_name", ["INT", "TERM", "KILL"])
def test_an_update_left_half_done_is_done_anew(tree, signal_name):
    make_outdated(tree)
    make_interrupted("pip", signal_name, ".venv/.ready")
    assert make(".venv/.ready")
    assert (tree / ".venv/files").exists()


def test_only_what_the_lock_names_is_installed_beside_pytorch(tree):
    (tree / "requirements.txt").write_text("numpy==2 # arrays\ntorch==2.13.0 # the framework\n")
    assert make(".venv/.ready")
    locked, rest = (set(call.split()) for call in (tree / "calls").read_text().splitlines())
    assert locked >= {"--require-hashes", "--no-deps", "requirements.lock"}
    assert rest == {
        *("install", "--quiet", "--no-build-isolation"),
        *("torch==2.13.0", "--editable", "."),
    }


def test_an_environment_stays_when_the_network_fails(tree):
    make_outdated(tree)
    (tree / "no-network").touch()
    assert not make(".venv/.ready")
    (tree / "no-network").unlink()
    assert make(".venv/.ready")
    assert (tree / "made").read_text() == ".venv\n"


def test_an_environment_whose_pip_was_killed_is_made_anew(tree):
    (tree / "kill-pip").touch()
    assert not make(".venv/.ready")
    (tree / "kill-pip").unlink()
    assert make(".venv/.ready")
    assert (tree / ".venv/files").exists()


@pytest.fixture
def ready(tree):
    (tree / "node_modules").mkdir()
    assert make("setup")
    return tree


@pytest.mark.parametrize("signal_name", ["INT", "TERM", "KILL"])
def test_a_book_left_half_written_is_written_anew(ready, signal_name):
    make_interrupted("book", signal_name, "book")
    assert not (ready / "_build/html/search.html").exists()
    assert make("book")
    assert (ready / "_build/html/search.html").exists()


@pytest.mark.skipif(not shutil.which("flock"), reason="holds the lock")
@pytest.mark.parametrize(
    ("target", "written"), [("book", "_build/html/search.html"), (".venv/.ready", ".venv/files")]
)
def test_what_goes_on_after_make_alone_was_killed_is_waited_for(ready, target, written):
    if target != "book":
        make_outdated(ready)
    (ready / "slow").touch()
    killed = begin_to_make(target)
    while not (ready / "begun").exists():
        time.sleep(0.01)
    killed.kill()
    run = begin_to_make(target)
    assert "waiting for what an earlier make has begun\n" in run.stdout
    assert not (ready / written).exists()
    (ready / "slow").unlink()
    run.communicate()
    killed.communicate()
    assert run.returncode == 0
    assert (ready / written).exists()


def test_a_warning_fails_every_build_until_it_is_fixed(ready):
    (ready / "warning").touch()
    assert not make("book")
    assert not make("book")
    (ready / "warning").unlink()
    assert make("book")


@pytest.mark.parametrize(
    ("changed", "is_built"),
    [
        ("notebooks/page.md", True),
        ("book/page.md", True),
        ("d2lmini/module.py", True),
        ("book/site/style.css", True),
        ("_toc.yml", True),
        (".venv/.ready", True),
        ("d2lmini/module.pyc", False),
        ("notebooks/.ruff_cache/entry", False),
        ("tests.txt", False),
    ],
)
def test_a_book_is_built_again_only_after_a_change(ready, changed, is_built):
    assert make("book")
    for path in ready.rglob("*"):
        os.utime(path, (1e9, 1e9), follow_symlinks=False)
    read = ready / "_build/.doctrees/read"
    read.unlink()  # the stand-in writes it in every build
    (ready / changed).parent.mkdir(exist_ok=True)
    (ready / changed).touch()
    assert make("book")
    assert read.exists() == is_built


def test_clean_and_distclean(ready):
    assert make("book")
    assert make("clean")
    assert not (ready / "_build").exists()
    assert (ready / ".venv").exists()
    assert make("distclean")
    assert not (ready / ".venv").exists()
    assert not (ready / "node_modules").exists()
