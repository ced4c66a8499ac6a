"""Print the whole book as one PDF: Sphinx makes one page of it, and Chromium prints that page.

python -m tools.pdf
"""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.find_browser import FLAGS, find

ROOT = Path(__file__).parents[1]
SINGLE = ROOT / "_build" / "singlehtml"
PDF = ROOT / "_build" / "d2lmini.pdf"
FOOTER = (
    '<div style="font: 8px sans-serif; width: 100%; text-align: center; color: #57606a">'
    '<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)


PREPARE = """() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const anchor of document.querySelectorAll("span[id^='document-']"))
        anchor.nextElementSibling?.querySelector("h1, h2")?.classList.add("d2l-chapter");
}"""
"""Opens what is folded, and marks the first heading of each page, where the print begins anew."""


def main() -> None:
    """Build, print, and say where the PDF is.

    Raises
    ------
    SystemExit
        If there is no Chromium to print with.
    """
    chromium = find() or sys.exit("no Chromium was found to print with")
    build()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(color_scheme="light")
        whole = SINGLE / "whole.html"  # its links are relative to this folder
        shutil.copy2(SINGLE / "book" / "index.html", whole)
        page.goto(whole.as_uri(), wait_until="networkidle")
        page.evaluate(PREPARE)
        print_page(page)
        browser.close()
    print(f"The PDF is at {PDF}")


def build() -> None:
    """Build the book as one HTML page; warnings are errors."""
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    command = [str(jupyter_book), "build", str(ROOT), "-n", "-W", "--keep-going", "--quiet"]
    subprocess.run([*command, "--builder=custom", "--custom-builder=singlehtml"], check=True)


def print_page(page: Page) -> None:
    """Print a page as A4, with page numbers and an outline.

    Parameters
    ----------
    page : Page
        The book, ready to be printed.
    """
    page.pdf(
        path=PDF,
        format="A4",
        margin={"top": "18mm", "bottom": "18mm", "left": "18mm", "right": "18mm"},
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=FOOTER,
        outline=True,
        tagged=True,
    )


if __name__ == "__main__":
    main()
