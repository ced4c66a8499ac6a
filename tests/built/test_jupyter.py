"""The lab in JupyterLab, with a real kernel behind it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.built.conftest import ROOT


@pytest.fixture(scope="session", autouse=True)
def book():
    """JupyterLab reads notebooks: no book need be built."""


@pytest.fixture
def jupyter(tmp_path):
    """Serve a folder that holds the lab's notebook; return the address."""
    shutil.copy(ROOT / "notebooks" / "lab.ipynb", tmp_path)
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
    }
    command = [sys.executable, "-m", "jupyterlab", *(f"--{k}={v}" for k, v in settings.items())]
    environment = {**os.environ, "HOME": str(tmp_path)}
    server = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/api/status", timeout=2)
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    yield address
    server.terminate()
    server.wait(timeout=20)


def test_the_lab_trains_in_jupyterlab_and_asks_the_kernel(jupyter, reading):
    page = reading(jupyter).page
    page.goto(f"{jupyter}/lab/tree/lab.ipynb", wait_until="load")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    page.get_by_text(re.compile(r"\| Idle$")).wait_for(timeout=60_000)  # the kernel is there
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    result = page.locator(".d2l-lab .lab-result").first
    result.wait_for(timeout=90_000)
    assert result.inner_text().startswith("b = 10, lr = 0.05: the loss is 0.24")

    page.locator(".d2l-explorer [role=slider]").first.press("End")
    page.wait_for_function(
        "document.querySelector('.d2l-lab .lab-result').innerText.startsWith('b = 1500')"
    )
    ask = page.get_by_role("button", name="Run in PyTorch")
    ask.wait_for(timeout=30_000)
    ask.click()
    page.wait_for_function(
        "document.querySelector('.d2l-lab .lab-result').innerText.startsWith('PyTorch ends at')",
        timeout=60_000,
    )
    theirs, ours = map(float, re.findall(r"at (\d\.\d+)", result.inner_text()))
    assert theirs == pytest.approx(ours, abs=0.03)  # full gradients from two random starts
    assert page.locator(".lab-legend li").count() == 2
