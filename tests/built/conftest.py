"""The built book and a browser to read it with."""

import os
from contextlib import ExitStack, contextmanager

import pytest
from playwright.sync_api import sync_playwright

from d2lmini.lab import Lab
from tests.built.firefox import Firefox
from tests.built.lab_page import LabPage
from tests.built.pages import HTML, ROOT, UNFINISHED
from tests.built.pieces import open_piece
from tests.built.reader import Reader
from tools.find_browser import FLAGS, find, find_for_tests
from tools.server import QuietHandler, serving


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
def chromium():
    """Give what Playwright has for Chromium; ask for the one that readers have."""
    if find() is None:
        unavailable("no Chromium was found: run `make test`, or name one in D2LMINI_CHROMIUM")
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(chromium):
    """Start Chromium once, without windows where that can be had."""
    running = chromium.launch(executable_path=find_for_tests(), args=list(FLAGS))
    yield running
    running.close()


@pytest.fixture(scope="module")
def browser_of_readers(chromium):
    """Start for a module the Chromium that readers have."""
    running = chromium.launch(executable_path=find(), args=list(FLAGS))
    yield running
    running.close()


@pytest.fixture(scope="module")
def firefox():
    """Start Firefox once for a module, with a window that has the focus."""
    path = find("firefox")
    if path is None:
        unavailable("no Firefox was found: run `make test`, or name one in D2LMINI_FIREFOX")
    with Firefox(path) as running:
        running.open_window()
        yield running


@contextmanager
def reader_in(browser, base=None, **options):
    """Make a reader with nothing stored, for pages whose policies refuse nothing.

    Options are those of Playwright's contexts.
    """
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    reader = Reader(context, base or HTML.as_uri())
    yield reader
    context.close()
    assert reader.violations == []


@pytest.fixture
def new_reader(browser):
    """Make readers for one test: ``new_reader(base, **context options)``."""
    with ExitStack() as stack:
        yield lambda *base, **options: stack.enter_context(reader_in(browser, *base, **options))


@pytest.fixture
def run_checks(subtests):
    """Run checks on one page: each that fails is reported by its name, and the next one runs."""

    def run(reader, checks):
        for check in checks:
            with subtests.test(check.__name__):
                check(reader)

    return run


@pytest.fixture(scope="session")
def lab_reader(browser, tmp_path_factory):
    """One reader for all tests of the lab: what a page has loaded once comes faster again."""
    with ExitStack() as stack:

        def new_reader(base, **options):
            return stack.enter_context(reader_in(browser, base, **options))

        yield open_piece(new_reader, tmp_path_factory.mktemp("lab"), Lab)


@pytest.fixture(scope="session")
def lab_page(lab_reader):
    """The lab, which tests open one after the other with settings of their own."""
    return LabPage(lab_reader)


@pytest.fixture
def lab(lab_page):
    """The lab, which a test opens with settings; nothing goes wrong while the test lasts."""
    lab_page.forget()
    yield lab_page
    lab_page.expect_quiet()


class BookHandler(QuietHandler):
    """Serve the book below /book/, and nothing else."""

    def translate_path(self, path):
        if not path.startswith("/book/"):
            return str(ROOT / "no such file")
        return super().translate_path(path.removeprefix("/book"))


@pytest.fixture(scope="session")
def server():
    """Serve the book under a sub-path; return its address."""
    with serving(HTML, BookHandler) as address:
        yield f"{address}/book"
