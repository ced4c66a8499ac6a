"""What a reader sets in the lab changes its run."""

from playwright.sync_api import expect

from d2lmini.lab.widget import BATCH_SIZES
from tests.built.lab_page import FLOOR, LOSS
from tests.built.pages import LAB


def test_it_trains_when_a_slider_moves(lab):
    lab.open()
    assert lab.settings == "b = 10, lr = 0.05"
    assert abs(lab.loss - FLOOR) < 0.01
    before = lab.lines(LOSS)
    lab.slider("batch size").press("End")
    lab.expect_settings("b = 1500, lr = 0.05")
    assert lab.loss > 0.3
    assert lab.lines(LOSS) != before
    lab.slider("learning rate").press("PageUp")
    expect(lab.result).not_to_contain_text("lr = 0.05:")
    assert lab.settings.startswith("b = 1500, lr = ")
    assert lab.reader.external_requests == []


def test_numbers_change_the_run(lab):
    lab.open()
    seen = [lab.lines(LOSS)]
    for label, value, text in [
        ("epochs", "5", "after 5 epochs"),
        ("momentum", "0.5", "momentum 0.5"),
        ("seed", "9", "seed 9"),
    ]:
        lab.enter(label, value)
        lab.expect_in_result(text)
        seen.append(lab.lines(LOSS))
    assert len(set(seen)) == 4


def test_options_change_the_run(lab):
    lab.open()
    before = lab.lines(LOSS)
    for label, text in [
        ("with replacement", "with replacement"),
        ("divide the rate by 10 each epoch", "rate / 10 each epoch"),
        ("the genie's doubled data", "doubled data"),
    ]:
        option = lab.page.get_by_role("checkbox", name=label)
        option.check()
        lab.expect_in_result(text)
        assert lab.lines(LOSS) != before
        option.uncheck()
        expect(lab.result).not_to_contain_text(text)
        assert lab.lines(LOSS) == before  # the same run, trained again


def test_draw_again_takes_another_seed(lab):
    lab.open()
    before = lab.lines(LOSS)
    lab.press("Draw again")
    lab.expect_in_result("seed 1")
    assert lab.page.get_by_label("seed", exact=True).input_value() == "1"
    assert lab.lines(LOSS) != before


def test_the_address_says_the_settings_and_is_followed(lab):
    lab.open("?b=137&lr=0.02&seed=7&genie=1&epochs=3")
    assert lab.settings == "b = 137, lr = 0.02, 3 epochs, doubled data, seed 7"
    slider = lab.slider("batch size")  # it says the value, and stands at the nearest of its own
    assert slider.get_attribute("aria-valuetext") == "batch size 137"
    assert slider.input_value() == str(BATCH_SIZES.index(150))
    assert lab.page.get_by_role("checkbox", name="the genie's doubled data").is_checked()
    lab.enter("seed", "8")
    lab.page.wait_for_url("**seed=8*")
    settings, query = lab.settings, lab.page.url.split(LAB)[1]
    assert settings.endswith("seed 8")
    lab.open(query)
    assert lab.settings == settings
    link = lab.page.get_by_role("link", name="Link to this setting")
    assert link.get_attribute("href") == query


def test_divergence_is_shown_and_named(lab):
    lab.open("?b=1500&lr=1.2&epochs=20")
    named = "1.26 times the stability limit 0.953 of full gradients"
    lab.expect_in_result(f"diverged, the learning rate is {named}")
    assert named in lab.summary("The path of two weights")
    lab.open("?b=1&lr=5&epochs=20")  # overflows; the pictures stay whole
    lab.expect_in_result("diverged")
    lab.expect_in_result("times the stability limit 0.180 of b = 1")
    pictures = lab.page.locator(".lab-pictures").inner_html()
    assert "<path" in pictures
    assert "NaN" not in pictures
    lab.open("?b=1500&lr=0.9&epochs=20")
    assert abs(lab.loss - FLOOR) < 5e-4


def test_the_first_task_hides_the_limit_until_a_guess_is_checked(lab):
    page = lab.open("?b=1500&lr=1.2&epochs=20").page
    pictures = page.locator(".lab-pictures")
    assert "limit 0.953" in pictures.inner_html()
    task = page.locator(".lab-task").first
    task.locator("summary").first.click()
    page.wait_for_function("!document.querySelector('.d2l-lab').innerText.includes('0.953')")
    assert "limit" not in lab.summary("The path of two weights")
    task.get_by_role("button", name="lr = 1", exact=True).click()
    lab.expect_in_result("lr = 1,")
    assert "limit" not in lab.result.inner_text()
    task.get_by_label("Your guess").fill("1.2")
    task.get_by_role("button", name="Check").click()
    reply = "The limit is 0.953. Your guess is 26 % too high."
    expect(task.locator("output")).to_have_text(reply)
    assert "limit 0.953" in pictures.inner_html()


def test_tasks_set_the_controls(lab):
    lab.open()
    tasks = lab.page.locator(".lab-task")
    assert tasks.count() > 2
    for task in tasks.all():
        task.locator("summary").first.click()
        buttons = task.locator("p:not(.lab-guess) > button")
        assert buttons.count() > 1
        for button in buttons.all():
            before = lab.settings
            button.click()
            expect(lab.result).not_to_contain_text(f"{before}:")
        task.locator("details summary").click()
        assert len(task.locator("details p").inner_text()) > 100


def test_everything_is_reached_by_keyboard(lab_at_start):
    lab_at_start.slider("batch size").focus()
    names = set()
    for _ in range(45):
        lab_at_start.page.keyboard.press("Tab")
        names.add(lab_at_start.page.evaluate("nameOfFocus()"))
    wanted = {"Draw again", "Watch it train", "One step", "Pin this run", "Unpin all"}
    wanted |= {"Link to this setting", "epochs", "momentum", "seed", "with replacement", LOSS}
    assert wanted <= names
