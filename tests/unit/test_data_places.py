"""Arguments and messages of a download: names, addresses, folders, limits. No network."""

import errno
import hashlib
import http.client
import io
import os
import threading
import urllib.error
import urllib.request
from pathlib import Path

import numpy as np
import pytest

from d2lmini import data

CONTENT = b"1\t2\t3\r\n"
SHA1 = hashlib.sha1(CONTENT).hexdigest()
SHA256 = hashlib.sha256(CONTENT).hexdigest()
URL = "https://example.org/numbers.dat"
ADVICE = "set D2LMINI_DATA_URL to a mirror, or put the file at"


@pytest.fixture
def network(monkeypatch):
    """A network that has one content at every address; the addresses asked for."""
    asked = []

    def answer(url):
        asked.append(url)
        return CONTENT

    monkeypatch.setattr(data, "_within_deadline", answer)
    return asked


@pytest.fixture
def download(monkeypatch, tmp_path):
    """Download from an address, with a hash, into a folder; the path."""

    def download(url=URL, digest=SHA1, cache_dir=tmp_path):
        monkeypatch.setitem(data.DATA_HUB, "numbers", (url, digest))
        return Path(data.download("numbers", cache_dir))

    return download


def said(kind, function, *args, **kwargs):
    """The whole text of the error that a call raises."""
    with pytest.raises(kind) as caught:
        function(*args, **kwargs)
    assert type(caught.value) is kind
    return str(caught.value)


# --- Names and hashes


def test_an_unknown_name():
    assert said(ValueError, data.download, "wings") == (
        "name='wings': must be one of ['airfoil'] (the keys of DATA_HUB)"
    )


@pytest.mark.parametrize("digest", [SHA1, SHA1.upper(), SHA256, SHA256.upper()])
def test_hashes_of_both_kinds_and_cases(digest, download, network, tmp_path):
    assert download(digest=digest) == tmp_path / f"{digest[:12].lower()}-numbers.dat"
    assert download(digest=digest).read_bytes() == CONTENT
    assert network == [URL]


@pytest.mark.parametrize("digest", ["", SHA1[1:], SHA1 + "0", SHA256[1:], SHA256 + "0", "g" * 40])
def test_hashes_that_are_none(digest, download, network):
    assert said(ValueError, download, digest=digest) == (
        f"hash={digest!r} of 'numbers': must be 40 or 64 hexadecimal digits"
    )
    assert network == []


def test_another_content_is_damaged(download, network, tmp_path):
    wrong = "0" * 64
    target = tmp_path / "new" / f"{wrong[:12]}-numbers.dat"
    assert said(ValueError, download, digest=wrong, cache_dir=target.parent) == (
        f"{URL}: the file is damaged; its hash is {SHA256}, must be {wrong}; {ADVICE} {target}"
    )
    assert not target.parent.exists()


def test_a_damaged_copy_in_the_package(monkeypatch, tmp_path):
    path = tmp_path / "airfoil_self_noise.dat"
    path.write_bytes(CONTENT)
    monkeypatch.setattr(data, "__file__", str(tmp_path / "data.py"))
    expected = data.DATA_HUB["airfoil"][1]
    assert said(ValueError, data.download, "airfoil") == (
        f"{path}: the file is damaged; its hash is {SHA1}, must be {expected}; "
        "install d2lmini again"
    )


# --- Addresses


@pytest.mark.parametrize(
    "url",
    [
        "https://h/numbers.dat",
        "HTTPS://h/numbers.dat",
        "https://h:1/numbers.dat",
        "https://h:65535/numbers.dat?a=1#b",
        "https://[::1]/numbers.dat",
        "file:///numbers.dat",
        "FILE:///a%20b/numbers.dat",
        "file:///a b/numbers.dat",
    ],
)
def test_addresses(url, download, network):
    assert download(url).name == f"{SHA1[:12]}-numbers.dat"
    assert network == [url]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "numbers.dat",
        "http://h/numbers.dat",
        "ftp://h/numbers.dat",
        "https:numbers.dat",
        "https:///numbers.dat",
        "https://h/a b",
        "https://h/é",
        "https://h/\x7f",
        "https://h:0/numbers.dat",
        "https://h:65536/numbers.dat",
        "https://h:port/numbers.dat",
        "https://[h/numbers.dat",
        "file:numbers.dat",
    ],
)
def test_addresses_that_are_none(url, download, network):
    assert said(ValueError, download, url) == (
        f"url={url!r}: must begin with https:// or file:// and be well-formed"
    )
    assert network == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("numbers.dat", "numbers.dat"),
        ("a/b/c-d_1.x", "c-d_1.x"),
        ("a%20b%3Ac.dat", "a_b_c.dat"),
        ("%C3%A9.dat", "_.dat"),
        ("a%2Fb", "b"),
        ("n.dat?c=/d", "n.dat"),
        ("", ""),
        ("x" * 70 + "y" * 60, "x" * 40 + "y" * 60),
    ],
)
def test_a_file_has_the_last_part_of_its_address_for_a_name(path, name, download, network):
    assert download(f"https://h/{path}").name == f"{SHA1[:12]}-{name}"


def test_an_address_without_a_path_has_no_name(download, network):
    assert download("https://h").name == f"{SHA1[:12]}-"


# --- Folders


def test_the_user_s_folder_is_the_usual_one(download, network, monkeypatch, tmp_path):
    monkeypatch.setattr(data, "user_cache_path", lambda name: tmp_path / "cache" / name)
    assert download(cache_dir=None).parent == tmp_path / "cache" / "d2lmini"


def no_home(name):
    raise RuntimeError("Could not determine home directory.")


@pytest.mark.parametrize("found", [no_home, Path], ids=["error", "relative"])
def test_without_a_home(found, download, network, monkeypatch):
    monkeypatch.setattr(data, "user_cache_path", found)
    assert said(OSError, download, cache_dir=None) == (
        "no home folder to keep the file in; name a folder as cache_dir"
    )


def test_a_folder_may_be_text_and_is_made(download, network, tmp_path):
    folder = tmp_path / "a" / "b"
    assert download(cache_dir=str(folder)).parent == folder


def test_a_part_has_a_name_that_nobody_else_has(download, network, tmp_path, monkeypatch):
    parts, replace = [], os.replace

    def observed(part, target):
        parts.append(Path(part))
        replace(part, target)

    monkeypatch.setattr(os, "replace", observed)
    for _ in range(2):
        target = download()
        target.unlink()
    random = [part.name.removeprefix(f"{target.name}.").removesuffix(".part") for part in parts]
    assert {part.parent for part in parts} == {tmp_path}
    assert random[0] != random[1]
    assert {len(bytes.fromhex(one)) for one in random} == {8}


def test_parts_of_the_same_file_go_and_others_stay(download, network, tmp_path):
    mine = tmp_path / f"{SHA1[:12]}-numbers.dat.0123.part"
    others = [tmp_path / "other-numbers.dat.0123.part", tmp_path / f"{SHA1[:12]}-numbers.dat.part1"]
    for path in (mine, *others):
        path.touch()
    target = download()
    assert sorted(tmp_path.iterdir()) == sorted([target, *others])


def test_a_part_that_cannot_be_removed_stays(download, network, tmp_path, monkeypatch):
    """As on Windows, while another process has it open."""
    part = tmp_path / f"{SHA1[:12]}-numbers.dat.0123.part"
    part.touch()

    def unlink(self):
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", unlink)
    assert download().read_bytes() == CONTENT
    assert part.exists()


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (OSError("odd"), "odd"),
    ],
)
def test_a_write_that_fails(error, reason, download, network, tmp_path, monkeypatch):
    def fail(part, target):
        raise error

    monkeypatch.setattr(os, "replace", fail)
    assert said(OSError, download) == (
        f"cannot write {tmp_path / f'{SHA1[:12]}-numbers.dat'}: {reason}; "
        "name another folder as cache_dir"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_because_another_was_first(download, network, tmp_path, monkeypatch):
    def fail(part, target):
        Path(target).write_bytes(CONTENT)
        raise PermissionError

    monkeypatch.setattr(os, "replace", fail)
    assert [download()] == list(tmp_path.iterdir())


def test_what_is_kept_is_not_fetched_again_unless_it_is_damaged(download, network):
    path = download()
    assert download() == path
    assert len(network) == 1
    path.write_bytes(b"damaged")
    assert download().read_bytes() == CONTENT
    assert len(network) == 2


# --- A fetch that fails


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (urllib.error.URLError("no route"), "no route"),
        (OSError(" odd "), "OSError: odd"),
        (TimeoutError("not complete"), "TimeoutError: not complete"),
        (http.client.BadStatusLine("what"), "BadStatusLine: what"),
        (ValueError("a port"), "ValueError: a port"),
    ],
)
def test_what_a_fetch_says(error, reason, download, monkeypatch, tmp_path):
    def fail(url):
        raise error

    monkeypatch.setattr(data, "_within_deadline", fail)
    target = tmp_path / f"{SHA1[:12]}-numbers.dat"
    assert said(OSError, download) == f"cannot fetch {URL}: {reason}; {ADVICE} {target}"


# --- Reading within limits


class Response:
    """Yields blocks; says a length or not."""

    def __init__(self, *blocks, length=None):
        self.blocks, self.length, self.sizes = list(blocks), length, []

    def __enter__(self):
        return self

    def __exit__(self, *rest):
        return None

    def read1(self, size):
        self.sizes.append(size)
        return self.blocks.pop(0) if self.blocks else b""


@pytest.fixture
def read(monkeypatch):
    """Read a response through `_within_deadline`."""
    opened = []

    class Opener:
        def __init__(self, response):
            self.response = response

        def open(self, url, timeout):
            opened.append((url, timeout))
            return self.response

    def read(response, **limits):
        for name, value in limits.items():
            monkeypatch.setattr(data, name, value)

        def build(handler):
            assert handler is data._HttpsOnly
            return Opener(response)

        monkeypatch.setattr(urllib.request, "build_opener", build)
        found = data._within_deadline(URL)
        assert opened == [(URL, 30)]
        return found

    return read


def test_blocks_are_joined_up_to_the_length_or_the_end(read):
    response = Response(b"ab", b"c", b"d", length=3)
    assert read(response) == b"abc"
    assert response.sizes == [65536, 65536]


def test_without_a_length_the_end_is_the_end(read):
    assert read(Response(b"ab", b"c")) == b"abc"


def test_an_empty_file(read):
    assert read(Response(length=0)) == b""


def test_less_than_the_length_is_incomplete(read):
    with pytest.raises(http.client.IncompleteRead) as caught:
        read(Response(b"ab", length=5))
    assert (caught.value.partial, caught.value.expected) == (b"ab", 3)


def test_as_long_as_the_limit_is_allowed(read):
    assert read(Response(b"x" * 1234, length=1234), SIZE_LIMIT=1234) == b"x" * 1234


@pytest.mark.parametrize(
    ("blocks", "length"),
    [([b"x" * 1000, b"x" * 235], None), ([b"x", b"x"], 1235)],
    ids=["read", "said"],
)
def test_longer_than_the_limit(read, blocks, length):
    response = Response(*blocks, length=length)
    assert said(OSError, read, response, SIZE_LIMIT=1234) == "it is longer than 1,234 bytes"
    assert len(response.sizes) == (1 if length else 2)


class Endless(Response):
    """One byte after the other, until it is cancelled; notes in which thread."""

    def __init__(self):
        super().__init__()
        self.threads = []
        self.reads = 0

    def read1(self, size):
        self.threads = [threading.current_thread()]
        self.reads += 1
        threading.Event().wait(0.005)
        return b"x"

    def stopped(self):
        """Whether the thread ends of itself."""
        self.threads[0].join(2)
        return not self.threads[0].is_alive()


def test_what_takes_too_long_is_given_up(read):
    endless = Endless()
    assert said(TimeoutError, read, endless, DEADLINE=0.15) == "not complete after 0.15 s"
    assert endless.threads[0].daemon  # Python would wait for it at its end
    assert endless.stopped()


def test_an_interrupt_gives_up_too(read, monkeypatch):
    endless = Endless()
    join = threading.Thread.join

    def interrupted(self, timeout=None):
        monkeypatch.setattr(threading.Thread, "join", join)
        assert timeout == 0.1
        join(self, timeout)
        raise KeyboardInterrupt

    monkeypatch.setattr(threading.Thread, "join", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read(endless)
    assert endless.stopped()


def test_what_goes_wrong_in_the_thread_is_raised(read):
    class Broken(Response):
        def read1(self, size):
            raise ConnectionResetError("gone")

    assert said(ConnectionResetError, read, Broken()) == "gone"


# --- Redirects


def redirected(address):
    request = urllib.request.Request(URL)
    return data._HttpsOnly().redirect_request(request, None, 302, "Found", {}, address)


def test_redirects_lead_to_https():
    assert redirected("https://example.org/b").full_url == "https://example.org/b"
    for address in ("http://example.org/b", "file:///etc/passwd"):
        with pytest.raises(urllib.error.URLError) as caught:
            redirected(address)
        assert caught.value.reason == f"it leads to {address}, which is not https://"


def test_a_redirect_that_cannot_be_followed_is_an_error_with_its_answer():
    request = urllib.request.Request(URL, data=b"sent")
    body, headers = io.BytesIO(), http.client.HTTPMessage()
    follow = data._HttpsOnly().redirect_request
    with pytest.raises(urllib.error.HTTPError) as caught:
        follow(request, body, 308, "Permanent", headers, f"{URL}2")
    error = caught.value
    assert (error.filename, error.code, error.msg) == (URL, 308, "Permanent")
    assert (error.fp, error.headers) == (body, headers)


# --- The table


def test_the_table_has_names_for_its_columns():
    table = data.read_airfoil()
    assert table.shape == (data.AIRFOIL_ROWS, len(data.AIRFOIL_COLUMNS))
    assert table[0].tolist() == [800, 0, 0.3048, 71.3, 0.00266337, 126.201]
    assert not np.isnan(table).any()


def test_features_and_target_are_the_columns_in_order():
    table = data.read_airfoil()
    features, target = data.whitened_airfoil()
    assert (features.dtype, target.dtype) == (np.float32, np.float32)
    assert (features.shape, target.shape) == ((1500, 5), (1500,))
    white = (table - table.mean(axis=0)) / table.std(axis=0)
    np.testing.assert_allclose(features, white[:1500, :5], rtol=1e-6, atol=1e-7)
    np.testing.assert_allclose(target, white[:1500, 5], rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize(("n", "kind"), [(0, ValueError), (1504, ValueError), (1.0, TypeError)])
def test_how_many_rows_there_are(n, kind):
    assert said(kind, data.whitened_airfoil, n) == f"n={n}: must be an integer 1 to 1503"
