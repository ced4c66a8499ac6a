"""The page's side of live cells: editor, buttons, output. The engine is one of the tests."""

import pytest
from playwright.sync_api import expect

from tests.built.checks.access import axe_finds_no_violation
from tests.built.conftest import unavailable
from tests.built.firefox import Firefox
from tests.built.live_page import EXERCISE, LiveCell, write_page
from tools.find_browser import find

PRINT = 'print "one"'
TWO_CELLS = [(f"{PRINT}\nplot 3 2 1", {"key": "page 1"}), ("# yours", EXERCISE)]
BOXES = """() => [...document.querySelectorAll(".cell_input, .d2l-live-bar, .cell_output")]
    .map((element) => JSON.stringify(element.getBoundingClientRect()))"""
# Where each character of a text stands.
LETTERS = """(element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const places = [];
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let k = 0; k < node.length; k++) {
            if (/\\s/.test(node.data[k])) continue;
            range.setStart(node, k);
            range.setEnd(node, k + 1);
            const { x, y } = range.getBoundingClientRect();
            places.push([node.data[k], Math.round(x), Math.round(y)]);
        }
    }
    return places;
}"""


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of the page: its scripts are made once."""
    return tmp_path_factory.mktemp("live")


@pytest.fixture
def open_cells(new_reader, folder):
    """Open a page with cells; nothing goes wrong in it while the test lasts."""
    readers = []

    def opened(cells=TWO_CELLS, theme="light", **options):
        write_page(folder, cells, theme)
        reader = new_reader(folder.as_uri(), **options)
        readers.append(reader)
        page = reader.open("page.html")
        return reader, [LiveCell(page, index) for index in range(len(cells))]

    yield opened
    assert [reader.errors for reader in readers] == [[] for _ in readers]
    assert [reader.external_requests for reader in readers] == [[] for _ in readers]


def test_nothing_is_loaded_before_a_cell_is_touched(open_cells):
    reader, (cell, _) = open_cells()
    reader.wait_until_at_rest()
    names = [url.rpartition("/")[2] for url in reader.requests]
    assert names == ["page.html", "page.css", "live.css", "live.js"]
    cell.press("Run")
    expect(cell.output).to_contain_text("one")
    names = [url.rpartition("/")[2] for url in reader.requests]
    assert sorted(names[4:]) == ["editor.js", "engine.js"]


def test_the_editor_comes_without_moving_a_letter(open_cells):
    reader, (cell, _) = open_cells()
    before = reader.page.evaluate(BOXES)
    letters = cell.element.locator(".cell_input pre").evaluate(LETTERS)
    cell.element.locator(".cell_input pre").click()
    content = cell.element.locator(".cm-content")
    expect(content).to_be_focused()
    assert reader.page.evaluate(BOXES) == before
    assert content.evaluate(LETTERS) == letters
    assert len(letters) > 10


def test_a_run_replaces_the_executed_output_and_reset_brings_it_back(open_cells):
    _, (cell, _) = open_cells()
    expect(cell.executed).to_be_visible()
    cell.press("Run")
    expect(cell.output.locator("pre")).to_have_text("one\n")
    expect(cell.executed).to_be_hidden()
    expect(cell.status).to_contain_text("Finished in ")
    cell.write('print "two"')
    cell.press("Run")
    expect(cell.output.locator("pre")).to_have_text("two\n")
    cell.press("Reset")
    expect(cell.executed).to_be_visible()
    expect(cell.output).to_be_empty()
    assert cell.text == TWO_CELLS[0][0]


@pytest.mark.parametrize("key", ["Control+Enter", "Shift+Enter"])
def test_keys_run_the_cell_and_check_an_exercise(open_cells, key):
    reader, (cell, exercise) = open_cells()
    cell.write('print "two"')
    reader.page.keyboard.press(key)
    expect(cell.output.locator("pre")).to_have_text("two\n")
    exercise.write("# right")
    reader.page.keyboard.press(key)
    expect(exercise.verdict).to_have_text("Right It holds.")
    assert (cell.text, exercise.text) == ('print "two"', "# right")


def test_tab_indents_and_leaves_after_escape(open_cells):
    reader, (cell, _) = open_cells()
    keyboard = reader.page.keyboard
    cell.write("if x:")
    keyboard.press("Enter")
    keyboard.type("y")
    keyboard.press("Enter")
    keyboard.press("Tab")
    keyboard.type("1 / 2")
    assert cell.text == "if x:\n    y\n        1 / 2"
    keyboard.press("Shift+Tab")
    assert cell.text == "if x:\n    y\n    1 / 2"
    keyboard.press("Escape")
    keyboard.press("Tab")
    expect(cell.element.get_by_role("button", name="Run")).to_be_focused()
    keyboard.press("Shift+Tab")
    expect(cell.element.locator(".cm-content")).to_be_focused()
    keyboard.press("Tab")
    assert cell.text == "if x:\n    y\n        1 / 2"


def test_a_loop_is_stopped_and_says_so(open_cells):
    _, (cell, _) = open_cells()
    cell.write('print "begun"\nloop')
    cell.press("Run")
    expect(cell.output).to_have_text("begun\n")
    expect(cell.status).to_have_text("Running…")
    stop = cell.element.get_by_role("button", name="Stop")
    expect(stop).to_have_attribute("aria-disabled", "false")
    cell.press("Stop")
    expect(cell.status).to_have_text("Stopped.")
    expect(cell.output).to_have_text("begun\n")
    expect(stop).to_have_attribute("aria-disabled", "true")
    cell.write("long")
    cell.press("Run")
    expect(cell.status).to_have_text("Stopped by itself after 10 s.")


def test_a_new_run_ends_the_one_before(open_cells):
    _, (cell, _) = open_cells()
    cell.write("loop")
    cell.press("Run")
    cell.write(PRINT)
    cell.press("Run")
    expect(cell.status).to_contain_text("Finished")
    expect(cell.output).to_have_text("one\n")


def test_an_error_is_shown_as_python_does_and_its_line_is_marked(open_cells):
    reader, (cell, _) = open_cells()
    cell.write(f"{PRINT}\nfail")
    cell.press("Run")
    expect(cell.output.locator(".d2l-live-error")).to_have_text(
        'Traceback (most recent call last):\n  File "<cell>", line 2\nError: <b>'
    )
    expect(cell.status).to_have_text("Error in line 2, which is marked.")
    marked = cell.element.locator(".d2l-live-fault")
    expect(marked).to_have_text("fail")
    marked.click()
    reader.page.keyboard.type("x")
    expect(marked).to_have_count(0)


def test_output_without_end_is_cut_and_says_so(open_cells):
    _, (cell, _) = open_cells()
    cell.write("many 1500\nmany 1500")
    cell.press("Run")
    expect(cell.output.locator("p")).to_have_text(
        "Only the beginning of the output is shown: at most 2,000 lines."
    )
    assert cell.output.locator("pre").text_content() == "again\n" * 2000
    expect(cell.output.locator("pre")).to_have_attribute("tabindex", "0")


def test_a_curve_has_a_text_and_its_numbers(open_cells):
    _, (cell, _) = open_cells()
    cell.press("Run")
    expect(cell.curve).to_have_role("img")
    expect(cell.curve).to_have_accessible_name(
        "Curve, loss over <step>. line 1: from 3 at 0 to 1 at 2, between 1 and 3."
    )
    expect(cell.curve.locator("text", has_text="<step>")).to_be_visible()
    expect(cell.output.locator(".d2l-live-legend")).to_be_empty()
    cell.output.get_by_text("Numbers").click()
    expect(cell.output.locator("th")).to_have_text(["run", "<step>", "loss"])
    expect(cell.output.locator("tbody td")).to_have_text(
        ["line 1", "0", "3", "line 1", "1", "2", "line 1", "2", "1"]
    )


def test_the_readers_curve_is_drawn_over_the_pages(open_cells):
    _, (cell, _) = open_cells()
    cell.write("plot 3 1 1e9 inf")
    cell.press("Run")
    expect(cell.output.locator(".d2l-live-legend span")).to_have_text(
        ["your code", "the page’s code"]
    )
    expect(cell.curve).to_have_accessible_name(
        "Curve, loss over <step>. your code: from 3 at 0 to 1,000,000,000 at 2, between 1 and "
        "1,000,000,000. the page’s code: from 3 at 0 to 1 at 2, between 1 and 3."
    )
    expect(cell.output.locator(".d2l-live-note")).to_have_text(
        "Your curve leaves the picture: it reaches 1,000,000,000. 1 value not finite."
    )


def test_a_check_says_what_is_wrong_and_what_is_right(open_cells):
    _, (_, exercise) = open_cells()
    exercise.press("Check")
    expect(exercise.verdict).to_have_text("Not yet Wrong by 2 in division.")
    expect(exercise.status).to_have_text("Not yet.")
    exercise.write(f"{PRINT}\n# right")
    exercise.press("Check")
    expect(exercise.verdict).to_have_text("Right It holds.")
    expect(exercise.output).to_have_text("one\n")
    exercise.write("# right\nfail")
    exercise.press("Check")
    expect(exercise.status).to_have_text("Error in line 2, which is marked.")
    expect(exercise.verdict).to_be_empty()
    exercise.press("Run")
    expect(exercise.verdict).to_be_empty()


def test_hints_come_one_at_a_time_and_the_solution_on_request(open_cells):
    _, (_, exercise) = open_cells()
    hints = exercise.element.get_by_role("listitem")
    exercise.press("Hint")
    expect(hints).to_have_text(["The first hint."])
    exercise.press("Hint")
    expect(hints).to_have_text(["The first hint.", "The second <hint>."])
    exercise.press("Hint")
    expect(exercise.status).to_have_text("There are no more hints. The solution is left.")
    expect(exercise.element.get_by_text("Put it in the editor")).to_have_count(0)
    exercise.press("Solution")
    expect(exercise.element.locator("details pre")).to_have_text(EXERCISE["solution"])
    exercise.press("Put it in the editor")
    assert exercise.text == EXERCISE["solution"]
    exercise.press("Reset")
    expect(hints).to_have_count(0)
    assert exercise.text == "# yours"


def test_what_the_reader_wrote_is_kept_until_it_is_reset(open_cells, folder):
    reader, (cell, _) = open_cells()
    cell.write("mine")
    reader.page.reload()
    expect(cell.status).to_have_text("You changed this cell before.")
    cell.press("Bring back my code")
    expect(cell.element.locator(".cm-content")).to_be_focused()
    assert cell.text == "mine"
    expect(cell.element.get_by_text("Bring back my code")).to_have_count(0)
    write_page(folder, [("another edition", TWO_CELLS[0][1])])
    reader.page.reload()
    expect(cell.status).to_have_text("Change the code and run it.")
    write_page(folder, TWO_CELLS)
    reader.page.reload()
    cell.press("Reset")
    expect(cell.status).to_have_text("The page’s code is back; yours is forgotten.")
    assert reader.page.evaluate("localStorage.length") == 0


def test_without_the_engine_the_cell_says_so_and_tries_again(open_cells, folder):
    reader, (cell, _) = open_cells()
    engine = folder / "live" / "engine.js"
    moved = engine.rename(folder / "engine.js")
    cell.press("Run")
    expect(cell.status).to_have_text("The editor could not be loaded: engine.js is missing.")
    moved.rename(engine)
    reader.forget()
    cell.press("Run")
    expect(cell.output).to_contain_text("one")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_with_cells_in_use(open_cells, theme, width):
    reader, (cell, exercise) = open_cells(theme=theme, viewport={"width": width, "height": 800})
    cell.write(f'{PRINT}\nplot 2 4 1\nfor x in range(3):  # "so"\nfail if "x" + 3:  # so')
    cell.press("Run")
    expect(cell.status).to_contain_text("Error")
    exercise.press("Hint")
    exercise.press("Solution")
    exercise.press("Check")
    expect(exercise.verdict).to_contain_text("Not yet")
    assert reader.page.evaluate("document.documentElement.scrollWidth") == width
    axe_finds_no_violation(reader)
    exercise.press("Reset")
    exercise.write("# right")
    exercise.press("Check")
    expect(exercise.verdict).to_contain_text("It holds.")
    axe_finds_no_violation(reader)


def test_every_button_has_a_ring_and_colors_chosen_by_the_system_leave_the_mark(open_cells):
    reader, (cell, _) = open_cells(forced_colors="active")
    cell.write("fail")
    cell.press("Run")
    style = "(element) => getComputedStyle(element).outlineStyle"
    expect(cell.element.locator(".d2l-live-fault")).to_be_visible()
    assert cell.element.locator(".d2l-live-fault").evaluate(style) == "solid"
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("ringOfFocus()")[1] >= 3


def test_without_scripts_and_in_print_there_is_the_static_cell(open_cells):
    reader, (cell, _) = open_cells()
    cell.write("mine")
    cell.press("Run")
    reader.page.emulate_media(media="print")
    static = cell.element.locator(".cell_input pre").last
    for shown in (static, cell.executed):
        expect(shown).to_be_visible()
    for hidden in (".d2l-live-editor", ".d2l-live-bar", ".d2l-live-output"):
        expect(cell.element.locator(hidden)).to_be_hidden()
    _, (cell, _) = open_cells(java_script_enabled=False)
    expect(cell.element.locator(".d2l-live-bar")).to_be_hidden()
    expect(cell.executed).to_be_visible()


SAID = "document.querySelector('.d2l-live-bar [role=status]').textContent"
PRINTED = "document.querySelector('.d2l-live-output pre')?.textContent"
LINES = "[...document.querySelectorAll('.cm-line')].map((line) => line.textContent)"
FOCUS = "document.activeElement.className || document.activeElement.textContent"


def test_a_cell_is_changed_and_run_in_firefox(folder):
    path = find("firefox")
    if path is None:
        unavailable("no Firefox was found: run `make test`, or name one in D2LMINI_FIREFOX")
    write_page(folder, TWO_CELLS[:1])
    with Firefox(path) as firefox:
        firefox.open_window()
        firefox.open((folder / "page.html").as_uri())
        firefox.evaluate("document.querySelector('[data-do=run]').click()")
        assert firefox.wait_for(PRINTED) == "one\n"
        assert firefox.wait_for(SAID).startswith("Finished in ")
        firefox.evaluate("document.querySelector('.cm-content').focus()")
        firefox.wait_for("document.querySelectorAll('.cm-focused').length")
        firefox.press("#", "/", "Enter")
        assert firefox.evaluate(LINES) == ["#/", *TWO_CELLS[0][0].split("\n")]
        firefox.press("Escape", "Tab")
        assert firefox.evaluate(FOCUS) == "Run"
        assert firefox.errors == []
        assert firefox.requests == []
