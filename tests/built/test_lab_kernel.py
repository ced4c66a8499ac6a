"""The lab beside a kernel: the widget's own module, with a model that the test holds."""

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from d2lmini.lab import Lab
from d2lmini.lab.bundle import bundle
from d2lmini.lab.piece import style

HOST = Path(__file__).with_name("lab_host.js")


@pytest.fixture(scope="session", autouse=True)
def book():
    """The module stands alone: no book need be built."""


@pytest.fixture(scope="module")
def handed():
    """The module, what the model holds, and the table."""
    state = Lab(num_epochs=1)._repr_mimebundle_()[1]["d2lmini"]["state"]
    data = Lab.data()
    table = base64.b64encode(data.pop("table")).decode()
    return [bundle("lab"), {**state, **data}, table]


@pytest.fixture
def hosted(browser, handed):
    """A page with the lab's module alone, and a model without a kernel behind it."""
    page = browser.new_page(reduced_motion="reduce")
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_content(f"<style>{style('lab')}</style><body><div></div></body>")
    page.add_script_tag(path=HOST)
    page.evaluate("(args) => hostLab(...args)", handed)
    expect(page.get_by_role("button", name="Run in PyTorch", include_hidden=True)).to_be_hidden()
    page.evaluate("model.answer({ kind: 'ready' })")
    yield page
    page.close()
    assert errors == []


def result_of(page):
    return page.locator(".lab-result").inner_text()


def lines_of(page):
    """Return the colours of the curve's lines."""
    lines = page.locator(".lab-curve-plot svg svg g[stroke]")
    return [line.get_attribute("stroke") for line in lines.all()]


def ask(page):
    """Ask for a run in PyTorch; return the message that was sent."""
    page.get_by_role("button", name="Run in PyTorch").click()
    return page.evaluate("model.sent.at(-1)")


def answer(page, message, loss):
    curve = {"kind": "curve", "id": message["id"], "settings": message["settings"]}
    curve |= {"examples": [300, 1500], "seconds": [0.1, 0.2], "losses": [0.3, loss]}
    page.evaluate("(curve) => model.answer(curve)", curve)


def test_a_run_in_pytorch_is_asked_for_with_its_steps_and_drawn(hosted):
    assert hosted.evaluate("model.sent[0]") == {"kind": "hello"}
    asked = ask(hosted)
    assert (asked["kind"], asked["steps"]) == ("train", 150)
    assert asked["settings"]["num_epochs"] == 1
    assert asked["id"]
    before = lines_of(hosted)
    answer(hosted, asked, 0.25)
    assert lines_of(hosted) == ["var(--lab-5)", *before]  # it is drawn behind the others
    assert result_of(hosted) == "PyTorch ends at 0.2500."
    for axis, label in (("time", "time in this browser"), ("steps", "steps")):
        hosted.evaluate("(axis) => model.set('axis', axis)", axis)
        expect(hosted.locator(".lab-curve-plot > svg")).to_contain_text(label)
        assert "var(--lab-5)" in lines_of(hosted)
    hosted.evaluate("model.set('seed', 3)")
    assert lines_of(hosted) == before
    hosted.evaluate("model.set('grow', true)")
    assert ask(hosted)["steps"] == 150
    hosted.evaluate("model.set('num_epochs', 2)")
    assert ask(hosted)["steps"] == 165  # ten times the batch in the second epoch


def test_an_answer_that_comes_after_a_change_is_not_shown(hosted):
    late = ask(hosted)
    hosted.evaluate("model.set('lr', 0.2)")
    assert hosted.get_by_role("button", name="Run in PyTorch").is_enabled()
    answer(hosted, late, 0.1111)
    assert "PyTorch" not in result_of(hosted)
    right = ask(hosted)
    assert right["settings"]["lr"] == 0.2
    answer(hosted, late, 0.1111)
    assert "PyTorch" not in result_of(hosted)
    answer(hosted, right, 0.2222)
    assert result_of(hosted) == "PyTorch ends at 0.2222."


def test_an_error_in_the_kernel_is_shown_and_frees_the_button(hosted):
    asked = ask(hosted)
    button = hosted.get_by_role("button", name="Run in PyTorch")
    assert button.is_disabled()
    error = {"kind": "error", "id": asked["id"], "message": "RuntimeError: <b>out</b> of memory"}
    hosted.evaluate("(error) => model.answer(error)", error)
    assert button.is_enabled()
    assert "RuntimeError: <b>out</b> of memory" in result_of(hosted)


def test_python_learns_the_value_that_was_brought_into_range(hosted):
    saved = hosted.evaluate("model.saved")
    hosted.evaluate("model.set('batch_size', 0)")
    assert hosted.evaluate("model.get('batch_size')") == 1
    assert hosted.evaluate("model.saved") > saved
    amount = hosted.get_by_label("amount", exact=True)
    amount.fill("99")
    hosted.keyboard.press("Tab")
    assert hosted.evaluate("model.get('num_epochs')") == 20
    expect(amount).to_have_value("20")


def test_what_python_sets_is_shown(hosted):
    hosted.evaluate("model.set('batch_size', 137)")
    assert result_of(hosted).startswith("b = 137, lr = 0.05, 1 epoch:")
    slider = hosted.get_by_role("slider", name="batch size", exact=True)
    expect(slider).to_have_attribute("aria-valuetext", "batch size 137")
    hosted.evaluate("model.set('pins', 'b:3,lr:0.1')")
    expect(hosted.locator(".lab-pins li")).to_contain_text("b 3 · 0.1")


def test_a_slider_that_moves_is_not_held_up_by_the_timing_of_steps(hosted):
    hosted.wait_for_function(
        "/ in [\\d.,]+ .?s/.test(document.querySelector('.lab-result').innerText)"
    )
    seen = hosted.evaluate("looksAtClock(12)")
    assert seen["looks"] == 0
    assert re.search(r" steps in [\d.,]+ [µm]?s, 1,500 rows", seen["shown"])


def test_a_lab_that_is_removed_stops_listening(hosted):
    assert hosted.evaluate("model.listening") > 10
    hosted.evaluate("remove()")
    assert hosted.evaluate("model.listening") == 0
    before = result_of(hosted)
    hosted.evaluate("model.set('batch_size', 3)")
    hosted.wait_for_timeout(300)
    assert result_of(hosted) == before
