"""Take a picture of the first screen of every page, in four widths, in light and in dark.

    python -m tools.screenshots [PAGE ...]

PAGE is a page without its suffix, such as `notebooks/scratch`; all pages by default.
"""

import sys
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tools.audit import HTML
from tools.contents import pages
from tools.find_browser import FLAGS, find

FOLDER = HTML.parent / "screenshots"
SIZES = ((390, 844), (768, 1024), (1280, 900), (1920, 1080))
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def take(
    browser: Browser, name: str, size: tuple[int, int], theme: Literal["light", "dark"]
) -> None:
    """Save one picture.

    Parameters
    ----------
    browser : Browser
        A running Chromium.
    name : str
        The page, without its suffix.
    size : (int, int)
        Width and height of the window [pixels].
    theme : {"light", "dark"}
        What the reader's system asks for.
    """
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)
    page.goto((HTML / f"{name}.html").as_uri())
    page.wait_for_timeout(500)  # milliseconds, for what is drawn by scripts
    page.screenshot(path=FOLDER / f"{name.replace('/', '-')}-{width}-{theme}.png")
    page.close()


def main() -> None:
    """Take all pictures."""
    chromium = find() or sys.exit("no Chromium was found")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name in sys.argv[1:] or pages():
            for size in SIZES:
                for theme in THEMES:
                    take(browser, name, size, theme)
        browser.close()
    print(f"the pictures are in {FOLDER}")


if __name__ == "__main__":
    main()
