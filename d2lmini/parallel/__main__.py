"""The command line of `d2lmini.parallel`: one worker, started by a launcher such as torchrun."""

import argparse
import json
import math
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from d2lmini.parallel.orphans import ends_when_orphaned
from d2lmini.parallel.rendezvous import Rendezvous
from d2lmini.parallel.training import MAX_WIDTH, Report, train


def main(arguments: list[str] | None = None) -> None:
    """Join the other workers, train, and print the report of rank 0.

    Parameters
    ----------
    arguments : list of str, optional
        The command line's by default.

    Raises
    ------
    SystemExit
        With a message, if a setting is out of range, the workers have different settings, the
        report cannot be written, other ranks do not answer, or the run diverged. A worker whose
        launcher or reader has ended ends at once, and raises nothing.
    """
    options = _options(arguments)
    settings = {k: v for k, v in vars(options).items() if k != "output"}
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(1)  # one for each worker, however many there are
    rendezvous = Rendezvous.from_environment()
    with ends_when_orphaned(rendezvous.stop):
        report = _train_together(rendezvous, settings, options.output)
    if rendezvous.rank == 0 and not math.isfinite(report.losses[-1]):
        raise SystemExit(
            f"d2lmini.parallel: diverged: the loss is {report.losses[-1]}; take a smaller --lr"
        )


def _train_together(
    rendezvous: Rendezvous, settings: dict[str, Any], output: Path | None
) -> Report:
    """Join the others, train, let rank 0 write the report, and leave the others."""
    device, backend = _choose_device()
    problem = _output_problem(output) if rendezvous.rank == 0 else None
    rendezvous.join({**settings, "device": device.type}, problem)
    try:
        rendezvous.connect(backend)
        report = train(**settings, device=device)
    except (TypeError, ValueError) as error:
        raise SystemExit(f"d2lmini.parallel: {error}") from error
    except RuntimeError as error:
        rendezvous.report_lost_ranks(error)
        raise  # no rank is lost: the error has another cause
    if rendezvous.rank == 0:
        _output_report(report, output)
    rendezvous.disconnect()
    return report


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="d2lmini.parallel", description="Train with all workers of a launcher."
    )
    parser.add_argument("--batch-size", type=int, default=100, help="rows, over all workers")
    parser.add_argument("--lr", type=float, default=0.4, help="learning rate")
    parser.add_argument("--num-epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--width",
        type=int,
        default=0,
        help=f"random features, up to {MAX_WIDTH}, 13 MB a thousand; 0: the columns",
    )
    parser.add_argument("--output", type=Path, help="a file for the report, as JSON")
    return parser.parse_args(arguments)


def _choose_device() -> tuple[torch.device, str]:
    """Return one GPU for each worker if there are GPUs, otherwise the CPU, and the backend."""
    if torch.cuda.is_available():
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        torch.cuda.set_device(device)
        return device, "nccl"
    return torch.device("cpu"), "gloo"


def _output_problem(output: Path | None) -> str | None:
    """Return why the report could not be written, before hours of training are lost."""
    if output is None:
        return None
    folder_is_writable = output.parent.is_dir() and os.access(output.parent, os.W_OK)
    file_is_writable = not output.exists() or (output.is_file() and os.access(output, os.W_OK))
    if folder_is_writable and file_is_writable:
        return None
    return f"output={str(output)!r}: must be a file that can be written, in a folder that exists"


def _output_report(report: Report, output: Path | None) -> None:
    compute, reduce = 1e3 * report.compute, 1e3 * report.reduce
    print(
        f"{report.world_size} workers, {report.backend} on {report.device}: "
        f"loss {report.losses[-1]:.4f}; "
        f"a step took {compute:.3f} ms to compute and {reduce:.3f} ms to average"
    )
    if output:
        output.write_text(json.dumps(asdict(report)))


if __name__ == "__main__":
    main()
