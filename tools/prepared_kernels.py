"""Kernels that begin with the large libraries imported, for several notebooks one after another.

To import PyTorch and Matplotlib takes longer than many a notebook. Here one process imports them,
and the operating system copies it (fork) for each kernel. It has to be copied before it has any
threads: the kernels are made first, and each waits until a notebook needs it.
"""

import gc
import importlib
import json
import os
import sys
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

LIBRARIES = (
    "IPython",
    "ipykernel.kernelapp",
    "ipywidgets",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "torch",
    "torch._dynamo",  # by the first step of one of its optimizers
)
"""None of the package's own modules, some of which look for a kernel when they are imported."""

SHOWN = ["text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml"]
"""What the book shows; to draw each figure as a PNG, too, takes a third of a figure's time."""

CAN_COPY = sys.platform == "linux"
"""Elsewhere a copy of a process may not use all system libraries, or there is no such call."""


def import_libraries() -> None:
    """Import what the kernels shall have, with the settings that a kernel makes before that."""
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    # A notebook sets this before it imports NumPy, which here is imported already.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    for name in LIBRARIES:
        importlib.import_module(name)
    gc.freeze()  # a copy looks for garbage only in what it makes itself


class PreparedKernel:
    """A copy of this process that waits to be a kernel; what is asked of it is that of `Popen`.

    Attributes
    ----------
    pid : int
        The process.
    """

    stdin = stdout = stderr = None

    def __init__(self) -> None:
        receiver, self._sender = os.pipe()
        parent = os.getpid()
        self._status: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._sender)
            become_kernel(receiver, parent)
        os.close(receiver)

    def start(self, command: list[str], folder: str) -> None:
        """Let it run.

        Parameters
        ----------
        command : list of str
            How the kernel would be started; its options count here.
        folder : str
            Where.
        """
        options = command[command.index("-f") :]
        with os.fdopen(self._sender, "w") as sender:
            print(json.dumps([options, folder]), file=sender)

    def poll(self) -> int | None:
        """Return how it ended, or None as long as it runs."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status

    def wait(self) -> int:
        """Return how it ended, when it has."""
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._status

    def send_signal(self, number: int) -> None:
        """Send a signal, if it runs.

        Parameters
        ----------
        number : int
            The signal's.
        """
        if self.poll() is None:
            os.kill(self.pid, number)


def become_kernel(receiver: int, parent: int) -> None:
    """Wait for options and a folder, be a kernel, and end.

    Parameters
    ----------
    receiver : int
        The end of a pipe from which both come; none come if the parent is gone.
    parent : int
        The process without which a kernel ends.
    """
    status = 1
    try:
        with os.fdopen(receiver) as pipe:
            line = pipe.readline()
        if line:
            options, folder = json.loads(line)
            os.setsid()
            os.chdir(folder)
            from ipykernel.kernelapp import IPKernelApp

            settings = [
                "--log-level=ERROR",
                f"--IPKernelApp.parent_handle={parent}",
                *(f"--DisplayFormatter.active_types={kind}" for kind in SHOWN),
            ]
            IPKernelApp.launch_instance([*options, *settings])
        status = 0
    finally:
        sys.stdout.flush()
        os._exit(status)


class Provisioner(LocalProvisioner):
    """Gives a prepared kernel where another one would start a program."""

    prepared: PreparedKernel

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel.

        Parameters
        ----------
        cmd : list of str
            The program that would be started, and its options.
        **kwargs
            Its folder is `cwd`.

        Returns
        -------
        dict
            How to reach it.
        """
        self.prepared.start(cmd, kwargs["cwd"])
        self.process = self.prepared  # type: ignore[assignment]
        self.pid = self.prepared.pid
        return self.connection_info


def manager_of(prepared: PreparedKernel, folder: str) -> AsyncKernelManager:
    """Return what a notebook's client needs to use a prepared kernel.

    With another kind of manager it would wait for ever for what a killed kernel was to send. They
    speak by sockets in a folder: a port that was free may be another program's a moment later.

    Parameters
    ----------
    prepared : PreparedKernel
        A kernel that no other client uses.
    folder : str
        For its sockets alone; a socket's path may have about a hundred characters.

    Returns
    -------
    AsyncKernelManager
    """
    manager = AsyncKernelManager(transport="ipc", ip=os.path.join(folder, "kernel"))
    manager.provisioner = Provisioner(parent=manager, kernel_spec=manager.kernel_spec)
    manager.provisioner.prepared = prepared
    return manager
