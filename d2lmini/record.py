"""Numbers that a notebook measures and other pages of the book quote."""

from typing import Any

from IPython.display import display


def record(**values: Any) -> None:
    """Store values in the notebook under their names; nothing is shown.

    Parameters
    ----------
    **values
        Numbers or strings. A page quotes one with the role ``glue:text``.

    Notes
    -----
    The format is that of ``myst_nb.glue``. Importing that takes longer than many a notebook runs,
    and a reader who only runs the notebooks need not have it.
    """
    prefix = "application/papermill.record/"
    for name, value in values.items():
        plain = value.item() if hasattr(value, "item") else value
        display(
            {f"{prefix}text/plain": repr(plain)},
            raw=True,
            metadata={"scrapbook": {"name": name, "mime_prefix": prefix}},
        )
