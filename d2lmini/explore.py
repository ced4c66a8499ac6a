"""Sliders over pictures that are computed in advance: they work with and without a kernel.

A page without a kernel cannot measure a timing or a training run again. So every position of the
sliders is computed when the notebook runs, the pictures are kept in a `Stack`, and the browser
joins the sliders to it.
"""

import html
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import count, product
from typing import Any

import numpy as np
from ipywidgets import HTML, SelectionSlider, Stack, VBox, jslink
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from d2lmini._checks import shown
from d2lmini.plotting import plt, use_svg_display
from d2lmini.svg import forms, inline_svg, svg

_LABELS = {"lr": "learning rate"}
_frames_made = count()


class Explorer(VBox):
    """Sliders above the picture of their current setting.

    Where no widget can be shown, the picture of the first setting is shown instead.

    Attributes
    ----------
    sliders : tuple of SelectionSlider
        One a control, in order.
    """

    def __init__(
        self, sliders: Sequence[SelectionSlider], pictures: Stack | HTML, still: dict[str, str]
    ) -> None:
        super().__init__([*sliders, pictures])
        self.add_class("d2l-explorer")
        self.sliders = tuple(sliders)
        self._still = still

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, str], dict[str, Any]]:
        # The book shows the still with its description until the widget is drawn below as many
        # controls.
        data = {**super()._repr_mimebundle_(**kwargs), **self._still}
        stored = {"description": self._still["text/plain"], "controls": len(self.sliders)}
        return data, {"d2lmini": stored}


def explore(
    draw: Callable[..., Figure],
    describe: Callable[..., str],
    start: dict[str, Any] | None = None,
    **controls: Sequence[Any],
) -> Explorer:
    """Draw every setting of some controls, and return sliders that choose among the pictures.

    Parameters
    ----------
    draw : callable
        ``draw(**setting)`` returns the figure of one setting.
    describe : callable
        ``describe(**setting)`` returns one sentence that says what the figure shows: the text for
        screen readers, and the caption.
    start : dict, optional
        The setting shown first; each control's first value by default.
    **controls : sequence
        For each control its name, such as ``batch_size`` or ``lr``, and the values it can take.

    Returns
    -------
    Explorer
        Show it as a cell's last value.

    Raises
    ------
    ValueError
        If there is no control, a control has no value or two equal ones, or ``start`` names another
        value.
    """
    if not controls:
        raise ValueError("controls={}: must be one or more, with their values")
    controls = {name: _distinct(name, values) for name, values in controls.items()}
    start = {**{name: values[0] for name, values in controls.items()}, **(start or {})}
    for name, value in start.items():
        if name not in controls or value not in controls[name]:
            raise ValueError(f"start={start!r}: {name!r} must be one of {controls.get(name)!r}")
    use_svg_display()
    frames, still, positions = {}, {}, None
    for values in product(*controls.values()):
        setting = dict(zip(controls, values, strict=True))
        figure = draw(**setting)
        positions = _place_axes(figure, positions)
        sentence = describe(**setting)
        if setting == start:
            still = forms(figure, sentence)
        picture = still["image/svg+xml"] if setting == start else svg(figure)
        plt.close(figure)
        frames[values] = HTML(frame_html(picture, sentence, _new_prefix(picture)))
    sliders = [make_slider(name, values, start[name]) for name, values in controls.items()]
    return Explorer(sliders, _stack(frames, list(controls.values()), sliders), still)


def _distinct(name: str, given: Any) -> list[Any]:
    """Return the values of a control, also from an array or a tensor of one axis."""
    values = np.asarray(given).tolist() if hasattr(given, "dtype") else list(given)
    if not values or len(set(values)) < len(values) or any(value != value for value in values):
        raise ValueError(f"{name}={shown(given)}: must be one or more values, no two of them equal")
    return values


def _place_axes(figure: Figure, positions: list[Bbox] | None) -> list[Bbox]:
    """Lay out the first figure, and give the axes of all others the same positions.

    The picture then does not jump when a slider moves, and most of the drawing time is saved.
    """
    if positions is None:
        figure.draw_without_rendering()
        positions = [axes.get_position() for axes in figure.axes]
    figure.set_layout_engine("none")
    for axes, position in zip(figure.axes, positions, strict=True):
        axes.set_position(position)
    return positions


def _new_prefix(picture: str) -> str:
    """Return a prefix for the ids of one more frame.

    The count makes it unique among the frames of this kernel. The hash makes it unique among
    notebooks that are open at the same time, and the same when a notebook is run again.
    """
    return f"frame{next(_frames_made)}-{sha256(picture.encode()).hexdigest()[:8]}"


def frame_html(picture: str, sentence: str, prefix: str) -> str:
    """Return one picture with its sentence below it, as HTML.

    Parameters
    ----------
    picture : str
        An SVG, as `svg.svg` returns it.
    sentence : str
        What it shows.
    prefix : str
        Put before every id of the picture; unique in the page.

    Returns
    -------
    str
    """
    color = "var(--pst-color-text-base, var(--jp-ui-font-color1, inherit))"  # book, Jupyter
    return (
        f'<figure class="d2l-frame" style="color:{color}">{inline_svg(picture, prefix, sentence)}'
        f'<figcaption aria-hidden="true">{html.escape(sentence)}</figcaption></figure>'
    )


def make_slider(name: str, values: Sequence[Any], value: Any) -> SelectionSlider:
    """Return a labelled slider over some values of a control.

    Parameters
    ----------
    name : str
        The control's name, such as ``batch_size`` or ``lr``.
    values : sequence
        Its values.
    value : Any
        The first value.

    Returns
    -------
    SelectionSlider
    """
    options = [(f"{v:g}" if isinstance(v, float) else str(v), v) for v in values]
    slider = SelectionSlider(
        options=options, value=value, description=_LABELS.get(name, name.replace("_", " "))
    )
    slider.style.description_width = "7.5em"
    slider.layout.width = "min(100%, 30em)"
    return slider


def _stack(
    frames: dict[tuple[Any, ...], HTML],
    axes: list[Sequence[Any]],
    sliders: list[SelectionSlider],
    chosen: tuple[Any, ...] = (),
) -> Stack | HTML:
    """Nest one stack a control, each joined to its slider."""
    if not axes:
        return frames[chosen]
    children = [_stack(frames, axes[1:], sliders[1:], (*chosen, value)) for value in axes[0]]
    stack = Stack(children, selected_index=sliders[0].index)
    jslink((sliders[0], "index"), (stack, "selected_index"))
    return stack
