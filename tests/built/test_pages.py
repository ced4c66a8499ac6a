"""Every page of the built book, opened as a reader would: once in each mode, for all its checks.

On a wide screen both themes are checked on one page: the theme follows the reader's system. The
checks of a mode are made in the order given; those that change the page come last.
"""

import pytest

from tests.built.checks import access, figures, frameworks, links, loading, sliders, text
from tests.built.conftest import reader_in
from tests.built.pages import FRAMEWORKS, HOSTED, LAB, PAGES, SLIDERS, TABBED

ABOUT_FRAMEWORKS = {
    "book/index.html",
    "notebooks/beyond/frameworks.html",
    "book/corrections.html",
}
INTERACTIVE = {*SLIDERS, *HOSTED}
PHONE = {"width": 390, "height": 844}

# Once the figures of all frameworks and of all positions of the sliders are in the page.
EVERY_FIGURE = [
    loading.no_id_stands_twice,
    figures.figures_stand_out,
    figures.labels_are_drawn_in_their_order,
]


def test_all_pages_are_there():
    assert len(PAGES) >= 10
    assert set(PAGES) > {*SLIDERS, *HOSTED}
    assert len(TABBED) >= 5
    assert len(FRAMEWORKS) >= 3


def appearance(name):
    """Return what is checked of a page in both themes."""
    has_stops = name in ("notebooks/scratch.html", LAB)
    return [
        *([access.every_stop_of_the_tab_key_has_a_ring] if has_stops else []),
        figures.ink_is_light_in_the_dark,
        *([figures.pieces_stand_out] if name in HOSTED else []),
        links.links_can_be_read_under_the_pointer,
    ]


def content(name):
    """Return what is checked of a page in one theme only."""
    return [
        loading.only_sliders_load_the_widget_manager,
        loading.links_lead_somewhere,
        loading.its_notebook_can_be_downloaded,
        text.the_icon_font_holds_every_icon,
        *(
            [access.every_stop_in_a_widget_has_a_role_and_a_name]
            if name in {*SLIDERS, *HOSTED}
            else []
        ),
        frameworks.tabs_show_their_sources,
        frameworks.one_picture_of_each_figure_is_seen,
        text.no_code_or_output_is_cut,
        *(
            [sliders.pictures_stand_in_the_middle, sliders.every_slider_moves_its_picture]
            if name in SLIDERS
            else []
        ),
    ]


@pytest.fixture(scope="module")
def shared_wide_reader(browser):
    with reader_in(browser) as reader:
        yield reader


@pytest.fixture
def wide_reader(shared_wide_reader):
    page = shared_wide_reader.page
    page.emulate_media(reduced_motion="no-preference", color_scheme="light")
    yield shared_wide_reader
    page.evaluate("localStorage.clear()")  # a choice among tabs


@pytest.mark.parametrize("name", PAGES)
def test_on_a_wide_screen_in_both_themes(name, wide_reader, run_checks):
    reader, page = wide_reader, wide_reader.open_fully(name)
    run_checks(reader, [loading.it_has_a_heading, loading.no_id_stands_twice])
    page.emulate_media(reduced_motion="reduce")
    run_checks(reader, [*appearance(name), access.axe_finds_no_violation, *content(name)])
    reader.change_theme("dark")
    run_checks(reader, [*appearance(name), access.axe_finds_no_violation_of_colors])
    figures.show_every_figure(reader)
    run_checks(reader, [figures.figures_stand_out])
    reader.change_theme("light")
    run_checks(reader, EVERY_FIGURE)
    if name not in ABOUT_FRAMEWORKS:
        run_checks(reader, [frameworks.prose_fits_the_choice])
    run_checks(reader, [loading.it_is_light, loading.nothing_goes_wrong])


@pytest.fixture(scope="module")
def phone_reader(browser_of_readers, server):
    with reader_in(browser_of_readers, server) as reader:
        yield reader


@pytest.mark.parametrize("name", PAGES)
def test_from_a_server_on_a_telephone(name, phone_reader, run_checks):
    phone_reader.page.set_viewport_size(PHONE)
    phone_reader.open_fully(name)
    run_checks(
        phone_reader,
        [
            loading.it_has_a_heading,
            text.it_fits_the_width,
            text.only_code_and_tables_scroll,
            text.formulas_open_at_their_beginning,
            loading.nothing_goes_wrong,
        ],
    )
    figures.show_every_figure(phone_reader)
    run_checks(phone_reader, [figures.labels_can_be_read])


@pytest.fixture(scope="module")
def reader_without_scripts(browser):
    with reader_in(browser, java_script_enabled=False) as reader:
        yield reader


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts(name, reader_without_scripts, run_checks):
    reader_without_scripts.open(name)
    run_checks(
        reader_without_scripts,
        [
            text.the_title_needs_no_script,
            text.formulas_need_no_script,
            figures.figures_need_no_script,
        ],
    )
