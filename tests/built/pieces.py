"""Pieces in a page that has nothing else, opened from a disk."""

import json
from pathlib import Path

from d2lbook.security_policy import with_policy
from d2lbook.written import Page

from d2lmini.lab.standalone import script

HERE = Path(__file__).parent

DARK = """() => {
    document.documentElement.dataset.theme = "dark";
    document.body.style.cssText = "background: #14181e; color: #ced6dd; " +
        "--pst-color-text-base: #ced6dd; --pst-color-background: #14181e; " +
        "--d2l-secondary: #a9b4bf; --d2l-line: #3b434c";
}"""
"""Gives the bare page the colours that the book has in the dark."""


def open_piece(new_reader, folder, piece, query="", **options):
    """Open a page with one piece in its first settings, under the policy that the book gives it."""
    page = (HERE / "bare_page.html").read_text(encoding="utf8")
    page = page.replace("<main>", f'<main data-module="{piece.module}">')
    (folder / "bare_page.html").write_text(with_policy(page, Page(page)), encoding="utf8")
    state = piece()._repr_mimebundle_()[1]["d2lmini"]["state"]
    (folder / "settings.js").write_text(f"const SETTINGS = {json.dumps(state)};", encoding="utf8")
    (folder / "piece.js").write_text(script(piece), encoding="utf8")
    reader = new_reader(folder.as_uri(), **options)
    reader.open(f"bare_page.html{query}")
    return reader
