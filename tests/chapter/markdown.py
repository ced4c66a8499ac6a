"""Markdown as the book reads it: roles, links and headings, those in directives included."""

from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

MARKDOWN = create_md_parser(
    MdParserConfig(enable_extensions={"colon_fence", "dollarmath", "deflist"}), RendererHTML
)


def is_prose(token):
    """Return whether a token is a directive that holds text: not code, and not a cell."""
    directive = token.type in ("fence", "colon_fence") and token.info.startswith("{")
    return directive and not token.info.startswith("{code-cell}")


def inline_tokens(text):
    """Yield the tokens within the lines of a text, those in its directives included."""
    for token in MARKDOWN.parse(text):
        if is_prose(token):
            yield from inline_tokens(token.content)
        yield from token.children or []


def roles(text):
    """Yield the name and the content of each role of a text."""
    for token in inline_tokens(text):
        if token.type == "myst_role":
            yield token.meta["name"], token.content


def links(text):
    """Yield the address and the words of each link of a text."""
    address, words = None, ""
    for token in inline_tokens(text):
        if token.type == "link_open":
            address, words = token.attrs["href"], ""
        elif token.type == "link_close":
            yield address, words
            address = None
        elif address is not None:
            words += token.content if token.type != "softbreak" else " "
