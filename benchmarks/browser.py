"""A page of headless Chromium, and a server of the repository for it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.find_browser import FLAGS, find
from tools.server import serving

ROOT = Path(__file__).parents[1]


@contextmanager
def open_page() -> Iterator[tuple[Page, str]]:
    """Open a page, and say in which browser and on how many cores.

    Yields
    ------
    tuple
        The page, empty, and the server's address.

    Raises
    ------
    SystemExit
        If there is no Chromium.
    """
    path = find()
    if path is None:
        sys.exit("no Chromium was found: run `make test` once, or name one in D2LMINI_CHROMIUM")
    with serving(ROOT) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        print(f"Chromium {browser.version}, {os.cpu_count()} cores")
        yield browser.new_page(viewport={"width": 1280, "height": 900}), address
        browser.close()
