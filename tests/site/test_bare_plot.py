"""The small pictures of the front page show the data of a figure, and nothing else."""

from xml.etree import ElementTree

import pytest
from d2lbook.bare_plot import bare_plot, thicker
from sphinx.errors import ExtensionError

from d2lmini.plotting import plt, use_svg_display
from d2lmini.svg import svg


@pytest.fixture
def plot():
    use_svg_display()
    figure, axes = plt.subplots(figsize=(4, 3))
    axes.plot([0, 1], [0, 1], label="data")
    axes.set_xlabel("words")
    axes.annotate("note", (0.5, 0.5))
    axes.legend()
    yield svg(figure)
    plt.close(figure)


def test_words_scales_and_their_margins_are_left_out(plot):
    bare = ElementTree.fromstring(bare_plot(plot))
    assert not list(bare.iter("{http://www.w3.org/2000/svg}text"))
    assert "stroke-opacity: 0.28" in plot
    assert "stroke-opacity: 0.28" not in bare_plot(plot)
    left, _, width, height = map(float, bare.get("viewBox").split())
    assert left > 10
    assert width < 4 * 72 - left + 5
    assert height < 3 * 72


def test_the_line_of_the_data_is_thicker_than_it_was(plot):
    assert plot.count("stroke-width: 1.8") == 2  # in the plot and in the legend
    assert bare_plot(plot).count("stroke-width: 3.24") == 1


def test_frames_stay_as_thin_as_they_are():
    assert thicker("fill: none; stroke-width: 0.8") == "fill: none; stroke-width: 0.8"
    assert thicker("") == ""


def test_a_picture_that_is_no_plot_stops_the_build():
    with pytest.raises(ExtensionError, match="no panel"):
        bare_plot('<svg xmlns="http://www.w3.org/2000/svg"><g><g/><g><g/></g></g></svg>')
