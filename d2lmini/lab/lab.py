"""The lab: minibatch SGD that trains in the browser, over a map of batch sizes and rates."""

from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from d2lmini.lab.lab_run import losses
from d2lmini.lab.piece import Piece
from d2lmini.lab.problem import constants, table_bytes


class Lab(Piece):
    """Minibatch SGD on the airfoil table, trained by the browser that shows it.

    It needs no kernel. With one, a button runs the same settings with `d2lmini.torch.train_ch11`,
    and draws that curve over the browser's. Where no widget can be shown, a picture of the run is
    shown instead.

    Parameters
    ----------
    **settings
        First settings: ``batch_size`` (1 to 1500), ``lr`` (0.0001 to 5), ``budget`` (equal
        ``"examples"``, ``"steps"`` or ``"time"``), ``num_epochs`` (1 to 20), ``momentum`` (0 to
        0.99), ``copies`` of the data (1 to 10), ``seed`` (0 to 9999); ``replacement``, ``decay``
        and ``grow`` are True or False. ``across`` and ``up`` name the two weights of the swarm,
        ``start_across`` and ``start_up`` are their first values; ``axis`` is what the curve is
        drawn against, ``split`` whether its expected value is split; ``pins`` are pinned runs.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range, or ``across`` and ``up`` name the same weight;
        also when it is set later.

    Examples
    --------
    >>> lab = Lab(batch_size=100, lr=0.4)
    >>> lab.momentum = 0.5
    """

    module = "lab"

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.on_msg(self._reply)

    @classmethod
    def data(cls) -> dict[str, Any]:
        """Return the rows of the table and their moments."""
        return {"table": table_bytes(), "constants": constants()}

    @traitlets.validate("across", "up")
    def _check_other_weight(self, proposal: dict[str, Any]) -> str:
        """Return the name of a weight if the other axis of the swarm has another one."""
        name, value = proposal["trait"].name, str(proposal["value"])
        other = "up" if name == "across" else "across"
        if value == getattr(self, other):
            raise ValueError(f"{name}={value!r}: must be another weight than {other} has")
        return value

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
            curve = train(settings, content["steps"])
            self.send({"kind": "curve", **request, "settings": settings, **curve})
        except (Exception, KeyboardInterrupt) as error:
            message = f"{type(error).__name__}: {error}"
            self.send({"kind": "error", **request, "message": message})

    def still(self) -> tuple[Figure, str]:
        """Draw the run of the settings, with the same random numbers as in the browser."""
        settings = {name: getattr(self, name) for name in self.table_of_settings}
        examples, values = losses(settings)
        figure = Figure(figsize=(5, 3))
        axes = figure.subplots()
        axes.plot(examples, np.subtract(values, constants()["floor"]))
        axes.set(xlabel="examples seen", ylabel="loss above the floor", yscale="log")
        sentence = (
            f"The lab's run at batch size {self.batch_size} and learning rate {self.lr:g}: after "
            f"{examples[-1]:,} examples {_end(values)}."
        )
        return figure, sentence


def _end(values: list[float]) -> str:
    """Return the end of a run in words."""
    return f"the loss is {values[-1]:.4f}" if values[-1] <= values[0] else "it has diverged"
