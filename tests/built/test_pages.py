"""Every page of the built book, opened as a reader would."""

import gzip
import re

import pytest
from fontTools.ttLib import TTFont

from tests.built.conftest import HTML, PAGES, ROOT

SLIDERS = {
    "book/index.html": 1,
    "notebooks/vectorization.html": 1,
    "notebooks/variance.html": 1,
    "notebooks/scratch.html": 2,
    "notebooks/batch_size.html": 2,
}
LAB = "notebooks/lab.html"
WIDGETS = {*SLIDERS, LAB}


def wake(page):
    """Scroll to the widgets and wait until all of them are drawn."""
    page.locator(".d2l-widget").first.scroll_into_view_if_needed()
    page.wait_for_selector(".d2l-widget[data-ready]", timeout=20_000)
    page.wait_for_function("!document.querySelector('.d2l-widget:not([data-ready])')")


def with_all_frames(page):
    """Put the pictures of every position of the sliders into the page."""
    page.evaluate(
        """() => {
            const place = document.querySelector(".d2l-widget");
            for (const data of document.querySelectorAll("script[type$='widget-state+json']"))
                for (const { model_name, state } of Object.values(JSON.parse(data.text).state))
                    if (model_name === "HTMLModel")
                        place.insertAdjacentHTML("beforeend", state.value);
        }"""
    )


def test_all_pages_are_there():
    assert len(PAGES) >= 10


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("place", ["file", "server"])
def test_opens_clean_and_stays_at_home(name, place, reading, request):
    base = HTML.as_uri() if place == "file" else request.getfixturevalue("server")
    reader = reading(base)
    page = reader.open(name)
    if name in WIDGETS:
        wake(page)
    page.wait_for_timeout(200)
    assert reader.troubles == []
    assert reader.strays == []
    assert page.locator("h1").first.inner_text()


@pytest.mark.parametrize("name", PAGES)
def test_fits_a_telephone(name, reading):
    page = reading(viewport={"width": 390, "height": 844}).open(name)
    if name in WIDGETS:
        wake(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", PAGES)
def test_reads_without_scripts(name, reading):
    page = reading(java_script_enabled=False).open(name)
    assert page.locator("article h1").first.is_visible()
    source = (HTML / name).read_text(encoding="utf8")
    assert page.locator("article .katex-html").count() == source.count('class="katex-html"')
    for figure in page.locator("article figure").all():
        assert figure.locator("svg.d2l-figure").first.is_visible()


@pytest.mark.parametrize("name", sorted(SLIDERS))
def test_every_slider_moves_its_picture(name, reading):
    reader = reading()
    page = reader.open(name)
    wake(page)
    handles = page.locator(".d2l-widget [role=slider]")
    assert handles.count() == SLIDERS[name]
    for handle in handles.all():
        assert handle.get_attribute("aria-label") in ("batch size", "learning rate", "block size")
        seen = walk(page, handle)
        assert len(seen) > 1
    assert reader.troubles == []
    assert reader.strays == []


def walk(page, handle):
    """Take a slider by keyboard through all its positions; each has its own picture and value."""
    steps = int(float(handle.get_attribute("aria-valuemax")))
    handle.focus()
    page.keyboard.press("Home")
    seen = {}
    for _ in range(steps + 1):
        page.wait_for_timeout(60)
        said = handle.get_attribute("aria-valuetext")
        label, _, value = said.rpartition(" ")
        figures = page.locator(".d2l-explorer figure:visible")
        assert figures.count() == 1
        caption = figures.locator("figcaption").inner_text().lower()
        assert re.search(rf"{label} {re.escape(value)}\b", caption), (said, caption)
        picture = figures.locator("svg").inner_html()
        assert picture not in seen.values()
        assert figures.locator("svg").get_attribute("aria-label").lower() == caption
        seen[said] = picture
        page.keyboard.press("ArrowRight")
    assert len(seen) == steps + 1
    return seen


def test_a_widgets_first_picture_is_there_before_any_script(reading):
    for name in WIDGETS:
        page = reading(java_script_enabled=False).open(name)
        assert page.locator(".d2l-still svg.d2l-figure").is_visible()


@pytest.mark.parametrize("name", PAGES)
def test_no_id_stands_twice(name, reading):
    page = reading().open(name)
    if name in WIDGETS:
        wake(page)
    every = "[...document.querySelectorAll('[id]')].map((element) => element.id)"
    shown = page.evaluate(every)
    assert sorted(set(shown)) == sorted(shown)
    page.evaluate("document.querySelectorAll('.d2l-frame').forEach((frame) => frame.remove())")
    with_all_frames(page)  # those that were shown again, and all others
    ids = page.evaluate(every)
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_light(name, reading):
    reader = reading()
    page = reader.open(name)
    if name in WIDGETS:
        wake(page)
    page.wait_for_timeout(200)
    files = {HTML / url.removeprefix(f"{HTML.as_uri()}/").split("?")[0] for url in reader.requests}
    content = [(path.suffix, path.read_bytes()) for path in files if path.is_file()]
    packed = sum(len(c if s in (".woff2", ".png") else gzip.compress(c)) for s, c in content)
    assert packed <= (900_000 if name in WIDGETS else 350_000)


def test_pages_without_widgets_do_not_load_the_manager(reading):
    reader = reading()
    reader.open("notebooks/dataset.html")
    reader.page.wait_for_timeout(300)
    assert not [url for url in reader.requests if "html-manager" in url]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_ink_of_figures_is_readable_in_both_themes(theme, reading):
    page = reading(color_scheme=theme).open("notebooks/dataset.html")
    page.wait_for_timeout(200)
    ink = page.evaluate("getComputedStyle(document.querySelector('svg.d2l-figure text')).fill")
    light = sum(int(part) for part in re.findall(r"\d+", ink)[:3]) / 3
    assert (light > 160) == (theme == "dark"), ink


@pytest.mark.parametrize("name", ["book/index.html", "notebooks/exercises.html"])
def test_the_icon_font_holds_every_icon_in_use(name, reading):
    page = reading().open(name)
    drawn = page.evaluate(
        """() => [...document.querySelectorAll("i, .admonition-title, summary *")].flatMap(
            (e) => ["::before", "::after"].map((part) => getComputedStyle(e, part))
        ).filter((s) => s.fontFamily.includes("Awesome") && s.content.startsWith('"'))
        .map((s) => s.content.replaceAll('"', "")).join("")"""
    )
    fonts = HTML / "_static" / "vendor" / "fontawesome" / "webfonts"
    held = set()
    for font in fonts.glob("*.woff2"):
        held |= set(TTFont(font).getBestCmap() or {})
    icons = {ord(character) for character in drawn if not character.isspace()}
    assert len(icons) > 5
    assert icons <= held


def test_the_front_door_leads_to_the_first_page(reading):
    reader = reading()
    page = reader.open("index.html")
    page.wait_for_url("**/book/index.html")
    assert reader.troubles == []


def test_search_finds_a_word_from_a_usb_stick(reading):
    reader = reading()
    page = reader.open("search.html?q=roofline")
    page.wait_for_selector("#search-results li a", timeout=10_000)
    assert "vectorization" in page.locator("#search-results li a").first.get_attribute("href")
    assert reader.troubles == []


def test_each_notebook_can_be_downloaded():
    for text in (ROOT / "notebooks").glob("*.md"):
        source = (HTML / "notebooks" / f"{text.stem}.html").read_text(encoding="utf8")
        assert f"_sources/notebooks/{text.stem}.ipynb" in source
        served = HTML / "_sources" / "notebooks" / f"{text.stem}.ipynb"
        assert served.read_bytes() == text.with_suffix(".ipynb").read_bytes()


def test_links_between_pages_lead_somewhere():
    for name in PAGES:
        source = (HTML / name).read_text(encoding="utf8")
        for target in re.findall(r'href="([^"#?:]+\.html)(?:#[^"]*)?"', source):
            assert (HTML / name).parent.joinpath(target).resolve().exists(), (name, target)
