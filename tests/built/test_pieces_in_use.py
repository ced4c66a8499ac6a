"""What the pieces draw once a reader has pressed their buttons stands out, too."""

import pytest

from tests.built.checks import figures
from tests.built.pages import HOSTED

PRESSED = 6
"""Buttons of a page; the others choose among settings."""
DRAWN = 500
"""Milliseconds after which a button has had some effect."""


@pytest.mark.parametrize("name", HOSTED)
def test_what_pieces_draw_in_use_stands_out(name, new_reader):
    reader = new_reader()
    page = reader.open_fully(name)
    for button in page.locator(".d2l-piece button:visible").all()[:PRESSED]:
        button.click()
        page.wait_for_timeout(DRAWN)
        for theme in ("dark", "light"):
            reader.change_theme(theme)
            reader.wait_until_at_rest()  # canvases are drawn anew
            figures.pieces_stand_out(reader)
    assert reader.errors == []
