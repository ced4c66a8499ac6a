"""Build the book twice from the same executed notebooks, and compare byte by byte.

    python -m tools.reproducible

Each build is made in a folder of its own, with nothing but the cache of the notebooks at hand. The
second one has another time zone, in which it is another day, another language, and another order of
sets. The day that the pages say they were built on is given, by SOURCE_DATE_EPOCH.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.build_beside import command_for
from tools.contents import ROOT

ENVIRONMENTS: dict[str, dict[str, str]] = {
    "first": {"TZ": "Pacific/Midway", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "second": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
}
"""What must not make a difference. The two zones are 25 hours apart."""
DAY = "1767225600"
"""The beginning of 2026, in seconds since 1970."""


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
        Empty; its name is one of `ENVIRONMENTS`.

    Returns
    -------
    dict
        From `hashes`.

    Raises
    ------
    SystemExit
        If the build fails.
    """
    environment = {**os.environ, "SOURCE_DATE_EPOCH": DAY, **ENVIRONMENTS[folder.name]}
    command = command_for(folder)
    if subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL).returncode:
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
        places = [Path(folder, name) for name in ENVIRONMENTS]
        for place in places:
            place.mkdir()
        one, other = pool.map(build, places)
    if different := differences(one, other):
        sys.exit(f"{len(different)} of {len(one)} files differ: {', '.join(different[:20])}")
    print(f"{len(one)} files are equal byte by byte in two builds from the same notebooks")


if __name__ == "__main__":
    main()
