"""What the book has beside its pages: front door, search, page of errors; and its references."""

import io
import re

import pytest
from PIL import Image

from tests.built.checks import access, figures, links, loading
from tests.built.pages import HTML, SEARCH
from tools.sync import OTHER_FRAMEWORKS, ROOT

THEMES = ["light", "dark"]


@pytest.mark.parametrize("theme", THEMES)
def test_the_page_of_results(theme, new_reader, run_checks):
    reader = new_reader(color_scheme=theme, reduced_motion="reduce")
    page = reader.open_fully(SEARCH)
    page.wait_for_selector("#search-results li a")
    assert "vectorization" in page.locator("#search-results li a").first.get_attribute("href")
    run_checks(
        reader,
        [
            access.every_stop_of_the_tab_key_has_a_ring,
            access.axe_finds_no_violation,
            links.links_can_be_read_under_the_pointer,
            loading.nothing_goes_wrong,
        ],
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_the_icon_of_the_search_does_not_cover_the_query(width, new_reader):
    page = new_reader(viewport={"width": width, "height": 844}).open(SEARCH)
    page.keyboard.press("Control+k")
    page.locator("form.bd-search:visible").first.wait_for()
    for form in page.locator("form.bd-search:visible").all():
        icon = form.locator(".fa-magnifying-glass").bounding_box()
        field = form.locator("input[type=search]")
        padding = field.evaluate("(e) => parseFloat(getComputedStyle(e).paddingLeft)")
        assert icon["x"] + icon["width"] <= field.bounding_box()["x"] + padding


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["search.html", "404.html"])
def test_pages_beside_the_table_of_contents(name, theme, new_reader, run_checks):
    reader = new_reader(color_scheme=theme, reduced_motion="reduce")
    reader.open_fully(name)
    run_checks(reader, [access.axe_finds_no_violation])


def test_the_front_door_leads_to_the_first_page(new_reader):
    reader = new_reader()
    page = reader.open("index.html")
    page.wait_for_url("**/book/index.html")
    reader.wait_until_at_rest()
    assert reader.errors == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_page_opens_in_the_theme_of_the_system(theme, new_reader):
    reader = new_reader(color_scheme=theme)
    page = reader.open_fully("notebooks/concise.html")
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    figures.ink_is_light_in_the_dark(reader)


@pytest.mark.parametrize("theme", THEMES)
def test_sliders_are_seen_in_the_colours_of_the_system(theme, new_reader):
    reader = new_reader(color_scheme=theme, forced_colors="active", reduced_motion="reduce")
    page = reader.open_fully("notebooks/variance.html")
    track = page.locator(".d2l-widget .noUi-base").first
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    middle = box["y"] + box["height"] / 2
    for part in (0.1, 0.9):  # the handle stands in between
        clip = {"x": box["x"] + part * box["width"], "y": middle - 8, "width": 1, "height": 16}
        strip = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L")
        dark, light = strip.getextrema()
        assert light - dark > 100


def test_references_are_listed_by_names_and_year(new_reader):
    page = new_reader().open("book/references.html")
    labels = page.locator(".citation .label").all_inner_texts()
    assert len(labels) > 10
    for label in labels:
        assert re.fullmatch(r"\[?[^\d+\\]+, \d{4}[a-z]?\]?", label), label


def test_links_to_figures_and_formulas_give_their_numbers(new_reader):
    page = new_reader().open("notebooks/variance.html")
    link = page.locator("article p a[href='#fig-noise']").first
    number = re.search(r" \(Fig\. (\d+\.\d+)\)$", link.inner_text())[1]
    caption = page.locator("figure#fig-noise .caption-number").inner_text()
    assert caption.strip() == f"Fig. {number}"
    link = page.locator("article p a[href='#equation-eq-without']").first
    number = re.search(r"(\(\d+\.\d+\))$", link.inner_text())[1]
    assert page.locator("#equation-eq-without .eqno").inner_text().startswith(number)


def test_a_definition_can_be_read_under_the_pointer_and_dismissed(new_reader):
    """As WCAG 2.1 asks in 1.4.13: dismissible, hoverable, persistent."""
    page = new_reader().open("notebooks/variance.html")
    term = page.locator(".d2l-term").first
    definition = term.locator(".d2l-definition")
    assert not definition.is_visible()
    term.locator("a").hover()
    assert len(definition.inner_text()) > 20
    definition.hover()
    assert definition.is_visible()
    page.keyboard.press("Escape")
    assert not definition.is_visible()
    page.mouse.move(0, 0)
    term.locator("a").hover()
    assert definition.is_visible()
    page.mouse.move(0, 0)
    term.locator("a").focus()
    assert definition.is_visible()
    page.keyboard.press("Escape")
    assert not definition.is_visible()


def test_results_from_a_disk_have_excerpts(new_reader):
    page = new_reader().open(SEARCH)
    excerpt = page.locator("#search-results li", has_text="Vectorization").locator("p.context")
    excerpt.first.wait_for()
    assert "roofline" in excerpt.first.inner_text().lower()


@pytest.mark.parametrize("framework", OTHER_FRAMEWORKS)
def test_the_notebooks_of_the_other_frameworks_are_no_pages_but_offered(framework):
    offered = {path.name for path in (HTML / "_sources/notebooks" / framework).iterdir()}
    assert "scratch.ipynb" in offered
    assert offered == {path.name for path in (ROOT / "notebooks" / framework).glob("*.ipynb")}
    assert not (HTML / "notebooks" / framework).exists()
