"""The pages of the book, as its table of contents names them; none of them need be built."""

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"

TOC = yaml.safe_load((ROOT / "_toc.yml").read_text())
FILES = [TOC["root"], *(chapter["file"] for part in TOC["parts"] for chapter in part["chapters"])]
"""All pages, without suffix, relative to the root."""
