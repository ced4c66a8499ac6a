"""Whether every position of a slider has its own picture."""

from tests.built.pages import SLIDERS

NAMES = ("batch size", "learning rate", "block size")

# The one picture that is seen, once slider, value and picture have all come to a position.
PICTURE_AT = r"""([handle, position, previous]) => {
    if (Number(handle.getAttribute("aria-valuenow")) !== position) return null;
    const figures = [...document.querySelectorAll(".d2l-explorer figure")]
        .filter((figure) => figure.checkVisibility());
    const value = handle.getAttribute("aria-valuetext");
    if (value === previous || figures.length !== 1) return null;
    const [caption, svg] = ["figcaption", "svg"].map((part) => figures[0].querySelector(part));
    const text = caption.innerText.toLowerCase();
    if (!new RegExp(`${value.replaceAll(".", "\\.")}\\b`).test(text)) return null;
    const label = svg.getAttribute("aria-label").toLowerCase();
    return { value, text, label, picture: svg.innerHTML };
}"""

OFF_CENTRE = """() => [...document.querySelectorAll(".d2l-explorer")].map((explorer) => {
    const middle = (e) => (({ left, right }) => (left + right) / 2)(e.getBoundingClientRect());
    const seen = [...explorer.querySelectorAll("svg")].find((svg) => svg.checkVisibility());
    return Math.abs(middle(seen) - middle(explorer));
})"""


def pictures_stand_in_the_middle(reader):
    assert max(reader.page.evaluate(OFF_CENTRE)) < 1


def every_slider_moves_its_picture(reader):
    handles = reader.page.locator(".d2l-widget [role=slider]")
    assert handles.count() == SLIDERS[reader.name]
    for handle in handles.all():
        assert handle.get_attribute("aria-label") in NAMES
        walk(reader.page, handle)


def walk(page, handle):
    """Take a slider by keyboard through all its positions; each has its own picture and value."""
    last = int(float(handle.get_attribute("aria-valuemax")))
    assert last > 0
    handle.focus()
    page.keyboard.press("Home")
    pictures, value = {}, None
    for position in range(last + 1):
        found = page.wait_for_function(PICTURE_AT, arg=[handle.element_handle(), position, value])
        shown = found.json_value()
        value = shown["value"]
        assert shown["label"] == shown["text"]
        assert shown["picture"] not in pictures.values()
        pictures[value] = shown["picture"]
        page.keyboard.press("ArrowRight")
    assert len(pictures) == last + 1
