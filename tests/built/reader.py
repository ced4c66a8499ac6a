"""A reader of the book: one page of a browser, and a record of what went wrong in it."""

from urllib.parse import unquote, urlsplit

from playwright.sync_api import expect

from tests.built.pages import HOSTED, HTML, MEASURING_SCRIPTS, SLIDERS, VIOLATED, VIOLATIONS

# Fonts are loaded, transitions have ended, nothing scrolls, and the browser has nothing to do.
AT_REST = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const ends = (animation) => animation.playState === "running"
        && animation.effect.getComputedTiming().endTime !== Infinity;
    await document.fonts.ready;
    await frame();
    await Promise.allSettled(document.getAnimations().filter(ends).map((one) => one.finished));
    for (let last = null; scrollY !== last; await frame()) {
        last = scrollY;
        await frame();
    }
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
}"""


class Reader:
    """One page, and all that went wrong since it was opened.

    Attributes
    ----------
    page : playwright.sync_api.Page
    name : str
        The page of the book that is open.
    errors : list of str
        Messages and exceptions of the console, and requests without an answer.
    requests : list of str
        Addresses that were asked for.
    violations : list of str
        What the policies of pages have refused, all the time; `reader_in` asks for none.
    """

    def __init__(self, context, base):
        self.base = base
        # These define functions, and do nothing by themselves; the last one reports.
        for script in (*MEASURING_SCRIPTS, VIOLATIONS):
            context.add_init_script(path=script)
        self.page = context.new_page()
        self.name = None
        self.errors, self.requests, self.violations = [], [], []
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.errors.append(f"error: {error}"))
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)
        self.page.on("request", lambda r: self.requests.append(r.url))

    def _on_console(self, message):
        if message.type in ("error", "warning"):
            self.errors.append(f"console: {message.text}")
        if message.text.startswith(VIOLATED):
            self.violations.append(message.text.removeprefix(VIOLATED))

    def _on_failure(self, request):
        if request.failure != "net::ERR_ABORTED":  # by leaving the page
            self.errors.append(f"failed: {request.url}, {request.failure}")

    def _on_response(self, response):
        if response.status >= 400:
            self.errors.append(f"{response.status}: {response.url}")

    def open(self, name):
        """Open a page of the book, and return it."""
        self.name = name
        self.page.goto(f"{self.base}/{name}", wait_until="load")
        return self.page

    def open_fully(self, name):
        """Open a page and record it alone; draw its widgets, and wait until it is at rest."""
        self.forget()
        page = self.open(name)
        if name.split("?")[0] in {*SLIDERS, *HOSTED}:
            draw_widgets(page)
        self.wait_until_at_rest()
        return page

    def forget(self):
        """Forget what went wrong, and what was asked for."""
        self.errors.clear()
        self.requests.clear()

    def wait_until_at_rest(self):
        """Wait for fonts and transitions, and until nothing scrolls any more."""
        self.page.evaluate(AT_REST)

    def change_theme(self, theme):
        """Change the colour scheme of the reader's system, which the page follows."""
        self.page.emulate_media(color_scheme=theme)
        self.page.wait_for_function(
            "(theme) => document.documentElement.dataset.theme === theme", arg=theme
        )

    @property
    def external_requests(self):
        """Requests that left the book."""
        own = (self.base, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]

    def file_of(self, url):
        """Return the file of the book at an address, or None for an address elsewhere."""
        if not url.startswith(f"{self.base}/"):
            return None
        return HTML / unquote(urlsplit(url.removeprefix(f"{self.base}/")).path)


def draw_widgets(page):
    """Scroll to what is drawn in the page and wait until all of it is there."""
    for place in page.locator(".d2l-widget, .d2l-hosted").all():
        place.scroll_into_view_if_needed()
        expect(place).to_have_attribute("data-ready", "true", timeout=20_000)
