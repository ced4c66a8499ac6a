"""An environment is made also where a part of Python has to be installed first."""

import pytest

from tools import environment


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Replace the programs; what is in the set `missing` fails."""
    commands, missing = [], set()

    def run(command):
        commands.append(command)
        if "install" in command and "install" not in missing:
            missing.discard("venv")
        return not missing & set(command)

    monkeypatch.setattr(environment, "run", run)
    return commands, missing, str(tmp_path / "made")


def test_python_alone_suffices(machine):
    commands, _, folder = machine
    environment.main(folder)
    assert [command[1:] for command in commands] == [["-m", "venv", folder]]


def test_the_package_of_this_python_is_installed_where_venv_is_missing(machine):
    commands, missing, folder = machine
    missing.add("venv")
    environment.main(folder)
    version = "{}.{}".format(*environment.sys.version_info)
    assert commands[-2][-1] == f"python{version}-venv"
    assert commands[-1][-1] == folder


def test_without_that_package_the_error_says_what_to_install(machine):
    _, missing, folder = machine
    missing.update({"venv", "install"})
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        environment.main(folder)


def test_an_old_python_is_named_with_its_version(machine, monkeypatch):
    commands, _, folder = machine
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"3\.11 or newer is needed, .* is 3\.9; .*make PYTHON="):
        environment.main(folder)
    assert commands == []


def test_half_an_environment_is_removed(tmp_path, monkeypatch):
    def fail(command):
        (tmp_path / "made").mkdir()
        return False

    monkeypatch.setattr(environment, "run", fail)
    assert not environment.make(str(tmp_path / "made"))
    assert not (tmp_path / "made").exists()


def test_a_program_that_does_not_exist_is_a_failure():
    assert not environment.run(["d2lmini-no-such-program"])
