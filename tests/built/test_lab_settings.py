"""What a reader sets in the lab changes its run; address, pins and tasks."""

import json
import re
import subprocess
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.built.lab_numbers import BATCH_SIZES, FLOOR, losses_of
from tests.lab.node import HERE, NODE

TIME = re.compile(r" in [\d.,]+ (µs|ms|s)\b")
"""The time of a run, which is measured, and that the sentence has a moment later."""

PINS = "b:1,lr:0.005;b:100,lr:0.4,seed:3;b:1500,lr:0.5,x:-0.5"


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


def loss_of(**settings):
    return losses_of(**settings)[-1]


def query_of(lab):
    return {name: values[0] for name, values in parse_qs(urlsplit(lab.page.url).query).items()}


# --- Controls


def test_sliders_change_the_run(lab):
    lab.open()
    assert lab.settings == "b = 10, lr = 0.05"
    assert abs(lab.loss - FLOOR) < 0.01
    before = str(lab.ask("curveLines"))
    lab.slider("batch size").press("End")
    lab.expect_settings("b = 1500, lr = 0.05")
    assert lab.loss > 0.3
    assert str(lab.ask("curveLines")) != before
    lab.slider("learning rate").press("PageUp")
    expect(lab.result).not_to_contain_text("lr = 0.05:")
    lab.slider("learning rate").press("Home")
    lab.expect_settings("b = 1500, lr = 0.001")


def test_numbers_and_options_change_the_run_and_the_map(lab):
    lab.open("?epochs=1")
    seen = [lab.result.inner_text()]
    changes = [
        ("amount", "5", "5 epochs", {"num_epochs": 5}),
        ("momentum", "0.5", "momentum 0.5", {"momentum": 0.5}),
        ("copies of the data", "3", "3 copies", {"copies": 3}),
        ("seed", "9", "seed 9", {"seed": 9}),
    ]
    settings = {}
    for label, value, text, change in changes:
        pixels = lab.wait_for_map().ask("mapPixels")["data"]
        lab.enter(label, value)
        lab.expect_in_result(text)
        settings |= change
        assert lab.loss == pytest.approx(loss_of(**settings), abs=5.1e-5)
        lab.page.wait_for_function(
            "(pixels) => mapPixels().data.some((value, k) => value !== pixels[k])", arg=pixels
        )
        seen.append(lab.result.inner_text())
    assert len(set(seen)) == 5


def test_switches_change_the_run_and_back(lab):
    lab.open("?epochs=2&b=30&lr=0.1")
    before = str(lab.ask("curveLines")[-1])
    for label, text, name in [
        ("with replacement", "with replacement", "replacement"),
        ("rate ÷ 10 each epoch", "rate ÷ 10 each epoch", "decay"),
        ("batch × 10 each epoch", "batch × 10 each epoch", "grow"),
    ]:
        option = lab.page.get_by_role("checkbox", name=label)
        option.check()
        lab.expect_in_result(text)
        expected = loss_of(batch_size=30, lr=0.1, **{name: True})
        assert lab.loss == pytest.approx(expected, abs=5.1e-5)
        option.uncheck()
        expect(lab.result).not_to_contain_text(text)
        assert str(lab.ask("curveLines")[-1]) == before  # the same run, trained again


def test_all_runs_get_the_same_of_something_else(lab):
    lab.open("?b=100&lr=0.3")
    lab.choose("the same", "steps")
    lab.expect_in_result("after 60 steps")
    assert lab.loss == pytest.approx(loss_of(batch_size=100, lr=0.3, budget="steps"), abs=5.1e-5)
    lab.choose("the same", "time")
    expect(lab.result).to_have_text(re.compile(r"equal time: loss .* after [\d,]+ steps? in"))
    steps = int(re.search(r"([\d,]+) steps?", lab.result.inner_text())[1].replace(",", ""))
    assert 30 < steps < 300  # a step of 100 rows costs more than one of 10
    lab.page.wait_for_url("**budget=time")


def test_another_seed_is_taken(lab):
    lab.open("?epochs=1&seed=9999")
    lab.press("Other seed")
    lab.expect_settings("b = 10, lr = 0.05, 1 epoch")
    lab.press("Other seed")
    lab.expect_in_result("seed 1")
    assert lab.page.get_by_label("seed", exact=True).input_value() == "1"


def test_numbers_out_of_range_are_brought_into_it(lab):
    lab.open("?epochs=1")
    for label, value, kept in [
        ("momentum", "7", "0.99"),
        ("amount", "-3", "1"),
        ("seed", "1.6", "2"),
    ]:
        lab.enter(label, value)
        expect(lab.page.get_by_label(label, exact=True)).to_have_value(kept)


def test_a_rate_and_a_batch_size_are_typed(lab):
    """Also those between the values of the sliders, as the first task asks for."""
    lab.open("?b=1500&lr=0.85&epochs=1")
    lab.enter("learning rate, typed", "0.953")
    lab.expect_settings("b = 1500, lr = 0.953, 1 epoch")
    assert lab.slider("learning rate").get_attribute("aria-valuetext") == "learning rate 0.953"
    lab.enter("batch size, typed", "137")
    lab.expect_settings("b = 137, lr = 0.953, 1 epoch")
    lab.page.wait_for_url("**b=137&lr=0.953**")
    lab.slider("learning rate").press("Home")
    expect(lab.page.get_by_label("learning rate, typed")).to_have_value("0.001")
    lab.enter("learning rate, typed", "-3")
    expect(lab.page.get_by_label("learning rate, typed")).to_have_value("0.0001")
    lab.enter("learning rate, typed", "0.94")
    lab.page.get_by_label("learning rate, typed").press("ArrowUp")
    lab.expect_settings("b = 137, lr = 0.95, 1 epoch")


def test_an_emptied_number_shows_its_value_again(lab):
    lab.open("?epochs=3&momentum=0.5")
    for label, value in [("amount", "3"), ("momentum", "0.5"), ("learning rate, typed", "0.05")]:
        lab.enter(label, "")
        expect(lab.page.get_by_label(label, exact=True)).to_have_value(value)
    lab.expect_settings("b = 10, lr = 0.05, 3 epochs, momentum 0.5")


# --- The address


def test_the_address_says_the_settings_and_is_followed(lab):
    lab.open("?b=137&lr=0.02&seed=7&grow=1&epochs=3&x=0.3")
    name = "b = 137, lr = 0.02, 3 epochs, batch × 10 each epoch, seed 7, from (0.3, 0)"
    assert lab.settings == name
    slider = lab.slider("batch size")  # it says the value, and stands at the nearest of its own
    assert slider.get_attribute("aria-valuetext") == "batch size 137"
    assert slider.input_value() == str(BATCH_SIZES.index(150))
    assert lab.page.get_by_role("checkbox", name="batch × 10 each epoch").is_checked()
    assert lab.page.get_by_label("start, across", exact=True).input_value() == "0.3"
    lab.enter("seed", "8")
    lab.page.wait_for_url("**seed=8*")
    lab.wait_for_seeds()
    result, query = lab.result.inner_text(), f"?{urlsplit(lab.page.url).query}"
    link = lab.page.get_by_role("link", name="Link to this setting")
    assert parse_qs(link.get_attribute("href")[1:]) == parse_qs(query[1:])
    lab.open(query).wait_for_seeds()
    assert TIME.sub("", lab.result.inner_text()) == TIME.sub("", result)


def test_without_settings_the_address_stays_as_it_was(lab):
    lab.open("?framework=mxnet#place")
    lab.page.wait_for_timeout(400)  # longer than the address waits for more changes
    assert lab.page.url.endswith("?framework=mxnet#place")
    lab.slider("batch size").press("End")
    lab.page.wait_for_url("**?framework=mxnet&b=1500&lr=0.05#place")


@pytest.mark.parametrize(
    ("query", "settings"),
    [
        ("?b=0&lr=1e9&epochs=1", "b = 1, lr = 5, 1 epoch"),
        ("?b=ten&lr=&copies=999&budget=never&across=toString", "b = 10, lr = 0.05, 10 copies"),
    ],
)
def test_wrong_addresses_are_clamped_or_ignored(lab, query, settings):
    lab.open(query)
    lab.expect_settings(settings)


def test_made_addresses_give_a_run_of_allowed_settings(lab):
    """Of more addresses the settings that they give are tested without a browser."""
    command = [NODE, HERE / "lab_addresses.mjs", "40"]
    queries = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    assert len(set(queries)) > 30
    for query in queries:
        lab.open(query)
        b, lr = re.match(r"b = ([\d,]+), lr = (\S+?)[,:]", lab.result.inner_text()).groups()
        assert 1 <= int(b.replace(",", "")) <= 1500, query
        assert 0 < float(lr) <= 5, query
        assert re.search(r"loss \d\.\d{4},|diverge", lab.result.inner_text()), query
        assert lab.ask("curveLines"), query
        lab.expect_quiet()


# --- Pinned runs


def pinned(lab):
    return [text.split("\n")[0] for text in lab.pins.all_inner_texts()]


def test_runs_are_pinned_laid_over_shown_again_and_unpinned(lab):
    lab.open("?b=1&lr=0.005&epochs=1")
    strip = lab.page.locator(".lab-pins")
    assert strip.inner_text() == "Room for 4 pinned runs"
    lab.press("Pin this run")
    lab.slider("batch size").press("End")
    lab.expect_settings("b = 1500, lr = 0.005, 1 epoch")
    assert pinned(lab) == ["b 1 · 0.005"]
    before = lab.ask("curveLines")
    thumbnail = lab.button("Lay over b = 1, lr = 0.005, 1 epoch")
    assert len(thumbnail.locator("path").get_attribute("d")) > 200
    thumbnail.hover()
    lines = lab.ask("curveLines")
    assert len(lines) == len(before) + 1
    over = next(line for line in lines if line["color"] == "var(--lab-3)")
    assert len(over["points"]) > 100
    lab.curve.hover()
    assert lab.ask("curveLines") == before
    thumbnail.focus()
    assert len(lab.ask("curveLines")) == len(before) + 1
    label = lab.curve.get_attribute("aria-label")
    assert label.endswith(" Laid over: b = 1, lr = 0.005, 1 epoch.")
    lab.page.keyboard.press("Tab")
    assert lab.ask("curveLines") == before
    assert "Laid over" not in lab.curve.get_attribute("aria-label")
    lab.page.keyboard.press("Enter")
    lab.expect_settings("b = 1, lr = 0.005, 1 epoch")
    assert pinned(lab) == ["b 1 · 0.005"]
    for _ in range(3):
        lab.slider("batch size").press("ArrowRight")
        lab.press("Pin this run")
    assert len(pinned(lab)) == 4
    lab.slider("batch size").press("ArrowRight")
    assert lab.button("Pin this run").get_attribute("aria-disabled") == "true"
    lab.button("Pin this run").dispatch_event("click")
    assert len(pinned(lab)) == 4
    for left in (3, 2, 1, 0):
        strip.get_by_role("button", name="Unpin").first.click()
        expect(lab.pins).to_have_count(left)
    assert strip.inner_text() == "Room for 4 pinned runs"
    lab.page.wait_for_function("() => !location.search.includes('pins')")


def test_a_thumbnail_that_is_pressed_stays_laid_over(lab):
    lab.open("?epochs=1&pins=b:1,lr:0.1;b:100,lr:0.4")
    before = lab.ask("curveLines")
    first, second = (lab.pins.nth(k).get_by_role("button").first for k in range(2))
    first.click()
    lab.page.mouse.move(0, 0)
    laid_over = lab.ask("curveLines")
    assert len(laid_over) == len(before) + 1
    assert first.get_attribute("aria-pressed") == "true"
    second.hover()  # as long as it is pointed at
    assert lab.ask("curveLines") not in (before, laid_over)
    lab.page.mouse.move(0, 0)
    assert lab.ask("curveLines") == laid_over
    first.click()
    lab.page.mouse.move(0, 0)
    assert lab.ask("curveLines") == before
    assert first.get_attribute("aria-pressed") == "false"
    second.click()
    lab.pins.nth(1).get_by_role("button", name="Unpin").click()
    lab.page.mouse.move(0, 0)
    lab.curve.focus()
    assert lab.ask("curveLines") == before


def test_a_run_is_pinned_once(lab):
    lab.open("?epochs=1&axis=steps")
    lab.press("Pin this run")
    expect(lab.pins).to_have_count(1)
    pin = lab.page.locator(".lab-pin")
    expect(pin).to_have_text("Pinned")
    assert pin.get_attribute("aria-disabled") == "true"
    expect(pin).to_be_focused()
    pin.dispatch_event("click")
    lab.choose("curve against", "examples")  # the same run
    expect(pin).to_have_text("Pinned")
    expect(lab.pins).to_have_count(1)
    lab.press("Other seed")
    expect(pin).to_have_text("Pin this run")
    assert pin.get_attribute("aria-disabled") == "false"
    lab.press("Pin this run")
    expect(lab.pins).to_have_count(2)


def test_pins_keep_axis_and_split_as_the_reader_has_them(lab):
    lab.open(f"?epochs=1&axis=steps&split=1&pins={quote(PINS)}")
    lab.pins.nth(1).get_by_role("button", name="Show").click()
    lab.expect_settings("b = 100, lr = 0.4, seed 3")
    assert lab.page.get_by_role("combobox", name="curve against").input_value() == "steps"
    assert lab.page.get_by_role("checkbox", name="split into bias and noise").is_checked()
    assert len(pinned(lab)) == 3


def test_the_address_carries_pins_and_restores_them(lab):
    lab.open("?b=25&lr=0.1&epochs=1")
    lab.press("Pin this run")
    lab.slider("batch size").press("Home")
    lab.press("Pin this run")
    expect(lab.pins).to_have_count(2)
    lab.page.wait_for_function(
        "() => new URLSearchParams(location.search).get('pins')?.includes(';')"
    )
    assert query_of(lab)["pins"] == "b:25,lr:0.1,epochs:1;b:1,lr:0.1,epochs:1"
    before, query = pinned(lab), urlsplit(lab.page.url).query
    lab.open(f"?{query}")
    assert pinned(lab) == before == ["b 25 · 0.1", "b 1 · 0.1"]
    lab.open(f"?pins={quote(PINS)}")
    assert pinned(lab) == ["b 1 · 0.005", "b 100 · 0.4", "b 1500 · 0.5"]
    lab.pins.nth(2).get_by_role("button", name="Show").click()
    lab.expect_settings("b = 1500, lr = 0.5, from (-0.5, 0)")
    assert lab.loss == pytest.approx(
        loss_of(batch_size=1500, lr=0.5, start_across=-0.5), abs=5.1e-5
    )


@pytest.mark.parametrize(
    ("pins", "kept"),
    [
        ("<script>window.hacked=1</script>:1;<img src=x onerror=window.hacked=1>", []),
        ("b:3,lr:<img src=x onerror=window.hacked=1>,across:<b>;" + "y" * 5000, ["b 3 · 0.05"]),
        ('"><svg onload=window.hacked=1>;' + "b:1,lr:0.1;" * 40, ["b 1 · 0.1"]),
    ],
)
def test_a_hostile_text_of_pins_is_no_markup(lab, pins, kept):
    lab.open(f"?epochs=1&pins={quote(pins)}")
    assert pinned(lab) == kept
    assert lab.page.evaluate("window.hacked") is None
    assert lab.page.locator("main :is(script, img, b)").count() == 0
    lab.press("Other seed")
    lab.expect_in_result("seed 1")


# --- Tasks


def test_the_first_task_hides_the_limit_until_a_guess_is_checked(lab):
    page = lab.open("?b=1500&lr=1.2&budget=steps&epochs=1").wait_for_map().page
    table = page.locator(".lab-numbers details").first
    table.locator("summary").click()
    whole = page.locator("main")
    assert "0.953" in lab.result.inner_text()
    assert "0.953" in lab.curve.get_attribute("aria-label")
    expect(table.locator("tbody")).to_contain_text("0.9531")
    assert lab.ask("pointsOf", ".lab-map-limit")
    task = page.locator(".lab-task").first
    task.locator("summary").first.click()
    expect(lab.result).not_to_contain_text("limit")
    assert "0.953" not in whole.inner_html()
    assert lab.ask("pointsOf", ".lab-map-limit") == []
    assert len(lab.ask("pointsOf", ".lab-map-best")) == len(BATCH_SIZES)
    task.get_by_role("button", name="b = 1500, many steps").click()
    lab.expect_settings("b = 1500, lr = 0.5, equal steps × 10")
    lab.enter("amount", "1")
    lab.slider("learning rate").press("End")
    lab.expect_in_result("diverged")
    assert "limit" not in lab.result.inner_text()
    output = task.locator("output")
    task.get_by_role("button", name="Check").click()
    expect(output).to_have_text("Enter a number above 0 first.")
    assert "limit" not in lab.result.inner_text()
    for guess, reply in (("1.2", "too high."), ("0.5", "too low.")):
        task.get_by_label("Your guess").fill(guess)
        task.get_by_role("button", name="Check").click()
        expect(output).to_have_text(f"Your guess is {reply}")
        assert "0.953" not in whole.inner_html()
    task.get_by_label("Your guess").fill("0.96")
    task.get_by_role("button", name="Check").click()
    expect(output).to_have_text("Your guess is only 1 % too high. The limit is 0.953.")
    lab.expect_in_result("the stability limit 0.953 of full gradients")
    lab.wait_for_map()
    assert len(lab.ask("pointsOf", ".lab-map-limit")) == len(BATCH_SIZES)
    expect(table.locator("tbody")).to_contain_text("0.9531")


def test_the_third_wrong_guess_is_answered(lab):
    page = lab.open("?b=1500&lr=1.2&epochs=10").page
    task = page.locator(".lab-task").first
    task.locator("summary").first.click()
    task.get_by_label("Your guess").fill("3")
    check = task.get_by_role("button", name="Check")
    for _ in range(2):
        check.click()
        expect(lab.result).not_to_contain_text("limit")
    check.click()
    expect(task.locator("output")).to_have_text("Your guess is too high. The limit is 0.953.")
    lab.expect_in_result("limit 0.953")


def test_a_task_that_is_closed_again_hides_nothing(lab):
    page = lab.open("?b=1500&lr=1.2&epochs=10").page
    summary = page.locator(".lab-task").first.locator("summary").first
    summary.click()
    expect(lab.result).not_to_contain_text("limit")
    summary.click()
    lab.expect_in_result("limit 0.953")


def test_tasks_set_the_controls_and_leave_the_pins(lab):
    lab.open("?pins=b:3,lr:0.1&momentum=0.5")
    tasks = lab.page.locator(".lab-task")
    assert tasks.count() == 4
    for task in tasks.all():
        task.locator("summary").first.click()
        before = lab.result.inner_text()
        task.locator(".lab-presets button").last.click()
        expect(lab.result).not_to_have_text(before)
        assert "momentum" not in lab.settings
        task.locator("details summary").click()
        assert len(task.locator("details p").inner_text()) > 100
    assert pinned(lab) == ["b 3 · 0.1"]


def test_everything_is_reached_by_keyboard(lab):
    lab.open("?epochs=1&pins=b:3,lr:0.1")
    lab.page.get_by_role("combobox", name="the same").focus()
    names = set()
    for _ in range(45):
        names.add(lab.ask("nameOfFocus"))
        lab.page.keyboard.press("Tab")
    wanted = {"Play", "One step", "Other seed", "Pin this run", "Link to this setting", "amount"}
    wanted |= {"batch size, typed", "learning rate, typed", "Numbers of the swarm"}
    wanted |= {
        "Lay over b = 3, lr = 0",
        "Show b 3 · 0",
        "Unpin b = 3, lr = 0",
        "Code",
        "Numbers of the map",
    }
    wanted |= {
        "momentum",
        "copies of the data",
        "seed",
        "with replacement",
        "split into bias and noise",
    }
    wanted |= {"start, across", "start, up", "Loss above the floor", "The genie"}
    assert wanted <= names
    assert any(name.startswith("Map of 1,364 runs") for name in names)
    assert any(name.startswith("200 seeds") for name in names)
