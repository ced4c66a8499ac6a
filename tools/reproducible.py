"""Build the book twice from the same executed notebooks, and compare byte by byte.

    python -m tools.reproducible

Each build is made in a folder of its own, with nothing but the cache of the notebooks at hand. The
second one has another time zone, in which it is another day, another language, another order of
sets, and no network. The day that the pages say they were built on is given, by SOURCE_DATE_EPOCH.
At the end Git finds what it found at the beginning: a build changes nothing that is not ignored.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path

from tools.build_beside import command_for
from tools.contents import ROOT

ENVIRONMENTS: dict[str, dict[str, str]] = {
    "first": {"TZ": "Pacific/Midway", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    "second": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
}
"""What must not make a difference. The two zones are 25 hours apart."""
APART = ["unshare", "--user", "--net", "--map-root-user"]
"""Before a command: it has a network of its own, that reaches nothing, where this is permitted."""
NOWHERE = {
    **{
        variable: "http://127.0.0.1:9"  # where nothing listens
        for name in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
        for variable in (name, name.upper())
    },
    **{"no_proxy": "", "NO_PROXY": "", "PIP_NO_INDEX": "1", "npm_config_offline": "true"},
}
"""The environment of programs that shall find no network, where they can have no other."""
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


def can_be_apart() -> bool:
    """Return whether this system gives a program a network of its own."""
    try:
        return not subprocess.run([*APART, "true"], stderr=subprocess.DEVNULL).returncode
    except OSError:  # there is no such program
        return False


def changes(root: Path = ROOT) -> list[str]:
    """Return what Git finds changed or new.

    Parameters
    ----------
    root : Path
        A folder, which need not be a repository.

    Returns
    -------
    list of str
        A line for each file; none where there is no Git.
    """
    if not (root / ".git").exists() or shutil.which("git") is None:
        return []
    command = ["git", "status", "--porcelain", "--untracked-files=all"]
    done = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()


def build(folder: Path, is_apart: bool = False) -> dict[str, str]:
    """Build the book from the cached notebooks.

    Parameters
    ----------
    folder : Path
        Empty; its name is one of `ENVIRONMENTS`. The second has no network.
    is_apart : bool
        Whether the system sees to that; otherwise settings do.

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
    if folder.name == "second":
        command = [*(APART if is_apart else []), *command]
        environment |= NOWHERE
    if subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL).returncode:
        sys.exit(f"the {folder.name} build failed; its messages are above")
    return hashes(folder / "_build" / "html")


def main() -> None:
    """Build and compare.

    Raises
    ------
    SystemExit
        If a file differs, a build fails, or Git finds that one changed something.
    """
    before, is_apart = changes(), can_be_apart()
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        places = [Path(folder, name) for name in ENVIRONMENTS]
        for place in places:
            place.mkdir()
        one, other = pool.map(build, places, repeat(is_apart))
    if different := differences(one, other):
        sys.exit(f"{len(different)} of {len(one)} files differ: {', '.join(different[:20])}")
    if new := sorted(set(changes()) - set(before)):
        sys.exit(f"the builds changed files that Git does not ignore: {', '.join(new[:20])}")
    print(f"{len(one)} files are equal byte by byte in two builds from the same notebooks")
    how = "a network of its own, which reaches nothing" if is_apart else "proxies that lead nowhere"
    print(f"the second build had no network ({how}); git status is as it was")


if __name__ == "__main__":
    main()
