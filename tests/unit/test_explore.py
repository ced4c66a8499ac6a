import pytest

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
    bundle = explore(draw, describe, batch_size=[1, 2])._repr_mimebundle_()
    assert bundle["text/plain"] == "Explorer of batch size"
    assert bundle["image/svg+xml"].startswith("<svg")
    assert "<title>setting {&#x27;batch_size&#x27;: 1} &lt;b&gt;</title>" in bundle["image/svg+xml"]


def test_pictures_share_no_id():
    explorer = explore(draw, describe, batch_size=[1, 2])
    one, two = (
        {part.split('"')[0] for part in child.value.split(' id="')[1:]}
        for child in explorer.children[-1].children
    )
    assert one
    assert not one & two


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match=r"start=.*'batch_size' must be one of \[1, 2\]"):
        explore(draw, describe, start={"batch_size": 3}, batch_size=[1, 2])
    with pytest.raises(ValueError, match=r"controls=\{\}: must be one or more"):
        explore(draw, describe)
    with pytest.raises(ValueError, match=r"controls=.*: must be one or more"):
        explore(draw, describe, batch_size=[])
