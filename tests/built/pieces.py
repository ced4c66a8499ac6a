"""Pieces in a page that has nothing else, opened from a disk."""

import json
from pathlib import Path

from d2lbook.security_policy import with_policy
from d2lbook.written import Page

from d2lmini.lab import Products
from d2lmini.lab.standalone import script

HERE = Path(__file__).parent

SECONDS = {"element": 0.65536, "column": 0.0256, "block of 64": 0.0008, "full": 0.0002}
"""What the four products take in tests."""

HEADING = (
    "() => document.querySelector('main').insertAdjacentHTML('afterbegin', '<h1>A piece</h1>')"
)
"""Gives the bare page the heading that a page has."""

DARK = """() => {
    document.documentElement.dataset.theme = "dark";
    document.body.style.cssText = "background: #14181e; color: #ced6dd; " +
        "--pst-color-text-base: #ced6dd; --pst-color-background: #14181e; " +
        "--d2l-secondary: #a9b4bf; --d2l-line: #3b434c";
}"""
"""Gives the bare page the colours that the book has in the dark."""


def products_of(seconds):
    """Return the piece of the four products with measured times."""

    class Measured(Products):
        def __init__(self):
            super().__init__(seconds)

    return Measured


def write_piece(folder, piece):
    """Write a page with one piece in its first settings, under the policy that the book gives it.

    Return its address.
    """
    page = (HERE / "bare_page.html").read_text(encoding="utf8")
    page = page.replace("<main>", f'<main data-module="{piece.module}">')
    (folder / "bare_page.html").write_text(with_policy(page, Page(page)), encoding="utf8")
    made = piece()
    state = {name: getattr(made, name) for name in (*made.table_of_settings, *made.handed)}
    (folder / "settings.js").write_text(f"const SETTINGS = {json.dumps(state)};", encoding="utf8")
    (folder / "piece.js").write_text(script(piece), encoding="utf8")
    return (folder / "bare_page.html").as_uri()


def open_piece(new_reader, folder, piece, query="", **options):
    """Open the page of a piece, in Chromium."""
    write_piece(folder, piece)
    reader = new_reader(folder.as_uri(), **options)
    reader.open(f"bare_page.html{query}")
    return reader
