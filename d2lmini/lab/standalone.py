"""The pieces as scripts of a web page without a widget manager, from a disk or a server."""

import base64
import json

from d2lmini.lab.bundle import bundle
from d2lmini.lab.piece import Piece, style

_EXPORT = "export default "


def script(piece: type[Piece]) -> str:
    """Return a classic script that hands a piece to the page.

    It calls ``hostModule(name, module, parts)``, which the page defines: ``module`` has the
    function ``render``; ``parts`` has the style sheet, ``css``, and what the program is given
    beside its settings: ``values``, and ``bytes`` in base64.

    Parameters
    ----------
    piece : type
        A subclass of `Piece`.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the bundle has not one default export.
    """
    module = bundle(piece.module)
    if module.count(_EXPORT) != 1:
        raise ValueError(f"the bundle has {module.count(_EXPORT)} default exports: must have 1")
    data = piece.data()
    encoded = {k: base64.b64encode(v).decode() for k, v in data.items() if isinstance(v, bytes)}
    values = {name: value for name, value in data.items() if name not in encoded}
    parts = {"css": style(piece.module), "bytes": encoded, "values": values}
    # Modules are strict and have a scope of their own; so has the function.
    body = f'(() => {{\n"use strict";\n{module.replace(_EXPORT, "return ")}}})()'
    return f"hostModule({json.dumps(piece.module)}, {body}, {json.dumps(parts)});\n"
