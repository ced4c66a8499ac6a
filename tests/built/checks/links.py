"""Whether links and buttons can be read under the pointer."""

CLICKABLE = "a, a *, button, button *"
KINDS = "(selector) => oneOfEachKind(selector)"
SEEN = "([selector, places]) => textsUnderThePointer(selector, places)"

HIDE = "document.documentElement.style.display = 'none'"
SHOW = "document.documentElement.style.display = ''"


def links_can_be_read_under_the_pointer(reader):
    seen = colors_under_the_pointer(reader.page)
    assert len(seen) > 5
    assert [(text, contrast) for text, contrast in seen if contrast < 4.5] == []


def colors_under_the_pointer(page):
    """Return text and contrast of each kind of link and button, as if the pointer were on it."""
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = tools.send("DOM.querySelectorAll", {"nodeId": root, "selector": CLICKABLE})["nodeIds"]
    places = page.evaluate(KINDS, CLICKABLE)
    page.evaluate(HIDE)  # else the browser draws the page anew after each of them
    for place in places:
        state = {"nodeId": nodes[place], "forcedPseudoClasses": ["hover"]}
        tools.send("CSS.forcePseudoState", state)
    page.evaluate(SHOW)
    seen = page.evaluate(SEEN, [CLICKABLE, places])
    page.evaluate(HIDE)
    tools.detach()  # no element is under the pointer any more
    page.evaluate(SHOW)
    return seen
