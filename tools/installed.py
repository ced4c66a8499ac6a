"""Check the package as it is installed, in an environment without a framework or with one.

    PYTHON -I tools/installed.py [FLAVOUR]

Run by its path, and with `-I`, so that the package beside this folder is not the one imported.
"""

import importlib
import sys
from pathlib import Path

import d2lmini
from d2lmini import Timer
from d2lmini.data import download, whitened_airfoil
from d2lmini.exercises import NAMES
from d2lmini.lab import PIECES

FLAVOURS = ("torch", "jax", "tensorflow", "mxnet")
AFTER_TWO_EPOCHS = 0.3
"""A loss that two epochs of ten rows a step reach: it begins near 0.5 and ends near 0.24."""


def check_what_needs_no_framework() -> None:
    """Check the import, the data that comes with the package, the lab and the exercises."""
    check("import", Path(d2lmini.__file__).parents[1] != Path(__file__).parents[1])
    check("timer", Timer().stop() >= 0)
    features, target = whitened_airfoil()
    check("data", features.shape == (1500, 5) and target.shape == (1500,))
    check("table", Path(download("airfoil")).is_relative_to(Path(d2lmini.__file__).parent))
    check("lab", all("export default" in piece()._esm and piece()._css for piece in PIECES))
    check("types", Path(d2lmini.__file__).with_name("py.typed").exists())
    check("exercises", len(NAMES) > 0)


def check_errors() -> None:
    """Check that a flavour without its framework says what to install."""
    for flavour in FLAVOURS:
        try:
            importlib.import_module(f"d2lmini.{flavour}")
        except ImportError as error:
            check(f"error without {flavour}", f"pip install d2lmini[{flavour}]" in str(error))
        else:
            check(f"error without {flavour}", False)


def check_flavour(flavour: str) -> None:
    """Check that a flavour trains.

    Parameters
    ----------
    flavour : str
        A module of the package.
    """
    d2l = importlib.import_module(f"d2lmini.{flavour}")
    data, dimension = d2l.get_data_ch11(batch_size=10)
    _, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.05}, data, dimension, num_epochs=2)
    check(f"training with {flavour}", losses[-1] < AFTER_TWO_EPOCHS)


def check(what: str, holds: bool) -> None:
    """End the program, with the name of the check, if it failed.

    Parameters
    ----------
    what : str
        What was checked.
    holds : bool
        Whether it is as it should be.
    """
    if not holds:
        sys.exit(f"{what}: not as it should be in {Path(d2lmini.__file__).parent}")


if __name__ == "__main__":
    check_what_needs_no_framework()
    if len(sys.argv) > 1:
        check_flavour(sys.argv[1])
    else:
        check_errors()
