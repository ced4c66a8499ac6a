import hashlib
import shutil
import socket
import subprocess
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import matplotlib as mpl
import psutil
import pytest
from matplotlib import pyplot as plt

from d2lmini import data
from tests.unit.download_server import NUMBERS, listening
from tests.unit.workers import ENVIRONMENT, WORKER

mpl.use("Agg")


@pytest.fixture(autouse=True)
def fresh_figures():
    """No figure outlives its test."""
    yield
    plt.close("all")


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    """A file:// mirror that serves one file, named in the hub."""
    served = tmp_path / "mirror" / "numbers.dat"
    served.parent.mkdir()
    served.write_bytes(b"1\t2\t3\r\n")
    digest = hashlib.sha1(served.read_bytes()).hexdigest()
    monkeypatch.setitem(data.DATA_HUB, "numbers", (served.as_uri(), digest))
    return served


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A key and a certificate for 127.0.0.1, as long as the tests run."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl makes the certificate of the test server")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-keyout", str(path), "-out", f"{path}.crt", "-days", "1"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.fixture
def fetch(certificate, tmp_path, monkeypatch):
    """Download from a server with that answer; nothing may be left if it fails."""
    monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    cache = tmp_path / "cache"

    def fetch(answer, stalls=False):
        with listening(answer, certificate, stalls) as url:
            entry = (f"{url}numbers.dat", hashlib.sha1(NUMBERS).hexdigest())
            monkeypatch.setitem(data.DATA_HUB, "numbers", entry)
            try:
                return Path(data.download("numbers", cache_dir=cache))
            except BaseException:
                assert not cache.exists() or not list(cache.iterdir())
                raise

    return fetch


@pytest.fixture
def notebook(monkeypatch):
    """A pretended notebook: records what is displayed, and lets a cell end."""
    shown, callbacks = [], []

    class Handle:
        def update(self, picture, raw):
            shown.append(("update", picture))

    def display(picture, raw, display_id):
        shown.append(("new", picture))
        return Handle()

    def end_cell():
        for callback in callbacks:
            callback()

    events = SimpleNamespace(
        register=lambda name, f: callbacks.append(f), unregister=lambda name, f: callbacks.remove(f)
    )
    formatters = defaultdict(lambda: SimpleNamespace(for_type=lambda kind, function: None))
    shell = SimpleNamespace(
        kernel=object(), events=events, display_formatter=SimpleNamespace(formatters=formatters)
    )
    clock = [100.0]
    monkeypatch.setattr("d2lmini.plotting.get_ipython", lambda: shell)
    monkeypatch.setattr("d2lmini.animator.get_ipython", lambda: shell)
    monkeypatch.setattr("d2lmini.animator.display", display)
    monkeypatch.setattr("d2lmini.plotting.set_matplotlib_formats", lambda *a, **k: None)
    monkeypatch.setattr("d2lmini.animator.time.monotonic", lambda: clock[0])
    return SimpleNamespace(shown=shown, clock=clock, end_cell=end_cell, waiting=callbacks)


@pytest.fixture
def begin():
    """Start processes, none of which outlives the test."""
    runs = []

    def begin(command, **environment):
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        runs.append(subprocess.Popen(command, env={**ENVIRONMENT, **environment}, **pipes))
        return runs[-1]

    yield begin
    for run in runs:
        if run.poll() is None:
            for process in psutil.Process(run.pid).children(recursive=True):
                process.kill()
            run.kill()
        run.communicate()


@pytest.fixture
def address():
    """An address for workers that no common launcher starts, as on different machines."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(probe.getsockname()[1])}


@pytest.fixture
def begin_all(begin, address):
    """Start a worker with each of the lists of options."""

    def begin_all(*options, command=WORKER):
        world = {**address, "WORLD_SIZE": str(len(options))}
        return [begin([*command, *own], RANK=str(r), **world) for r, own in enumerate(options)]

    return begin_all
