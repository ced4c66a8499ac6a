"""The notebook that lists the others, and the command that opens it."""

import re
import subprocess
from ast import literal_eval
from fnmatch import fnmatch

from tests.chapter.markdown import MARKDOWN, links
from tests.chapter.pages import FILES, NOTEBOOKS, ROOT, START, WITH_TABS
from tools.sync import OTHER_FRAMEWORKS


def items():
    """Return the text of each item of the numbered lists."""
    tokens = MARKDOWN.parse(START.read_text())
    return [
        after[1].content
        for token, *after in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if token.type == "list_item_open"
    ]


def title_of(text):
    return re.search(r"^# (.+)$", text.read_text(), re.MULTILINE)[1]


def test_the_pages_are_listed_in_their_order_by_their_titles():
    pages = [file.removeprefix("notebooks/") for file in FILES if file.startswith("notebooks/")]
    expected = [(f"{page}.ipynb", title_of(NOTEBOOKS / f"{page}.md")) for page in pages]
    assert [next(links(item)) for item in items()] == expected


def test_each_page_has_one_sentence():
    for item in items():
        assert re.fullmatch(r"\[[^\]]+\]\([^)]+\) [^.]+\.", item, re.DOTALL), item


def test_every_notebook_of_another_framework_is_listed():
    twins = [f"{framework}/{page}.ipynb" for framework in OTHER_FRAMEWORKS for page in WITH_TABS]
    listed = [address for address, _ in links(START.read_text())]
    assert sorted(twins) == sorted(x for x in listed if x.split("/")[0] in OTHER_FRAMEWORKS)


def test_the_file_browser_lists_the_chapter_only():
    done = subprocess.run(
        ["make", "-n", "jupyter"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    hidden = literal_eval(re.search(r'hide_globs="(.+?)"', done.stdout)[1])
    assert "notebooks/start.ipynb" in done.stdout
    names = {path.name for path in NOTEBOOKS.iterdir() if not path.name.startswith(".")}
    shown = {name for name in names if not any(fnmatch(name, glob) for glob in hidden)}
    chapter = {file.split("/")[1] for file in FILES if file.startswith("notebooks/")}
    assert shown == {"start.ipynb", "beyond", *(f"{name}.ipynb" for name in chapter - {"beyond"})}
