"""The engine of live cells, its workers and its clock, without a browser."""

import base64
import json
import os
import subprocess

from d2lbook.live_engine import ROOT, WASM, python_modules, table

from tests.live.node import HERE, NODE


def test_the_engine_with_workers_of_node(tmp_path):
    wasm = ROOT / "node_modules" / WASM
    assets = {
        "address": str(wasm),
        "wasm": base64.b64encode(wasm.read_bytes()).decode(),
        "table": base64.b64encode(table()).decode(),
        "modules": python_modules(),
    }
    path = tmp_path / "assets.json"
    path.write_text(json.dumps(assets), encoding="utf8")
    quiet = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"
    done = subprocess.run(
        [NODE, quiet, "--test", HERE / "engine.test.mjs"],
        env={**os.environ, "ENGINE_ASSETS": str(path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout
