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
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "PageUp": "\ue00e",
    "PageDown": "\ue00f",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
}
LOCAL = ("file:", "data:", "blob:")


class Firefox:
    """One window of a Firefox without a screen at a time, from ``with`` to its end.

    Attributes
    ----------
    messages : list of str
        All that came to the console since a page was opened: what scripts say there, exceptions,
        and what the page's policy has refused.
    errors : list of str
        The warnings and errors among them.
    requests : list of str
        Addresses that were asked of servers, on this machine or another, since then.
    """

    def __init__(self, path):
        self.path = path
        self.messages, self.errors, self.requests = [], [], []
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
        self.messages, self.errors, self.requests = [], [], []
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

    def call(self, function, *arguments):
        """Return the value of a function in JavaScript, or what it promises, as JSON has it."""
        return self.evaluate(f"({function})(...{json.dumps(arguments)})")

    def load_first(self, path):
        """Let a script run in each page that is opened from now on, before the page's own."""
        script = f"() => {{ {path.read_text(encoding='utf8')} }}"
        self._call("script.addPreloadScript", functionDeclaration=script)

    def press(self, *keys):
        """Press and release keys, such as a, Tab or Control+a; they go to what has the focus."""
        strokes = [stroke for key in keys for stroke in _strokes(key)]
        self._act({"type": "key", "id": "keyboard", "actions": strokes})

    def use_mouse(self, *acts):
        """Let the mouse go to places in the window, x and y, and be pressed ("down") or not ("up").

        What it did last holds until the next call.
        """
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
        self._act({**mouse, "actions": [_act_of_mouse(act) for act in acts]})

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
        self.load_first(VIOLATIONS)
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

    def _act(self, actions):
        self._call("input.performActions", **self._tab, actions=[actions])

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
        else:
            message = f"{params['type']}, {params['level']}: {params['text']}"
            self.messages.append(message)
            self.errors += [message] if params["level"] in ("warn", "error") else []


def _strokes(key):
    """Return what makes a key, or several that are held together, go down and up."""
    values = [KEYS.get(part, part) for part in key.split("+")]
    down = [{"type": "keyDown", "value": value} for value in values]
    return [*down, *({"type": "keyUp", "value": value} for value in reversed(values))]


def _act_of_mouse(act):
    if isinstance(act, str):
        return {"type": f"pointer{act.title()}", "button": 0}
    x, y = act
    return {"type": "pointerMove", "x": round(x), "y": round(y)}
