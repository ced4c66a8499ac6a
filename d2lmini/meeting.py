"""How workers find each other, see that they were started alike, and name those who are lost.

They talk through a store of small messages. The launcher keeps it, or worker 0 where there is none.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import torch.distributed as dist

PATIENCE = 20.0
"""How long after the loss of another worker a worker has stopped at the latest [s]."""

ANSWER_TIME = 12.0
"""How long a worker waits for one message [s]; the rest of `PATIENCE` is for asking around."""


@contextmanager
def time_limit(seconds: float, complaint: str) -> Iterator[None]:
    """End the process if the block takes longer: some waits for a frozen worker know no limit.

    Parameters
    ----------
    seconds : float
    complaint : str
        What is printed then.
    """
    timer = threading.Timer(seconds, _leave, [complaint])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@dataclass
class Meeting:
    """The workers that train together, as one of them sees them.

    Attributes
    ----------
    rank, workers : int
        Which worker this is, and how many there are.
    place : str
        Where all meet, as host:port.
    store : torch.distributed.Store
        The messages; there once `join` has returned.
    """

    rank: int
    workers: int
    place: str
    store: Any = field(default=None, repr=False)

    @classmethod
    def from_environment(cls) -> "Meeting":
        """Read what a launcher such as torchrun leaves in the environment.

        Returns
        -------
        Meeting

        Raises
        ------
        SystemExit
            If nothing is there.
        """
        needed = ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT")
        if missing := [name for name in needed if not os.environ.get(name)]:
            raise SystemExit(
                f"{', '.join(missing)} not set: start the workers with torchrun --standalone "
                "--nproc-per-node 2 -m d2lmini.parallel"
            )
        rank, workers, host, port = (os.environ[name] for name in needed)
        return cls(int(rank), int(workers), f"{host}:{port}")

    def join(self, settings: dict[str, Any], problem: str | None = None) -> None:
        """Wait for all workers, and stop them all if their settings differ or one has a problem.

        Parameters
        ----------
        settings : dict
            What has to be the same for all.
        problem : str, optional
            Why this worker cannot begin.

        Raises
        ------
        SystemExit
            If they cannot begin, or not all come.
        """
        ends = time.monotonic() + PATIENCE
        nobody = f"no answer from rank 0 at {self.place}"
        with time_limit(PATIENCE, self._stop(f"{nobody} within {PATIENCE:g} s")):
            try:
                self.store = self._open_store()
                self.store.set(f"settings/{self.rank}", json.dumps([settings, problem]))
                silent = self._silent("settings", ends - time.monotonic() - 3)
                reasons = [f"no answer from {_ranks(silent)}"] if silent else self._reasons()
                if reasons:
                    self._leave_together(silent)
            except RuntimeError as error:
                raise SystemExit(self._stop(f"{nobody} ({_first_line(error)})")) from error
        if reasons:
            raise SystemExit(self._stop("; ".join(reasons)))

    def connect(self, backend: str) -> None:
        """Let the workers exchange tensors.

        Parameters
        ----------
        backend : str
            ``"gloo"`` or ``"nccl"``.
        """
        dist.init_process_group(
            backend,
            store=dist.PrefixStore("gradients", self.store),
            rank=self.rank,
            world_size=self.workers,
            timeout=timedelta(seconds=ANSWER_TIME),
        )
        if self.rank == 0:
            print(f"{self.workers} workers have met", flush=True)

    def disconnect(self) -> None:
        """Close the connections at the end, or stop with status 1 if that does not succeed."""
        with time_limit(PATIENCE, self._stop("trained, but the connections do not close")):
            dist.destroy_process_group()

    def name_the_lost(self, error: RuntimeError) -> None:
        """Find out after a failure who does not answer any more; return if all do.

        Parameters
        ----------
        error : RuntimeError
            The failure.

        Raises
        ------
        SystemExit
            With the ranks that are lost.
        """
        reason = f" ({_first_line(error)})"
        keeper = "rank 0" if self.rank else "an unknown rank"
        rest = PATIENCE - ANSWER_TIME - 2
        with time_limit(rest, self._stop(f"no answer from {keeper}{reason}")):
            if dist.is_initialized():
                dist.destroy_process_group()  # those who wait for this worker notice now
            try:
                self.store.set(f"alive/{self.rank}", "yes")
                silent = self._silent("alive", 2)
                self._leave_together(silent)
            except RuntimeError:
                silent = [0]  # the worker that keeps the store
        if silent:
            raise SystemExit(self._stop(f"no answer from {_ranks(silent)}{reason}")) from error

    def _open_store(self) -> Any:
        host, port = self.place.rsplit(":", 1)
        keeps = self.rank == 0 and os.environ.get("TORCHELASTIC_USE_AGENT_STORE") != "True"
        try:
            return dist.TCPStore(
                host,
                int(port),
                self.workers,
                is_master=keeps,
                timeout=timedelta(seconds=ANSWER_TIME),
                wait_for_workers=False,  # `join` waits, and names those who do not come
            )
        except RuntimeError as error:
            if not keeps:
                raise
            reason = f"cannot open {self.place} ({_first_line(error)})"
            raise SystemExit(self._stop(reason)) from error

    def _reasons(self) -> list[str]:
        """Say why the workers cannot begin, from what all of them wrote."""
        answers = [json.loads(self.store.get(f"settings/{r}")) for r in range(self.workers)]
        problems = [problem for _, problem in answers if problem]
        return problems + differences([settings for settings, _ in answers])

    def _silent(self, key: str, seconds: float) -> list[int]:
        """Return those who have not set a key after a while."""
        keys = [f"{key}/{rank}" for rank in range(self.workers)]
        with suppress(RuntimeError):
            self.store.wait(keys, timedelta(seconds=seconds))
        return [rank for rank, key in enumerate(keys) if not self.store.check([key])]

    def _leave_together(self, without: Iterable[int]) -> None:
        """Wait a moment, so that nobody asks the store of a worker that has left."""
        others = set(range(self.workers)) - set(without)
        with suppress(RuntimeError):
            self.store.set(f"leaving/{self.rank}", "yes")
            self.store.wait([f"leaving/{r}" for r in others], timedelta(seconds=2))

    def _stop(self, reason: str) -> str:
        return f"worker {self.rank} of {self.workers} stops: {reason}"


def differences(settings: list[dict[str, Any]]) -> list[str]:
    """Say which settings are not the same for all workers, and who has which value.

    Parameters
    ----------
    settings : list of dict
        Those of each worker, by rank.

    Returns
    -------
    list of str
        A sentence for each such setting.
    """
    found = []
    for name in settings[0]:
        owners: dict[str, list[int]] = {}
        for rank, own in enumerate(settings):
            owners.setdefault(repr(own.get(name)), []).append(rank)
        if len(owners) > 1:
            parts = (f"{name}={value} on {_ranks(ranks)}" for value, ranks in owners.items())
            found.append(f"{', '.join(parts)}: must be the same for all workers")
    return found


def _leave(complaint: str) -> None:
    print(complaint, file=sys.stderr, flush=True)
    os._exit(1)  # an ordinary exit would wait for the frozen worker, too


def _ranks(ranks: list[int]) -> str:
    return f"rank{'s' * (len(ranks) > 1)} {', '.join(map(str, ranks))}"


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0]
