"""Build the book a second time from the same executed notebooks, and compare it byte by byte.

    python -m tools.reproducible

The second build is made in another folder, with nothing but the cache of the notebooks at hand.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.contents import ROOT

BUILT = ROOT / "_build"
BUILDER = Path(sys.executable).with_name("jupyter-book")


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


def main() -> None:
    """Build and compare.

    Raises
    ------
    SystemExit
        If a file differs, or the second build fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder, "_build")
        shutil.copytree(BUILT / ".jupyter_cache", again / ".jupyter_cache")
        command = [BUILDER, "build", ".", "-n", "-W", "--quiet", "--path-output", folder]
        if subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL).returncode:
            sys.exit("the second build failed; its messages are above")
        one, other = hashes(BUILT / "html"), hashes(again / "html")
    if different := differences(one, other):
        sys.exit(f"{len(different)} of {len(one)} files differ: {', '.join(different[:20])}")
    print(f"{len(one)} files are equal byte by byte in two builds from the same notebooks")


if __name__ == "__main__":
    main()
