"""Join the small ES modules of a piece into the one that a widget can be given."""

import re
from pathlib import Path

JS = Path(__file__).with_name("js")

# Only for modules of ours, which biome has formatted; what it leaves is no valid module.
_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/[\w/.]+\.js)";\n', re.M)
_DATA = re.compile(r'^import (\w+) from "(\.{1,2}/[\w/.]+\.json)" with \{ type: "json" \};\n', re.M)
_EXPORT = re.compile(r"^export (?!default)", re.M)
_COMMENT = re.compile(r"^ *(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.M | re.S)


def modules(entry: str) -> dict[Path, str]:
    """Return a module and all it imports, each once and after what it imports itself.

    Parameters
    ----------
    entry : str
        The module's name, without ``.js``.

    Returns
    -------
    dict
        Path -> the module's own code: no imports, exports, or lines that are comments.

    Raises
    ------
    ValueError
        If modules import each other in a circle, or an import has another form than ours have.
    """
    texts: dict[Path, str] = {}

    def add(path: Path, importing: tuple[Path, ...]) -> None:
        if path in importing:
            names = " > ".join(one.stem for one in (*importing, path))
            raise ValueError(f"modules import each other: {names}")
        source = path.read_text(encoding="utf8")
        for match in _IMPORT.finditer(source):
            imported = (path.parent / match[1]).resolve()
            if imported not in texts:
                add(imported, (*importing, path))
        texts[path] = _strip(path, source)

    add((JS / f"{entry}.js").resolve(), ())
    return texts


def bundle(entry: str) -> str:
    """Return a module and all it imports as one text.

    Parameters
    ----------
    entry : str
        The module's name, without ``.js``.

    Returns
    -------
    str
        An ES module without imports, with the default export of ``entry`` only.

    Raises
    ------
    ValueError
        As `modules`.

    Notes
    -----
    A widget's module is loaded from a blob, where relative imports lead nowhere. The modules share
    one scope then, so their top-level names differ; a test sees to that. A JSON file becomes a
    constant; one module may import it.
    """
    return "\n".join(modules(entry).values())


def _strip(path: Path, source: str) -> str:
    """Return a module's own code, without imports, exports and comments."""

    def constant(match: re.Match[str]) -> str:
        data = (path.parent / match[2]).read_text(encoding="utf8").rstrip()
        return f"const {match[1]} = {data};\n"

    text = _DATA.sub(constant, _IMPORT.sub("", source))
    if re.search(r"^import\b", text, re.M):
        raise ValueError(f'{path.name}: imports must be `import {{ names }} from "./module.js";`')
    return re.sub(r"\n{3,}", "\n\n", _EXPORT.sub("", _COMMENT.sub("", text))).lstrip()
