"""The swarm of the lab can be watched, step by step or by itself."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

FEW = "?b=1500&lr=0.5&epochs=3"
MANY = "?b=1&lr=0.005&epochs=2"


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


def step_of(lab):
    """Return the step that the swarm is at, as its caption says."""
    return int(re.search(r"step ([\d,]+) of", lab.caption("swarm"))[1].replace(",", ""))


def test_a_short_run_plays_by_itself_and_shows_every_step(lab):
    lab.open(FEW, "no-preference").wait_for_seeds()
    lab.ask("setSpeed", 0.4)  # so that a busy machine sees each step, too
    lab.ask("recordCaptions")
    lab.ask("trails")
    lab.press("Other seed")  # which is played from its start
    lab.button("Pause").wait_for()
    lab.button("Play").wait_for(timeout=20_000)
    captions = lab.ask("recordedCaptions")
    steps = {int(re.search(r"step (\d+) of 3", text)[1]) for text in captions}
    assert steps == {0, 1, 2, 3}
    assert lab.ask("trails") == 3 * 200
    expected = {re.search(r"theory: ([\d.]+)", text)[1] for text in captions if "step 1" in text}
    assert len(expected) == 1


def test_playing_is_paused_continued_and_ends_where_the_runs_ended(lab):
    lab.open(MANY, "no-preference").wait_for_seeds()
    lab.press("Play")
    assert "200 seeds" in lab.caption("swarm")
    lab.press("Pause")
    lab.button("Go on").wait_for()
    step = step_of(lab)
    assert 0 <= step < 3000
    dots = lab.dots()
    assert len(dots) == 200
    lab.ask("waitForFrames", 10)
    assert step_of(lab) == step
    assert (lab.dots() == dots).all()
    lab.ask("setSpeed", 30)
    lab.press("Go on")
    lab.button("Play").wait_for(timeout=20_000)
    assert step_of(lab) == 3000
    end = lab.dots()
    assert np.linalg.norm(end.mean(axis=0) - dots.mean(axis=0)) > 10
    lab.open(MANY).wait_for_seeds()
    np.testing.assert_allclose(lab.dots(), end, atol=1e-6)


def test_what_is_pressed_before_all_seeds_are_trained_can_be_paused(lab):
    lab.open("?b=1500&lr=0.005", "no-preference")
    lab.page.evaluate(
        """() => {
            const slider = document.querySelector(".d2l-lab [type=range]");
            slider.value = 0;
            slider.dispatchEvent(new Event("input"));
            [...document.querySelectorAll("button")].find((b) => b.textContent === "Play").click();
        }"""
    )
    assert len(lab.dots()) == 200
    lab.page.wait_for_timeout(700)  # longer than the lab waits to play by itself
    lab.press("Pause")
    step = step_of(lab)
    lab.ask("waitForFrames", 10)
    assert step_of(lab) == step
    lab.button("Go on").wait_for()


def test_a_change_begins_anew(lab):
    lab.open(MANY, "no-preference").wait_for_seeds()
    lab.press("Play")
    expect(lab.page.locator(".lab-swarm figcaption")).to_have_text(re.compile(r"step [1-9]"))
    lab.ask("setSpeed", 0.4)  # of the two steps that follow, so that they are not missed
    lab.page.mouse.click(*lab.cell(1500, 0.5))
    expect(lab.page.locator(".lab-swarm figcaption")).to_contain_text("step 2 of 2")
    lab.button("Pause").wait_for()
    lab.button("Play").wait_for()
    assert step_of(lab) == 2


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_steps_are_taken_one_by_one(lab, motion):
    lab.open(FEW, motion).wait_for_seeds()
    end = lab.dots()
    for step in (1, 2, 3):
        lab.press("One step")
        expect(lab.page.locator(".lab-swarm figcaption")).to_contain_text(f"step {step} of 3")
        assert f"at step {step} of 3" in lab.swarm.get_attribute("aria-label")
    np.testing.assert_allclose(lab.dots(), end, atol=1e-9)
    lab.press("One step")  # after the end, from the start again
    expect(lab.page.locator(".lab-swarm figcaption")).to_contain_text("step 1 of 3")
    lab.button("Go on").wait_for()


def test_nothing_moves_before_the_reader_does_something(lab):
    lab.open(MANY, "no-preference").wait_for_seeds().wait_for_map()
    lab.ask("recordCaptions")
    lab.page.wait_for_timeout(400)  # longer than the lab waits to play by itself
    lab.ask("waitForFrames", 10)
    assert len(lab.ask("recordedCaptions")) == 1
    assert step_of(lab) == 3000
    lab.press("Other seed")
    lab.button("Pause").wait_for()


def test_nothing_moves_when_reduced_motion_is_asked_for(lab):
    lab.open(MANY).wait_for_seeds()
    end = lab.dots()
    lab.ask("trails")
    lab.ask("recordCaptions")
    lab.ask("waitForFrames", 20)
    lab.press("Play")
    lab.ask("waitForFrames", 10)
    assert len(lab.ask("recordedCaptions")) == 1
    assert lab.ask("trails") == 0
    assert lab.button("Play").is_visible()
    assert step_of(lab) == 3000
    lab.press("One step")
    assert step_of(lab) == 1
    assert not (lab.dots() == end).all()
    lab.press("Go on")  # to the end, at once
    assert step_of(lab) == 3000
    np.testing.assert_allclose(lab.dots(), end, atol=1e-9)
    lab.button("Play").wait_for()
    assert lab.page.evaluate("document.getAnimations().length") == 0


def test_the_swarm_rests_while_it_is_off_the_screen(lab):
    page = lab.open(MANY, "no-preference").wait_for_seeds().page
    lab.press("Play")
    page.evaluate("document.body.style.paddingBottom = '3000px'")
    page.evaluate("scrollTo(0, document.querySelector('.lab-tasks').offsetTop + 900)")
    go_on = page.get_by_role("button", name="Go on")
    expect(go_on).to_be_attached()
    step = step_of(lab)
    page.wait_for_timeout(200)
    assert step_of(lab) == step < 3000
    page.evaluate("scrollTo(0, 0)")
    lab.button("Pause").wait_for()
    page.evaluate("scrollTo(0, 5000)")
    expect(go_on).to_be_attached()
    lab.slider("batch size").evaluate(
        "(slider) => { slider.value = 30; slider.dispatchEvent(new Event('input')); }"
    )
    expect(page.locator(".lab-swarm figcaption")).to_contain_text("200 seeds, step 2 of 2")
    assert lab.ask("trails") >= 0
    page.wait_for_timeout(100)
    assert lab.ask("trails") == 0
    page.evaluate("scrollTo(0, 0)")
    lab.button("Pause").wait_for()


def test_a_paused_swarm_stays_where_it_is_when_the_page_changes(lab):
    lab.open(FEW)
    lab.press("One step")
    dots = lab.dots()
    lab.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    lab.ask("waitForFrames", 2)
    assert (lab.dots() == dots).all()
    assert step_of(lab) == 1
    width = lab.ask("boxOf", ".lab-swarm-plot")["width"]
    lab.page.set_viewport_size({"width": 1000, "height": 900})
    lab.page.wait_for_function("(width) => boxOf('.lab-swarm-plot').width < width", arg=width)
    lab.ask("waitForFrames", 2)
    assert len(lab.dots()) == 200
    assert not (lab.dots() == dots).all()
    assert step_of(lab) == 1
    lab.page.set_viewport_size({"width": 1280, "height": 900})
    lab.press("One step")
    assert step_of(lab) == 2
