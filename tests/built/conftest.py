"""The built book and a browser to read it with."""

import functools
import http.server
import os
import threading
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import sync_playwright

from tools.find_browser import FLAGS, find

ROOT = Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"
UNFINISHED = ROOT / "_build" / ".unfinished"
"""What `make book` leaves until it has succeeded."""


def pages_of(toc):
    """Return the pages that a table of contents names, sorted; none of them need be built."""
    chapters = [chapter for part in toc["parts"] for chapter in part["chapters"]]
    return sorted(f"{entry['file']}.html" for entry in [{"file": toc["root"]}, *chapters])


PAGES = pages_of(yaml.safe_load((ROOT / "_toc.yml").read_text()))


def unavailable(message):
    """Skip, or fail under CI, where everything has to be there."""
    if os.environ.get("CI"):
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session", autouse=True)
def book():
    """Ask for a book that was built to its end."""
    if not (HTML / "index.html").exists():
        unavailable("no book is built: run `make book`")
    if UNFINISHED.exists():
        unavailable("the last build of the book did not finish: run `make book`")


@pytest.fixture(scope="session")
def browser():
    """Start Chromium once."""
    path = find()
    if path is None:
        unavailable("no Chromium was found: run `make test`, or name one in D2LMINI_CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield running
        running.close()


class Reader:
    """One page, and all that went wrong while it was read."""

    def __init__(self, context, base):
        self.base = base
        self.page = context.new_page()
        self.troubles, self.requests = [], []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("requestfailed", lambda r: self.troubles.append(f"failed: {r.url}"))
        self.page.on("response", self._answered)
        self.page.on("request", lambda r: self.requests.append(r.url))

    def _heard(self, message):
        if message.type == "error":
            self.troubles.append(f"console: {message.text}")

    def _answered(self, response):
        if response.status >= 400:
            self.troubles.append(f"{response.status}: {response.url}")

    def open(self, name):
        self.page.goto(f"{self.base}/{name}", wait_until="load")
        return self.page

    @property
    def strays(self):
        """Requests that left the book."""
        own = (self.base, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]


@pytest.fixture
def reading(browser):
    """Make readers: ``reading(base, **context options)``."""
    contexts = []

    def make(base=None, **options):
        options = {"viewport": {"width": 1280, "height": 900}, **options}
        contexts.append(browser.new_context(**options))
        return Reader(contexts[-1], base or HTML.as_uri())

    yield make
    for context in contexts:
        context.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve the book below /book/, and nothing else."""

    def translate_path(self, path):
        if not path.startswith("/book/"):
            return str(ROOT / "no such file")
        return super().translate_path(path.removeprefix("/book"))

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def server():
    """Serve the book under a sub-path; return its address."""
    handler = functools.partial(Quiet, directory=str(HTML))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/book"
        running.shutdown()
