"""The airfoil table, and downloads whose hash is verified."""

import hashlib
import http.client
import os
import re
import secrets
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import Future
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from d2lmini._checks import check_integer

_MIRROR = os.environ.get("D2LMINI_DATA_URL") or "https://d2l-data.s3-accelerate.amazonaws.com"

DATA_URL = _MIRROR.rstrip("/") + "/"
"""Where data files are fetched from, with a slash at the end; a mirror may be a ``file://`` URL."""

_AIRFOIL = ("airfoil_self_noise.dat", "76e5be1548fd8222e5074cf0faae75edff8cf93f")
_SHIPPED = {_AIRFOIL[1]: _AIRFOIL[0]}

DATA_HUB: dict[str, tuple[str, str]] = {"airfoil": (DATA_URL + _AIRFOIL[0], _AIRFOIL[1])}
"""Name -> (URL, SHA-1 or SHA-256 in hexadecimal); add your own entries."""

DEADLINE = 600.0
"""The longest time a download may take [s], from the name lookup to the last byte."""

SIZE_LIMIT = 2**30
"""The largest download [bytes]; it is held in memory until its hash has been checked."""

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

    A copy that the package ships is used if there is one, then a copy in the cache; otherwise the
    file is downloaded. Nothing is written before the hash has been verified. The name of a cached
    file begins with digits of its hash, so files of the same name from two addresses do not clash.

    Parameters
    ----------
    name : str
        A key of `DATA_HUB`.
    cache_dir : path, optional
        The folder for downloaded files; the user's cache folder by default.

    Returns
    -------
    str
        The path.

    Raises
    ------
    ValueError
        If the name is unknown, its hash is not one, its URL is malformed or neither ``https://``
        nor ``file://``, or the bytes do not have the expected hash.
    OSError
        If the download fails: no response, an incomplete one, none within `DEADLINE`, one longer
        than `SIZE_LIMIT`, or a redirect away from ``https://``; or if the file cannot be written,
        or there is no home for the user's cache folder.
    """
    if name not in DATA_HUB:
        raise ValueError(f"name={name!r}: must be one of {sorted(DATA_HUB)} (the keys of DATA_HUB)")
    url, expected = DATA_HUB[name][0], DATA_HUB[name][1].lower()
    if not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", expected):
        raise ValueError(f"hash={expected!r} of {name!r}: must be 40 or 64 hexadecimal digits")
    if expected in _SHIPPED:
        return str(_verified(Path(__file__).with_name(_SHIPPED[expected]), expected))
    _check_address(url)
    folder = _user_folder() if cache_dir is None else Path(cache_dir)
    cached = folder / f"{expected[:12]}-{_file_name(url)}"
    if not _is_intact(cached, expected):
        _store(_fetch(url, cached), url, cached, expected)
    return str(cached)


def read_airfoil() -> NDArray[np.float64]:
    """Return the airfoil table, in its units.

    Returns
    -------
    array, shape (1503, 6)
        The columns `AIRFOIL_COLUMNS`.

    References
    ----------
    Brooks, Pope and Marcolini, *Airfoil self-noise and prediction*, NASA RP-1218, 1989.
    """
    return np.loadtxt(download("airfoil"))


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
    n = check_integer("n", n, highest=AIRFOIL_ROWS)
    table = read_airfoil()
    white = ((table - table.mean(axis=0)) / table.std(axis=0)).astype(np.float32)
    return white[:n, :-1], white[:n, -1]


def _user_folder() -> Path:
    try:
        folder = user_cache_path("d2lmini")
        if not folder.is_absolute():  # from earlier versions of platformdirs: a folder named ~
            raise RuntimeError
    except RuntimeError as error:
        raise OSError("no home folder to keep the file in; name a folder as cache_dir") from error
    return folder


def _check_address(url: str) -> None:
    """Raise an error for an address that is malformed or not https:// or file://."""
    try:
        parts = urlsplit(url)
        well_formed = parts.port is None or parts.port > 0
    except ValueError:
        well_formed = False
    if well_formed and parts.scheme == "https":
        well_formed = bool(parts.hostname and re.fullmatch(r"[!-~]+", url))
    if not (well_formed and url.lower().startswith(("https://", "file://"))):
        raise ValueError(f"url={url!r}: must begin with https:// or file:// and be well-formed")


def _file_name(url: str) -> str:
    """Return the last part of an address, with characters that every file system allows."""
    last = unquote(urlsplit(url).path).rsplit("/", 1)[-1]
    return re.sub(r"[^\w.-]", "_", last, flags=re.ASCII)[-100:]


def _fetch(url: str, target: Path) -> bytes:
    try:
        return _within_deadline(url)
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or f"{type(error).__name__}: {str(error).strip()}"
        raise OSError(
            f"cannot fetch {url}: {reason}; set D2LMINI_DATA_URL to a mirror, or put the file "
            f"at {target}"
        ) from error


def _within_deadline(url: str) -> bytes:
    """Download in a thread: the name lookup and the connection have no other time limit."""
    result: Future[bytes] = Future()
    cancelled = threading.Event()
    deadline = time.monotonic() + DEADLINE
    thread = threading.Thread(target=_read_into, args=(result, url, cancelled), daemon=True)
    thread.start()
    try:
        while thread.is_alive() and time.monotonic() < deadline:
            thread.join(0.1)  # in short waits: some systems do not interrupt a long one
    finally:
        cancelled.set()
    if not result.done():
        raise TimeoutError(f"not complete after {DEADLINE:g} s")
    return result.result()


def _read_into(result: "Future[bytes]", url: str, cancelled: threading.Event) -> None:
    try:
        result.set_result(_read(url, cancelled))
    except Exception as error:
        result.set_exception(error)


def _read(url: str, cancelled: threading.Event) -> bytes:
    content = bytearray()
    with urllib.request.build_opener(_HttpsOnly).open(url, timeout=30) as response:
        length = getattr(response, "length", None)
        # read1 returns what has arrived; read would wait for the whole block.
        while len(content) != length and (block := response.read1(2**16)):
            content += block
            if max(len(content), length or 0) > SIZE_LIMIT:
                raise OSError(f"it is longer than {SIZE_LIMIT:,} bytes")
            if cancelled.is_set():
                raise TimeoutError
    if length is not None and len(content) < length:
        raise http.client.IncompleteRead(bytes(content), length - len(content))
    return bytes(content)


class _HttpsOnly(urllib.request.HTTPRedirectHandler):
    """Follow redirects to https:// only."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """Return the next request.

        Parameters
        ----------
        req, fp, code, msg, headers, newurl
            As `urllib.request.HTTPRedirectHandler` passes them.

        Returns
        -------
        urllib.request.Request or None

        Raises
        ------
        urllib.error.URLError
            If the new address is not ``https://``.
        """
        if urlsplit(newurl).scheme != "https":
            raise urllib.error.URLError(f"it leads to {newurl}, which is not https://")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _store(content: bytes, url: str, target: Path, expected: str) -> None:
    """Write a temporary file, then rename it, so that the target is never incomplete.

    The first process to finish removes all temporary files of this target: those of killed
    processes, and those of processes that are writing the same file now, which then find it.
    """
    advice = f"set D2LMINI_DATA_URL to a mirror, or put the file at {target}"
    _check_hash(content, expected, url, advice)
    temporary = target.with_name(f"{target.name}.{secrets.token_hex(8)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        os.replace(temporary, target)
    except OSError as error:
        if not _is_intact(target, expected):
            reason = error.strerror or error
            message = f"cannot write {target}: {reason}; name another folder as cache_dir"
            raise OSError(message) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
    for other in target.parent.glob(f"{escape(target.name)}.*.part"):
        with suppress(OSError):  # Windows does not remove what another process has open
            other.unlink()


def _is_intact(path: Path, expected: str) -> bool:
    try:
        return _digest(path.read_bytes(), expected) == expected
    except OSError:  # there is none, or it cannot be read
        return False


def _verified(path: Path, expected: str) -> Path:
    _check_hash(path.read_bytes(), expected, str(path), "install d2lmini again")
    return path


def _check_hash(content: bytes, expected: str, source: str, advice: str) -> None:
    found = _digest(content, expected)
    if found != expected:
        raise ValueError(
            f"{source}: the file is damaged; its hash is {found}, must be {expected}; {advice}"
        )


def _digest(content: bytes, like: str) -> str:
    """Return the hash of the kind whose digests are as long as ``like``."""
    return (hashlib.sha256 if len(like) == 64 else hashlib.sha1)(content).hexdigest()
