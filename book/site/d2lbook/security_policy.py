"""A Content-Security-Policy in every page: it loads nothing of another origin, and sends nothing.

The policy is an element of the page, so that it holds on a disk too. It is made when all pages are
written, from what is in each: scripts in the markup run by their hashes, and only a page that needs
more is allowed more. What a page may not hold at all, such as a handler in its markup, stops the
build.
"""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from d2lbook.written import Element, Page, read, when_written

NAME = "Content-Security-Policy"

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    # Formulas (KaTeX) and pictures (matplotlib) have style attributes, and pieces a style element.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:"],  # marks in the theme's style sheets
    "font-src": ["'self'"],
    "form-action": ["'self'"],  # the search
    "base-uri": ["'none'"],
}
"""What every page is allowed: directive -> sources."""

NEEDED_BY = {
    # MicroPython is WebAssembly, and its loader fetches an empty data URL. A page on a disk can
    # start a worker from a blob only.
    ("class", "d2l-live-bar"): {
        "script-src": ["'wasm-unsafe-eval'"],
        "connect-src": ["data:"],
        "worker-src": ["blob:"],
    },
    ("data-module", "network"): {"worker-src": ["blob:"]},  # trains networks in the background
    ("id", "search-results"): {"connect-src": ["'self'"]},  # Sphinx fetches pages for excerpts
}
"""Attribute and a word in it -> what a page with such an element is allowed beside."""

LOADED = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}
"""Kinds of links that a browser follows by itself."""


def policy_of(page: Page) -> str:
    """Return the policy of a page."""
    hashes = sorted({hash_of(script) for script in page.scripts})
    policy = {**POLICY, "script-src": [*POLICY["script-src"], *hashes]}
    for need in [need for need in NEEDED_BY if need in page.words]:
        for directive, sources in NEEDED_BY[need].items():
            policy[directive] = [*policy.get(directive, []), *sources]
    return "; ".join(f"{name} {' '.join(dict.fromkeys(one))}" for name, one in policy.items())


def hash_of(script: str) -> str:
    """Return the source that allows a script."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def faults_of(element: Element) -> Iterator[str]:
    """Yield what is wrong with an element under any policy of this book."""
    tag, attributes = element
    for name, value in attributes.items():
        if name.startswith("on"):
            yield f"a handler in the markup, {name}={value!r}"
        if value.strip().lower().startswith("javascript:"):
            yield f"a script as an address, {name}={value!r}"
    kinds = set(attributes.get("rel", "").split())
    loaded = attributes.get("href" if tag == "link" and kinds & LOADED else "src", "")
    if urlsplit(loaded).netloc:
        yield f"something of another origin, {loaded!r}"
    linked = attributes.get("href", "") if tag == "a" else ""
    if urlsplit(linked).netloc and "noopener" not in kinds:
        yield f"a link without rel=noopener, {linked!r}"


def with_policy(text: str, page: Page) -> str:
    """Return the text of a page with its policy; one that has it is left as it is.

    Parameters
    ----------
    text : str
    page : Page
        What is in it.

    Raises
    ------
    ExtensionError
        If the page has what no policy of this book allows.
    """
    faults = [fault for element in page.elements for fault in faults_of(element)]
    if faults or page.start is None:
        raise ExtensionError(f"security_policy: {'; '.join(faults) or 'a page without a head'}")
    if any(attributes.get("http-equiv") == NAME for _, attributes in page.elements):
        return text
    line, column = page.start
    before = text.split("\n")[: line - 1]
    start = sum(len(one) + 1 for one in before) + column
    meta = f'<meta http-equiv="{NAME}" content="{policy_of(page)}">\n'
    return f"{text[:start]}{meta}{text[start:]}"


def add_policies(app: Sphinx) -> None:
    """Add its policy to each page; those in `_static` are templates of the theme."""
    folder = Path(app.outdir)
    for path in sorted(folder.rglob("*.html")):
        if folder / "_static" not in path.parents:
            add_policy(path)


def add_policy(path: Path) -> None:
    """Add its policy to a page; an error names the page."""
    text = path.read_text(encoding="utf8")
    try:
        changed = with_policy(text, read(path))
    except ExtensionError as error:
        raise ExtensionError(f"{path}: {error}") from error
    if changed != text:
        path.write_text(changed, encoding="utf8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    when_written(app, add_policies, priority=900)
