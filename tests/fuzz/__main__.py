"""Fuzz the package: ``python -m tests.fuzz`` makes the calls of every flavour that is installed.

Each flavour runs in a process of its own, by the interpreter of its environment. Some frameworks
end the process when they are given nonsense; the call that did it is then named, too.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fuzz.flavours import NAMES
from tools.environment import is_installed, python_of

ROOT = Path(__file__).parents[2]
SHARES = {"plain": 0.25, "torch": 0.4, "jax": 0.1, "tensorflow": 0.1, "mxnet": 0.15}
"""Of the calls that are asked for; they add up to 1."""

LONGEST = 1800
"""The time that a flavour may take [s]."""


def main() -> None:
    """Run what the command line asks for; exit with status 1 if there is a fault."""
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=10_000, help="how many, over all flavours")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--flavour", choices=NAMES, help="only this one")
    parser.add_argument("--call", type=int, help="only the call of this number, of one flavour")
    parser.add_argument("--progress", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.progress or options.call is not None:
        sys.exit(fuzz_here(options))
    chosen = [options.flavour] if options.flavour else [n for n in NAMES if is_installed(own(n))]
    shares = {name: SHARES[name] for name in chosen}
    counts = {n: round(options.calls * share / sum(shares.values())) for n, share in shares.items()}
    with ThreadPoolExecutor(2) as pool:
        ends = pool.map(lambda name: fuzz_there(name, counts[name], options.seed), chosen)
        failed = [name for name, has_faults in zip(chosen, ends, strict=True) if has_faults]
    print(
        "\nfaults in: " + ", ".join(failed)
        if failed
        else f"\n{sum(counts.values())} calls, no fault"
    )
    sys.exit(bool(failed))


def own(name: str) -> str:
    """Return the flavour whose environment runs this one: what needs no framework has PyTorch's."""
    return "torch" if name == "plain" else name


def fuzz_there(name: str, calls: int, seed: int) -> bool:
    """Fuzz a flavour in another process; return whether there is a fault."""
    with tempfile.TemporaryDirectory() as folder:
        progress = Path(folder) / "call"
        command = [python_of(own(name)), "-m", "tests.fuzz", "--flavour", name]
        command += ["--calls", str(calls), "--seed", str(seed), "--progress", progress]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        try:
            report, _ = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            report, _ = process.communicate()
        lines = [report.decode()]
        if process.returncode not in (0, 1) or not report:
            last = progress.read_text().strip() if progress.exists() else "none"
            lines += [
                f"FAULT: {name} ended with {process.returncode} at the call {last}; to repeat:"
            ]
            lines += [f"  python -m tests.fuzz --flavour {name} --seed {seed} --call {last}"]
    print("\n".join(lines), flush=True)
    return process.returncode != 0


def fuzz_here(options: argparse.Namespace) -> int:
    """Fuzz a flavour in this process, and print the report; return the exit status."""
    from tests.fuzz.run import describe, draw_call, functions_of, fuzz

    name, seed = options.flavour, options.seed
    if options.call is not None:
        print(draw_call(functions_of(name), name, seed, options.call), flush=True)
    path = options.progress or os.devnull
    with open(path, "w") as progress:
        report = fuzz(name, options.calls, seed, options.call, progress)
    print(describe(report, name, seed), flush=True)
    return int(bool(report.faults))


if __name__ == "__main__":
    main()
