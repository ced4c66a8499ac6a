"""The second of two builds has no network, and what builds change is found."""

import os
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tools import reproducible

READ = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=20).read())"


@pytest.fixture
def address():
    """The address of a server that answers every request."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"here")

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def reads(address, before=(), **environment):
    """Return whether a program of its own can read what is there."""
    command = [*before, sys.executable, "-c", READ, address]
    variables = {k: v for k, v in os.environ.items() if k.lower() not in reproducible.NOWHERE}
    done = subprocess.run(command, env={**variables, **environment}, capture_output=True)
    return done.returncode == 0


def test_a_network_apart_reaches_nothing(address):
    if not reproducible.can_be_apart():
        pytest.skip("this system gives no program a network of its own")
    assert reads(address)
    assert not reads(address, before=reproducible.APART)


def test_proxies_lead_nowhere(address):
    assert reads(address)
    assert not reads(address, **reproducible.NOWHERE)


def test_only_the_second_build_has_no_network(monkeypatch, tmp_path):
    builds = {}

    def run(command, env, **options):
        builds[command[-1]] = (command, env)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(reproducible, "command_for", lambda folder: ["builder", folder.name])
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.delenv("PIP_NO_INDEX", raising=False)
    for name in reproducible.ENVIRONMENTS:
        reproducible.build(tmp_path / name, is_apart=True)
    assert builds["first"][0] == ["builder", "first"]
    assert "PIP_NO_INDEX" not in builds["first"][1]
    assert builds["second"][0] == [*reproducible.APART, "builder", "second"]
    assert builds["second"][1].items() >= reproducible.NOWHERE.items()


@pytest.mark.skipif(not shutil.which("git"), reason="finds changes")
def test_what_is_new_is_found_and_what_is_ignored_is_not(tmp_path):
    assert reproducible.changes(tmp_path) == []
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("/_build/\n")
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build/page.html").touch()
    assert reproducible.changes(tmp_path) == ["?? .gitignore"]
