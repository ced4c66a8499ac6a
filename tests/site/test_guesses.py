"""The measured value of a guess is read from the executed output; the build stops without one."""

import json

import pytest
from d2lbook import guesses
from docutils import nodes
from sphinx.errors import ExtensionError

ASKED = {"name": "rows", "question": "How many?", "after": "best is b =", "from": 1, "to": 1500}


def cell_with(output="the best is b = 1,024 rows, not 37\n", **more):
    """Return a cell that asks for a guess."""
    cell = nodes.container("", nodes.container("", nodes.literal_block(output, output)))
    cell["cell_metadata"] = {"guess": ASKED | more}
    return cell


def test_a_guess_has_its_question_and_the_measured_value():
    cell = cell_with(unit="rows", log=True)
    box = guesses.guess_before(cell)
    assert box[0].astext() == "How many?"
    state = box[1].astext().split('type="application/json">')[1].split("</script>")[0]
    assert json.loads(state) == {
        "name": "rows", "low": 1, "high": 1500, "log": True, "unit": "rows", "measured": 1024
    }  # fmt: skip
    assert cell[-1]["classes"] == []


def test_an_output_can_wait_for_the_guess():
    cell = cell_with(hide=True)
    guesses.guess_before(cell)
    assert cell[-1]["classes"] == ["d2l-awaits-guess", "d2l-measures-rows"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"from": 5, "to": 5}, "guess 'rows': from 5 to 5 must rise"),
        ({"from": 0, "log": True}, "guess 'rows': from 0 to 1500 must rise, from above zero"),
    ],
)
def test_a_range_that_does_not_rise_stops_the_build(change, message):
    with pytest.raises(ExtensionError, match=message):
        guesses.guess_data(ASKED | change)


def test_what_is_left_out_is_named():
    with pytest.raises(ExtensionError, match="needs from, question"):
        guesses.guess_data({"name": "rows", "after": "b =", "to": 3})


@pytest.mark.parametrize(
    ("output", "value"),
    [
        ("b = 37", 37),
        ("37 and b = 1,024.5, then 2", 1024.5),
        ("b = −0.25.", -0.25),
        ("b = 3.1e-05 s", 3.1e-05),
    ],
)
def test_the_value_is_the_first_number_after_the_words(output, value):
    assert guesses.number_after("b =", output, "rows") == value


@pytest.mark.parametrize("output", ["b = nothing", "37 rows"])
def test_an_output_without_the_number_stops_the_build(output):
    with pytest.raises(ExtensionError, match="guess 'rows': the output has no number after 'b ='"):
        guesses.number_after("b =", output, "rows")


def test_the_data_cannot_end_their_script():
    data = {
        "name": "a",
        "low": 0.0,
        "high": 1.0,
        "log": False,
        "unit": "</script>",
        "measured": 0.5,
    }
    markup = guesses.controls(data)
    state = markup.split('type="application/json">')[1].split("</script>")[0]
    assert json.loads(state) == data
    assert "&lt;/script&gt;" in markup
