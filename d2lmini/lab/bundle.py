"""Join the lab's small ES modules into the one that a widget can be given."""

import re
from pathlib import Path

JS = Path(__file__).with_name("js")
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./(\w+)\.js";\n', re.M)
_DATA = re.compile(r'^import (\w+) from "\./(\w+\.json)" with \{ type: "json" \};\n', re.M)


def bundle(entry: str = "widget") -> str:
    """Return a module and all it imports, each once and after what it imports itself, as one text.

    Parameters
    ----------
    entry : str
        The module's name, without ``.js``.

    Returns
    -------
    str
        An ES module without imports, with the exports of ``entry`` only.

    Notes
    -----
    A widget's module is loaded from a blob, where relative imports lead nowhere. The modules share
    one scope then, so their top-level names differ; a test sees to that. A JSON file becomes a
    constant; one module may import it.
    """
    texts: dict[str, str] = {}

    def add(name: str) -> None:
        source = (JS / f"{name}.js").read_text(encoding="utf8")
        for match in _IMPORT.finditer(source):
            if match[2] not in texts:
                add(match[2])
        texts[name] = _DATA.sub(_constant, _IMPORT.sub("", source))

    add(entry)
    inner = [re.sub(r"^export (?!default)", "", text, flags=re.M) for text in texts.values()]
    return "\n".join(inner)


def _constant(match: re.Match[str]) -> str:
    return f"const {match[1]} = {(JS / match[2]).read_text(encoding='utf8').rstrip()};\n"
