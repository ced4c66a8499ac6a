"""The pages of the book, as its table of contents names them."""

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


def pages() -> list[str]:
    """Return the names of all pages, without suffix, relative to the root.

    Returns
    -------
    list of str
    """
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf8"))
    chapters = [chapter["file"] for part in contents["parts"] for chapter in part["chapters"]]
    return [contents["root"], *chapters]
