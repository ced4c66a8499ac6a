"""The build stops, and names what is missing, if the theme lacks what the site changes."""

from types import SimpleNamespace

import pytest
from d2lbook import html_fixes, vendored
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.html._assets import _JavaScript
from sphinx.errors import ExtensionError

SCRIPTS = [*html_fixes.DEFERRED, *html_fixes.UNUSED]


def files(names):
    return [_JavaScript(name) for name in names]


def chosen(without=None, page="page"):
    """Return the scripts of a page, by their names."""
    scripts = files(name for name in [*SCRIPTS, "own.js"] if name != without)
    context = {"script_files": scripts}
    html_fixes.choose_files(None, page, "page.html", context, None)
    return {one.filename: one for one in context["script_files"]}


def test_scripts_wait_for_the_page_or_are_left_out():
    scripts = chosen()
    assert set(scripts) == {*html_fixes.DEFERRED, "own.js"}
    assert {name for name, one in scripts.items() if "defer" in one.attributes} == {
        *html_fixes.DEFERRED
    }


def test_the_page_of_results_runs_its_scripts_at_once():
    scripts = chosen(page="search")
    assert not any("defer" in one.attributes for one in scripts.values())


@pytest.mark.parametrize("missing", SCRIPTS)
def test_a_file_that_is_gone_is_named(missing):
    with pytest.raises(ExtensionError, match=f"the page page loads no {missing}"):
        chosen(without=missing)


class Builder(StandaloneHTMLBuilder):
    """A builder with nothing but a theme."""

    def __init__(self, components):
        self.theme = SimpleNamespace(sidebar_templates=components)


@pytest.mark.parametrize("missing", html_fixes.OVERRIDDEN)
def test_a_component_that_is_gone_is_named(missing):
    shown = [name for name in html_fixes.OVERRIDDEN if name != missing]
    with pytest.raises(ExtensionError, match=f"sidebar has no {missing}"):
        html_fixes.check_components(SimpleNamespace(builder=Builder(shown)))
    html_fixes.check_components(SimpleNamespace(builder=Builder([*shown, missing])))


def test_icons_in_use_are_found_in_parsed_pages_and_style_sheets(tmp_path):
    (tmp_path / "page.html").write_text('<i class="fa-solid fa-list"></i><p>fa-gear</p>')
    (tmp_path / "style.css").write_text(
        '.fa-list:before{content:"\\f03a"} .fa-gear:before{content:"\\f013"}'
        '.note:after{content:"\\f0f3"} .x{content:"a"}'
    )
    codes = vendored.icon_codes(tmp_path, vendored.classes_in(tmp_path))
    assert codes == {0xF03A, 0xF0F3}


def test_an_icon_that_the_font_lacks_stops_the_build(tmp_path):
    with pytest.raises(ExtensionError, match="0xf8f0"):
        vendored.subset_icons(tmp_path, {0xF03A, 0xF8F0})
