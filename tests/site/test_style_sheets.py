"""Pages have one style sheet, of all that they use; one that is new or gone stops the build."""

import shutil
from types import SimpleNamespace

import pytest
from d2lbook import style_sheets
from d2lbook.style_sheets import OF_TEMPLATES, SHEETS
from sphinx.errors import ExtensionError

ASKED = [name.replace("*", "123") for name in SHEETS if name not in OF_TEMPLATES]


def chosen(names):
    """Return the style sheets of a page that asks for some."""
    context = {"css_files": [SimpleNamespace(filename=f"_static/{name}") for name in names]}
    style_sheets.choose_sheet(None, "page", "page.html", context, None)
    return context["css_files"]


@pytest.fixture
def site(tmp_path):
    """Return the folder of a site with one page and all style sheets, empty but for two."""
    static = tmp_path / "_static"
    for name in SHEETS:
        sheet = static / name.replace("*", "123")
        sheet.parent.mkdir(parents=True, exist_ok=True)
        sheet.touch()
    (static / "vendor" / "fonts").mkdir()
    (static / "vendor" / "fonts" / "a.woff2").touch()
    (tmp_path / "page.html").write_text('<p class="seen">a</p>')
    (static / "styles" / "pydata-sphinx-theme.css").write_text(
        ":focus-visible { color: red }"
        ".seen { color: red } .unseen { color: red } .scripted { color: blue }"
        "@font-face { font-family: f; src: url(../vendor/fonts/a.woff2) }"
    )
    (static / "page.css").write_text("html:is(.own, :hover) { color: red }")
    (static / "print.css").write_text(".seen { color: black }")
    (static / "own.js").write_text('element.classList.add("scripted")')
    return tmp_path


def test_a_page_loads_one_style_sheet():
    assert chosen(ASKED) == [style_sheets.JOINED]


def test_a_style_sheet_that_is_not_joined_stops_the_build():
    with pytest.raises(ExtensionError, match=r"page page has \['other.css'\] beside"):
        chosen([*ASKED, "other.css"])


@pytest.mark.parametrize("missing", ASKED)
def test_a_style_sheet_that_no_one_asks_for_stops_the_build(missing):
    name = missing.replace("123", "*")
    with pytest.raises(ExtensionError) as raised:
        chosen([one for one in ASKED if one != missing])
    assert f"lacks ['{name}']" in str(raised.value)


def test_what_no_page_and_no_script_names_is_left_out(site):
    style_sheets.join(site)
    joined = (site / style_sheets.JOINED).read_text()
    assert ":focus-visible{color:red}.seen{color:red}" in joined
    assert ".scripted{" in joined
    assert "unseen" not in joined
    assert "html:is(.own,:hover){" in joined
    assert "@media print{.seen{" in joined
    assert "vendor/fonts/a.woff2" in joined


@pytest.mark.parametrize("name", style_sheets.REDUCED)
def test_a_form_that_would_be_reduced_wrongly_stops_the_build(site, name):
    (site / "_static" / name).write_text(".seen:is(:hover, :focus) { color: red }")
    with pytest.raises(ExtensionError, match=f"{name} has :is"):
        style_sheets.join(site)


def test_a_style_sheet_of_the_theme_that_no_page_would_load_is_named(site):
    (site / "_static" / "styles" / "new.css").touch()
    with pytest.raises(ExtensionError, match=r"the theme has new\.css, which no page would load"):
        style_sheets.join(site)


def test_a_folder_with_other_names_changes_nothing(site, tmp_path_factory):
    other = tmp_path_factory.mktemp("a folder with spaces") / "ä (1) [2]"
    shutil.copytree(site, other)
    style_sheets.join(site)
    style_sheets.join(other)
    assert (site / style_sheets.JOINED).read_text() == (other / style_sheets.JOINED).read_text()


def test_a_file_that_is_missing_is_named(site):
    (site / "_static" / "copybutton.css").unlink()
    with pytest.raises(ExtensionError, match=r"not one file each: copybutton\.css"):
        style_sheets.join(site)
