"""The script with the engine of the live cells: MicroPython, its modules, and the data."""

import base64
import json
import tempfile
from pathlib import Path

import numpy as np

from d2lbook.esbuild import esbuild
from d2lmini.data import AIRFOIL_ROWS, whitened_airfoil

ROOT = Path(__file__).parents[3]
LIVE = ROOT / "book" / "site" / "live"
WASM = Path("@micropython", "micropython-webassembly-pyscript", "micropython.wasm")
OF_THE_PACKAGE = ("data.py", "plotting.py")
"""What stands in for a module of d2lmini."""


def python_modules() -> dict[str, str]:
    """Return paths and texts of the modules that a live cell can import."""
    folder = LIVE / "python"
    modules = {"d2lmini/__init__.py": ""}
    for file in sorted(folder.rglob("*.py")):
        path = file.relative_to(folder).as_posix()
        within = f"d2lmini/{path}" if path in OF_THE_PACKAGE else path
        modules[within] = file.read_text(encoding="utf8")
    for file in sorted((ROOT / "d2lmini" / "exercises").glob("*.py")):
        modules[f"d2lmini/exercises/{file.name}"] = file.read_text(encoding="utf8")
    return modules


def table() -> bytes:
    """Return the whitened airfoil table, row by row, as little-endian float32."""
    return np.c_[whitened_airfoil(AIRFOIL_ROWS)].astype("<f4").tobytes()


def write_engine(folder: Path, node_modules: Path) -> None:
    """Write ``engine.js``, a classic script that sets ``d2lLive`` with ``run``.

    Parameters
    ----------
    folder : Path
        Where to write it; it is created.
    node_modules : Path
        Where the npm packages are.

    Raises
    ------
    subprocess.CalledProcessError
        If esbuild finds a fault.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        worker = scratch / "worker.js"
        _bundle(LIVE / "js" / "worker.js", worker, node_modules, _worker_options())
        assets = {
            "worker": worker.read_text(encoding="utf8"),
            "wasm": _base64((node_modules / WASM).read_bytes()),
            "table": _base64(table()),
            "modules": python_modules(),
        }
        (scratch / "assets.json").write_text(json.dumps(assets), encoding="utf8")
        entry = scratch / "entry.js"
        engine = json.dumps((LIVE / "js" / "engine.js").as_posix())
        entry.write_text(
            f"import {{ createEngine }} from {engine};\n"
            'import assets from "./assets.json";\n'
            "globalThis.d2lLive = createEngine(assets);\n",
            encoding="utf8",
        )
        _bundle(entry, folder / "engine.js", node_modules, ["--format=iife"])


def _worker_options() -> list[str]:
    """Return options for a worker that is a classic script although its loader has ``await``.

    The loader's packages of Node are imported only there.
    """
    return [
        "--format=esm",
        "--banner:js=(async () => {",
        "--footer:js=})();",
        '--define:import.meta.url=""',
        *(f"--external:{package}" for package in ("fs", "module", "path", "url")),
    ]


def _bundle(source: Path, target: Path, node_modules: Path, options: list[str]) -> None:
    options = [*options, "--bundle", "--charset=utf8", f"--outfile={target}"]
    esbuild(source, *options, node_modules=node_modules)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
