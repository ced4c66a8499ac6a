"""The pages of the book, as its table of contents names them; none of them need be built."""

from tools.contents import ROOT, pages

NOTEBOOKS = ROOT / "notebooks"

FILES = pages()
"""All pages, without suffix, relative to the root."""
