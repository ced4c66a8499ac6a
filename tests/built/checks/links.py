"""Whether links and buttons can be read under the pointer."""

CLICKABLE = "a, a *, button, button *"

HIDE = "document.documentElement.style.display = 'none'"
SHOW = "document.documentElement.style.display = ''"


def links_can_be_read_under_the_pointer(reader):
    seen = colors_under_the_pointer(reader.page)
    assert len(seen) > 5
    assert [(text, contrast) for text, contrast in seen if contrast < 4.5] == []


def colors_under_the_pointer(page):
    """Return text and contrast of all links and buttons, as if the pointer were on each."""
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = tools.send("DOM.querySelectorAll", {"nodeId": root, "selector": CLICKABLE})["nodeIds"]
    page.evaluate(HIDE)  # else the browser draws the page anew after each of them
    for node in nodes:
        tools.send("CSS.forcePseudoState", {"nodeId": node, "forcedPseudoClasses": ["hover"]})
    page.evaluate(SHOW)
    seen = page.evaluate("(selector) => textsUnderThePointer(selector)", CLICKABLE)
    page.evaluate(HIDE)
    tools.detach()  # no element is under the pointer any more
    page.evaluate(SHOW)
    return seen
