"""Print the whole book as one PDF: Sphinx makes one page of it, and Chromium prints that page."""

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from find_browser import FLAGS, find  # noqa: E402

SINGLE = ROOT / "_build" / "singlehtml"
PDF = ROOT / "_build" / "d2lmini.pdf"
FOOTER = (
    '<div style="font: 8px sans-serif; width: 100%; text-align: center; color: #57606a">'
    '<span class="pageNumber"></span> / <span class="totalPages"></span></div>'
)


def main() -> None:
    """Build, print, and say where the PDF is."""
    chromium = find() or sys.exit("no Chromium was found to print with")
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    build = [jupyter_book, "build", ROOT, "-n", "-W", "--keep-going", "--quiet"]
    subprocess.run([*build, "--builder=custom", "--custom-builder=singlehtml"], check=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(color_scheme="light")
        whole = SINGLE / "whole.html"  # its links are relative to this folder
        shutil.copy2(SINGLE / "book" / "index.html", whole)
        page.goto(whole.as_uri(), wait_until="networkidle")
        page.evaluate(
            """() => {
                for (const fold of document.querySelectorAll("details")) fold.open = true;
                for (const place of document.querySelectorAll("span[id^='document-']"))
                    place.nextElementSibling?.querySelector("h1, h2")?.classList.add("d2l-chapter");
            }"""
        )
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
        browser.close()
    print(f"The PDF is at {PDF}")


if __name__ == "__main__":
    main()
