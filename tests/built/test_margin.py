"""Captions and definitions stand in the margin of a wide screen."""

from itertools import pairwise

import pytest

from tests.built.pages import PAGES

NOTES = ".d2l-definition, article figure:not(.d2l-frame, .d2l-piece *) > figcaption"

POSITIONS = """(notes) => {
  const text = Math.max(...[...document.querySelectorAll("article section > p")]
    .map((paragraph) => paragraph.getBoundingClientRect().right));
  const boxes = [...document.querySelectorAll(notes)]
    .map((note) => note.getBoundingClientRect())
    .map(({ left, right, top, bottom }) => ({ left, right, top, bottom }))
    .filter(({ left, right }) => right > left)
    .sort((one, other) => one.top - other.top);
  return { text, boxes, width: document.documentElement.clientWidth };
}"""


@pytest.mark.parametrize("name", PAGES)
def test_notes_stand_beside_the_text_and_not_on_each_other(name, new_reader):
    page = new_reader(viewport={"width": 1920, "height": 1080}).open(name)
    found = page.evaluate(POSITIONS, NOTES)
    boxes = found["boxes"]
    for box in boxes:
        assert found["text"] < box["left"]
        assert box["right"] < found["width"]
    for above, below in pairwise(boxes):
        assert above["bottom"] <= below["top"]


def test_a_definition_in_the_margin_names_its_term(new_reader):
    page = new_reader(viewport={"width": 1920, "height": 1080}).open("notebooks/variance.html")
    note = page.locator(".d2l-definition").first
    assert note.is_visible()
    assert note.inner_text().startswith("finite-population factor: The root of")
