"""Which lines of JavaScript ran, from what Node writes where ``NODE_V8_COVERAGE`` says.

c8, which reads the same, starts the program that it measures: here Python does, in many tests.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

IMPORT = re.compile(r'^(?:import|export)\b[^;"]*"(\.{1,2}/[^"]+)"', re.MULTILINE)
COMMENT = re.compile(r"\s*(//|/?\*)")
WORD = re.compile(r"[\w$]+")


def with_imports(starts: Iterable[Path]) -> list[Path]:
    """Return modules and all that they import by a relative path, sorted.

    Parameters
    ----------
    starts : iterable of Path
    """
    found: set[Path] = set()
    left = [path.resolve() for path in starts]
    while left:
        path = left.pop()
        if path not in found:
            found.add(path)
            names = IMPORT.findall(path.read_text(encoding="utf8"))
            left += [(path.parent / name).resolve() for name in names]
    return sorted(found)


def code_lines(text: str) -> dict[int, list[tuple[int, int]]]:
    """Return where the words of each line of code begin and end.

    Blank lines, comments and lines of braces alone have none. An ``export`` is none either, since
    V8 counts it as part of the module and not of what is exported. Offsets count UTF-16 units, as
    V8's do.

    Parameters
    ----------
    text : str
        A module as Biome formats it: a comment of several lines begins each with a star.
    """
    lines, offset = {}, 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if not COMMENT.match(line):
            words = [word.span() for word in WORD.finditer(line) if word[0] != "export"]
            places = [(offset + units(line[:a]), offset + units(line[:b])) for a, b in words]
            if places:
                lines[number] = places
        offset += units(line)
    return lines


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units.

    Parameters
    ----------
    text : str
    """
    return len(text.encode("utf-16-le")) // 2


def ran(functions: list[dict[str, Any]], size: int) -> bytearray:
    """Return a 1 for each character that ran in one process, as V8 reports its functions.

    Parameters
    ----------
    functions : list of dict
        Each has ranges with a count; inner ones say more than those around them.
    size : int
        The length of the script.
    """
    ranges = [one for function in functions for one in function["ranges"]]
    marks = bytearray(size)
    for one in sorted(ranges, key=lambda one: (one["startOffset"], -one["endOffset"])):
        start, end = one["startOffset"], min(one["endOffset"], size)
        marks[start:end] = bytes([one["count"] > 0]) * (end - start)
    return marks


def reports(folder: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the address of every script that a process loaded, and its functions.

    Parameters
    ----------
    folder : Path
        Where Node wrote.
    """
    for path in folder.glob("coverage-*.json"):
        for script in json.loads(path.read_text(encoding="utf8"))["result"]:
            yield script["url"], script["functions"]


def missed_lines(folder: Path, modules: list[Path]) -> dict[Path, tuple[int, list[int]]]:
    """Return of each module how many lines have code, and those of which nothing ran.

    Parameters
    ----------
    folder : Path
        Where Node wrote.
    modules : list of Path
    """
    texts = {path.as_uri(): path.read_text(encoding="utf8") for path in modules}
    marks = {address: bytearray(units(text)) for address, text in texts.items()}
    for address, functions in reports(folder):
        if address in marks:
            here = ran(functions, len(marks[address]))
            marks[address] = bytearray(a | b for a, b in zip(marks[address], here, strict=True))
    found = {}
    for path in modules:
        lines = code_lines(texts[path.as_uri()])
        seen = marks[path.as_uri()]
        missed = [
            number
            for number, words in lines.items()
            if not any(any(seen[start:end]) for start, end in words)
        ]
        found[path] = (len(lines), missed)
    return found
