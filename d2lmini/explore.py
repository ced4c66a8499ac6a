"""Sliders over pictures that were computed beforehand: they work with and without a kernel.

A measured thing (a timing, a training run) cannot be measured again in a page that has no Python
behind it. So every position of the sliders is computed when the notebook runs, each picture is kept
in a `Stack`, and the browser itself joins the sliders to it.
"""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from ipywidgets import HTML, SelectionSlider, Stack, VBox, jslink
from matplotlib.figure import Figure

from d2lmini.plotting import inline_svg, svg, use_svg_display

_LABELS = {"lr": "learning rate"}


class Explorer(VBox):
    """Sliders above the picture of their present setting.

    Where no widget can be shown, the picture of the first setting stands in for it.

    Attributes
    ----------
    sliders : tuple of SelectionSlider
        One a control, in order.
    """

    def __init__(
        self, sliders: Sequence[SelectionSlider], pictures: Stack | HTML, still: str
    ) -> None:
        super().__init__([*sliders, pictures])
        self.add_class("d2l-explorer")
        self.sliders = tuple(sliders)
        self._still = still

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        names = ", ".join(slider.description for slider in self.sliders)
        bundle = dict(super()._repr_mimebundle_(**kwargs))
        return {**bundle, "image/svg+xml": self._still, "text/plain": f"Explorer of {names}"}


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
        ``describe(**setting)`` says in one sentence what that figure shows; it is read out, and
        stands below the picture.
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
        If there is no control, a control has no value, or ``start`` names another value.
    """
    start = {**{name: values[0] for name, values in controls.items() if values}, **(start or {})}
    for name, value in start.items():
        if name not in controls or value not in controls[name]:
            raise ValueError(f"start={start!r}: {name!r} must be one of {controls.get(name)!r}")
    if not controls or not all(controls.values()):
        raise ValueError(
            f"controls={controls!r}: must be one or more, with at least one value each"
        )

    use_svg_display()
    frames, still = {}, ""
    for number, values in enumerate(product(*controls.values())):
        setting = dict(zip(controls, values, strict=True))
        figure = draw(**setting)
        picture, sentence = svg(figure), describe(**setting)
        figure.clear()
        frames[values] = _frame(picture, sentence, "-".join([*controls, str(number)]))
        if setting == start:
            still = picture
    sliders = [_slider(name, values, start[name]) for name, values in controls.items()]
    return Explorer(sliders, _stack(frames, list(controls.values()), sliders), still)


def _frame(picture: str, sentence: str, prefix: str) -> HTML:
    return HTML(
        f'<figure class="d2l-frame">{inline_svg(picture, prefix, sentence)}'
        f'<figcaption aria-hidden="true">{sentence}</figcaption></figure>'
    )


def _slider(name: str, values: Sequence[Any], value: Any) -> SelectionSlider:
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
