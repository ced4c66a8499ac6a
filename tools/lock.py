"""Lock a file of requirements: all that it needs, on every system, each with its hashes.

    python -m tools.lock REQUIREMENTS [UV_OPTION ...]

`tools/checks/requirements.txt` names uv, which resolves; pip installs. What a lock already names
keeps its version where it can; `--upgrade` takes the newest of each.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

UV = str(Path(sys.executable).with_name("uv"))
OLDEST = "3.11"
NOT_LOCKED = re.compile(r"torch|triton|(cuda|nvidia)-.*")
"""PyTorch has builds of one version, for the CPU and for each CUDA: no list of hashes has all.
With it go the libraries of its CUDA build, which other builds do not need."""
HEADER = """\
# Written by `make lock` from {source}: all that it needs, with hashes, for pip.
# Not PyTorch, nor the libraries of its CUDA build: it has several builds of one version, for the
# CPU among them, and which is taken is left to the machine. {source} pins its version.
"""


def main(source: Path, *options: str) -> None:
    """Write the lock of a file of requirements beside it.

    Parameters
    ----------
    source : Path
        The requirements.
    *options : str
        More options of `uv pip compile`.
    """
    lock = source.with_suffix(".lock")
    with tempfile.TemporaryDirectory() as folder:
        resolved = Path(folder, lock.name)
        if lock.exists():
            shutil.copy(lock, resolved)
        compile_all(source, resolved, *options)
        kept = [block for block in blocks(resolved.read_text()) if not left_out(block)]
    lock.write_text(HEADER.format(source=source.name) + "".join(kept))


def compile_all(source: Path, target: Path, *options: str) -> None:
    """Resolve requirements for each system and each Python that the package allows.

    Parameters
    ----------
    source : Path
        The requirements.
    target : Path
        Where the result is written; what is there is kept where it can be.
    *options : str
        More options of uv.
    """
    command = [UV, "pip", "compile", str(source), "--output-file", str(target), "--universal"]
    python = ["--quiet", "--python-version", OLDEST, "--no-emit-package", "d2lmini"]
    output = ["--generate-hashes", "--no-annotate", "--no-header"]
    subprocess.run([*command, *python, *output, *options], check=True)


def blocks(text: str) -> list[str]:
    """Cut a lock into its entries, each of which begins a line.

    Parameters
    ----------
    text : str
        A lock, with or without comments.
    """
    return re.findall(r"^[\w.-]+==.*\n(?:[ \t]+.*\n?)*", text, re.MULTILINE)


def left_out(block: str) -> bool:
    """Return whether an entry is PyTorch, or a library of its CUDA build.

    Parameters
    ----------
    block : str
        An entry of a lock.
    """
    return NOT_LOCKED.fullmatch(block.split("==")[0]) is not None


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
