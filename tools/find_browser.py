"""Find a Chromium that works; run as a program, install one where there is none.

python -m tools.find_browser
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""What Chromium is started with by tests and tools."""


def find() -> str | None:
    """Return the path of a Chromium that starts, or None.

    The environment variable D2LMINI_CHROMIUM names the only one to try. Without it those on the
    PATH are tried, then the one that Playwright downloads.
    """
    return next((path for path in _candidates() if path and _starts(path)), None)


def install() -> None:
    """Try the system's package manager, then Playwright's own download."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    apt = [*root, "apt-get"]
    attempts = [
        [[*apt, "update", "-qq"], [*apt, "install", "-y", "-qq", "chromium"]],
        [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]],
    ]
    for commands in attempts:
        if all(_run(command) for command in commands) and find():
            return


def main() -> None:
    """Say which browser was found or installed, or what its absence means."""
    if not find():
        print("no Chromium found, installing one for the browser tests")
        install()
    if found := find():
        print(f"browser: {found}")
        return
    outcome = "a failure (CI=true)" if os.environ.get("CI") else "skipped"
    print(
        f"No Chromium could be found or installed: the browser tests will be {outcome}."
        " Install one, or name it in D2LMINI_CHROMIUM."
    )


def _candidates() -> Iterator[str | None]:
    if named := os.environ.get("D2LMINI_CHROMIUM"):
        yield named
        return
    yield from (shutil.which(name) for name in NAMES)
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
    # Ubuntu's `chromium` package is a stub that only starts where snaps do.
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwright_chromium() -> str:
    # Imported here: find() must not need Playwright where a system's Chromium is named.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


if __name__ == "__main__":
    main()
