"""Whether the text of a page is there and fits: headings, formulas, icons."""

import jupytext
from fontTools.ttLib import TTFont
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from tests.built.checks.access import open_details
from tests.built.pages import FRAMEWORKS, HTML, ROOT

MARKDOWN = create_md_parser(
    MdParserConfig(enable_extensions={"colon_fence", "dollarmath", "deflist"}), RendererHTML
)


def formulas_in(text):
    """Return how many formulas a Markdown text has, those inside of its directives included."""
    count = 0
    for token in MARKDOWN.parse(text):
        directive, _, title = token.info.partition("}")
        if token.type.startswith("math") or directive == "{math":
            count += 1
        elif token.type in ("fence", "colon_fence") and directive.startswith("{"):
            count += formulas_in(title) + formulas_in(token.content)
        count += sum(child.type.startswith("math") for child in token.children or [])
    return count


def formulas_of(page):
    """Return how many formulas the source of a page has, in its text and its captions."""
    texts = []
    for cell in jupytext.read((ROOT / page).with_suffix(".md"), fmt="md:myst").cells:
        caption = cell.metadata.get("mystnb", {}).get("figure", {}).get("caption", "")
        texts.append(caption if cell.cell_type == "code" else cell.source)
    return sum(map(formulas_in, texts))


def the_title_needs_no_script(reader):
    assert reader.page.locator("article h1").first.is_visible()


def formulas_need_no_script(reader):
    """Each formula of the source is drawn in the page as it was built."""
    drawn = reader.page.locator("article .math .katex-html")
    assert drawn.count() == formulas_of(reader.name)
    assert reader.page.locator("article .math").count() == drawn.count()


def it_fits_the_width(reader):
    width = reader.page.viewport_size["width"]
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


def formulas_open_at_their_beginning(reader):
    """Wide formulas scroll; what is seen at first is where they begin."""
    for width in (320, 390):
        reader.page.set_viewport_size({"width": width, "height": 844})
        assert reader.page.evaluate("cutFormulas()") == []


def the_icon_font_holds_every_icon(reader):
    fonts = HTML / "_static" / "vendor" / "fontawesome" / "webfonts"
    held = {code for font in fonts.glob("*.woff2") for code in TTFont(font).getBestCmap() or {}}
    drawn = reader.page.evaluate("iconsDrawn()")
    icons = {ord(character) for character in drawn if not character.isspace()}
    assert len(icons) > 5
    assert icons <= held


CODE, OUTPUT = "div.cell_input pre", "div.cell_output :is(pre, .text_html)"


def no_code_or_output_is_cut(reader):
    """On a wide screen every box shows all of its text, in every framework."""
    open_details(reader.page)
    for framework in FRAMEWORKS:
        reader.page.evaluate("(name) => chooseFramework(name)", framework)
        found = reader.page.evaluate("(selector) => cutBoxes(selector)", f"{CODE}, {OUTPUT}")
        assert (found["boxes"] > 0) == reader.name.startswith("notebooks/")
        assert found["cut"] == []


def only_code_and_tables_scroll(reader):
    """On a narrow screen printed output wraps, and code that scrolls shows that it does."""
    open_details(reader.page)
    reader.wait_until_at_rest()
    found = reader.page.evaluate("(selector) => cutBoxes(selector)", "div.cell_output pre")
    assert found["cut"] == []
    assert reader.page.evaluate("codeThatHidesItsRest()") == []
