"""The lab in the built book, opened from a disk and driven as a reader would."""

import base64
import json
import re

import pytest

from d2lmini.lab.bundle import bundle
from d2lmini.lab.widget import CSS, LabModel
from tests.built.conftest import HTML
from tests.built.test_pages import LAB, wake

FLOOR = 0.24169
TIMED = "!document.querySelector('.lab-result').innerText.includes('about')"
NAME_OF_FOCUS = """() => {
    const focus = document.activeElement;
    const text = (focus.labels?.[0] ?? focus).innerText?.split("\\n")[0];
    return text || focus.getAttribute("aria-label")?.split(".")[0];
}"""


@pytest.fixture
def lab(reading):
    """Open the lab: ``lab(query, **context options)`` returns the page, awake."""

    def opened(query="", **options):
        reader = reading(**options)
        page = reader.open(f"{LAB}{query}")
        wake(page)
        page.wait_for_function(TIMED)
        page.reader = reader
        return page

    return opened


def result(page):
    return page.locator(".lab-result").inner_text()


def final_loss(page):
    return float(re.search(r"the loss is (\d\.\d+)", result(page))[1])


def drawn(page, title):
    """What a picture says of itself, and its lines."""
    figure = page.locator(".lab-chart", has=page.locator(f"h3:text-is('{title}')"))
    svg = figure.locator(":scope > svg")
    return svg.get_attribute("aria-label"), svg.inner_html()


def slider(page, name):
    return page.locator(f'.d2l-explorer [role=slider][aria-label="{name}"]')


def test_it_trains_when_a_slider_moves(lab):
    page = lab()
    assert abs(final_loss(page) - FLOOR) < 0.01
    before = drawn(page, "Loss against examples seen")
    slider(page, "batch size").press("End")
    page.wait_for_function("document.querySelector('.lab-result').innerText.startsWith('b = 1500')")
    assert "lr = 0.05" in result(page)
    assert final_loss(page) > 0.3
    assert drawn(page, "Loss against examples seen") != before
    slider(page, "learning rate").press("PageUp")
    assert "lr = 0.05:" not in result(page)
    assert page.reader.troubles == []
    assert page.reader.strays == []


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("epochs", "5", "after 5 epochs"),
        ("momentum", "0.5", "momentum 0.5"),
        ("seed", "9", "seed 9"),
    ],
)
def test_numbers_change_the_run(lab, label, value, said):
    page = lab()
    before = result(page)
    page.get_by_label(label, exact=True).fill(value)
    page.keyboard.press("Tab")
    assert said in result(page)
    assert result(page) != before
    assert page.reader.troubles == []


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("with replacement", "with replacement"),
        ("divide the rate by 10 each epoch", "rate / 10 each epoch"),
        ("the genie's doubled data", "doubled data"),
    ],
)
def test_options_change_the_run(lab, label, said):
    page = lab()
    _, before = drawn(page, "Loss against examples seen")
    page.get_by_role("checkbox", name=label).check()
    assert said in result(page)
    assert drawn(page, "Loss against examples seen")[1] != before
    page.get_by_role("checkbox", name=label).uncheck()
    assert said not in result(page)
    assert drawn(page, "Loss against examples seen")[1] == before  # the same run, trained again
    assert page.reader.troubles == []


def test_draw_again_takes_another_seed(lab):
    page = lab()
    before = drawn(page, "Loss against examples seen")
    page.get_by_role("button", name="Draw again").click()
    assert "seed 1" in result(page)
    assert page.get_by_label("seed", exact=True).input_value() == "1"
    assert drawn(page, "Loss against examples seen") != before


def test_runs_can_be_pinned_and_compared(lab):
    page = lab("?b=1&lr=0.005")
    page.get_by_role("button", name="Pin this run").click()
    slider(page, "batch size").press("End")
    legend = page.locator(".lab-legend li")
    assert legend.count() == 2
    assert "b = 1500, lr = 0.005" in legend.nth(0).inner_text()
    assert "b = 1, lr = 0.005" in legend.nth(1).inner_text()
    _, lines = drawn(page, "Loss against examples seen")
    assert lines.count('<g fill="none" stroke="var(--lab') == 2
    for _ in range(4):
        page.get_by_role("button", name="Pin this run").click()
    assert "unpin one first" in result(page)
    assert legend.count() == 5
    page.get_by_role("button", name="Unpin b = 1, lr = 0.005").click()
    assert legend.count() == 4
    page.get_by_role("button", name="Unpin all").click()
    assert legend.count() == 1


def test_the_address_says_the_settings_and_is_followed(lab):
    page = lab("?b=137&lr=0.02&seed=7&genie=1&epochs=3")
    assert result(page).startswith("b = 137, lr = 0.02, 3 epochs, doubled data, seed 7:")
    assert slider(page, "batch size").get_attribute("aria-valuetext") == "batch size 150"
    assert page.get_by_role("checkbox", name="the genie's doubled data").is_checked()
    page.get_by_label("seed", exact=True).fill("8")
    page.keyboard.press("Tab")
    page.wait_for_url("**seed=8*")
    said = result(page).split(":")[0]
    again = lab(page.url.split(LAB)[1])
    assert result(again).split(":")[0] == said
    link = page.get_by_role("link", name="Link to this setting").get_attribute("href")
    assert link == page.url.split(LAB)[1]


def test_divergence_is_shown_and_named(lab):
    page = lab("?b=1500&lr=1.2&epochs=20")
    named = "1.26 times the stability limit 0.953 of full gradients"
    assert f"diverged, the learning rate is {named}" in result(page)
    summary, _ = drawn(page, "The path of two weights")
    assert named in summary
    far = lab("?b=1&lr=5&epochs=20")  # overflows; the pictures stay whole
    assert "diverged" in result(far)
    assert "times the stability limit 0.180 of b = 1" in result(far)
    assert "NaN" not in far.locator(".lab-pictures").inner_html()
    steady = lab("?b=1500&lr=0.9&epochs=20")
    assert abs(final_loss(steady) - FLOOR) < 5e-4


def test_the_first_task_hides_the_limit_until_a_guess_is_checked(lab):
    page = lab("?b=1500&lr=1.2&epochs=20")
    assert "limit 0.953" in page.locator(".lab-pictures").inner_html()
    task = page.locator(".lab-task").first
    task.locator("summary").first.click()
    page.wait_for_function("!document.querySelector('.d2l-lab').innerText.includes('0.953')")
    assert "limit" not in drawn(page, "The path of two weights")[0]
    task.get_by_role("button", name="lr = 1", exact=True).click()
    assert "limit" not in result(page)
    task.get_by_label("Your guess").fill("1.2")
    task.get_by_role("button", name="Check").click()
    reply = "The limit is 0.953. Your guess is 26 % too high."
    assert task.locator("output").inner_text() == reply
    assert "limit 0.953" in page.locator(".lab-pictures").inner_html()


def test_the_noise_is_labelled_as_what_it_is(lab):
    summary, lines = drawn(lab(), "Minibatch gradients")
    assert "theory 0.566<" in lines
    assert "in all directions: theory 1.4<" in lines
    assert "σ/√b" not in lines
    assert "in theory by 0.566" in summary


def test_the_floor_is_a_line(lab):
    _, lines = drawn(lab(), "Loss against examples seen")
    assert "floor 0.24169" in lines


def test_time_is_measured_and_plausible(lab):
    page = lab("?b=1&lr=0.005")
    number, unit = re.search(r"3,000 steps in ([\d.,]+) (µs|ms|s)\.", result(page)).groups()
    seconds = float(number.replace(",", "")) * {"µs": 1e-6, "ms": 1e-3, "s": 1}[unit]
    assert 1e-6 < seconds < 1


def test_values_are_read_off_by_pointer_and_by_keyboard(lab):
    page = lab()
    for figure in page.locator(".lab-chart").all():
        svg, readout = figure.locator(":scope > svg"), figure.locator(".lab-readout")
        svg.scroll_into_view_if_needed()
        svg.hover(position={"x": 120, "y": 60})
        assert re.search(r"\d", readout.inner_text())
        page.mouse.move(0, 0)
        svg.focus()
        page.keyboard.press("End")
        last = readout.inner_text()
        page.keyboard.press("ArrowLeft")
        assert readout.inner_text() != last
        page.keyboard.press("Home")
        assert re.search(r"\d", readout.inner_text())
    svg = page.locator(".lab-chart > svg").first
    svg.focus()
    page.keyboard.press("End")
    assert page.locator(".lab-readout").first.inner_text().startswith("after 3,000 examples")


def test_each_picture_has_its_numbers_in_a_table(lab):
    page = lab()
    for figure in page.locator(".lab-chart").all():
        figure.locator("summary").click()
        rows = figure.locator("tbody tr")
        rows.last.wait_for()
        assert rows.count() > 5
    first = page.locator(".lab-chart").first
    assert first.locator("tbody tr").last.inner_text().split("\t")[1] == "3,000"
    shown = float(first.locator("tbody tr").last.inner_text().split("\t")[2])
    assert shown == pytest.approx(final_loss(page), abs=6e-5)
    slider(page, "batch size").press("End")
    assert "b = 1500" in first.locator("tbody tr").first.inner_text()


def test_the_weights_of_the_path_can_be_chosen(lab):
    page = lab()
    _, before = drawn(page, "The path of two weights")
    page.get_by_label("path: across").select_option("chord")
    _, after = drawn(page, "The path of two weights")
    assert "weight of chord" in after
    assert before != after


def test_tasks_set_the_controls(lab):
    page = lab()
    for task in page.locator(".lab-task").all():
        task.locator("summary").first.click()
        for button in task.locator("p:not(.lab-guess) > button").all():
            before = result(page)
            button.click()
            assert result(page) != before
        task.locator("details summary").click()
        assert len(task.locator("details p").inner_text()) > 100


PATH_POINTS = """() => {
    const chart = document.querySelectorAll(".lab-chart")[2];
    const line = chart.querySelector("svg > svg g[stroke] path");
    return line.getAttribute("d").split("L").length;
}"""


def test_watching_shows_each_step_of_a_short_run(lab):
    page = lab("?b=1500&lr=0.5&epochs=3")
    whole = drawn(page, "The path of two weights")
    page.evaluate(f"""() => {{
        window.seen = new Set();
        const points = {PATH_POINTS};
        const look = () => {{ window.seen.add(points()); requestAnimationFrame(look); }};
        document.querySelectorAll(".lab-actions button")[0].addEventListener("click", look);
    }}""")
    page.get_by_role("button", name="Watch it train").click()
    page.get_by_role("button", name="Pause").wait_for()
    page.get_by_role("button", name="Watch it train").wait_for(timeout=15_000)
    assert {1, 2, 3, 4} <= set(page.evaluate("[...window.seen]"))
    assert drawn(page, "The path of two weights") == whole


def test_watching_can_be_paused_and_continued(lab):
    page = lab("?b=1&lr=0.005&epochs=5")
    whole = drawn(page, "Loss against examples seen")
    page.get_by_role("button", name="Watch it train").click()
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Go on").wait_for()
    assert drawn(page, "Loss against examples seen")[1] != whole[1]
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Watch it train").wait_for(timeout=20_000)
    assert drawn(page, "Loss against examples seen") == whole


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_steps_can_be_taken_one_by_one(lab, motion):
    page = lab("?b=1500&lr=0.5&epochs=3", reduced_motion=motion)
    whole = result(page)
    for step in (1, 2):
        page.get_by_role("button", name="One step").click()
        assert result(page).startswith(f"Step {step} of 3: the loss is ")
        assert page.evaluate(PATH_POINTS) == step + 1
    page.get_by_role("button", name="One step").click()
    assert result(page) == whole


def test_the_path_has_every_step(lab):
    assert lab("?b=10").evaluate(PATH_POINTS) == 301


def test_the_clock_has_one_axis_for_all_runs(lab):
    ticks = """() => [...document.querySelectorAll(".lab-chart")[1].querySelectorAll("svg > text")]
        .map((text) => text.textContent)"""
    axes, ends = [], []
    for query in ("?b=1&lr=0.005", "?b=10", "?b=1500&lr=0.5"):
        page = lab(query)
        axes.append(page.evaluate(ticks))
        ends.append(drawn(page, "Loss against time in this browser")[1])
    assert axes[0] == axes[1] == axes[2]
    assert "0.001" in axes[0]
    assert len(set(ends)) == 3


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("section", ["what-you-see", "the-numbers-are-real", "summary"])
def test_a_link_to_a_section_below_the_lab_lands_there(reading, width, section):
    page = reading(viewport={"width": width, "height": 844}).open(f"{LAB}#{section}")
    place = f"""() => {{
        const page = document.scrollingElement;
        const rest = page.scrollHeight - page.clientHeight - page.scrollTop;
        const heading = document.getElementById("{section}").getBoundingClientRect();
        return rest < 2 || Math.abs(heading.top - 70) < 25;
    }}"""
    page.wait_for_function(place)
    if section == "what-you-see":  # near enough for the lab to be drawn
        page.wait_for_selector(".d2l-widget[data-ready]", timeout=20_000)
        page.wait_for_function(TIMED)
    assert page.evaluate(place)


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_room_is_kept_for_the_lab(reading, width):
    page = reading(viewport={"width": width, "height": 844}).open(LAB)
    height = "document.querySelector('.d2l-widget').offsetHeight"
    kept = page.evaluate(height)
    wake(page)
    assert page.evaluate(height) == pytest.approx(kept, abs=60)


def test_nothing_moves_when_reduced_motion_is_asked_for(lab):
    page = lab("?b=1&lr=0.005&epochs=5", reduced_motion="reduce")
    _, whole = drawn(page, "Loss against examples seen")
    page.get_by_role("button", name="Watch it train").click()
    for _ in range(5):
        page.wait_for_timeout(50)
        assert drawn(page, "Loss against examples seen")[1] == whole


def test_everything_is_reached_by_keyboard(lab):
    page = lab()
    slider(page, "batch size").focus()
    names = set()
    for _ in range(45):
        page.keyboard.press("Tab")
        names.add(page.evaluate(NAME_OF_FOCUS))
    wanted = {
        "Draw again",
        "Watch it train",
        "One step",
        "Pin this run",
        "Unpin all",
        "Link to this setting",
    }
    wanted |= {"epochs", "momentum", "seed", "with replacement", "Loss against examples seen"}
    assert wanted <= names


def test_without_a_kernel_there_is_no_button_for_one(lab):
    assert not lab().get_by_text("Run in PyTorch").is_visible()


def test_it_works_from_a_server_too(lab, server):
    page = lab(base=server)
    assert abs(final_loss(page) - FLOOR) < 0.01
    assert page.reader.troubles == []


def test_a_page_with_the_lab_alone_asks_for_its_widget_module_only_once(lab):
    requests = [url for url in lab().reader.requests if "anywidget" in url]
    assert requests == [f"{HTML.as_uri()}/_static/vendor/anywidget/index.js"]


# --- Beside a kernel: the widget's own module, with a model that the test holds ---------------

HOST = """(source) => {
    const values = JSON.parse(document.body.dataset.values), listeners = {};
    const bytes = Uint8Array.from(atob(values.table), (c) => c.charCodeAt());
    values.table = new DataView(bytes.buffer);
    const fire = (name, message) => (listeners[name] ?? []).forEach((listen) => listen(message));
    const model = {
        sent: [], saved: 0,
        get: (name) => values[name],
        set: (name, value) => {
            if (values[name] === value) return;
            values[name] = value;
            fire(`change:${name}`);
        },
        save_changes: () => { model.saved += 1; },
        send: (message) => model.sent.push(message),
        on: (name, listener) => (listeners[name] ??= []).push(listener),
        off: () => {},
        answer: (message) => fire("msg:custom", message),
    };
    window.model = model;
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const el = document.body.firstChild;
    return import(url).then((module) => module.default.render({ model, el }));
}"""


@pytest.fixture
def hosted(browser):
    """A page with the lab's module alone, and a model without a kernel behind it."""
    names = ["batch_sizes", "rates", "batch_index", "lr_index", "batch_size", "lr", "num_epochs"]
    names += ["momentum", "replacement", "decay", "genie", "seed"]
    model = LabModel()
    values = {name: getattr(model, name) for name in names}
    values["table"] = base64.b64encode(model.table).decode()
    page = browser.new_page()
    page.set_content(f"<style>{CSS.read_text()}</style><body><div></div></body>")
    page.evaluate("(values) => { document.body.dataset.values = values; }", json.dumps(values))
    page.evaluate(HOST, bundle())
    page.evaluate("model.answer({ kind: 'ready' })")
    yield page
    page.close()


def ask(page):
    """Ask for a run in PyTorch; return the message that was sent."""
    page.get_by_role("button", name="Run in PyTorch").click()
    return page.evaluate("model.sent.at(-1)")


def answer(page, message, loss):
    curve = {"kind": "curve", "id": message["id"], "settings": message["settings"]}
    curve |= {"epochs": [1, 2], "seconds": [0.1, 0.2], "losses": [0.3, loss]}
    page.evaluate("(curve) => model.answer(curve)", curve)


def test_an_answer_that_comes_after_a_change_is_not_shown(hosted):
    late = ask(hosted)
    hosted.evaluate("model.set('lr', 0.2)")
    assert hosted.get_by_role("button", name="Run in PyTorch").is_enabled()
    answer(hosted, late, 0.1111)
    assert "PyTorch" not in result(hosted)
    assert hosted.locator(".lab-legend li").count() == 1
    right = ask(hosted)
    assert right["settings"]["lr"] == 0.2
    answer(hosted, late, 0.1111)
    assert "PyTorch" not in result(hosted)
    answer(hosted, right, 0.2222)
    assert result(hosted).startswith("PyTorch ends at 0.2222 after 0.2000 s")
    assert "PyTorch, b = 10, lr = 0.2" in hosted.locator(".lab-legend").inner_text()


def test_an_error_in_the_kernel_is_shown_and_frees_the_button(hosted):
    asked = ask(hosted)
    button = hosted.get_by_role("button", name="Run in PyTorch")
    assert button.is_disabled()
    error = {"kind": "error", "id": asked["id"], "message": "RuntimeError: out of memory"}
    hosted.evaluate("(error) => model.answer(error)", error)
    assert button.is_enabled()
    assert "RuntimeError: out of memory" in result(hosted)


def test_python_learns_the_value_that_was_brought_into_range(hosted):
    saved = hosted.evaluate("model.saved")
    hosted.evaluate("model.set('batch_size', 0)")
    assert hosted.evaluate("model.get('batch_size')") == 1
    assert hosted.evaluate("model.saved") > saved
    hosted.get_by_label("epochs", exact=True).fill("99")
    hosted.keyboard.press("Tab")
    assert hosted.evaluate("model.get('num_epochs')") == 20
    assert hosted.get_by_label("epochs", exact=True).input_value() == "20"


def test_a_slider_that_moves_is_not_held_up_by_the_clock(hosted):
    hosted.wait_for_function(TIMED)
    looks = """() => {
        let looks = 0;
        const read = performance.now.bind(performance);
        performance.now = () => { looks += 1; return read(); };
        for (let index = 0; index < 20; index++) model.set("batch_index", index);
        performance.now = read;
        return { looks, shown: document.querySelector(".lab-result").innerText };
    }"""
    seen = hosted.evaluate(looks)
    assert seen["looks"] == 0
    assert "about" in seen["shown"]
    hosted.wait_for_function(TIMED)
