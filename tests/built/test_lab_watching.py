"""A run of the lab can be watched, step by step or by itself."""

import pytest

from tests.built.lab_page import LOSS, PATH, Lab


def test_watching_shows_each_step_of_a_short_run(lab):
    lab.open("?b=1500&lr=0.5&epochs=3")
    summary, lines = lab.summary(PATH), lab.lines(PATH)
    assert lab.points_of_path() == 4
    lab.page.evaluate("recordPath()")
    lab.press("Watch it train")
    lab.button("Pause").wait_for()
    lab.button("Watch it train").wait_for(timeout=15_000)
    assert {1, 2, 3, 4} <= set(lab.page.evaluate("recordedPoints()"))
    assert (lab.summary(PATH), lab.lines(PATH)) == (summary, lines)


def test_watching_can_be_paused_and_continued(new_reader):
    lab = Lab(new_reader()).open("?b=1&lr=0.005&epochs=5")
    lab.page.evaluate("controlTime()")
    summary, lines = lab.summary(LOSS), lab.lines(LOSS)
    lab.press("Watch it train")
    lab.press("Pause")
    lab.button("Go on").wait_for()
    assert lab.lines(LOSS) != lines
    lab.page.evaluate("setSpeed(20)")
    lab.press("Go on")
    lab.button("Watch it train").wait_for(timeout=20_000)
    assert (lab.summary(LOSS), lab.lines(LOSS)) == (summary, lines)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_steps_can_be_taken_one_by_one(lab, motion):
    lab.open("?b=1500&lr=0.5&epochs=3", motion)
    whole = lab.result.inner_text()
    for step in (1, 2):
        lab.press("One step")
        lab.expect_in_result(f"Step {step} of 3: the loss is ")
        assert lab.points_of_path() == step + 1
    lab.press("One step")
    lab.expect_in_result(whole)


def test_nothing_moves_when_reduced_motion_is_asked_for(lab):
    lab.open("?b=1&lr=0.005&epochs=5", "reduce")
    points = lab.points_of_path()
    whole = lab.lines(LOSS)
    lab.page.evaluate("recordPath()")
    lab.press("Watch it train")
    lab.page.evaluate("waitForFrames(15)")
    assert lab.page.evaluate("recordedPoints()") == [points]
    assert lab.button("Watch it train").is_visible()
    assert lab.lines(LOSS) == whole
