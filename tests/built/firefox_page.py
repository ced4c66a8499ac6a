"""One piece in Firefox, alone in a page from a disk, and what a reader does with it."""

import json
from pathlib import Path

from tests.built.checks.access import OPEN_DETAILS
from tests.built.reader import AT_REST

QUESTIONS = Path(__file__).with_suffix(".js")
"""What is asked of the page from within."""

READY = {
    "clock": "texts('.clock-status')[0].includes('best minibatch is')",
    "lab": "document.querySelector('.lab-map-best') !== null"
    " && texts('.lab-swarm figcaption')[0].includes('200 seeds')",
}
"""In JavaScript: whether what a piece computes in the background is there."""


class FirefoxPage:
    """The page that a test opens, once."""

    def __init__(self, firefox, address_of):
        self.firefox, self.address_of = firefox, address_of

    def open(self, piece, query="", width=1280, height=900):
        """Open a piece, and wait for what it computes in the background."""
        page = (f"{self.address_of(piece)}{query}", width, height)
        self.firefox.open(*page)
        if not self.ask("document.hasFocus()"):  # a test that failed has led out of its page
            self.firefox.open_window()
            self.firefox.open(*page)
        self.wait_for(READY.get(piece.module, "true"))
        self.rest()

    def rest(self):
        """Wait for transitions, and until the browser has nothing to do."""
        self.firefox.call(AT_REST)

    def ask(self, expression):
        """Return the value of an expression in JavaScript; what it reads is of one moment."""
        return self.firefox.evaluate(expression)

    def call(self, function, *arguments):
        """Return the value of a function in JavaScript."""
        return self.firefox.call(function, *arguments)

    def texts(self, selector):
        return self.call("texts", selector)

    def wait_for(self, expression):
        """Wait until the value of an expression counts as true."""
        self.firefox.wait_for(expression)

    def wait_for_text(self, selector, text):
        """Wait until the first of some elements has a text in it."""
        self.wait_for(f"texts({json.dumps(selector)})[0].includes({json.dumps(text)})")

    def wait_for_value(self, text):
        """Wait until a slider says its name and value so."""
        self.wait_for(f"document.querySelector('[aria-valuetext={json.dumps(text)}]') !== null")

    def press_on(self, name, *keys):
        """Give the focus to the first control whose name begins so, and press keys."""
        self.call("focusOn", name)
        self.firefox.press(*keys)

    def enter(self, name, text):
        """Type a text in the place of another, and leave the field."""
        self.press_on(name, "Control+a", *text, "Tab")

    def open_details(self):
        """Unfold what can be unfolded; it is filled a moment later."""
        self.call(OPEN_DETAILS)
        self.rest()
