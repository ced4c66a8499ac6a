"""The lab as a widget: a program that trains in the browser, and the settings it shares."""

from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets
from matplotlib.figure import Figure

from d2lmini.data import whitened_airfoil
from d2lmini.lab.bundle import bundle
from d2lmini.lab.settings import SETTINGS, check_setting, check_settings
from d2lmini.plotting import use_svg_display
from d2lmini.svg import forms

# fmt: off
BATCH_SIZES = [
    1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 100, 125, 150, 200, 250,
    300, 375, 500, 600, 750, 1000, 1250, 1500,
]
RATES = [
    0.0005, 0.0007, 0.001, 0.0015, 0.002, 0.003, 0.004, 0.005, 0.006, 0.008, 0.01, 0.015, 0.02,
    0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7,
    0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.98, 1.0, 1.05, 1.1, 1.2, 1.4, 1.6, 2.0,
]
# fmt: on
"""The values of the sliders: round numbers, evenly spread on a logarithmic scale, and closer where
gradient descent begins to diverge. Any other value can be set from Python or in the address."""

CSS = Path(__file__).with_name("lab.css")
STILL: dict[str, Any] = {"batch_size": 10, "lr": 0.05, "num_epochs": 2}
"""The run of the picture that is shown where the lab cannot run."""


def table_bytes() -> bytes:
    """Return the data that the lab trains on.

    Returns
    -------
    bytes
        1500 rows of five features and the target, as little-endian 32-bit floats.
    """
    features, target = whitened_airfoil()
    return np.c_[features, target].astype("<f4").tobytes()


class Setting(traitlets.TraitType):
    """A setting that Python and the browser share; a value that is not allowed raises an error.

    Parameters
    ----------
    name : str
        A key of `d2lmini.lab.settings.SETTINGS`.
    """

    def __init__(self, name: str) -> None:
        super().__init__(default_value=SETTINGS[name]["default"])
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> Any:
        """Return the value of a setting if it is allowed.

        Parameters
        ----------
        obj : Lab
        value : Any
            The new value.

        Returns
        -------
        Any

        Raises
        ------
        TypeError, ValueError
            If the value is not allowed.
        """
        return check_setting(self.name, value)


class Lab(anywidget.AnyWidget):
    """Minibatch SGD on the airfoil table, trained by the browser that shows it.

    It needs no kernel. With one, a button runs the same settings with `d2lmini.torch.train_ch11`,
    and draws that curve over the browser's. Where no widget can be shown, the picture of a run in
    NumPy is shown instead.

    Parameters
    ----------
    **settings
        First settings: ``batch_size`` (1 to 1500), ``lr`` (0.0001 to 5), ``num_epochs`` (1 to 20),
        ``momentum`` (0 to 0.99), ``seed`` (0 to 9999); ``replacement``, ``decay`` and ``genie``
        are True or False.

    Attributes
    ----------
    table : bytes
        What `table_bytes` returns.
    batch_sizes, rates : list
        The values of the two sliders.
    batch_size, lr, num_epochs, momentum, replacement, decay, genie, seed
        The settings of the run, which can be read and set.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range; also when it is set later.

    Examples
    --------
    >>> lab = Lab(batch_size=100, lr=0.4)
    >>> lab.momentum = 0.5
    """

    _esm = bundle()
    _css = CSS.read_text(encoding="utf8")

    table = traitlets.Bytes().tag(sync=True)
    batch_sizes = traitlets.List(traitlets.Int(), BATCH_SIZES).tag(sync=True)
    rates = traitlets.List(traitlets.Float(), RATES).tag(sync=True)
    batch_size = Setting("batch_size")
    lr = Setting("lr")
    num_epochs = Setting("num_epochs")
    momentum = Setting("momentum")
    replacement = Setting("replacement")
    decay = Setting("decay")
    genie = Setting("genie")
    seed = Setting("seed")

    def __init__(self, **settings: Any) -> None:
        super().__init__(table=table_bytes(), **check_settings(settings))
        self.on_msg(self._reply)

    def _reply(self, widget: Any, content: dict[str, Any], buffers: Any) -> None:
        """Reply to a message, also after an error: the page's button waits for it."""
        if content.get("kind") == "hello":
            self.send({"kind": "ready"})
        if content.get("kind") != "train":
            return
        request = {"id": content.get("id")}
        try:
            from d2lmini.lab.reference import train  # imports torch, which the lab does not need

            settings = content["settings"]
            self.send({"kind": "curve", **request, "settings": settings, **train(settings)})
        except (Exception, KeyboardInterrupt) as error:
            message = f"{type(error).__name__}: {error}"
            self.send({"kind": "error", **request, "message": message})

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the widget and its still; the metadata are for a page that hosts the module."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        still = _still()
        state = {name: getattr(self, name) for name in (*SETTINGS, "batch_sizes", "rates")}
        hosted = {"module": "lab", "description": still["text/plain"], "state": state}
        return {**data, **still}, {**metadata, "d2lmini": hosted}


def _still() -> dict[str, str]:
    """Return the picture of one run, for where no widget is shown."""
    losses = _losses(**STILL)
    use_svg_display()
    figure = Figure(figsize=(5, 3))
    axes = figure.subplots()
    axes.plot(STILL["batch_size"] * np.arange(len(losses)), losses)
    axes.set_xlabel("examples seen")
    axes.set_ylabel("loss")
    sentence = (
        f"One run of minibatch SGD in NumPy, b = {STILL['batch_size']}, lr = {STILL['lr']}: after "
        f"{STILL['num_epochs']} epochs the loss is {losses[-1]:.4f}. The lab itself draws other "
        "random numbers."
    )
    return forms(figure, sentence)


def _losses(batch_size: int, lr: float, num_epochs: int) -> list[float]:
    """Return the loss before each step of a run, and after the last one."""
    features, target = (a.astype(float) for a in whitened_airfoil())
    X, n = np.c_[features, np.ones(len(target))], len(target)
    rng, w, losses = np.random.default_rng(0), np.zeros(6), []
    for _ in range(num_epochs):
        for rows in rng.permutation(n).reshape(-1, batch_size):
            losses.append(((X @ w - target) ** 2).mean() / 2)
            w -= lr * X[rows].T @ (X[rows] @ w - target[rows]) / batch_size
    return [*losses, ((X @ w - target) ** 2).mean() / 2]
