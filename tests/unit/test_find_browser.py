"""Browsers are found where they are, and the missing ones are installed together."""

import asyncio
import shutil
import sys

import pytest

from tools import find_browser
from tools.find_browser import BROWSERS, find


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """Leave no program on the PATH, and no browser named."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for browser in BROWSERS.values():
        monkeypatch.delenv(browser.variable, raising=False)
    return tmp_path


def make_program(path, *, starts=True):
    path.write_text(f"#!/bin/sh\nexit {0 if starts else 1}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("name", BROWSERS)
def test_the_first_on_the_path_that_starts_is_found(name, bare):
    *_, last = BROWSERS[name].programs
    for program in BROWSERS[name].programs:
        make_program(bare / program, starts=program == last)
    assert find(name) == shutil.which(last)


@pytest.mark.parametrize("name", BROWSERS)
def test_a_browser_that_is_named_is_the_only_one_tried(name, bare, monkeypatch):
    make_program(bare / BROWSERS[name].programs[0])
    monkeypatch.setenv(BROWSERS[name].variable, make_program(bare / "broken", starts=False))
    assert find(name) is None
    monkeypatch.setenv(BROWSERS[name].variable, make_program(bare / "mine"))
    assert find(name) == str(bare / "mine")


@pytest.mark.usefixtures("bare")
def test_playwright_s_chromium_is_asked_for_while_playwright_runs(monkeypatch):
    tried = []
    monkeypatch.setattr(find_browser, "_starts", tried.append)

    async def find_in_a_loop():  # such as Playwright's
        return find()

    assert asyncio.run(find_in_a_loop()) is None
    (path,) = tried
    assert "chrom" in path


def test_missing_browsers_are_installed_after_one_update(monkeypatch):
    commands = []
    monkeypatch.setattr(find_browser, "_run", lambda command: not commands.append(command))
    monkeypatch.setattr(find_browser, "find", lambda name: name)
    find_browser.install(["chromium", "firefox"])
    options = ["apt-get", *find_browser.IMPATIENT]
    steps = [command[command.index("apt-get") :] for command in commands]
    assert all(step[: len(options)] == options for step in steps)
    steps = [step[len(options) :] for step in steps]
    assert [(step[0], step[-1]) for step in steps] == [
        ("update", "-qq"),
        ("install", "chromium"),
        ("install", "firefox-esr"),
    ]


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """Give a machine: which browsers it has, whether from Debian; what is asked for is recorded."""

    def make(*has, debian):
        asked = []
        monkeypatch.setattr(find_browser, "find", lambda name="chromium": name in has and name)
        monkeypatch.setattr(find_browser, "install", asked.extend)
        monkeypatch.setattr(find_browser, "DEBIAN_CHROMIUM", tmp_path / ("" if debian else "none"))
        monkeypatch.setattr(sys, "argv", ["find_browser"])
        return asked

    return make


@pytest.mark.parametrize(
    ("has", "debian", "asked"),
    [
        ([], False, ["chromium", "firefox", "shell"]),
        (["chromium", "firefox"], True, ["shell"]),
        (["chromium", "firefox"], False, []),
        (["chromium", "firefox", "shell"], True, []),
    ],
)
def test_the_shell_is_installed_where_debian_s_chromium_is(has, debian, asked, machine, capsys):
    found = machine(*has, debian=debian)
    find_browser.main()
    assert found == asked
    said = capsys.readouterr().out
    assert ("No Chromium" in said) == ("chromium" not in has)
    assert "No Chromium's" not in said  # tests do without


def test_who_asks_for_one_browser_gets_no_other(machine, monkeypatch):
    asked = machine(debian=True)
    monkeypatch.setattr(sys, "argv", ["find_browser", "chromium"])
    find_browser.main()
    assert asked == ["chromium"]


def test_tests_take_the_shell_before_chromium(machine):
    machine("chromium", "shell", debian=True)
    assert find_browser.find_for_tests() == "shell"
    machine("chromium", debian=True)
    assert find_browser.find_for_tests() == "chromium"
