"""The lab in a bare page, opened from a disk and driven as a reader would."""

import math
import re
from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from tests.built.lab_numbers import RATES, middle_of_cell

QUESTIONS = Path(__file__).with_suffix(".js")
"""What is asked of the page from within."""

MAP = "() => document.querySelector('.d2l-lab .lab-map-best')"
"""In JavaScript: whether the cells of the map are trained, and the lines of theory computed.

It is a function, because a page's policy does not let Playwright evaluate a text again and again.
"""


class LabPage:
    """The page of the lab, opened again and again in one context."""

    RESULT = re.compile(r"^b = \d")
    """What the sentence of a run begins with."""

    def __init__(self, reader):
        self.reader = reader
        self.page = reader.page
        self.page.add_init_script(path=QUESTIONS)
        self.spoken = []
        self.page.on("console", lambda message: self.spoken.append(message.text))
        self.result = self.page.locator(".lab-result")
        self.map = self.page.locator(".lab-map-plot > svg")
        self.swarm = self.page.locator(".lab-swarm-plot > svg")
        self.curve = self.page.locator(".lab-curve-plot > svg")
        self.pins = self.page.locator(".lab-pins li:not(.lab-pin-hint)")

    def open(self, query="", motion="reduce"):
        """Open the lab with the settings of a query; by default nothing plays by itself."""
        self.page.emulate_media(reduced_motion=motion)
        self.reader.open(f"bare_page.html{query}")
        expect(self.result).to_have_text(self.RESULT)
        return self

    def forget(self):
        """Forget what went wrong, and what the console said."""
        self.reader.forget()
        self.spoken.clear()

    def expect_quiet(self):
        """Nothing went wrong, nothing was asked of another machine, the console is empty."""
        assert self.reader.errors == self.reader.external_requests == self.spoken == []

    def wait_for_seeds(self):
        """Wait until all seeds of the swarm are trained."""
        expect(self.page.locator(".lab-swarm figcaption")).to_contain_text("200 seeds")
        return self

    def wait_for_map(self):
        """Wait until the map is complete."""
        self.page.wait_for_function(MAP)
        return self

    def ask(self, name, *arguments):
        """Call a function of `QUESTIONS`."""
        return self.page.evaluate(f"(all) => {name}(...all)", list(arguments))

    # --- What is said

    def expect_settings(self, text):
        """Wait until the result begins with settings."""
        expect(self.result).to_have_text(re.compile(rf"^{re.escape(text)}:"))

    def expect_in_result(self, text):
        expect(self.result).to_contain_text(text)

    @property
    def settings(self):
        """The settings as the result names them."""
        return self.result.inner_text().split(":")[0]

    @property
    def loss(self):
        """The final loss as the result gives it."""
        return float(re.search(r"loss (\d\.\d{4}),", self.result.inner_text())[1])

    def caption(self, figure):
        return self.page.locator(f".lab-{figure} figcaption").inner_text()

    # --- What is drawn

    def cell(self, batch_size, rate):
        """Return where the middle of a cell of the map is on the screen."""
        return middle_of_cell(self.ask("boxOf", ".lab-map-plot canvas"), batch_size, rate)

    def rate_at(self, x):
        """Return the rate that is drawn at a place of the map."""
        box = self.ask("boxOf", ".lab-map-plot canvas")
        column = (x - box["x"]) / box["width"] * len(RATES) - 0.5
        return math.exp(np.interp(column, range(len(RATES)), np.log(RATES)))

    def dots(self):
        """Return the places of the swarm's dots in its picture, a row each."""
        return np.array([[dot["x"], dot["y"]] for dot in self.ask("dots")])

    # --- What is done

    def slider(self, name):
        return self.page.get_by_role("slider", name=name, exact=True)

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, name):
        self.button(name).click()

    def enter(self, label, value):
        """Type a number, and leave the field."""
        self.page.get_by_label(label, exact=True).fill(value)
        self.page.keyboard.press("Tab")

    def choose(self, label, option):
        self.page.get_by_role("combobox", name=label, exact=True).select_option(option)
