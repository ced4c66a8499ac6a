"""The notebooks in JupyterLab: unrun, as in a fresh clone, and the lab with a real kernel."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

from tests.built.pages import NOTEBOOK_FILES, NOTEBOOKS, pictures_in

QUESTIONS = Path(__file__).with_name("jupyter.js")
PATHS = [str(path.relative_to(NOTEBOOKS)) for path in NOTEBOOK_FILES]


@pytest.fixture(scope="session", autouse=True)
def book():
    """JupyterLab reads notebooks: no book need be built."""


@pytest.fixture
def jupyter(tmp_path):
    """Serve a folder that holds the lab's notebook; return the address."""
    shutil.copy(NOTEBOOKS / "lab.ipynb", tmp_path)
    yield from serve(tmp_path)


@pytest.fixture
def unrun(tmp_path):
    """Serve copies of all notebooks to a user who ran none of them; return the address."""
    for path in PATHS:
        (tmp_path / path).parent.mkdir(exist_ok=True)
        shutil.copy(NOTEBOOKS / path, tmp_path / path)
    whole_pages = tmp_path / ".jupyter/lab/user-settings/@jupyterlab/notebook-extension"
    whole_pages.mkdir(parents=True)
    (whole_pages / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}')
    yield from serve(
        tmp_path,
        **{
            "LabApp.expose_app_in_browser": True,
            "KernelSpecManager.ensure_native_kernel": False,
            "KernelSpecManager.allowed_kernelspecs": "none",  # nothing can run
        },
    )


def serve(folder, **more):
    """Start JupyterLab on a folder that is its user's home, too; yield the address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "ServerApp.port": port,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.open_browser": False,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": "",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        **more,
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{k}={v}" for k, v in settings.items())]
    environment = {**os.environ, "HOME": str(folder)}
    server = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for_server(f"{address}/api/status")
        yield address
    finally:
        stop(server)


def stop(server, seconds=20):
    """End a server and its kernels, which a busy machine may be slow to do."""
    processes = [*psutil.Process(server.pid).children(recursive=True), server]
    server.terminate()
    _, remaining = psutil.wait_procs(processes, timeout=seconds)
    for process in remaining:
        process.kill()
    server.wait()


def wait_for_server(address, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail("JupyterLab did not start")


def test_the_lab_trains_in_jupyterlab_and_asks_the_kernel(jupyter, new_reader):
    page = new_reader(jupyter).page
    page.goto(f"{jupyter}/lab/tree/lab.ipynb", wait_until="load")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    page.get_by_text(re.compile(r"\| Idle$")).wait_for(timeout=60_000)  # the kernel is there
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    lab = page.locator(".d2l-lab")
    result = lab.locator(".lab-result")
    first = re.compile(r"^b = 10, lr = 0\.05: loss 0\.24")
    expect(result).to_have_text(first, timeout=90_000)

    lab.get_by_role("slider", name="batch size", exact=True).press("End")
    expect(result).to_have_text(re.compile(r"^b = 1500, lr = 0\.05: loss 0\."))
    ours = float(re.search(r"loss (\d\.\d+)", result.inner_text())[1])
    ask = lab.get_by_role("button", name="Run in PyTorch")
    ask.wait_for(timeout=30_000)
    lines = lab.locator(".lab-curve-plot svg svg g[stroke]")
    before = lines.count()
    ask.click()
    expect(result).to_have_text(re.compile("^PyTorch ends at"), timeout=60_000)
    theirs = float(re.search(r"at (\d\.\d+)", result.inner_text())[1])
    assert theirs == pytest.approx(ours, abs=0.03)  # full gradients; it begins near weights of 0
    assert lines.count() == before + 1


def test_every_notebook_shows_its_figures_before_anything_is_run(unrun, new_reader):
    page = new_reader(unrun).page
    page.goto(f"{unrun}/lab", wait_until="load")
    page.wait_for_function("window.jupyterapp?.commands.hasCommand('docmanager:open')")
    page.add_script_tag(path=QUESTIONS)
    expected = {path: pictures_in(NOTEBOOKS / path) for path in PATHS}
    assert sum(expected.values()) > 30
    drawn = {}
    for path in PATHS:
        shown = page.evaluate("(args) => openNotebook(...args)", [path, expected[path]])
        drawn[path] = (shown["drawn"], shown["bare"])
    assert drawn == {path: (count, False) for path, count in expected.items()}
