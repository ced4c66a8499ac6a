"""Files that pages load and that are made of sources alone are made while the pages are read."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sphinx.application import Sphinx


def make_ahead(app: Sphinx, work: Callable[[Sphinx], None]) -> None:
    """Have a function called beside the reading of each build of HTML.

    It has ended before the first page is written, so that pages can name checksums of its files.

    Parameters
    ----------
    app : Sphinx
    work : callable
        Takes the application; it should wait for programs most of its time.
    """
    begun: list[Future[None]] = []

    def begin(app: Sphinx) -> None:
        if app.builder.format == "html":
            pool = ThreadPoolExecutor(1)
            begun.append(pool.submit(work, app))
            pool.shutdown(wait=False)

    def wait(app: Sphinx, env: Any) -> None:
        while begun:
            begun.pop().result()

    app.connect("builder-inited", begin)
    app.connect("env-updated", wait)
