"""The list of exercises says of each what stands below its heading."""

import re

from tests.chapter.pages import NOTEBOOKS

ROW = r"^\| \[(.+)\]\(#(.+)\) \| (.+) \| (.+) \| (\d+) \|$"
KIND = r"Kind: ([^.]+)\. (Easy|Medium|Harder), about (\d+) minutes\."


def anchor(title):
    """Return what MyST makes of a heading."""
    return re.sub(r"[^a-z -]", "", title.lower()).replace(" ", "-")


def test_the_list_agrees_with_the_exercises():
    text = (NOTEBOOKS / "exercises.md").read_text(encoding="utf8")
    _, *sections = re.split(r"^#{2,3} ", text, flags=re.MULTILINE)
    titles = [section.splitlines()[0] for section in sections]
    kinds = [re.findall(KIND, section) for section in sections]
    expected = [
        (title, anchor(title), kind, level.lower(), minutes)
        for title, [(kind, level, minutes)] in zip(titles, kinds, strict=True)
    ]
    assert re.findall(ROW, text, re.MULTILINE) == expected
