"""Live cells in a page that has nothing else, with an engine that stands in for the real one."""

import html
import shutil
from pathlib import Path

from d2lbook.live import controls, write_page_side
from d2lbook.security_policy import with_policy
from d2lbook.written import Page

from tests.contents import ROOT

HERE = Path(__file__).parent
SITE = ROOT / "book" / "site"

EXERCISE = {
    "key": "exercise division",
    "exercise": "division",
    "task": "Find the fault.",
    "hints": ["The first hint.", "The second <hint>."],
    "solution": 'def right():\n    return "<b>"',
}
PAGE = """<!doctype html>
<html lang="en" data-theme="{theme}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Live cells</title>
<link rel="stylesheet" href="page.css">
<link rel="stylesheet" href="live.css">
<style>
  html {{ --pst-color-background: #fff; --pst-color-text-base: #24292f;
    --pst-color-accent: #a33c00 }}
  [data-theme=dark] {{ --pst-color-background: #14181e; --pst-color-text-base: #ced6dd;
    --pst-color-accent: #ffb27a }}
  body {{ background: var(--pst-color-background); color: var(--pst-color-text-base) }}
  main {{ padding-inline: 1rem }}  /* as in the book: figures take it on a telephone */
  pre {{ font-family: monospace; line-height: 1.25; overflow: auto }}
</style>
<main class="bd-article"><h1>Live cells</h1>{cells}</main>
<script defer src="live/live.js"></script>
</html>"""
CELL = """<div class="cell d2l-live"><div class="cell_input"><div class="highlight">
<pre id="code{number}"><span></span>{code}
</pre></div></div>{controls}<div class="cell_output"><pre>as it was executed</pre></div></div>"""


def write_page(folder, cells, theme="light"):
    """Write a page with cells, pairs of code and data, under the policy that the book gives it."""
    for name in ("page.css", "live.css"):
        shutil.copy(SITE / "static" / name, folder)
    if not (folder / "live").exists():
        write_page_side(folder / "live")
        shutil.copy(HERE / "fake_engine.js", folder / "live" / "engine.js")
    markup = "".join(
        CELL.format(number=number, code=html.escape(code), controls=controls(data))
        for number, (code, data) in enumerate(cells)
    )
    page = PAGE.format(cells=markup, theme=theme)
    (folder / "page.html").write_text(with_policy(page, Page(page)), encoding="utf8")


class LiveCell:
    """One cell of a page, and what a reader does with it."""

    def __init__(self, page, index=0):
        self.page = page
        self.element = page.locator(".d2l-live").nth(index)
        self.status = self.element.locator(".d2l-live-bar").get_by_role("status")
        self.editor = self.element.get_by_role("textbox")
        self.output = self.element.locator(".d2l-live-output")
        self.executed = self.element.locator(".cell_output")
        self.verdict = self.element.locator(".d2l-live-verdict")
        self.curve = self.output.locator(".d2l-live-curve > svg")

    def press(self, name):
        self.element.get_by_role("button", name=name, exact=True).click()

    def write(self, text):
        """Replace the text by another, as a reader does; the editor indents by itself."""
        self.editor.click()
        self.element.locator(".cm-content").focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    @property
    def text(self):
        return "\n".join(self.element.locator(".cm-line").all_text_contents())
