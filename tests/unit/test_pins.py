"""What is imported is asked for: pinned for the project, and bounded for the package alone."""

import ast
import functools
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import jupytext
import pytest
import yaml

ROOT = Path(__file__).parents[2]
REQUIREMENTS = ROOT / "requirements.txt"
CHECKS = sorted(ROOT.glob("tools/*/requirements.txt"))
SEPARATE = {
    "flax": "flax",
    "jax": "jax",
    "mxnet": "mxnet",
    "optax": "optax",
    "tensorflow": "tensorflow-cpu",
}
"""What is installed only in an environment of a framework -> its distribution."""
FRAMEWORKS = sorted(path.parent.name for path in ROOT.glob("notebooks/*/requirements.txt"))
BENCHMARKED = {"d2l"}
"""What a benchmark downloads itself, and does without where it cannot."""
OUR_OWN = {"benchmarks", "d2lbook", "d2lmini", "tests", "tools"}
SOURCES = [p for p in ROOT.glob("[!._]*/**/*.py") if "node_modules" not in p.parts]


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(source):
    """Full names of what a source imports; relative imports are left out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def modules_of(paths):
    return {name for path in paths for name in imported(path.read_text())}


def cells_of(paths):
    cells = [cell for path in paths for cell in jupytext.read(path).cells]
    return {name for c in cells if c.cell_type == "code" for name in imported(c.source)}


IN_THE_PAGE = {"_cell", "_kernels", "micropython", "uctypes"}
"""Modules of the page's MicroPython, for what runs there."""


def foreign(modules):
    """Leave out the standard library's modules and our own."""
    known = {*sys.stdlib_module_names, *OUR_OWN, *BENCHMARKED, *IN_THE_PAGE}
    return {name for name in modules if name.split(".")[0] not in known}


@functools.cache
def installed():
    """Return a dictionary from modules to the distributions that install them."""
    return packages_distributions()


def distributions(module):
    """Names under which a module can be installed; a namespace holds one a member."""
    top, *rest = module.split(".")
    names = {normal(name) for name in installed().get(top, [])}
    names |= {SEPARATE[top]} if top in SEPARATE else set()
    return names if len(names) <= 1 else names & {normal(f"{top}-{rest[0]}")}


def pins(path):
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return {normal(line.split("==")[0]) for line in lines if "==" in line}


def not_pinned(modules, path):
    pinned = pins(path)
    return sorted(name for name in foreign(modules) if not distributions(name) & pinned)


def test_every_import_is_pinned():
    modules = modules_of(SOURCES) | cells_of((ROOT / "notebooks").glob("*.md"))
    modules = {name for name in modules if name.split(".")[0] not in SEPARATE}
    assert not_pinned(modules, REQUIREMENTS) == []


def test_every_sphinx_extension_is_pinned():
    config = yaml.safe_load((ROOT / "_config.yml").read_text())["sphinx"]["config"]
    assert not_pinned(set(config["extensions"]), REQUIREMENTS) == []


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_import_of_a_framework_s_notebooks_is_pinned(framework):
    folder = ROOT / "notebooks" / framework
    assert not_pinned(cells_of(folder.glob("*.md")), folder / "requirements.txt") == []


@pytest.mark.parametrize(
    "path",
    [REQUIREMENTS, *CHECKS, *ROOT.glob("notebooks/*/requirements.txt")],
    ids=lambda path: path.parent.name,
)
def test_every_pin_is_exact_and_has_its_reason(path):
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            assert re.fullmatch(r"(-e \.|[\w.-]+(\[\w+\])?==[\w.]+) # .+", line), line


def bounds():
    """Distribution -> what pyproject.toml asks of it, optional dependencies included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    optional = [line for lines in project["optional-dependencies"].values() for line in lines]
    lines = [*project["dependencies"], *optional]
    return {normal(re.match(r"[\w.-]+", line)[0]): line for line in lines}


def test_the_package_asks_for_what_it_imports():
    asked = {*bounds(), SEPARATE["tensorflow"]}
    modules = foreign(modules_of((ROOT / "d2lmini").glob("**/*.py")))
    assert [name for name in sorted(modules) if not distributions(name) & asked] == []


def test_the_oldest_torch_allowed_has_what_is_used():
    # current_accelerator(check_available=...) came with 2.7; in 2.7 processes may not end.
    oldest = re.fullmatch(r"torch>=(\d+)\.(\d+)", bounds()["torch"])
    assert tuple(map(int, oldest.groups())) >= (2, 8)
