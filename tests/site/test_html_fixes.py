"""A theme that no longer has what the site changes stops the build, and is told what is missing."""

from types import SimpleNamespace

import pytest
from d2lbook import html_fixes, vendored
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError

KNOWN = sorted(html_fixes.DEFERRED | html_fixes.UNUSED)


def scripts(names):
    return {"script_files": [SimpleNamespace(filename=name, attributes={}) for name in names]}


def fix(names):
    context = scripts(names)
    html_fixes.fix_scripts(None, "page", "page.html", context, None)
    return context["script_files"]


def test_scripts_wait_for_the_page_or_are_left_out():
    left = fix([*KNOWN, "own.js"])
    assert {script.filename for script in left} == html_fixes.DEFERRED | {"own.js"}
    for script in left:
        assert ("defer" in script.attributes) == (script.filename in html_fixes.DEFERRED)


@pytest.mark.parametrize("missing", KNOWN)
def test_a_script_that_is_gone_is_named(missing):
    with pytest.raises(ExtensionError, match=f"page loads no {missing}"):
        fix([name for name in KNOWN if name != missing])


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
