"""Which pages the built book has, and where they and their sources are."""

import json

from tests.contents import FILES, NOTEBOOKS, ROOT
from tools.sync import OTHER_FRAMEWORKS

HTML = ROOT / "_build" / "html"
UNFINISHED = ROOT / "_build" / ".unfinished"
"""What `make book` leaves until it has succeeded."""

MEASURING_SCRIPTS = [
    ROOT / "tests" / "built" / name
    for name in (
        "kinds.js",
        "contrast.js",
        "contrast_pieces.js",
        "labels.js",
        "page_checks.js",
        "shorter.js",
    )
]
"""What measures a page from within, in the order in which it is loaded."""
VIOLATIONS = ROOT / "tests" / "built" / "violations.js"
"""Says in the console what a page's policy has refused."""
VIOLATED = "policy violated, "
"""What that begins with."""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


PAGES = sorted(f"{file}.html" for file in FILES)
SEARCH = "search.html?q=roofline"

SLIDERS = {
    "notebooks/vectorization.html": 1,
    "notebooks/variance.html": 1,
    "notebooks/batch_size.html": 2,
}
"""How many sliders choose among the ready pictures of a page."""
LAB = "notebooks/lab.html"
HOSTED = {
    "book/index.html": 1,
    "notebooks/vectorization.html": 2,
    "notebooks/genie.html": 1,
    "notebooks/batch_size.html": 1,
    "notebooks/network.html": 1,
    LAB: 1,
}
"""How many pieces a page hosts itself."""

FRAMEWORKS = {"pytorch": ".", **{folder: folder for folder in OTHER_FRAMEWORKS}}
"""The choices of the tabs, and the folders of their notebooks."""


def notebook_of(page, framework="pytorch"):
    """Return the path of the notebook that a page shows in a framework, without its suffix."""
    inner = page.removeprefix("notebooks/").removesuffix(".html")
    return NOTEBOOKS / FRAMEWORKS[framework] / inner


def pictures_in(notebook):
    """Return how many outputs of a notebook are pictures."""
    cells = json.loads(notebook.read_text(encoding="utf8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return sum("image/svg+xml" in output.get("data", {}) for output in outputs)


TABBED = [
    page
    for page in PAGES
    if any(notebook_of(page, folder).with_suffix(".md").exists() for folder in OTHER_FRAMEWORKS)
]
"""The pages whose tabs show more than one framework."""

NOTEBOOK_FILES = [
    notebook_of(page, framework).with_suffix(".ipynb")
    for framework in FRAMEWORKS
    for page in (PAGES if framework == "pytorch" else TABBED)
    if page.startswith("notebooks/")
]
"""The notebooks behind all pages and their tabs."""
