"""Which Pythons, versions and tests `make test-versions` takes."""

import pytest

from tools import versions
from tools.versions import ROOT, Case


def program(folder, name, code):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\nexit {code}\n")
    (folder / name).chmod(0o755)
    return str(folder / name)


def test_a_launcher_of_pyenv_gives_way_to_the_python_that_it_stands_for(tmp_path, monkeypatch):
    program(tmp_path / "shims", "python3.12", 127)
    real = program(tmp_path / "pyenv" / "versions" / "3.12.1" / "bin", "python", 0)
    monkeypatch.setenv("PATH", str(tmp_path / "shims"))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.delenv("PYTHONS", raising=False)
    assert versions.pythons() == [real]


def test_pythons_can_be_named(monkeypatch):
    monkeypatch.setenv("PYTHONS", "/one/python /another/python")
    assert versions.pythons() == ["/one/python", "/another/python"]


PINS = ["numpy==1.26", "torch==2.8.0", "nvidia-cudnn-cu12==9", "triton==3", "jax[cpu]==0.10"]


@pytest.mark.parametrize(("lowest", "torch"), [(True, "torch==2.8.0"), (False, "torch")])
def test_pip_chooses_the_newest_pytorch_and_what_goes_with_it(lowest, torch):
    chosen = versions.framework_of(Case("python3", lowest, "torch"), PINS)
    assert chosen == ["numpy==1.26", "jax==0.10", torch]
    assert versions.framework_of(Case("python3", lowest, "jax"), PINS) == chosen[:-1]


def test_tests_of_the_package_run_and_those_of_the_tools_do_not():
    taken = versions.tests(Case("python3", True, "torch"))
    assert {"tests/unit/test_training.py", "tests/frameworks/test_flavour.py"} <= set(taken)
    assert not {"tests/unit/test_versions.py", "tests/unit/test_make.py"} & set(taken)
    others = versions.tests(Case("python3", True, "jax"))
    assert {name.split("/")[1] for name in others} == {"frameworks"}


def test_the_tools_of_the_tests_have_their_pins():
    assert len(versions.test_tools()) == len(versions.TEST_TOOLS)


def test_a_command_that_fails_says_which_and_what_it_printed():
    with pytest.raises(versions.CommandError, match=r"^sh -c echo no; exit 3\nno\n$"):
        versions.run(["sh", "-c", "echo no; exit 3"])
    assert versions.run(["pwd"]).strip() == str(ROOT)


@pytest.mark.parametrize(
    ("results", "status"),
    [
        (["9 passed", "9 passed"], 0),
        (["9 passed", "not run, no such releases"], 0),
        (["not run, no such releases", "not run, no such releases"], 1),
        (["9 passed", versions.CommandError("failed")], 1),
        ([], 1),
    ],
)
def test_nothing_that_passed_is_no_success(results, status, monkeypatch):
    left = iter(results)

    def test(case, archive):
        result = next(left)
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr(versions, "pythons", lambda: ["python3"] if results else [])
    monkeypatch.setattr(versions, "version", str)
    monkeypatch.setattr(versions, "test", test)
    monkeypatch.setenv("EXTRAS", "torch")
    assert versions.main("a.whl", "a.tar.gz") == status
