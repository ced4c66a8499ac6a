"""The policies of the book's pages: what they say, and what they refuse when it is tried."""

import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from d2lbook.security_policy import NAME, hash_of
from d2lbook.written import read

from tests.built.conftest import unavailable
from tests.built.firefox import Firefox
from tests.built.live_page import LiveCell
from tests.built.pages import HTML, LAB, PAGES, SEARCH, VIOLATED
from tools.find_browser import find
from tools.server import QuietHandler, serving

FOREIGN = Path(__file__).with_name("foreign.js").read_text(encoding="utf8")
FILES = sorted(path for path in HTML.rglob("*.html") if HTML / "_static" not in path.parents)
NAMES = [path.relative_to(HTML).as_posix() for path in FILES]
KINDS = [
    "book/glossary.html",
    "notebooks/scratch.html",  # live cells
    "notebooks/network.html",  # a piece with a worker
    "notebooks/variance.html",  # sliders
    LAB,
    SEARCH,
    "404.html",
]
"""A page of each kind."""

ALLOWED = {
    "default-src": {"'none'"},
    "script-src": {"'self'", "'wasm-unsafe-eval'"},
    "style-src": {"'self'", "'unsafe-inline'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "connect-src": {"'self'", "data:"},
    "worker-src": {"blob:"},
}
"""All that any page allows beside hashes: no host, no eval, no handlers."""


def policy_in(page):
    """Return the policy that stands in a page: directive -> sources."""
    (text,) = (one["content"] for _, one in page.elements if one.get("http-equiv") == NAME)
    parts = [part.split(" ") for part in text.split("; ")]
    assert len({name for name, *_ in parts}) == len(parts)  # browsers ignore a second one
    return {name: sources for name, *sources in parts}


def test_all_pages_are_read():
    assert {*PAGES, "index.html", "404.html", "search.html", "genindex.html"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_stands_first_and_names_no_other_origin(name):
    page = read(HTML / name)
    policy = policy_in(page)
    hashes = {hash_of(script) for script in page.scripts}
    assert {*ALLOWED} - {"connect-src", "worker-src"} <= policy.keys() <= ALLOWED.keys()
    assert set(policy["script-src"]) - ALLOWED["script-src"] == hashes
    for directive in policy.keys() - {"script-src"}:
        assert set(policy[directive]) <= ALLOWED[directive]
    assert page.elements[0].attributes.get("http-equiv") == NAME
    head = (HTML / name).read_bytes()[:1024]
    assert name == "index.html" or b'<meta charset="utf-8"' in head


@pytest.mark.parametrize("name", NAMES)
def test_links_to_other_origins_say_noopener(name):
    links = [one for tag, one in read(HTML / name).elements if tag == "a" and "href" in one]
    foreign = [one for one in links if urlsplit(one["href"]).netloc]
    assert [one["href"] for one in foreign if "noopener" not in one.get("rel", "")] == []
    assert len(foreign) > 5 or name != "book/references.html"


ANSWER = b"""HTTP/1.1 200 OK\r
Access-Control-Allow-Origin: *\r
Content-Type: text/html\r
Content-Length: 5\r
\r
Hello"""


@contextmanager
def another_origin():
    """Answer whatever is asked; give the address, and the list of what was asked for."""
    asked = []

    class Handler(QuietHandler):
        def handle_one_request(self):
            nonlocal asked
            asked += str(self.rfile.readline(), "latin1").split(" ")[1:2]
            self.wfile.write(ANSWER)
            self.close_connection = True

    with serving(HTML, Handler) as address:
        yield address, asked


def wait_until(page, condition, seconds=20):
    """Let a page go on until something is so."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert condition()


def directives_of(violations):
    """Count the directives that have refused something."""
    return Counter(violation.split(": ", 1)[0] for violation in violations)


@pytest.mark.parametrize(
    ("name", "place"),
    [*((name, "disk") for name in KINDS), (KINDS[1], "server"), (SEARCH, "server")],
)
def test_what_is_not_of_the_book_is_refused(new_reader, request, name, place):
    reader = new_reader(*[request.getfixturevalue("server")] if place == "server" else [])
    page = reader.open(name)
    with another_origin() as (origin, asked):
        page.evaluate(FOREIGN)
        assert page.evaluate("globalThis.injected") is None
        tried = page.evaluate("requestNames")
        assert len(tried) > 20
        page.evaluate("(origin) => tryRequests(origin)", origin)
        expected = Counter(directive for _, directive in tried) + Counter(["base-uri"])
        wait_until(page, lambda: expected <= directives_of(reader.violations))
        reader.violations.clear()
        number = page.evaluate("tryPrograms()")
        wait_until(page, lambda: len(reader.violations) >= number)
        reader.violations.clear()
        assert page.evaluate("globalThis.injected") is None
        assert asked == []


@pytest.mark.parametrize("name", ["notebooks/scratch.html", "notebooks/network.html"])
def test_a_worker_is_bound_as_its_page_is(new_reader, name):
    reader = new_reader()
    page = reader.open_fully(name)
    with another_origin() as (origin, asked):
        page.evaluate(FOREIGN)
        assert page.evaluate("(origin) => tryFromWorker(origin)", origin) == []
        assert asked == []
    reader.violations.clear()


def test_the_other_origin_would_be_asked_without_a_policy(new_reader):
    """The test above could see each request."""
    reader = new_reader()
    page = reader.page
    with another_origin() as (origin, asked):
        page.goto(f"{origin}/page")  # a page of errors, without a policy
        page.evaluate(FOREIGN)
        tried = [one for one in page.evaluate("requestNames") if one[1] != "form-action"]
        arguments = [f"{origin}/other", sorted({directive for _, directive in tried})]
        page.evaluate("(all) => tryRequests(...all)", arguments)
        missing = {f"/other/{name}" for name, _ in tried}
        wait_until(page, lambda: missing <= set(asked))


def test_buttons_above_a_page_work_by_listeners(new_reader):
    page = new_reader().open("notebooks/scratch.html")
    page.evaluate("() => { globalThis.print = () => { document.title = 'printed'; }; }")
    page.locator(".dropdown-download-buttons > button").click()
    page.locator("[data-action=print]").click()
    assert page.title() == "printed"
    for full in (True, False):
        page.locator("[data-action=full-screen]").click()
        page.wait_for_function("(full) => Boolean(document.fullscreenElement) === full", arg=full)


def test_results_from_a_server_have_excerpts(new_reader, server):
    """Sphinx fetches the pages that it found, which only the page of results may."""
    page = new_reader(server).open(SEARCH)
    excerpt = page.locator("#search-results li", has_text="Vectorization").locator("p.context")
    excerpt.first.wait_for()
    assert "roofline" in excerpt.first.inner_text().lower()


def test_a_kernel_of_live_cells_is_bound_too(new_reader):
    """What a reader writes cannot leave the page either."""
    reader = new_reader()
    cell = LiveCell(reader.open("notebooks/scratch.html"))
    with another_origin() as (origin, asked):
        cell.press("Run")
        cell.output.locator(".d2l-live-curve").wait_for(timeout=20_000)
        cell.write(f"import js\njs.fetch('{origin}/fetch')\nprint('asked')")
        cell.press("Run")
        cell.output.get_by_text("asked").or_(cell.output.locator(".d2l-live-error")).wait_for()
        reader.wait_until_at_rest()
        assert asked == []


def test_firefox_refuses_the_same():
    path = find("firefox")
    if path is None:
        unavailable("no Firefox was found: run `make test`, or name one in D2LMINI_FIREFOX")
    with Firefox(path) as firefox, another_origin() as (origin, asked):
        for name in ("book/glossary.html", "notebooks/scratch.html"):
            firefox.open((HTML / name).as_uri())
            assert firefox.errors == []
            firefox.evaluate(f"({FOREIGN.rstrip().rstrip(';')}, true)")
            directives = {directive for _, directive in firefox.evaluate("requestNames")}
            firefox.evaluate(f"tryRequests('{origin}')")
            firefox.evaluate("new Promise((resolve) => setTimeout(resolve, 1000))")
            refused = [e.partition(VIOLATED)[2] for e in firefox.errors if VIOLATED in e]
            assert directives | {"base-uri"} <= directives_of(refused).keys()
            assert firefox.evaluate("tryPrograms()") > 5
            assert firefox.evaluate("globalThis.injected") is None
            assert asked == []
        # The same could be seen, if it were not refused.
        firefox.open(f"{origin}/page")
        assert "/page" in asked
