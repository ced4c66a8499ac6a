import ast
import base64
import subprocess
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest
import torch

from d2lmini.explore import explore
from d2lmini.plotting import plt


def draw(batch_size, lr=1):
    fig, ax = plt.subplots()
    ax.plot([0, 1], [batch_size, lr])
    return fig


def describe(**setting):
    return f"setting {setting} <b>"


def test_one_slider_over_a_stack():
    explorer = explore(draw, describe, start={"batch_size": 10}, batch_size=[1, 10, 100])
    slider, stack = explorer.children
    assert (slider.index, stack.selected_index) == (1, 1)
    assert [label for label, _ in slider.options] == ["1", "10", "100"]
    assert slider.description == "batch size"
    values = [child.value for child in stack.children]
    assert len(set(values)) == 3
    assert "&lt;b&gt;" in values[0]
    assert plt.get_fignums() == []


def test_two_sliders_choose_from_nested_stacks():
    explorer = explore(
        draw, describe, start={"batch_size": 2, "lr": 0.5}, batch_size=[1, 2], lr=[0.1, 0.5, 1.0]
    )
    first, second, outer = explorer.children
    assert (first.description, second.description) == ("batch size", "learning rate")
    assert outer.selected_index == 1
    assert [inner.selected_index for inner in outer.children] == [2 - 1, 2 - 1]
    for i, b in enumerate([1, 2]):
        for j, lr in enumerate([0.1, 0.5, 1.0]):
            html = outer.children[i].children[j].value
            assert f"&#x27;batch_size&#x27;: {b}, &#x27;lr&#x27;: {lr}" in html


def test_a_still_stands_in_where_no_widget_is_drawn():
    data, metadata = explore(draw, describe, batch_size=[1, 2])._repr_mimebundle_()
    assert data["text/plain"] == describe(batch_size=1)
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert ElementTree.fromstring(data["image/svg+xml"]).tag.endswith("svg")
    assert metadata["d2lmini"] == {"description": describe(batch_size=1), "controls": 1}


class Ids(HTMLParser):
    """The ids of some HTML, and what its attributes refer to."""

    def __init__(self, *texts):
        super().__init__()
        self.made, self.used = [], set()
        for text in texts:
            self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.made.append(value)
            elif value.startswith("url(#"):
                self.used.add(value[5:-1])
            elif name == "href":
                self.used.add(value[1:])


def frames(explorer):
    return [child.value for child in explorer.children[-1].children]


def test_pictures_share_no_id():
    one = explore(draw, describe, batch_size=[1, 2])
    same_again = explore(draw, describe, batch_size=[1, 2])
    ids = Ids(*frames(one), *frames(same_again))
    assert len(ids.made) >= 4
    assert len(set(ids.made)) == len(ids.made)
    assert ids.used <= set(ids.made)


NOTEBOOK = """
from d2lmini.explore import explore
from d2lmini.plotting import plt

def draw(b):
    fig, ax = plt.subplots()
    ax.plot([0, {top}], [b, 1])
    return fig

made = [explore(draw, lambda b: "said", b=[1, 2]) for _ in range(2)]
print([frame.value for explorer in made for frame in explorer.children[-1].children])
"""


def run_notebook(top):
    command = [sys.executable, "-c", NOTEBOOK.format(top=top)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return ast.literal_eval(done.stdout)


def test_a_notebook_that_runs_again_gets_the_same_ids_and_another_notebook_others():
    first = run_notebook(top=1)
    assert run_notebook(top=1) == first
    assert not set(Ids(*first).made) & set(Ids(*run_notebook(top=2)).made)


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match=r"start=.*'batch_size' must be one of \[1, 2\]"):
        explore(draw, describe, start={"batch_size": 3}, batch_size=[1, 2])
    with pytest.raises(ValueError, match=r"controls=\{\}: must be one or more"):
        explore(draw, describe)
    for wrong in ([], np.array([]), [1, True, 1.0], [1, 2, 1], [float("nan")]):
        with pytest.raises(ValueError, match=r"^batch_size=.*: must be one or more values, no two"):
            explore(draw, describe, batch_size=wrong)


@pytest.mark.parametrize("make", [np.array, torch.tensor])
@pytest.mark.parametrize("values", [[0], [1, 2]])
def test_values_may_be_an_array(make, values):
    explorer = explore(draw, describe, batch_size=make(values))
    assert [value for _, value in explorer.sliders[0].options] == values
