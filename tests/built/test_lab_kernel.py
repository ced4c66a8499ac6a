"""The lab beside a kernel: the widget's own module, with a model that the test holds."""

import base64
from pathlib import Path

import pytest

from d2lmini.lab.bundle import bundle
from d2lmini.lab.widget import CSS, Lab
from tests.built.lab_page import MEASURED

HOST = Path(__file__).with_name("lab_host.js")


@pytest.fixture
def hosted(browser):
    """A page with the lab's module alone, and a model without a kernel behind it."""
    lab = Lab()
    state = lab._repr_mimebundle_()[1]["d2lmini"]["state"]
    table = base64.b64encode(lab.table).decode()
    page = browser.new_page()
    page.set_content(f"<style>{CSS.read_text()}</style><body><div></div></body>")
    page.add_script_tag(path=HOST)
    page.evaluate("(args) => hostLab(...args)", [bundle(), state, table])
    page.evaluate("model.answer({ kind: 'ready' })")
    yield page
    page.close()


def result_of(page):
    return page.locator(".lab-result").inner_text()


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
    assert "PyTorch" not in result_of(hosted)
    assert hosted.locator(".lab-legend li").count() == 1
    right = ask(hosted)
    assert right["settings"]["lr"] == 0.2
    answer(hosted, late, 0.1111)
    assert "PyTorch" not in result_of(hosted)
    answer(hosted, right, 0.2222)
    assert result_of(hosted).startswith("PyTorch ends at 0.2222 after 0.2000 s")
    assert "PyTorch, b = 10, lr = 0.2" in hosted.locator(".lab-legend").inner_text()


def test_an_error_in_the_kernel_is_shown_and_frees_the_button(hosted):
    asked = ask(hosted)
    button = hosted.get_by_role("button", name="Run in PyTorch")
    assert button.is_disabled()
    error = {"kind": "error", "id": asked["id"], "message": "RuntimeError: out of memory"}
    hosted.evaluate("(error) => model.answer(error)", error)
    assert button.is_enabled()
    assert "RuntimeError: out of memory" in result_of(hosted)


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
    hosted.wait_for_function(MEASURED)
    seen = hosted.evaluate("looksAtClock(20)")
    assert seen["looks"] == 0
    assert "about" in seen["shown"]
    hosted.wait_for_function(MEASURED)
