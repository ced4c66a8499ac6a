"""The airfoil table, and how named data files are found and verified."""

import hashlib
import os
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from d2lmini.checks import whole_number

DATA_URL = os.environ.get("D2LMINI_DATA_URL", "https://d2l-data.s3-accelerate.amazonaws.com/")
"""Where data files are fetched from, with a slash at the end; a mirror may be a ``file://`` URL."""

_AIRFOIL = ("airfoil_self_noise.dat", "76e5be1548fd8222e5074cf0faae75edff8cf93f")
_SHIPPED = {_AIRFOIL}

DATA_HUB: dict[str, tuple[str, str]] = {"airfoil": (DATA_URL + _AIRFOIL[0], _AIRFOIL[1])}
"""Name -> (URL, SHA-1 or SHA-256 in hexadecimal); add your own entries."""

AIRFOIL_COLUMNS = (
    "frequency [Hz]",
    "angle of attack [°]",
    "chord length [m]",
    "free-stream velocity [m/s]",
    "displacement thickness [m]",
    "sound pressure level [dB]",
)
"""The six columns of the airfoil table: five features, then the target."""

AIRFOIL_ROWS = 1503


def download(name: str, cache_dir: str | os.PathLike[str] | None = None) -> str:
    """Return the path of a verified copy of a named data file.

    The copy inside the package is used if there is one, else the one in the cache, else the file is
    fetched. A file gets its final name only after its hash was found right.

    Parameters
    ----------
    name : str
        A key of `DATA_HUB`.
    cache_dir : path, optional
        Where fetched files are kept; the user's cache folder by default.

    Returns
    -------
    str
        The path.

    Raises
    ------
    ValueError
        If the name is unknown, its URL is neither ``https://`` nor ``file://``, or the bytes do
        not have the expected hash.
    OSError
        If the file has to be fetched and cannot be.
    """
    if name not in DATA_HUB:
        raise ValueError(f"name={name!r}: must be one of {sorted(DATA_HUB)} (the keys of DATA_HUB)")
    url, expected = DATA_HUB[name]
    filename = url.rsplit("/", 1)[-1]
    if (filename, expected) in _SHIPPED:
        return str(_verified(Path(__file__).with_name(filename), expected))
    cached = (user_cache_path("d2lmini") if cache_dir is None else Path(cache_dir)) / filename
    if not (cached.exists() and _digest(cached.read_bytes(), expected) == expected):
        _fetch(url, cached, expected)
    return str(cached)


def read_airfoil() -> NDArray[np.float64]:
    """Return the airfoil table as it was measured.

    Returns
    -------
    array, shape (1503, 6)
        The columns `AIRFOIL_COLUMNS`, in their units.

    References
    ----------
    Brooks, Pope and Marcolini, *Airfoil self-noise and prediction*, NASA RP-1218, 1989.
    """
    return np.genfromtxt(download("airfoil"), delimiter="\t")


def whitened_airfoil(n: int = 1500) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return features and target, each column with mean 0 and variance 1 over the whole table.

    Parameters
    ----------
    n : int
        How many rows to return, from the first on; 1 to 1503.

    Returns
    -------
    features : array, shape (n, 5)
    target : array, shape (n,)

    Raises
    ------
    TypeError, ValueError
        If ``n`` is not an integer in its range.
    """
    n = whole_number("n", n, highest=AIRFOIL_ROWS)
    table = read_airfoil()
    white = ((table - table.mean(axis=0)) / table.std(axis=0)).astype(np.float32)
    return white[:n, :-1], white[:n, -1]


def _fetch(url: str, target: Path, expected: str) -> None:
    if not url.startswith(("https://", "file://")):
        raise ValueError(f"url={url!r}: must begin with https:// or file://")
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            content = response.read()
    except (urllib.error.URLError, TimeoutError) as error:
        reason = getattr(error, "reason", error)
        raise OSError(
            f"cannot fetch {url}: {reason}; set D2LMINI_DATA_URL to a mirror, or put the file "
            f"at {target}"
        ) from error
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as part:
        part.write(content)
    try:
        _verified(Path(part.name), expected, name=url)
        os.replace(part.name, target)
    finally:
        Path(part.name).unlink(missing_ok=True)


def _verified(path: Path, expected: str, name: str | None = None) -> Path:
    found = _digest(path.read_bytes(), expected)
    if found != expected:
        raise ValueError(
            f"{name or path}: the file is damaged; its hash is {found}, must be {expected}"
        )
    return path


def _digest(content: bytes, like: str) -> str:
    """Hash with the function whose digests are as long as ``like``."""
    return (hashlib.sha256 if len(like) == 64 else hashlib.sha1)(content).hexdigest()
