"""Install the kernel of a framework's environment, so that the chapter's environment can run it.

    python -m tools.install_kernel FRAMEWORK

The kernel of `.venv-FRAMEWORK` is named `d2lmini-FRAMEWORK` and is stored in the environment that
runs this module: it is removed together with it.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main(framework: str) -> None:
    """Install the kernel, and keep log lines of compiled code out of the notebooks.

    Parameters
    ----------
    framework : str
        A folder of notebooks, such as `mxnet`.

    Raises
    ------
    SystemExit
        If ipykernel fails in that environment; the message is ipykernel's own.
    """
    name = f"d2lmini-{framework}"
    python = ROOT / f".venv-{framework}" / "bin" / "python"
    command = [str(python), "-m", "ipykernel", "install", "--prefix", sys.prefix, "--name", name]
    command += ["--display-name", f"Python ({framework})", "--env", "TF_CPP_MIN_LOG_LEVEL", "3"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"the kernel {name} could not be installed:\n{done.stderr}")
    silence_file_descriptors(Path(sys.prefix, "share", "jupyter", "kernels", name, "kernel.json"))


def silence_file_descriptors(path: Path) -> None:
    """Turn off the capture of what compiled code writes to the process's file descriptors.

    TensorFlow's compiled part logs the processor's features there; that is no output of a cell.

    Parameters
    ----------
    path : Path
        The `kernel.json` of the kernel.
    """
    spec = json.loads(path.read_text())
    spec["argv"].append("--IPKernelApp.capture_fd_output=False")
    path.write_text(json.dumps(spec, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
