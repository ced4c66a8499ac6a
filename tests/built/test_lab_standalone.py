"""The lab in a page that has nothing else, opened from a disk."""

import json
import shutil
from pathlib import Path

import pytest

from d2lmini.lab.standalone import script
from d2lmini.lab.widget import Lab as Widget
from tests.built.lab_page import FLOOR, LOSS, MEASURED, Lab

BARE_PAGE = Path(__file__).with_name("bare_page.html")


@pytest.fixture(scope="session", autouse=True)
def book():
    """The page stands alone: no book need be built."""


@pytest.fixture
def folder(tmp_path):
    """A folder with the page, the lab's script, and the state of a widget."""
    state = Widget(batch_size=20)._repr_mimebundle_()[1]["d2lmini"]["state"]
    shutil.copy(BARE_PAGE, tmp_path)
    (tmp_path / "lab.js").write_text(script(), encoding="utf8")
    (tmp_path / "state.js").write_text(f"const STATE = {json.dumps(state)};", encoding="utf8")
    return tmp_path


def test_a_bare_page_trains_and_its_sliders_change_the_run(folder, new_reader):
    reader = new_reader(folder.as_uri())
    reader.open(BARE_PAGE.name).wait_for_function(MEASURED)
    lab = Lab(reader)
    assert lab.settings == "b = 20, lr = 0.05"
    assert abs(lab.loss - FLOOR) < 0.01
    before = lab.lines(LOSS)
    lab.slider("batch size").press("End")
    lab.expect_settings("b = 1500, lr = 0.05")
    assert lab.loss > 0.3
    lab.slider("learning rate").press("Home")
    lab.expect_settings("b = 1500, lr = 0.0005")
    assert lab.lines(LOSS) != before
    assert lab.charts.count() == 4
    assert reader.external_requests == reader.errors == []
