"""Find browsers that work; run as a program, install those that are missing.

    python -m tools.find_browser [chromium] [firefox]

Tests open hundreds of pages, which Chromium's headless shell, the same engine without windows, does
in a third of the time. It is used where it is, and installed where Debian's Chromium is.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple


class Browser(NamedTuple):
    """How a browser is found and installed.

    Attributes
    ----------
    title : str
        What it is called in messages.
    variable : str
        The environment variable that names the only one to try.
    package : str
        That of Debian.
    programs : tuple of str
        The names to look for on the PATH, in order.
    """

    title: str
    variable: str
    package: str
    programs: tuple[str, ...]


BROWSERS = {
    "chromium": Browser(
        "Chromium",
        "D2LMINI_CHROMIUM",
        "chromium",
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    ),
    "firefox": Browser("Firefox", "D2LMINI_FIREFOX", "firefox-esr", ("firefox-esr", "firefox")),
    "shell": Browser(
        "Chromium's headless shell",
        "D2LMINI_CHROMIUM",
        "chromium-headless-shell",
        ("chromium-headless-shell",),
    ),
}
NEEDED = ("chromium", "firefox")
DEBIAN_CHROMIUM = Path("/usr/lib/chromium")
"""Where Debian's packages have Chromium and its shell."""
IMPATIENT = ("-o", "Acquire::http::Timeout=10", "-o", "Acquire::Retries=1")
"""Options of apt-get: a mirror that does not answer keeps nobody waiting."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""What Chromium is started with by tests and tools."""

# A program, because Playwright cannot start where it already runs, as in a test.
PLAYWRIGHT_CHROMIUM = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find(name: str = "chromium") -> str | None:
    """Return the path of a browser that starts, or None.

    An environment variable, D2LMINI_CHROMIUM or D2LMINI_FIREFOX, names the only one to try. Without
    it those on the PATH are tried, then the Chromium that Playwright downloads.

    Parameters
    ----------
    name : {"chromium", "firefox", "shell"}
        A key of `BROWSERS`.
    """
    return next((path for path in _candidates(name) if path and _starts(path)), None)


def find_for_tests() -> str | None:
    """Return the path of Chromium's headless shell, or else of a Chromium, or None."""
    return find("shell") or find()


def install(names: Collection[str]) -> None:
    """Try the system's package manager; for Chromium then Playwright's own download.

    Parameters
    ----------
    names : collection of str
        Keys of `BROWSERS`.
    """
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*root, "apt-get", *IMPATIENT]
    if _run([*apt, "update", "-qq"]):
        for name in names:  # one at a time: Ubuntu has no firefox-esr
            _run([*apt, "install", "-y", "-qq", BROWSERS[name].package])
    if "chromium" in names and not find("chromium"):
        _run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"])


def main() -> None:
    """Say which browsers were found or installed, or what their absence means."""
    names = sys.argv[1:] or NEEDED
    missing = [name for name in names if not find(name)]
    for_tests = not sys.argv[1:]
    if for_tests and (missing or DEBIAN_CHROMIUM.is_dir()) and not find("shell"):
        missing.append("shell")
    if missing:
        titles = " and ".join(BROWSERS[name].title for name in missing)
        print(f"no {titles} found, installing for the browser tests")
        install(missing)
    for name in names:
        print(_outcome(name))


def _outcome(name: str) -> str:
    if path := find(name):
        return f"browser: {path}"
    outcome = "a failure (CI=true)" if os.environ.get("CI") else "skipped"
    title, variable, *_ = BROWSERS[name]
    return (
        f"No {title} could be found or installed: the browser tests will be {outcome}."
        f" Install one, or name it in {variable}."
    )


def _candidates(name: str) -> Iterator[str | None]:
    browser = BROWSERS[name]
    if named := os.environ.get(browser.variable):
        yield named
        return
    yield from (shutil.which(program) for program in browser.programs)
    if name == "chromium":
        yield _playwright_chromium()  # last, because it starts Playwright to ask for the path


def _run(command: list[str]) -> bool:
    print("+", " ".join(command), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode == 0
    except OSError as error:
        print(f"  {error}")
        return False


def _starts(path: str) -> bool:
    # Ubuntu's packages `chromium` and `firefox` are stubs that only start where snaps do.
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwright_chromium() -> str:
    command = [sys.executable, "-c", PLAYWRIGHT_CHROMIUM]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
