"""What a page loads, and where its links lead."""

import gzip

from tests.built.pages import HTML, NOTEBOOKS, SLIDERS

MOST_BYTES = 300_000
MOST_BYTES_WITH_SLIDERS = 700_000

IDS = "[...document.querySelectorAll('[id]')].map((element) => element.id)"
FILES_LINKED = """[...document.querySelectorAll("a[href]")].map((a) => a.href.split("#")[0])
    .filter((address) => address)"""


def nothing_goes_wrong(reader):
    """No error in the console, no request that fails, none that leaves the book."""
    assert reader.errors == []
    assert reader.external_requests == []


def it_has_a_heading(reader):
    assert reader.page.locator("h1").first.inner_text()


def it_is_light(reader):
    """What the page loads, packed as a server packs it, stays below a number of bytes."""
    files = {reader.file_of(url) for url in reader.requests} - {None}
    assert HTML / reader.name in files
    size = sum(packed_size(path) for path in files if path.is_file())
    assert size <= (MOST_BYTES_WITH_SLIDERS if reader.name in SLIDERS else MOST_BYTES)


def packed_size(path):
    content = path.read_bytes()
    return len(content) if path.suffix in (".woff2", ".png") else len(gzip.compress(content))


def only_sliders_load_the_widget_manager(reader):
    reader.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    reader.wait_until_at_rest()
    loaded = [url for url in reader.requests if "widget_manager" in url]
    assert bool(loaded) == (reader.name in SLIDERS)


def no_id_stands_twice(reader):
    ids = reader.page.evaluate(IDS)
    assert ids
    assert [name for name in set(ids) if ids.count(name) > 1] == []


def links_lead_somewhere(reader):
    files = {reader.file_of(url) for url in reader.page.evaluate(FILES_LINKED)} - {None}
    assert len(files) > 5
    assert [path for path in files if not path.is_file()] == []


def its_notebook_can_be_downloaded(reader):
    """The page links to its notebook, and to the same that the repository holds."""
    if not reader.name.startswith("notebooks/"):
        return
    path = reader.name.removeprefix("notebooks/").removesuffix(".html") + ".ipynb"
    served = HTML / "_sources" / "notebooks" / path
    links = {reader.file_of(url) for url in reader.page.evaluate(FILES_LINKED)}
    assert served in links
    assert served.read_bytes() == (NOTEBOOKS / path).read_bytes()
