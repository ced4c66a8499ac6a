"""What the pieces have in common that a reader can touch: programs that run in the browser."""

from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets
from matplotlib.figure import Figure

from d2lmini.lab.bundle import bundle
from d2lmini.lab.settings import Setting, check_settings, load_table
from d2lmini.plotting import use_svg_display
from d2lmini.svg import forms

CSS = Path(__file__).with_name("css")


class Piece(anywidget.AnyWidget):
    """A program in JavaScript, its settings, and a picture for where it cannot run.

    A subclass names the ``module``: its program is ``js/MODULE.js``, the table of its settings
    ``js/MODULE.json``, its style sheet ``css/MODULE.css``, beside the ``common.css`` of all.

    Parameters
    ----------
    **settings
        First settings, by the names of the table; each is an attribute that can be read and set.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or out of its range; also when it is set later.
    """

    module: ClassVar[str]
    handed: ClassVar[tuple[str, ...]] = ()
    """Traits that a page keeps beside the settings: what a cell of a notebook measured. They are
    given when the piece is made, and can only be read afterwards."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let nothing be assigned to what was measured."""
        super().__init_subclass__(**kwargs)
        for name in cls.handed:
            getattr(cls, name).read_only = True

    def __init__(self, **settings: Any) -> None:
        self.table_of_settings = load_table(self.module)
        given = {name: settings.pop(name) for name in self.handed}
        chosen, data = check_settings(self.table_of_settings, settings), self.data()
        self._esm, self._css = bundle(self.module), style(self.module)
        self.add_traits(
            **{name: Setting(self.table_of_settings, name) for name in chosen},
            **{name: _shared(value) for name, value in data.items()},
        )
        for name, value in given.items():
            self.set_trait(name, value)
        super().__init__(**chosen, **data)

    @classmethod
    def data(cls) -> dict[str, Any]:
        """Return what the program is given beside its settings.

        Returns
        -------
        dict
            Name -> bytes, which are a DataView in the browser, or what JSON can hold.
        """
        return {}

    def still(self) -> tuple[Figure, str]:
        """Draw the picture that is shown where the program cannot run.

        Returns
        -------
        Figure
        str
            What the picture shows, in words.
        """
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the widget and its still; the metadata are for a page that hosts the module."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        use_svg_display()
        still = forms(*self.still())
        names = (*self.table_of_settings, *self.handed)
        hosted = {
            "module": self.module,
            "description": still["text/plain"],
            "state": {name: getattr(self, name) for name in names},
            "parameters": [one["parameter"] for one in self.table_of_settings.values()],
        }
        return {**data, **still}, {**metadata, "d2lmini": hosted}


def style(module: str) -> str:
    """Return the style sheet of a piece.

    Parameters
    ----------
    module : str
        Its name.

    Returns
    -------
    str
    """
    return "\n".join((CSS / f"{name}.css").read_text("utf8") for name in ("common", module))


def _shared(value: Any) -> traitlets.TraitType[Any, Any]:
    """Return the trait of a value that the browser is given."""
    trait = traitlets.Bytes() if isinstance(value, bytes) else traitlets.Any()
    return trait.tag(sync=True)
