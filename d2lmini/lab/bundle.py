"""Join the lab's small ES modules into the one that a widget can be given."""

import re
from pathlib import Path

JS = Path(__file__).with_name("js")

# Only for modules of ours, which biome has formatted; what it leaves is no valid module.
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.M)
_DATA = re.compile(r'^import (\w+) from "\./(\w+\.json)" with \{ type: "json" \};\n', re.M)
_EXPORT = re.compile(r"^export (?!default)", re.M)
_COMMENT = re.compile(r"^ *(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.M | re.S)


def bundle(entry: str = "widget") -> str:
    """Return a module and all it imports, each once and after what it imports itself, as one text.

    Parameters
    ----------
    entry : str
        The module's name, without ``.js``.

    Returns
    -------
    str
        An ES module without imports, with the exports of ``entry`` only, and without the lines
        that are comments.

    Raises
    ------
    ValueError
        If modules import each other in a circle, or an import has another form than ours have.

    Notes
    -----
    A widget's module is loaded from a blob, where relative imports lead nowhere. The modules share
    one scope then, so their top-level names differ; a test sees to that. A JSON file becomes a
    constant; one module may import it.
    """
    texts: dict[str, str] = {}

    def add(name: str, importing: tuple[str, ...]) -> None:
        if name in importing:
            raise ValueError(f"modules import each other: {' > '.join([*importing, name])}")
        source = (JS / f"{name}.js").read_text(encoding="utf8")
        for match in _IMPORT.finditer(source):
            if match[1] not in texts:
                add(match[1], (*importing, name))
        texts[name] = _strip(name, source)

    add(entry, ())
    return "\n".join(texts.values())


def _strip(name: str, source: str) -> str:
    """Return a module's own code, without imports, exports and comments."""
    text = _DATA.sub(_constant, _IMPORT.sub("", source))
    if re.search(r"^import\b", text, re.M):
        raise ValueError(f'{name}.js: imports must be `import {{ names }} from "./module.js";`')
    return re.sub(r"\n{3,}", "\n\n", _EXPORT.sub("", _COMMENT.sub("", text))).lstrip()


def _constant(match: re.Match[str]) -> str:
    return f"const {match[1]} = {(JS / match[2]).read_text(encoding='utf8').rstrip()};\n"
