"""The front page: a moving picture, and a list of the pages with a picture and a sentence each."""

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from d2lbook.below_title import reading_minutes
from d2lbook.figures import id_prefix
from d2lbook.main_picture import main_figure, picture_of


class MovingPicture(SphinxDirective):
    """An animated SVG with a switch that stops it: ``{moving-picture} FILE``, and its caption."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        _, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(path)
        markup = '<label class="d2l-pause"><input type="checkbox"> Pause</label>' + Path(
            path
        ).read_text(encoding="utf8")
        figure = nodes.figure("", nodes.raw("", markup, format="html"), classes=["d2l-motion"])
        caption = nodes.legend()
        self.state.nested_parse(self.content, self.content_offset, caption)
        figure += caption
        return [figure]


class page_list(nodes.General, nodes.Element):  # noqa: N801 - a docutils node
    """The place of the list of pages."""


class PageList(SphinxDirective):
    """The list of pages: each line of the content is ``PAGE: SENTENCE``."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        sentences = dict(line.split(": ", 1) for line in self.content if line.strip())
        for page in sentences:  # the list shows their titles, pictures and reading times
            self.env.note_dependency(str(self.env.doc2path(page)))
        return [page_list(sentences=sentences)]


class DrawPageList(SphinxPostTransform):
    """Draw the list of pages, of which pictures and reading times are known by now."""

    default_priority = 1
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        for place in list(self.document.findall(page_list)):
            cards = [self.card(page, text) for page, text in place["sentences"].items()]
            markup = f'<ol class="d2l-pages">{"".join(cards)}</ol>'
            place.replace_self(nodes.raw("", markup, format="html"))

    def card(self, page: str, sentence: str) -> str:
        """Return the entry of one page."""
        document = self.env.get_doctree(page)
        address = self.app.builder.get_relative_uri(self.env.docname, page)
        number = self.env.toc_secnumbers.get(page, {}).get("", ())
        title = f"{''.join(f'{part}. ' for part in number)}{self.env.titles[page].astext()}"
        picture = self.picture(page, document)
        return (
            f'<li><a href="{address}">{picture}<span class="d2l-page-title">'
            f'{escape(title)}</span><span class="d2l-page-about">{escape(sentence, False)}</span>'
            f'<span class="d2l-reading">{reading_minutes(document)} min read</span></a></li>'
        )

    def picture(self, page: str, document: nodes.document) -> str:
        """Return the main picture of a page, a file that is loaded when it comes into view."""
        drawn = picture_of(self.app, page, main_figure(document) or document, "list")
        if not drawn:
            return '<span class="d2l-page-picture" aria-hidden="true">?</span>'
        name = f"_static/pictures/{id_prefix(page)}.svg"
        target = Path(self.app.outdir, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(drawn, encoding="utf8")
        address = f"{'../' * self.env.docname.count('/')}{name}"
        image = f'<img src="{address}" alt="" loading="lazy" class="dark-light">'
        return f'<span class="d2l-page-picture">{image}</span>'


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_directive("moving-picture", MovingPicture)
    app.add_directive("page-list", PageList)
    app.add_node(page_list)
    app.add_post_transform(DrawPageList)
