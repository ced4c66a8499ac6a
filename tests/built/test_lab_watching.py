"""A run of the lab can be watched, step by step or by itself."""

import pytest

from tests.built.lab_page import LOSS, PATH, POINTS_OF_PATH, Lab

# Counts the points of the path in every frame.
RECORD_PATH = f"""() => {{
    window.seen = new Set();
    const points = {POINTS_OF_PATH};
    const look = () => {{ window.seen.add(points()); requestAnimationFrame(look); }};
    look();
}}"""

# Lets the time of the frames run faster, so that a run of eight seconds ends sooner.
VARIABLE_SPEED = """() => {
    const request = window.requestAnimationFrame.bind(window);
    window.speed = 1;
    window.requestAnimationFrame = (draw) => request((time) => draw(window.speed * time));
}"""

FRAMES = """async (count) => {
    for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
}"""


def test_watching_shows_each_step_of_a_short_run(lab):
    lab.open("?b=1500&lr=0.5&epochs=3")
    summary, lines = lab.summary(PATH), lab.lines(PATH)
    assert lab.points_of_path() == 4
    lab.page.evaluate(RECORD_PATH)
    lab.press("Watch it train")
    lab.button("Pause").wait_for()
    lab.button("Watch it train").wait_for(timeout=15_000)
    assert {1, 2, 3, 4} <= set(lab.page.evaluate("[...window.seen]"))
    assert (lab.summary(PATH), lab.lines(PATH)) == (summary, lines)


def test_watching_can_be_paused_and_continued(new_reader):
    reader = new_reader()
    reader.page.add_init_script(f"({VARIABLE_SPEED})()")
    lab = Lab(reader).open("?b=1&lr=0.005&epochs=5")
    summary, lines = lab.summary(LOSS), lab.lines(LOSS)
    lab.press("Watch it train")
    lab.press("Pause")
    lab.button("Go on").wait_for()
    assert lab.lines(LOSS) != lines
    lab.page.evaluate("window.speed = 20")
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
    lab.page.evaluate(RECORD_PATH)
    lab.press("Watch it train")
    lab.page.evaluate(FRAMES, 15)
    assert lab.page.evaluate("[...window.seen]") == [points]
    assert lab.button("Watch it train").is_visible()
    assert lab.lines(LOSS) == whole
