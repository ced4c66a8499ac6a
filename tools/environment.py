"""Make the Python environment of the chapter, with the Python that runs this module.

    python3 -m tools.environment FOLDER

Nothing is installed yet when this runs: it imports the standard library only, and an older Python
must be able to read it, to say that it is too old.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


def main(folder: str) -> None:
    """Make an environment, and install what Debian needs for it where that is missing.

    Parameters
    ----------
    folder : str
        Where the environment is made; what was there is removed.

    Raises
    ------
    SystemExit
        If this Python is too old or cannot make environments.
    """
    version = ".".join(map(str, sys.version_info[:2]))
    if sys.version_info < OLDEST:
        sys.exit(
            "Python {}.{} or newer is needed, ".format(*OLDEST)
            + f"{sys.executable} is {version}; name another: make PYTHON=python3.12"
        )
    print(f"making the environment {folder}", flush=True)
    if make(folder):
        return
    print(f"{sys.executable} cannot make environments, installing the package that can", flush=True)
    if not (install_venv(version) and make(folder)):
        sys.exit("No environment could be made. On Debian or Ubuntu: apt-get install python3-venv")


def python_of(flavour: str) -> Path:
    """Return the Python that runs a flavour of the package, which need not be there.

    Parameters
    ----------
    flavour : str
        PyTorch's is in the chapter's environment; each other has one of its own.
    """
    folder = ".venv" if flavour == "torch" else f".venv-{flavour}"
    return Path(__file__).parents[1] / folder / "bin" / "python"


def is_installed(flavour: str) -> bool:
    """Return whether the environment of a flavour is complete.

    Parameters
    ----------
    flavour : str
        As for `python_of`.
    """
    return (python_of(flavour).parents[1] / ".ready").exists()


def make(folder: str) -> bool:
    """Make an environment, and return whether that succeeded; half of one is removed.

    Parameters
    ----------
    folder : str
        Where the environment is made; what was there is removed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    if run([sys.executable, "-m", "venv", folder]):
        return True
    shutil.rmtree(folder, ignore_errors=True)
    return False


def install_venv(version: str) -> bool:
    """Install Debian's package of `venv`, and return whether that succeeded.

    Parameters
    ----------
    version : str
        Python's, such as `3.13`: Debian has a package for each.
    """
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq"]
    return run([*root, "apt-get", "update", "-qq"]) and run(
        [*root, *install, f"python{version}-venv"]
    )


def run(command: "list[str]") -> bool:
    """Run a command without output, and return whether it succeeded.

    Parameters
    ----------
    command : list of str
        A program that need not exist, and its arguments.
    """
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1])
