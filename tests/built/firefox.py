"""The system's Firefox, spoken to in WebDriver BiDi: Playwright needs a Firefox that it changed."""

import json
import os
import re
import subprocess
import time
from base64 import b64decode
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from websocket import WebSocketException, create_connection

from tests.built.pages import VIOLATIONS

PREFERENCES = {
    "browser.startup.page": 0,  # an empty one
    "browser.aboutwelcome.enabled": False,
    "ui.prefersReducedMotion": 1,  # the tests then take less time
    # Whatever Firefox or a page asks of another machine goes to a port where nothing listens.
    "network.proxy.type": 1,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
    "network.proxy.socks5_remote_dns": True,
    "network.proxy.allow_bypass": False,
    "network.proxy.failover_direct": False,
    # What Firefox would ask for beyond what it leaves out for every remote control.
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "media.gmp-manager.updateEnabled": False,
}
KEYS = {"Home": "\ue011", "ArrowRight": "\ue014"}
LOCAL = ("file:", "data:", "blob:")


class Firefox:
    """One window of a Firefox without a screen at a time, from ``with`` to its end.

    Attributes
    ----------
    errors : list of str
        Warnings and errors of the console, exceptions, and what the page's policy has refused,
        since a page was opened.
    requests : list of str
        Addresses that were asked of servers, on this machine or another, since then.
    """

    def __init__(self, path):
        self.path = path
        self.errors, self.requests = [], []
        self._sent = 0

    def __enter__(self):
        with ExitStack() as stack:
            folder = stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
            self._start(Path(folder), stack)
            self._connect(Path(folder, "log"), stack)
            self._ending = stack.pop_all()
        return self

    def __exit__(self, *_):
        with self._ending, suppress(OSError, WebSocketException, subprocess.TimeoutExpired):
            self._call("browser.close")
            self._process.wait(20)

    def open(self, address, width=1280, height=900):
        """Open a page in a window of a size, and wait until it is loaded; record it alone."""
        self.resize(width, height)
        self.errors, self.requests = [], []
        self._call("browsingContext.navigate", **self._tab, url=address, wait="complete")

    def open_window(self):
        """Go on in a new window, which has the focus; the one of the start has not."""
        self._tab = {"context": self._call("browsingContext.create", type="window")["context"]}

    def resize(self, width, height):
        """Give the window another size; the page is laid out anew."""
        size = {"width": width, "height": height}
        self._call("browsingContext.setViewport", **self._tab, viewport=size)

    def evaluate(self, expression):
        """Return the value of an expression in JavaScript, or what it promises, as JSON has it."""
        result = self._evaluate(f"Promise.resolve({expression}).then(JSON.stringify)")
        return json.loads(result.get("value", "null"))

    def wait_for(self, expression, seconds=20):
        """Return the value of an expression as soon as Python counts it as true."""
        end = time.monotonic() + seconds
        while not (value := self.evaluate(expression)):
            assert time.monotonic() < end, f"after {seconds} s still {value}: {expression}"
            time.sleep(0.05)
        return value

    def press(self, key):
        """Press and release a key, which goes to what has the focus."""
        strokes = [{"type": kind, "value": KEYS.get(key, key)} for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": strokes}
        self._call("input.performActions", **self._tab, actions=[keyboard])

    def screenshot(self, element="document.documentElement"):
        """Return what is seen of an element, which an expression names, as a PNG."""
        clip = {"type": "element", "element": {"sharedId": self._evaluate(element)["sharedId"]}}
        taken = self._call("browsingContext.captureScreenshot", **self._tab, clip=clip)
        return b64decode(taken["data"])

    def _start(self, folder, stack):
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
        (folder / "user.js").write_text("\n".join(lines))
        log = stack.enter_context((folder / "log").open("w"))
        options = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", folder]
        # Firefox refuses the home folder of another user. With the second, the server above counts.
        environment = {**os.environ, "HOME": str(folder), "MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"}
        popen = subprocess.Popen([self.path, *options], env=environment, stdout=log, stderr=log)
        self._process = stack.enter_context(popen)
        stack.callback(self._process.kill)  # does nothing to a process that has ended

    def _connect(self, log, stack):
        # Connections from pages name their origin, and Firefox refuses those.
        address = self._address(log)
        self._socket = create_connection(f"{address}/session", timeout=60, suppress_origin=True)
        stack.callback(self._socket.shutdown)
        self._call("session.new", capabilities={})
        self._call("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        script = f"() => {{ {VIOLATIONS.read_text(encoding='utf8')} }}"
        self._call("script.addPreloadScript", functionDeclaration=script)
        (tab,) = self._call("browsingContext.getTree", maxDepth=0)["contexts"]
        self._tab = {"context": tab["context"]}

    def _address(self, log):
        end = time.monotonic() + 60
        while not (found := re.search(r"BiDi listening on (ws://\S+)\n", log.read_text())):
            waiting = self._process.poll() is None and time.monotonic() < end
            assert waiting, f"Firefox did not start:\n{log.read_text()}"
            time.sleep(0.05)
        return found[1]

    def _evaluate(self, expression):
        where = {"target": self._tab, "awaitPromise": True}
        answer = self._call("script.evaluate", expression=expression, **where)
        assert answer["type"] == "success", f"{answer['exceptionDetails']['text']}: {expression}"
        return answer["result"]

    def _call(self, method, **parameters):
        """Send a command; record the events that come before its answer, and return that."""
        self._sent += 1
        command = json.dumps({"id": self._sent, "method": method, "params": parameters})
        self._socket.send(command)
        while (message := json.loads(self._socket.recv())).get("id") != self._sent:
            self._record(**message)
        assert message["type"] == "success", f"{method}: {message['error']}, {message['message']}"
        return message["result"]

    def _record(self, method, params, **_):
        if method == "network.beforeRequestSent":
            url = params["request"]["url"]
            self.requests += [] if url.startswith(LOCAL) else [url]
        elif params["level"] in ("warn", "error"):
            self.errors.append(f"{params['type']}, {params['level']}: {params['text']}")
