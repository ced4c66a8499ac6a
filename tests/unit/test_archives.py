"""The source archive and the wheel hold what they should; both are built without an index."""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.metadata import Metadata

ROOT = Path(__file__).parents[2]
PARTS = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT")
BUILD = """\
import sys
from setuptools import build_meta
getattr(build_meta, f"build_{sys.argv[1]}")(sys.argv[2])
"""


def build(kind, source, target):
    """Build an archive from a folder, and return it."""
    command = [sys.executable, "-c", BUILD, kind, str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "would be ignored" not in done.stderr
    (archive,) = target.iterdir()
    return archive


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Build the source archive, and unpack it."""
    tree = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "d2lmini", tree / "d2lmini", ignore=shutil.ignore_patterns("*.pyc"))
    for name in PARTS:
        shutil.copy(ROOT / name, tree)
    (tree / "sdist").mkdir()
    with tarfile.open(build("sdist", tree, tree / "sdist")) as archive:
        archive.extractall(tmp_path_factory.mktemp("unpacked"), filter="data")
        return next(tmp_path_factory.getbasetemp().glob("unpacked*/*"))


@pytest.fixture(scope="module")
def wheel(source, tmp_path_factory):
    """Build the wheel from the source archive."""
    with zipfile.ZipFile(build("wheel", source, tmp_path_factory.mktemp("wheel"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files(folder):
    found = {path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    return {str(path.relative_to(folder.parent)): path.read_bytes() for path in found}


def test_the_wheel_holds_every_file_of_the_package_and_no_other(wheel):
    held = {name: content for name, content in wheel.items() if ".dist-info/" not in name}
    expected = files(ROOT / "d2lmini")
    assert held.keys() == expected.keys()
    assert held == expected


def test_both_hold_readme_and_licences(source, wheel):
    assert [name for name in PARTS if not (source / name).exists()] == []
    licences = {name.split("/")[-1] for name in wheel if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-TEXT"}


def test_the_metadata_is_valid(wheel):
    (text,) = (content for name, content in wheel.items() if name.endswith("/METADATA"))
    metadata = Metadata.from_email(text, validate=True)
    assert metadata.name == "d2lmini"
    assert metadata.license_expression == "MIT"
    assert metadata.description.startswith("# d2lmini")
    assert str(metadata.version) == version()


def version():
    return re.search(r'__version__ = "(.+)"', (ROOT / "d2lmini/__init__.py").read_text())[1]


def test_every_file_that_says_a_version_says_the_same():
    released = re.findall(r"^## (\d\S*)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    said = {
        "CITATION.cff": yaml.safe_load((ROOT / "CITATION.cff").read_text())["version"],
        "package.json": json.loads((ROOT / "package.json").read_text())["version"],
        "package-lock.json": json.loads((ROOT / "package-lock.json").read_text())["version"],
        "CHANGELOG.md": released[0],
    }
    assert said == dict.fromkeys(said, version())
