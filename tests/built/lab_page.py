"""The lab in the built book, opened from a disk and driven as a reader would."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.built.pages import LAB
from tests.built.reader import draw_widgets

LOSS = "Loss against examples seen"
CLOCK = "Loss against time in this browser"
PATH = "The path of two weights"
NOISE = "Minibatch gradients"

FLOOR = 0.24169
"""The least loss of the data, from the normal equations."""

# Until the time of a step is measured, the result says about how long a run takes.
MEASURED = "!document.querySelector('.lab-result').innerText.includes('about')"

QUESTIONS = Path(__file__).with_suffix(".js")
"""What is asked of the page from within."""


class Lab:
    """The page of the lab, opened again and again in one context."""

    def __init__(self, reader):
        self.reader = reader
        self.page = reader.page
        self.result = self.page.locator(".lab-result")
        self.legend = self.page.locator(".lab-legend li")
        self.charts = self.page.locator(".lab-chart")

    def open(self, query="", motion="no-preference"):
        """Open the lab with the settings of a query; wait until a step has been timed."""
        self.page.emulate_media(reduced_motion=motion)
        self.reader.open(f"{LAB}{query}")
        draw_widgets(self.page)
        self.page.add_script_tag(path=QUESTIONS)
        self.page.wait_for_function(MEASURED)
        return self

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
        return float(re.search(r"the loss is (\d\.\d+)", self.result.inner_text())[1])

    def chart(self, title):
        return self.page.locator(".lab-chart", has=self.page.locator(f"h2:text-is('{title}')"))

    def summary(self, title):
        """What a picture says of itself."""
        return self.chart(title).locator(":scope > svg").get_attribute("aria-label")

    def lines(self, title):
        """What a picture draws."""
        return self.chart(title).locator(":scope > svg").inner_html()

    def points_of_path(self):
        return self.page.evaluate("pointsOfPath()")

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
