"""The checks of pages find what they look for: a small page passes, with one fault it fails."""

import pytest

from tests.built.checks import access, figures, frameworks, links, loading, text

FIGURE = '<svg class="d2l-figure" aria-label="Figure" width="200" height="50">{}</svg>'
PIECE = '<div class="d2l-piece"><svg width="200" height="50">{}</svg></div>'
LINKS = "".join(f'<p class="p{k}"><a href="#">link</a></p>' for k in range(6))
CODE = '<div class="highlight"><pre><b class="k">for</b> <b class="{}">each</b></pre></div>'
BUTTONS = 16 * "<button>name</button>"

# A check, a page with a gap, what it passes in the gap, and what it does not.
CASES = [
    (loading.nothing_goes_wrong, "<script>{}</script>", "", "console.error('wrong')"),
    (loading.nothing_goes_wrong, "<script>{}</script>", "", "throw new Error('wrong')"),
    (loading.nothing_goes_wrong, '<img src="{}">', "data:,", "http://127.0.0.1:9/image.png"),
    (loading.no_id_stands_twice, '<p id="one"></p><p id="{}"></p>', "two", "one"),
    (text.it_fits_the_width, '<div style="width: {}px">wide</div>', "300", "3000"),
    (
        text.formulas_open_at_their_beginning,
        '<div class="math"><span class="katex-html">'
        '<span class="base" style="position: relative; left: {}px">x</span></span></div>',
        "0",
        "-50",
    ),
    (
        access.axe_finds_no_violation,
        "<html lang='en'><title>Title</title><main><h1>Title</h1><img src='data:,' {}></main>",
        "alt='a picture'",
        "",
    ),
    *(
        (
            access.axe_finds_no_violation,
            "<html lang='en'><title>Title</title><style>.faint {{ color: #999 }}</style>"
            f"<main><h1>Title</h1>{CODE.format('k')}{part}</main>",
            "k",
            "faint",
        )
        for part in (CODE, '<p><span class="katex-html {}"><b>sum</b></span></p>')
    ),
    (
        access.every_stop_of_the_tab_key_has_a_ring,
        "<style>button:focus {{ outline: 3px solid {} }}</style>" + BUTTONS,
        "#000",
        "#eee",
    ),
    (
        access.every_stop_in_a_widget_has_a_role_and_a_name,
        "<div class='d2l-widget'><p role='slider'></p><p tabindex='0' {}></p></div>",
        "role='img' aria-label='picture'",
        "",
    ),
    (
        links.links_can_be_read_under_the_pointer,
        "<style>a:hover {{ color: {} }}</style>" + LINKS,
        "#000",
        "#ccc",
    ),
    (
        links.links_can_be_read_under_the_pointer,
        "<style>.p6 a:hover * {{ color: {} }}</style>"
        f'{LINKS}<p class="p6"><a href="#">link</a> <a href="#"><b>link</b></a></p>',
        "#000",
        "#ccc",
    ),
    (
        figures.figures_stand_out,
        FIGURE.format('<text y="20" fill="{}">word</text>'),
        "#000",
        "#999",
    ),
    (
        figures.figures_stand_out,
        FIGURE.format('<path d="M0 9H90" fill="none" stroke="{}"/>'),
        "#000",
        "#ddd",
    ),
    (
        figures.pieces_stand_out,
        PIECE.format('<text y="20" fill="{}">word</text>'),
        "#767676",
        "#777",
    ),
    (
        figures.pieces_stand_out,
        PIECE.format('<circle cx="20" cy="20" r="5" fill="{}"/>'),
        "#949494",
        "#969696",
    ),
    (
        figures.pieces_stand_out,
        PIECE.format(
            '<path d="M0 9H90" stroke="#000" stroke-width="4"/><path d="M0 9H90" stroke="{}"/>'
        ),
        "#fff",
        "#777",
    ),
    (
        figures.labels_can_be_read,
        FIGURE.format('<text y="20" x="9">one</text><text y="20" x="{}">other</text>'),
        "90",
        "20",
    ),
    (
        figures.labels_can_be_read,
        FIGURE.format('<text y="20" x="{}">word</text>'),
        "9",
        "190",
    ),
    (
        figures.labels_can_be_read,
        FIGURE.format('<text y="20" style="font-size: {}px">word</text>'),
        "9",
        "8",
    ),
    (
        figures.labels_are_drawn_in_their_order,
        FIGURE.format('<text y="20" x="{}">abc</text>'),
        "10 20 30",
        "30 20 10",
    ),
    (
        figures.ink_is_light_in_the_dark,
        FIGURE.format('<text y="20" fill="{}">word</text>'),
        "#000",
        "#fff",
    ),
    (
        frameworks.prose_fits_the_choice,
        f"<article>{200 * 'word '} {{}}</article>",
        "framework",
        "PyTorch",
    ),
]


@pytest.mark.parametrize(
    ("check", "page", "right", "wrong"), CASES, ids=[check.__name__ for check, *_ in CASES]
)
def test_a_check_passes_a_page_and_fails_its_fault(check, page, right, wrong, new_reader):
    reader = new_reader(color_scheme="light")
    reader.page.set_content(page.format(right))
    check(reader)
    reader.page.set_content(page.format(wrong))
    with pytest.raises(AssertionError):
        check(reader)


@pytest.mark.parametrize(
    ("color", "opacity", "expected"),
    [("rgb(0, 0, 0)", 1, 21), ("rgb(119, 119, 119)", 1, 4.48), ("rgb(0, 0, 0)", 0.5, 3.98)],
)
def test_contrast_is_that_of_the_guidelines(color, opacity, expected, new_reader):
    page = new_reader().page
    found = page.evaluate(
        "([color, opacity]) => contrast(color, 'rgb(255, 255, 255)', opacity)", [color, opacity]
    )
    assert found == pytest.approx(expected, abs=0.01)


def test_formulas_are_found_in_directives_and_their_titles():
    source = "$a$\n\n$$\nb\n$$\n\n:::{note} On $c$\nHere $d$.\n:::\n\n```{math}\ne\n```\n\n`$f$`"
    assert text.formulas_in(source) == 5


def test_a_page_made_shorter_for_axe_is_the_same_afterwards(new_reader):
    page = new_reader().open("notebooks/scratch.html")
    count = "() => document.querySelectorAll('article *').length"
    before, elements = page.content(), page.evaluate(count)
    page.evaluate("shorten()")
    assert page.evaluate(count) < 0.6 * elements
    page.evaluate("putBack()")
    assert page.content() == before
