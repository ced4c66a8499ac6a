"""How workers find each other, compare their settings, and report ranks that were lost.

They exchange messages through a key-value store. The launcher hosts it, or rank 0 if there is none.
"""

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import torch.distributed as dist

from d2lmini._checks import check_integer

EXIT_TIMEOUT = 20.0
"""A worker exits at the latest this long after another one was lost [s]."""

MESSAGE_TIMEOUT = 12.0
"""How long a worker waits for one message [s]; the rest is for finding out which rank is lost."""


@contextmanager
def time_limit(seconds: float, message: str) -> Iterator[None]:
    """Exit the process if the block takes longer: some waits for a frozen worker have no timeout.

    Parameters
    ----------
    seconds : float
    message : str
        Printed before the process exits.
    """
    timer = threading.Timer(seconds, _exit_now, [message])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@dataclass
class Rendezvous:
    """The workers that train together, seen from one of them.

    Attributes
    ----------
    rank, world_size : int
        Which worker this is, and how many there are.
    address : str
        Of the store, as host:port.
    store : torch.distributed.Store
        Set by `join`.
    """

    rank: int
    world_size: int
    address: str
    store: Any = field(default=None, repr=False)

    @classmethod
    def from_environment(cls) -> "Rendezvous":
        """Read the environment variables that a launcher such as torchrun sets.

        Returns
        -------
        Rendezvous

        Raises
        ------
        SystemExit
            If one is missing or out of its range.
        """
        needed = ("RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT")
        if missing := [name for name in needed if not os.environ.get(name)]:
            raise SystemExit(
                f"{', '.join(missing)} not set: start the workers with torchrun --standalone "
                "--nproc-per-node 2 -m d2lmini.parallel"
            )
        world_size = _integer_of("WORLD_SIZE", 1)
        rank = _integer_of("RANK", 0, world_size - 1)
        port = _integer_of("MASTER_PORT", 0, 65535)
        return cls(rank, world_size, f"{os.environ['MASTER_ADDR']}:{port}")

    def join(self, settings: dict[str, Any], problem: str | None = None) -> None:
        """Wait for all workers; stop them all if their settings differ or one cannot begin.

        Parameters
        ----------
        settings : dict
            What must be the same for all.
        problem : str, optional
            Why this worker cannot begin.

        Raises
        ------
        SystemExit
            If they cannot begin, or not all join in time.
        """
        ends = time.monotonic() + EXIT_TIMEOUT
        no_answer = f"no answer from rank 0 at {self.address}"
        with time_limit(EXIT_TIMEOUT, self._exit_message(f"{no_answer} within {EXIT_TIMEOUT:g} s")):
            try:
                self.store = self._open_store()
                self.store.set(f"settings/{self.rank}", json.dumps([settings, problem]))
                missing = self._missing_ranks("settings", ends - time.monotonic() - 3)
                reasons = [f"no answer from {_ranks(missing)}"] if missing else self._reasons()
                if reasons:
                    self._wait_for_others(missing)
            except RuntimeError as error:
                raise SystemExit(
                    self._exit_message(f"{no_answer} ({_first_line(error)})")
                ) from error
        if reasons:
            raise SystemExit(self._exit_message("; ".join(reasons)))

    def connect(self, backend: str) -> None:
        """Let the workers exchange tensors.

        Parameters
        ----------
        backend : str
            ``"gloo"`` or ``"nccl"``.

        Raises
        ------
        SystemExit
            If not all connect in time.
        """
        late = f"not connected to all within {EXIT_TIMEOUT:g} s: a worker is lost or unreachable"
        with time_limit(EXIT_TIMEOUT, self._exit_message(late)):  # gloo waits longer by itself
            dist.init_process_group(
                backend,
                store=dist.PrefixStore("gradients", self.store),
                rank=self.rank,
                world_size=self.world_size,
                timeout=timedelta(seconds=MESSAGE_TIMEOUT),
            )
            self.store.set(f"connected/{self.rank}", "yes")
            missing = self._missing_ranks("connected", MESSAGE_TIMEOUT)
            if not missing:
                self.store.set(f"training/{self.rank}", "yes")
                if self.rank == 0:  # says so only when all know that all are connected
                    missing = self._missing_ranks("training", MESSAGE_TIMEOUT)
        if missing:
            lost = f"no answer from {_ranks(missing)} while connecting"
            raise SystemExit(self._exit_message(lost))
        if self.rank == 0:
            print(f"{self.world_size} workers are connected", flush=True)

    def disconnect(self) -> None:
        """Close the connections at the end, or stop with status 1 if that does not succeed."""
        with time_limit(
            EXIT_TIMEOUT, self._exit_message("trained, but the connections do not close")
        ):
            dist.destroy_process_group()

    def stop(self, reason: str) -> None:
        """End this process at once, whatever it waits for.

        Parameters
        ----------
        reason : str
            Printed, if anybody reads it.
        """
        _exit_now(self._exit_message(reason))

    def report_lost_ranks(self, error: RuntimeError) -> None:
        """Find out after a failure which ranks no longer answer; return if all do.

        Parameters
        ----------
        error : RuntimeError
            The failure.

        Raises
        ------
        SystemExit
            With the lost ranks.
        """
        reason = f" ({_first_line(error)})"
        host = "rank 0" if self.rank else "an unknown rank"
        rest = EXIT_TIMEOUT - MESSAGE_TIMEOUT - 2
        message = self._exit_message(f"no answer from {host}{reason}")
        with time_limit(rest, message):
            if dist.is_initialized():
                # Workers that wait for this one notice when its connections close; the group keeps
                # them open as long as a frame of the failure holds it.
                traceback.clear_frames(error.__traceback__)
                dist.destroy_process_group()
            try:
                self.store.set(f"alive/{self.rank}", "yes")
                missing = self._missing_ranks("alive", 2)
                self._wait_for_others(missing)
            except RuntimeError:
                missing = [0]  # the rank that hosts the store
        if missing:
            lost = f"no answer from {_ranks(missing)}{reason}"
            raise SystemExit(self._exit_message(lost)) from error

    def _open_store(self) -> Any:
        host, port = self.address.rsplit(":", 1)
        is_host = self.rank == 0 and os.environ.get("TORCHELASTIC_USE_AGENT_STORE") != "True"
        try:
            return dist.TCPStore(
                host,
                int(port),
                self.world_size,
                is_master=is_host,
                timeout=timedelta(seconds=MESSAGE_TIMEOUT),
                wait_for_workers=False,  # `join` waits, and reports the ranks that are missing
            )
        except RuntimeError as error:
            if not is_host:
                raise
            reason = f"cannot open {self.address} ({_first_line(error)})"
            raise SystemExit(self._exit_message(reason)) from error

    def _reasons(self) -> list[str]:
        """Return why the workers cannot begin, from what each of them wrote."""
        answers = [json.loads(self.store.get(f"settings/{r}")) for r in range(self.world_size)]
        problems = [problem for _, problem in answers if problem]
        return problems + differences([settings for settings, _ in answers])

    def _missing_ranks(self, key: str, seconds: float) -> list[int]:
        """Return the ranks that have not set a key after some seconds."""
        keys = [f"{key}/{rank}" for rank in range(self.world_size)]
        with suppress(RuntimeError):
            self.store.wait(keys, timedelta(seconds=seconds))
        return [rank for rank, key in enumerate(keys) if not self.store.check([key])]

    def _wait_for_others(self, without: Iterable[int]) -> None:
        """Wait until all others have read the store, before its host exits."""
        others = set(range(self.world_size)) - set(without)
        with suppress(RuntimeError):
            self.store.set(f"leaving/{self.rank}", "yes")
            self.store.wait([f"leaving/{r}" for r in others], timedelta(seconds=2))

    def _exit_message(self, reason: str) -> str:
        return f"worker {self.rank} of {self.world_size} stops: {reason}"


def differences(settings: list[dict[str, Any]]) -> list[str]:
    """Return which settings are not the same for all workers, and which rank has which value.

    Parameters
    ----------
    settings : list of dict
        The settings of each worker, by rank.

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


def _integer_of(variable: str, lowest: int, highest: int | None = None) -> int:
    """Return the integer of an environment variable, or exit if it is none in its range."""
    text = os.environ[variable]
    try:
        return check_integer(variable, int(text), lowest, highest)
    except ValueError:
        allowed = f">= {lowest}" if highest is None else f"{lowest} to {highest}"
        raise SystemExit(
            f"d2lmini.parallel: {variable}={text!r}: must be an integer {allowed}"
        ) from None


def _exit_now(message: str) -> None:
    with suppress(OSError):  # nobody may be left to read it
        print(message, file=sys.stderr, flush=True)
    os._exit(1)  # an ordinary exit would wait for the frozen worker


def _ranks(ranks: list[int]) -> str:
    return f"rank{'s' * (len(ranks) > 1)} {', '.join(map(str, ranks))}"


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0]
