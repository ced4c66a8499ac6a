"""The pages that were written: what is done then, and what is in them (each is read once)."""

import functools
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from sphinx.application import Sphinx

WORDS_OF = {"class", "id", "data-module"}
"""Attributes whose words are kept."""

ACTIVE = {"action", "formaction", "href", "http-equiv", "src"}
"""Attributes that load, lead or do something, beside the handlers, which begin with "on"."""


class Element(NamedTuple):
    """An element with what it loads, where it leads, or what it runs."""

    tag: str
    attributes: dict[str, str]


class Page(HTMLParser):
    """A page, read by a parser.

    Attributes
    ----------
    words : set of (str, str)
        The attributes `WORDS_OF` and their words.
    elements : list of Element
        Those that load, lead or run something.
    scripts : list of str
        The programs in the markup.
    start : (int, int) or None
        The line, from one, and the column of the first element within the head that does not name
        the encoding, for which a browser looks in the first 1024 bytes.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: set[tuple[str, str]] = set()
        self.elements: list[Element] = []
        self.scripts: list[str] = []
        self.start: tuple[int, int] | None = None
        self._script: list[str] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        attributes = {name: value or "" for name, value in attrs}
        if self.start is None and tag not in ("html", "head") and "charset" not in attributes:
            self.start = self.getpos()
        for name in WORDS_OF & attributes.keys():
            self.words.update((name, word) for word in attributes[name].split())
        if ACTIVE & attributes.keys() or any(name[:2] == "on" for name in attributes):
            self.elements.append(Element(tag, attributes))
        if tag == "script" and "src" not in attributes and is_program(attributes.get("type")):
            self._script = []

    def handle_data(self, data: str) -> None:
        """Keep the text of a program."""
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Note a program."""
        if tag == "script" and self._script is not None:
            self.scripts.append("".join(self._script))
            self._script = None


def is_program(kind: str | None) -> bool:
    """Return whether a script of a type is run; what is not is data."""
    return not kind or kind == "module" or "javascript" in kind


@functools.cache
def read(path: Path) -> Page:
    """Return what is in the file of a page."""
    return Page(path.read_text(encoding="utf8"))


def when_written(app: Sphinx, work: Callable[[Sphinx], None], priority: int = 500) -> None:
    """Have a function called at the end of each build of HTML that succeeds.

    Parameters
    ----------
    app : Sphinx
    work : callable
        Takes the application.
    priority : int
        What has a higher one comes later.
    """

    def finish(app: Sphinx, exception: Exception | None) -> None:
        if exception is None and app.builder.format == "html":
            work(app)

    app.connect("build-finished", finish, priority=priority)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("env-updated", lambda app, env: read.cache_clear())
