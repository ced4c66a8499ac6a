"""Programs in addresses, in what a browser stores, in what a reader writes, and in descriptions.

Each text would set `injected`, or add an element marked `data-injected`, if a page took it for more
than a text.
"""

import json
from urllib.parse import quote, urlencode

import pytest
from d2lbook import glossary, guesses, hosted, live
from d2lbook.security_policy import with_policy
from d2lbook.written import Page
from docutils import nodes

from d2lmini.explore import frame_html
from d2lmini.lab import PIECES
from d2lmini.lab.settings import load_table
from d2lmini.svg import inline_svg
from tests.built.conftest import reader_in, unavailable
from tests.built.firefox import Firefox
from tests.built.live_page import LiveCell
from tests.built.pages import HOSTED, HTML, LAB, SLIDERS
from tools.find_browser import find

TEXTS = [
    '<img data-injected src=x onerror="injected=1">',
    '"><svg data-injected onload="injected=1"></svg>',
    "'><script data-injected>injected=1</script>",
    "</script><script data-injected>injected=1</script>",
    "</title></style></textarea><b data-injected onclick='injected=1'>b</b>",
    'x" data-injected autofocus tabindex="0" onfocus="injected=1',
    '<iframe data-injected srcdoc="<script>parent.injected=1</script>"></iframe>',
    "<style data-injected>main { display: none }</style>",
    "&lt;img data-injected src=x onerror=injected=1&gt;",
    "javascript:injected=1",
]
EFFECTS = "[globalThis.injected, document.querySelectorAll('[data-injected]').length]"
PARAMETERS = sorted(
    {setting["parameter"] for one in PIECES for setting in load_table(one.module).values()}
)
STORED = [
    *("theme", "mode", "d2lmini-framework", "sphinx_highlight_terms", "pst_banner_pref"),
    *("sidebar-scroll-top", "sphinx-design-tab-id-framework"),
]
FORGET = "() => { for (const s of [localStorage, sessionStorage]) s.clear(); }"
STORE = "(stored) => { for (const s of [localStorage, sessionStorage]) Object.assign(s, stored); }"


@pytest.fixture(scope="module")
def shared_reader(browser):
    with reader_in(browser) as reader:
        yield reader


@pytest.fixture
def reader(shared_reader):
    """One reader for all tests, with nothing stored at the beginning of each."""
    shared_reader.open("404.html").evaluate(FORGET)
    shared_reader.forget()
    return shared_reader


def expect_nothing(reader):
    """No program ran, no element was added, nothing else was opened, nothing had to be refused."""
    reader.wait_until_at_rest()
    assert reader.page.evaluate(EFFECTS) == [None, 0]
    assert reader.page.url.startswith(f"{reader.base}/{reader.name.partition('?')[0]}")
    assert reader.external_requests == []
    assert reader.violations == []


@pytest.mark.parametrize("text", TEXTS)
def test_in_the_address_of_any_page(reader, text):
    query = urlencode({"framework": text, "highlight": text})
    reader.open(f"book/glossary.html?{query}#{quote(text)}")
    expect_nothing(reader)


@pytest.mark.parametrize("name", ["book/glossary.html", *SLIDERS])
def test_an_address_that_cannot_be_decoded(reader, name):
    reader.open_fully(f"{name}?framework=%E0%A4%A#%E0%A4%A")
    expect_nothing(reader)
    assert reader.errors == []


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("words", ["{}", "gradient {}"])
def test_in_a_search(reader, text, words):
    query = urlencode({"q": words.format(text)})
    reader.open(f"search.html?{query}").locator("#search-results > p").first.wait_for()
    expect_nothing(reader)


@pytest.mark.parametrize(
    ("name", "first"), [*((name, 0) for name in sorted(HOSTED)), (LAB, 1), (LAB, 2)]
)
def test_in_the_settings_of_pieces(reader, name, first):
    """Every parameter has one of the texts."""
    texts = [TEXTS[(first + k) % len(TEXTS)] for k in range(len(PARAMETERS))]
    reader.open_fully(f"{name}?{urlencode(dict(zip(PARAMETERS, texts, strict=True)))}")
    expect_nothing(reader)


@pytest.mark.parametrize("text", TEXTS)
def test_in_a_stored_choice(reader, text):
    stored = dict.fromkeys(STORED, text)
    page = reader.open("book/glossary.html")
    page.evaluate(STORE, stored)
    page.reload()
    expect_nothing(reader)


@pytest.mark.parametrize("text", ["\n".join(TEXTS), TEXTS[0]])
def test_in_a_stored_text_and_a_stored_guess(reader, text):
    page = reader.open("notebooks/dataset.html")
    code = page.locator(".d2l-live .cell_input pre").text_content()
    guess = json.loads(page.locator(".d2l-guess > script").text_content())["name"]
    key = json.loads(page.locator(".d2l-live > script").text_content())["key"]
    kept = json.dumps({"code": code.removesuffix("\n"), "text": text})
    stored = {f"d2l-guess {guess}": text, f"d2l-live {key}": kept}
    page.evaluate("(stored) => { Object.assign(localStorage, stored); }", stored)
    page.reload()
    cell = LiveCell(page)
    cell.press("Bring back my code")
    cell.editor.get_by_text("injected").first.wait_for()
    assert cell.text == text
    expect_nothing(reader)


def test_in_what_a_reader_writes(reader):
    """What a cell prints, draws and raises."""
    cell = LiveCell(reader.open("notebooks/scratch.html"))
    draw = "from d2lmini.plotting import plot\nplot([1, 2], [1, 2], texts[0], texts[1])"
    show = "for text in texts: print(text)\nraise ValueError(texts[0])"
    cell.write(f"texts = {TEXTS!r}\n{draw}\n{show}")
    cell.press("Run")
    cell.output.locator(".d2l-live-error").wait_for(timeout=20_000)
    assert cell.output.locator(".d2l-live-text").text_content() == "\n".join([*TEXTS, ""])
    assert TEXTS[0] in cell.output.locator(".d2l-live-error").text_content()
    assert TEXTS[0] in cell.output.locator("svg").first.text_content()
    expect_nothing(reader)


PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path id="a" d="M0 0H9"/></svg>'
)


def described(text):
    """Return all that the site writes with a description in it, that of the text."""
    link = nodes.reference("", "", nodes.inline("", text), refuri=f"#{text}")
    exercise = {"key": text, "exercise": text, "task": text, "hints": [text], "solution": text}
    guess = {"name": text, "low": 0, "high": 1, "log": False, "unit": text, "measured": 1}
    state = {"module": "none", "parameters": [text], "state": {"text": text}}
    return [
        inline_svg(PICTURE, "one", text),
        frame_html(PICTURE, text, "two"),
        hosted.markup(state, ""),
        glossary.with_definition(link, text, text, 1),
        live.controls(exercise),
        guesses.controls(guess),
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_in_descriptions(new_reader, tmp_path, text):
    page = f"<!doctype html><title>Page</title><main>{''.join(described(text))}</main>"
    (tmp_path / "page.html").write_text(with_policy(page, Page(page)), encoding="utf8")
    reader = new_reader(tmp_path.as_uri())
    reader.open("page.html")
    expect_nothing(reader)
    names = reader.page.evaluate("[...document.querySelectorAll('svg')].map((e) => e.ariaLabel)")
    assert names == [text, text]
    assert reader.page.locator("figcaption").all_text_contents() == [text]
    assert reader.page.locator("[role=tooltip]").all_text_contents() == [f"{text}: {text}"]


def written(texts):
    """Return a page in which texts stand as they are."""
    return f"<!doctype html><title>Page</title><main>{'<p></p>'.join(texts)}</main>"


def test_the_tests_could_see_an_effect(new_reader, tmp_path):
    (tmp_path / "page.html").write_text(written(TEXTS))
    reader = new_reader(tmp_path.as_uri())
    page = reader.open("page.html")
    page.wait_for_function("() => globalThis.injected")
    with pytest.raises(AssertionError):
        expect_nothing(reader)


@pytest.mark.parametrize("text", TEXTS[:7])
def test_a_text_that_came_into_a_page_would_not_run(new_reader, tmp_path, text):
    """The policy is the second guard, should the first one fail."""
    (tmp_path / "page.html").write_text(with_policy(written([]), Page(written([]))))
    reader = new_reader(tmp_path.as_uri())
    page = reader.open("page.html")
    page.evaluate(
        "(text) => document.querySelector('main').insertAdjacentHTML('beforeend', text)", text
    )
    page.evaluate("document.querySelectorAll('[data-injected]').forEach((e) => e.click?.())")
    reader.wait_until_at_rest()
    assert page.evaluate("globalThis.injected") is None
    reader.violations.clear()


def test_firefox_takes_them_for_texts_too():
    path = find("firefox")
    if path is None:
        unavailable("no Firefox was found: run `make test`, or name one in D2LMINI_FIREFOX")
    with Firefox(path) as firefox:
        for text in TEXTS[:4]:
            query = urlencode({"q": text, "framework": text, "b": text})
            for name in ("search.html", "book/glossary.html"):
                firefox.open(f"{(HTML / name).as_uri()}?{query}#{quote(text)}")
                assert firefox.evaluate(EFFECTS) == [None, 0]
                assert firefox.errors == []
                assert firefox.requests == []
