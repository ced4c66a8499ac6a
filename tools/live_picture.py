"""Take the picture of a live cell for the README and the front page.

    python -m tools.live_picture

The built book must be there (`make book`). The reader's change is typed into the page's loop and
run, as a reader would.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tools.audit import HTML
from tools.find_browser import FLAGS, find

FILE = Path(__file__).parents[1] / "book" / "live.png"
CHANGE = ("b, lr = 10, 0.05", "b, lr = 100, 0.1")
COLORS = 32  # the picture has few: a palette makes the file a third as large


def take(page: Page) -> bytes:
    """Change the loop of the page, run it, and return a picture of the cell.

    Parameters
    ----------
    page : Page
        An empty page of a running Chromium.

    Returns
    -------
    bytes
        A PNG.
    """
    page.goto((HTML / "notebooks" / "scratch.html").as_uri())
    cell = page.locator(".d2l-live").first
    code = cell.locator("pre").first
    text = code.inner_text()
    if CHANGE[0] not in text:
        raise ValueError(f"scratch.html: its first live cell must hold {CHANGE[0]!r}")
    code.click()
    editor = cell.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    # A block of the static code ends with a line that the editor does not need.
    page.keyboard.insert_text(text.replace(*CHANGE).rstrip().replace("\n\n\n", "\n\n"))
    page.keyboard.press("Control+Enter")
    cell.get_by_text("your code").wait_for()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    return cell.screenshot()


def main() -> None:
    """Save the picture."""
    chromium = find() or sys.exit("no Chromium was found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900}, device_scale_factor=1.5)
        picture = Image.open(io.BytesIO(take(page)))
        browser.close()
    picture.convert("RGB").quantize(COLORS).save(FILE, optimize=True)
    print(f"{FILE} has {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
