"""The cache in a page that has nothing else, opened from a disk."""

import pytest
from playwright.sync_api import expect

from d2lmini.lab.cache import ORDERS, Cache, count_misses
from tests.built.checks.access import axe_finds_no_violation
from tests.built.drawn import WIDTHS, cells_in
from tests.built.pieces import HEADING, open_piece


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


@pytest.fixture
def open_cache(new_reader, tmp_path):
    def open_it(query="", **options):
        return open_piece(new_reader, tmp_path, Cache, query, **options)

    return open_it


def numbers(page):
    """The misses of the table, by order."""
    rows = page.locator(".cache-counts tbody tr").all()
    texts = [row.locator("td").nth(1).text_content() for row in rows]
    return [int(text.replace(",", "")) for text in texts]


def widths(page):
    return page.evaluate(WIDTHS, ".cache-bar")


def cells_of(page, name):
    """How many cells of the grids a path covers, and where each of its parts begins."""
    return cells_in(page.locator(f".cache-{name}").get_attribute("d"))


def progress(page):
    return page.locator(".cache-progress").text_content()


def test_the_table_has_the_counts_of_the_settings_and_bars_in_proportion(open_cache):
    reader = open_cache()
    page = reader.page
    assert numbers(page) == [count_misses(order, 16, 4, 16, 4) for order in ORDERS]
    assert progress(page).startswith("Touch 0 of 8,448: press Play or Step.")
    before = widths(page)
    scale = page.locator(".cache-scale")
    assert scale.inner_text().split() == ["0", "5,376"]
    assert scale.bounding_box()["width"] == pytest.approx(before[0], abs=1)
    assert before[0] >= 80
    assert before[3] / before[0] == pytest.approx(576 / 5376, rel=0.03)
    page.get_by_label("block size").press("End")  # 24, of which 16 are there
    assert numbers(page) == [count_misses(order, 16, 4, 16, 16) for order in ORDERS]
    assert widths(page)[3] > 5 * before[3]
    page.get_by_label("cache lines").press("End")
    page.get_by_label("numbers in a line").fill("8")
    page.get_by_label("size n").fill("9")
    page.get_by_label("size n").press("Tab")
    assert numbers(page) == [count_misses(order, 9, 8, 64, 9) for order in ORDERS]
    expect(page.get_by_text("they fit, and every order misses each line once")).to_be_visible()
    assert reader.errors == reader.external_requests == []


def test_where_all_orders_miss_equally_often_none_is_called_the_best(open_cache):
    page = open_cache("?cache-n=24&cache-line=1&cache-lines=64&cache-block=24").page
    assert set(numbers(page)) == {14976}
    expect(page.locator(".cache-result")).to_contain_text("miss equally often, 14,976 times.")
    expect(page.locator(".cache-result")).not_to_contain_text("Fewest")


def test_steps_touch_load_and_evict(open_cache):
    page = open_cache("?cache-n=4&cache-lines=4&cache-line=4").page
    page.get_by_role("button", name="Reset").click()
    assert progress(page) == "Touch 0 of 144: press Play or Step. Misses so far: 0."
    assert cells_of(page, "cached") == (0, [])
    step = page.get_by_role("button", name="Step")
    step.click()
    assert (
        progress(page) == "Touch 1 of 144: B[0, 0], a miss, its line is loaded. Misses so far: 1."
    )
    assert cells_of(page, "cell") == (1, [(112, 18)])
    assert cells_of(page, "cached") == (4, [(112, 18)])
    missed = page.locator(".cache-cell").evaluate("(path) => getComputedStyle(path).fill")
    for _ in range(2):
        step.click()
    assert progress(page) == "Touch 3 of 144: B[0, 1], a hit. Misses so far: 2."
    assert page.locator(".cache-cell").evaluate("(path) => getComputedStyle(path).fill") != missed
    assert cells_of(page, "cell") == (1, [(137, 18)])
    for _ in range(6):
        step.click()
    # The line of B, the fourth of C, the first of A, and the third of C are there; two were.
    assert "A[0, 0], a miss" in progress(page)
    assert cells_of(page, "cached")[0] == 16
    assert (0, 18) in cells_of(page, "cached")[1]
    assert (224, 18) not in cells_of(page, "cached")[1]
    name = page.locator(".cache-grids").get_attribute("aria-label")
    assert name == f"A = B C, elements. 4 lines are in the cache. {progress(page)}"


def test_a_line_goes_on_in_the_next_row(open_cache):
    page = open_cache("?cache-n=5&cache-line=4").page
    page.get_by_role("button", name="Reset").click()
    for _ in range(9):  # B[0, 4], whose line has three numbers of the next row
        page.get_by_role("button", name="Step").click()
    assert "B[0, 4], a miss" in progress(page)
    assert cells_of(page, "line") == (4, [(192, 18), (112, 38)])


def test_it_plays_pauses_and_ends_with_the_count_of_the_table(open_cache):
    reader = open_cache("?cache-order=blocks&cache-n=8&cache-speed=fast")
    page = reader.page
    start = progress(page)
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".cache-progress")).not_to_have_text(start)
    expect(page.get_by_role("button", name="Play")).to_be_visible(timeout=20_000)  # the end
    assert f"Misses so far: {numbers(page)[3]:,}." in progress(page)
    assert page.locator(".cache-bar div").nth(3).evaluate("(bar) => bar.style.width") == "100%"
    page.get_by_label("speed").select_option("slow")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").click()
    paused = progress(page)
    page.wait_for_timeout(700)
    assert progress(page) == paused
    assert reader.errors == []


def test_it_pauses_off_screen(open_cache):
    page = open_cache("?cache-n=24&cache-speed=slow").page
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<div style=height:4000px></div>')"
    )
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.evaluate("scrollTo(0, 3500)")
    expect(page.locator(".cache-play")).to_have_text("Play")


def test_without_motion_the_end_is_shown_and_steps_work(open_cache):
    page = open_cache("?cache-n=6", reduced_motion="reduce").page
    total = 2 * 6**3 + 6**2
    assert progress(page).startswith(f"Touch {total} of {total}: A[5, 5]")
    page.get_by_role("button", name="Step").click()
    assert progress(page).startswith(f"Touch 1 of {total}: B[0, 0], a miss")
    page.get_by_role("button", name="Play").click()
    assert progress(page).startswith(f"Touch {total} of {total}")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_orders_are_chosen_by_keys_and_kept_in_the_address(open_cache):
    page = open_cache("?cache-order=columns&b=3").page
    columns = page.get_by_role("radio", name="columns")
    expect(columns).to_be_checked()
    expect(page.get_by_text("For each column j, for each row i")).to_be_visible()
    columns.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="rows")).to_be_checked()
    expect(page.get_by_text("B[i, k] times row k of C is added")).to_be_visible()
    page.wait_for_url("**cache-order=rows**")
    assert "b=3" in page.url


@pytest.mark.parametrize("width", [390, 648])
def test_orders_and_their_numbers_are_on_one_line(open_cache, width):
    page = open_cache("?cache-n=24", viewport={"width": width, "height": 700}).page
    middles = page.locator(".cache-counts tbody tr").first.evaluate(
        """(row) => [...row.querySelectorAll(
            "input, td:not(.cache-bars), .cache-bar"
        )].map((part) => {
            const range = document.createRange();
            range.selectNode(part);
            const box = (part.tagName === "TD" ? range : part).getBoundingClientRect();
            return (box.top + box.bottom) / 2;
        })"""
    )
    assert page.locator(".cache-grids").bounding_box()["width"] * 100 / 328 >= 100  # of each grid
    assert len(middles) == 4
    assert max(middles) - min(middles) < 2
    assert widths(page)[0] >= 80


def test_axe_objects_to_nothing(open_cache):
    reader = open_cache()
    reader.page.evaluate(HEADING)
    axe_finds_no_violation(reader)


def test_on_a_phone_nothing_leaves_the_screen_and_the_orders_share_it_with_the_grids(open_cache):
    page = open_cache(viewport={"width": 390, "height": 700}).page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    first = page.get_by_role("radio").first.bounding_box()["y"]
    grids = page.locator(".cache-grids").bounding_box()
    buttons = page.get_by_role("button", name="Step").bounding_box()
    assert max(grids["y"] + grids["height"], buttons["y"] + buttons["height"]) - first < 600


def test_nothing_moves_while_it_plays(open_cache):
    page = open_cache("?cache-n=12", viewport={"width": 390, "height": 700}).page
    heights = set()
    for order in ORDERS:
        page.get_by_role("radio", name=order).check()
        for _ in range(4):
            page.get_by_role("button", name="Step").click()
            heights.add(page.locator("main").bounding_box()["height"])
    assert len(heights) == 1
