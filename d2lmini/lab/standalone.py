"""The lab as a script of a web page that has no widget manager, opened from a disk or a server."""

import base64
import json

from d2lmini.lab.bundle import bundle
from d2lmini.lab.widget import CSS, table_bytes

_EXPORT = "export default "


def script(name: str = "lab") -> str:
    """Return a classic script that hands the lab to the page.

    It calls ``hostModule(name, module, parts)``, which the page defines: ``module`` has the
    function ``render``; ``parts`` has the style sheet, ``css``, and ``bytes``, the values of the
    module's state that are no JSON, in base64.

    Parameters
    ----------
    name : str
        What the page calls the module.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the bundle has not one default export.
    """
    module = bundle()
    if module.count(_EXPORT) != 1:
        raise ValueError(f"the bundle has {module.count(_EXPORT)} default exports: must have 1")
    table = base64.b64encode(table_bytes()).decode()
    parts = {"css": CSS.read_text(encoding="utf8"), "bytes": {"table": table}}
    # Modules are strict and have a scope of their own; so has the function.
    body = f'(() => {{\n"use strict";\n{module.replace(_EXPORT, "return ")}}})()'
    return f"hostModule({json.dumps(name)}, {body}, {json.dumps(parts)});\n"
