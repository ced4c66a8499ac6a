"""A lock has all that its requirements need, each with its hashes, and nothing else."""

import re
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import lock

ROOT = Path(__file__).parents[2]
CHECKS = ROOT / "tools" / "checks" / "requirements.txt"
MUTANTS = ROOT / "tools" / "mutants" / "requirements.txt"
CHAPTER = ROOT / "requirements.txt"
SOURCES = pytest.mark.parametrize(
    "source", [CHAPTER, CHECKS, MUTANTS], ids=lambda path: path.parent.name
)
REMEDY = "run `make lock`"


def entries(source):
    """Read the lock of a file of requirements, as requirements."""
    blocks = lock.blocks(source.with_suffix(".lock").read_text())
    return [Requirement(block.split("\\\n")[0]) for block in blocks]


def pins(source):
    """Read the requirements of a file; the package itself is there under its name."""
    lines = [line.split(" # ")[0].strip() for line in source.read_text().splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return [Requirement("d2lmini" if line == "-e ." else line) for line in lines]


def holds(requirement, extras):
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": e}) for e in extras or {""})


def needed(roots):
    """Name -> what is asked of it, over all that is needed here, by what is installed here."""
    asked, todo, seen = {}, list(roots), set()
    while todo:
        one = todo.pop()
        name = canonicalize_name(one.name)
        asked.setdefault(name, []).append(one)
        new = {(name, extra) for extra in {"", *one.extras}} - seen
        seen |= new
        extras = {extra for _, extra in new}
        children = map(Requirement, requires(name) or []) if new else []
        todo += [child for child in children if holds(child, extras) and is_locked(child.name)]
    return asked


def is_locked(name):
    return not lock.NOT_LOCKED.fullmatch(canonicalize_name(name))


@SOURCES
def test_every_pin_is_locked_at_its_version(source):
    locked = {str(entry).split(";")[0].strip() for entry in entries(source)}
    wanted = [pin for pin in pins(source) if pin.specifier and is_locked(pin.name)]
    names = {f"{canonicalize_name(pin.name)}{pin.specifier}" for pin in wanted}
    assert names
    assert names - locked == set(), REMEDY


@SOURCES
def test_every_entry_has_hashes_and_no_address(source):
    text = source.with_suffix(".lock").read_text()
    blocks = lock.blocks(text)
    assert all(re.search(r"\\\n +--hash=sha256:[0-9a-f]{64}", block) for block in blocks)
    rest = text
    for block in blocks:
        rest = rest.replace(block, "", 1)
    assert all(line.startswith("#") for line in rest.splitlines())
    assert not re.search(r"://|@|^--", text, re.MULTILINE)


def test_the_lock_is_what_the_chapter_needs():
    here = {canonicalize_name(e.name): e for e in entries(CHAPTER) if holds(e, {})}
    asked = needed(pins(CHAPTER))
    missing = {name for name in asked if is_locked(name)} - {*here, "d2lmini"}
    assert (missing, here.keys() - asked.keys()) == (set(), set()), REMEDY
    for name, entry in here.items():
        (version,) = (spec.version for spec in entry.specifier)
        wrong = [str(one) for one in asked[name] if not one.specifier.contains(version)]
        assert wrong == [], f"{entry.name}=={version} is locked; {REMEDY}"


def test_pytorch_has_a_pin_and_no_lock():
    assert "torch" in [pin.name for pin in pins(CHAPTER)]
    names = [entry.name for entry in entries(CHAPTER)]
    assert [name for name in names if not is_locked(name)] == []


def test_an_entry_of_pytorch_is_left_out_whole():
    text = """\
nvidia-cublas==13.1 ; sys_platform == 'linux' \\
    --hash=sha256:1 \\
    --hash=sha256:2
numpy==2.4.6 \\
    --hash=sha256:3
torch==2.13.0 \\
    --hash=sha256:4
torchfunctions==1 \\
    --hash=sha256:5
"""
    kept = [block for block in lock.blocks(text) if not lock.left_out(block)]
    assert [block.count("--hash") for block in kept] == [1, 1]
    assert [block.split("==")[0] for block in kept] == ["numpy", "torchfunctions"]
