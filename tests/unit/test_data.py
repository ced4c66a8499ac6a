import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from d2lmini import data
from tests.unit.download_server import NUMBERS, WHOLE, listening


def test_shipped_table_is_the_published_file():
    with open(data.download("airfoil"), "rb") as file:
        content = file.read()
    assert len(content) == 59_984
    expected = "74c75fd71783f1e6b71f8a622b993dc592897a97cd689c5090a07147a1b097b3"
    assert hashlib.sha256(content).hexdigest() == expected


def test_table_is_whitened_over_all_rows():
    features, target = data.whitened_airfoil(1503)
    white = np.c_[features, target].astype(float)
    np.testing.assert_allclose(white.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(white.std(axis=0), 1, atol=1e-6)
    first, _ = data.whitened_airfoil(10)
    np.testing.assert_array_equal(first, features[:10])


def test_reference_values_of_the_design():
    features, y = (a.astype(float) for a in data.whitened_airfoil())
    X = np.c_[features, np.ones(1500)]
    w = np.linalg.lstsq(X, y, rcond=None)[0]
    gradients = -y[:, None] * X
    assert (y**2).mean() / 2 == pytest.approx(0.49326, abs=5e-6)
    assert ((X @ w - y) ** 2).mean() / 2 == pytest.approx(0.24169, abs=5e-6)
    assert np.linalg.eigvalsh(X.T @ X / 1500)[[0, -1]] == pytest.approx([0.174, 2.098], abs=5e-4)
    assert (gradients.mean(axis=0) ** 2).sum() == pytest.approx(0.3313, abs=5e-5)
    assert gradients.var(axis=0).sum() == pytest.approx(6.716, abs=5e-4)


@pytest.mark.parametrize("n", [0, 1504, -1])
def test_n_out_of_range(n):
    with pytest.raises(ValueError, match=rf"n={n}: must be an integer 1 to 1503"):
        data.whitened_airfoil(n)


def test_unknown_name_lists_the_known():
    with pytest.raises(ValueError, match=r"name='wings': must be one of \['airfoil'"):
        data.download("wings")


def test_download_verifies_and_caches(mirror, tmp_path):
    path = data.download("numbers", cache_dir=tmp_path / "cache")
    assert Path(path).read_bytes() == b"1\t2\t3\r\n"
    mirror.unlink()
    assert data.download("numbers", cache_dir=tmp_path / "cache") == path


def test_damaged_download_leaves_nothing(mirror, tmp_path):
    mirror.write_bytes(b"1\t2\t4\r\n")
    with pytest.raises(
        ValueError, match=r"numbers\.dat: the file is damaged; its hash is \w+, must"
    ):
        data.download("numbers", cache_dir=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_damaged_cache_is_fetched_again(mirror, tmp_path):
    cached = Path(data.download("numbers", cache_dir=tmp_path / "cache"))
    cached.write_bytes(b"rubbish")
    assert data.download("numbers", cache_dir=cached.parent) == str(cached)
    assert cached.read_bytes() == mirror.read_bytes()


def test_unreachable_source_says_what_to_do(mirror, tmp_path):
    mirror.unlink()
    with pytest.raises(OSError, match=r"cannot fetch .* D2LMINI_DATA_URL"):
        data.download("numbers", cache_dir=tmp_path / "cache")


def test_plain_http_is_refused(monkeypatch, tmp_path):
    monkeypatch.setitem(data.DATA_HUB, "old", ("http://localhost/old.dat", "0" * 40))
    with pytest.raises(ValueError, match=r"url='http://localhost/old.dat': must begin with https"):
        data.download("old", cache_dir=tmp_path)


def test_damaged_shipped_file_is_refused(monkeypatch, tmp_path):
    (tmp_path / "airfoil_self_noise.dat").write_bytes(b"800\t0\r\n")
    monkeypatch.setattr(data, "__file__", str(tmp_path / "data.py"))
    with pytest.raises(ValueError, match="the file is damaged"):
        data.read_airfoil()


@pytest.mark.parametrize(
    "url", ["file:///nowhere", "http://localhost/old/", "https://[broken", "https://h:port", ""]
)
def test_the_shipped_table_needs_no_mirror(url):
    code = "from d2lmini import data; print(data.DATA_HUB['airfoil'][0], len(data.read_airfoil()))"
    environment = {**os.environ, "D2LMINI_DATA_URL": url}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True
    )
    assert done.stderr == ""
    address, rows = done.stdout.split()
    assert address.endswith("/airfoil_self_noise.dat")
    assert rows == "1503"


def test_two_files_of_one_name_have_two_places(mirror, tmp_path, monkeypatch):
    other = tmp_path / "other" / "numbers.dat"
    other.parent.mkdir()
    other.write_bytes(b"4\t5\t6\r\n")
    digest = hashlib.sha256(other.read_bytes()).hexdigest()
    monkeypatch.setitem(data.DATA_HUB, "others", (other.as_uri(), digest.upper()))
    names = ("numbers", "others")
    first, second = (Path(data.download(name, cache_dir=tmp_path / "cache")) for name in names)
    assert first.read_bytes() == NUMBERS
    assert second.read_bytes() == b"4\t5\t6\r\n"
    assert first.name.endswith("-numbers.dat")
    assert second.name.endswith("-numbers.dat")


@pytest.mark.parametrize("digest", ["", "../" * 13 + "a", "f" * 41])
def test_hash_that_is_none(mirror, digest, monkeypatch, tmp_path):
    monkeypatch.setitem(data.DATA_HUB, "numbers", (mirror.as_uri(), digest))
    with pytest.raises(ValueError, match=r"of 'numbers': must be 40 or 64 hexadecimal digits"):
        data.download("numbers", cache_dir=tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "https://[broken/n.dat",
        "https://host:port/n.dat",
        "https:///n.dat",
        "https://h/a b",
        "n.dat",
    ],
)
def test_malformed_address(url, monkeypatch, tmp_path):
    monkeypatch.setitem(data.DATA_HUB, "numbers", (url, "0" * 40))
    with pytest.raises(ValueError, match=r"^url='.*': must begin with https:// or file:// and be"):
        data.download("numbers", cache_dir=tmp_path)


# A download whose write of the file fails after ten bytes, as on a full disk. What the system
# then does to the process is chosen by the last argument.
WRITE_TEN_BYTES = """
import resource, signal, sys
from d2lmini import data
from tests.unit.download_server import NUMBERS, WHOLE, listening

def interrupt(*_):
    raise KeyboardInterrupt

reactions = {"full": signal.SIG_IGN, "interrupted": interrupt, "killed": signal.SIG_DFL}
source, digest, cache, reaction = sys.argv[1:]
data.DATA_HUB["long"] = (source, digest)
signal.signal(signal.SIGXFSZ, reactions[reaction])
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
data.download("long", cache_dir=cache)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="limits the size of files")
@pytest.mark.parametrize("reaction", ["full", "interrupted", "killed"])
def test_failed_write_leaves_nothing(reaction, tmp_path, monkeypatch):
    source = tmp_path / "long.dat"
    source.write_bytes(b"0123456789" * 10_000)
    digest = hashlib.sha1(source.read_bytes()).hexdigest()
    cache = tmp_path / "cache"
    done = subprocess.run(
        [sys.executable, "-c", WRITE_TEN_BYTES, source.as_uri(), digest, str(cache), reaction],
        capture_output=True,
        text=True,
    )
    expected = {"full": "File too large", "interrupted": "KeyboardInterrupt", "killed": ""}
    assert expected[reaction] in done.stderr
    assert done.returncode != 0
    assert len(list(cache.iterdir())) == (reaction == "killed")
    monkeypatch.setitem(data.DATA_HUB, "long", (source.as_uri(), digest))
    path = data.download("long", cache_dir=cache)
    assert [str(found) for found in cache.iterdir()] == [path]
    assert Path(path).read_bytes() == source.read_bytes()


def test_two_downloads_at_once(mirror, tmp_path, monkeypatch):
    """The second begins and ends while the first is about to give its file the final name."""
    paths, replace = [], os.replace

    def overtaken(part, target):
        monkeypatch.setattr(os, "replace", replace)
        paths.append(data.download("numbers", cache_dir=tmp_path / "cache"))
        replace(part, target)

    monkeypatch.setattr(os, "replace", overtaken)
    paths.append(data.download("numbers", cache_dir=tmp_path / "cache"))
    assert paths[0] == paths[1]
    assert [str(path) for path in (tmp_path / "cache").iterdir()] == paths[:1]


def test_a_good_answer(fetch):
    assert fetch(WHOLE).read_bytes() == NUMBERS


def test_a_good_answer_in_chunks(fetch):
    header = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert fetch(header + b"4\r\n1\t2\t\r\n3\r\n3\r\n\r\n0\r\n\r\n").read_bytes() == NUMBERS


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "RemoteDisconnected"),
        (b"HTTP/1.1 404 Not Found\r\n\r\n", "Not Found"),
        (b"HTTP/1.1 what 200\r\n\r\n", "BadStatusLine"),
        (WHOLE.replace(b": 7", b": 70"), r"IncompleteRead.* 63 more expected"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "IncompleteRead"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "HTTPException"),
        (b"HTTP/1.1 302 Found\r\nLocation: https://[broken\r\n\r\n", "ValueError"),
        (b"HTTP/1.1 302 Found\r\nLocation: https://h:port/\r\n\r\n", "InvalidURL"),
    ],
)
def test_broken_answers(answer, reason, fetch):
    with pytest.raises(OSError, match=rf"cannot fetch https://127.*: {reason}.*D2LMINI_DATA_URL"):
        fetch(answer)


def test_the_way_from_https_to_http_is_refused(fetch):
    with listening(WHOLE) as url:
        redirect = f"HTTP/1.1 302 Found\r\nLocation: {url}n.dat\r\nContent-Length: 0\r\n\r\n"
        with pytest.raises(OSError, match=rf"it leads to {url}n\.dat, which is not https://"):
            fetch(redirect.encode())


@pytest.mark.parametrize("begin", [0, len(WHOLE) - 7], ids=["header", "file"])
def test_a_trickling_server_has_a_deadline(begin, fetch, monkeypatch):
    """The header or the file comes byte by byte, each well within the limit of a single wait."""
    slowly = [WHOLE[i : i + 1] for i in range(begin, len(WHOLE))]
    monkeypatch.setattr(data, "DEADLINE", 0.1, raising=False)
    with pytest.raises(OSError, match=r"TimeoutError: not complete after 0\.1 s"):
        fetch([WHOLE[:begin], *slowly] if begin else slowly)


def test_a_long_answer_is_refused(fetch, monkeypatch):
    monkeypatch.setattr(data, "SIZE_LIMIT", 6, raising=False)
    with pytest.raises(OSError, match="it is longer than 6 bytes"):
        fetch(WHOLE)
