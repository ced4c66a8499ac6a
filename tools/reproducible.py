"""Build the book twice from the same executed notebooks, and compare byte by byte.

    python -m tools.reproducible

Each build is made in a folder of its own, with nothing but the cache of the notebooks at hand.
"""

import hashlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.build_beside import command_for
from tools.contents import ROOT


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file of a folder.

    Parameters
    ----------
    folder : Path
        Read with all folders in it.

    Returns
    -------
    dict
        Relative path -> hexadecimal digest.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return the files that are not the same in both.

    Parameters
    ----------
    one, other : dict
        From `hashes`.

    Returns
    -------
    list of str
    """
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def build(folder: Path) -> dict[str, str]:
    """Build the book from the cached notebooks.

    Parameters
    ----------
    folder : Path
        Empty.

    Returns
    -------
    dict
        From `hashes`.

    Raises
    ------
    SystemExit
        If the build fails.
    """
    if subprocess.run(command_for(folder), cwd=ROOT, stdout=subprocess.DEVNULL).returncode:
        sys.exit("a build failed; its messages are above")
    return hashes(folder / "_build" / "html")


def main() -> None:
    """Build and compare.

    Raises
    ------
    SystemExit
        If a file differs, or a build fails.
    """
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        places = [Path(folder, name) for name in ("first", "second")]
        for place in places:
            place.mkdir()
        one, other = pool.map(build, places)
    if different := differences(one, other):
        sys.exit(f"{len(different)} of {len(one)} files differ: {', '.join(different[:20])}")
    print(f"{len(one)} files are equal byte by byte in two builds from the same notebooks")


if __name__ == "__main__":
    main()
