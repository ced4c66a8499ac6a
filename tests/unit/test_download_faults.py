"""Downloads that go wrong in hundreds of ways: never a wrong file, and an error that says why."""

import errno
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from d2lmini import data
from tests.unit.download_server import NUMBERS, WHOLE

# Makes a download in a process of its own for each of some places, and ends it there: the
# count is that of the lines that Python runs, in this package and in the libraries it calls.
END_EVERYWHERE = """
import json, os, signal, sys, threading
from d2lmini import data

source, digest, cache, how, places = sys.argv[1:]
data.DATA_HUB["long"] = (source, digest)
count, place = 0, 0

def trace(frame, event, argument):
    global count
    count += event == "line"
    if count == place and event == "line":
        if how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        signal.raise_signal(signal.SIGINT)
    return trace

def download():
    threading.settrace(trace)
    sys.settrace(trace)
    try:
        return data.download("long", cache_dir=cache)
    finally:
        sys.settrace(None)

def in_another_process(at):
    global place
    place = at
    child = os.fork()
    if child == 0:
        try:
            download()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]

def content(names):
    return [open(os.path.join(cache, n), "rb").read() for n in names if not n.endswith(".part")]

signal.signal(signal.SIGINT, signal.default_int_handler)
os.remove(download())  # the first one imports modules
count = 0
path = download()
right, length, ends = open(path, "rb").read(), count, []
for k in range(int(places)):
    if os.path.exists(path):
        os.remove(path)
    count = 0
    status = in_another_process(1 + k * length // int(places))
    left = os.listdir(cache)
    assert all(found == right for found in content(left)), left
    place, ended = 0, status != 0
    assert data.download("long", cache_dir=cache) == path
    assert content(os.listdir(cache)) == [right]
    ends.append([ended, len(os.listdir(cache))])
print(json.dumps(ends))
"""


@pytest.fixture
def long_file(tmp_path, monkeypatch):
    """A file of 1,000 bytes on a mirror, and the arguments that name it."""
    source = tmp_path / "long.dat"
    source.write_bytes(bytes(range(250)) * 4)
    digest = hashlib.sha1(source.read_bytes()).hexdigest()
    monkeypatch.setitem(data.DATA_HUB, "long", (source.as_uri(), digest))
    return source, [source.as_uri(), digest, str(tmp_path / "cache")]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks a process for each place")
@pytest.mark.parametrize(("how", "places"), [("killed", 100), ("interrupted", 30)])
def test_ended_at_many_places(how, places, long_file):
    _, names = long_file
    done = subprocess.run(
        [sys.executable, "-c", END_EVERYWHERE, *names, how, str(places)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    ends = json.loads(done.stdout)
    assert len(ends) == places
    assert sum(ended for ended, _ in ends) > places / 2
    assert {files for _, files in ends} == {1}


TWENTY_TIMES_AT_ONCE = """
import os, sys
from d2lmini import data

source, digest, cache = sys.argv[1:]
data.DATA_HUB["long"] = (source, digest)
for _ in range(20):
    for name in os.listdir(cache) if os.path.isdir(cache) else []:
        os.remove(os.path.join(cache, name))
    receiver, sender = os.pipe()
    children = []
    for _ in range(3):
        children.append(os.fork())
        if children[-1] == 0:
            os.close(sender)
            os.read(receiver, 1)  # until the last process has closed it: all begin together
            path = data.download("long", cache_dir=cache)
            os._exit(open(path, "rb").read() != open(source[7:], "rb").read())
    os.close(receiver)
    os.close(sender)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert len(os.listdir(cache)) == 1, os.listdir(cache)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks processes")
def test_three_processes_at_once(long_file):
    _, names = long_file
    command = [sys.executable, "-c", TWENTY_TIMES_AT_ONCE, *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_every_flipped_bit_is_seen(long_file, tmp_path):
    source, _ = long_file
    right = source.read_bytes()
    for k in range(100):
        wrong = bytearray(right)
        wrong[10 * k] ^= 1 << k % 8
        source.write_bytes(wrong)
        with pytest.raises(ValueError, match=r"the file is damaged.*D2LMINI_DATA_URL to a mirror"):
            data.download("long", cache_dir=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_every_flipped_bit_of_the_kept_file_is_mended(long_file, tmp_path):
    source, _ = long_file
    kept = Path(data.download("long", cache_dir=tmp_path / "cache"))
    for k in range(50):
        wrong = bytearray(source.read_bytes())
        wrong[20 * k] ^= 1 << k % 8
        kept.write_bytes(wrong[: len(wrong) - k])
        assert data.download("long", cache_dir=tmp_path / "cache") == str(kept)
        assert kept.read_bytes() == source.read_bytes()


@pytest.mark.parametrize("length", range(0, len(WHOLE), 3))
def test_closed_at_every_third_byte(length, fetch):
    with pytest.raises(
        (OSError, ValueError), match=r"cannot fetch .*; set D2LM|damaged; .*; set D2LM"
    ):
        fetch(WHOLE[:length])


@pytest.mark.parametrize("length", [0, 9, len(WHOLE) - 7, len(WHOLE) - 1])
def test_stalled(length, fetch, monkeypatch):
    monkeypatch.setattr(data, "DEADLINE", 0.3)
    with pytest.raises(OSError, match=r"not complete after 0\.3 s; set D2LMINI_DATA_URL"):
        fetch(WHOLE[:length], stalls=True)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 410, 418, 429, 500, 502, 503, 504])
def test_refused_by_the_server(status, fetch):
    page = b"<!doctype html><title>Sorry</title>"
    header = f"HTTP/1.1 {status} No\r\nContent-Length: {len(page)}\r\n\r\n".encode()
    with pytest.raises(OSError, match=r"cannot fetch https://127.*: No; set D2LMINI_DATA_URL"):
        fetch(header + page)


@pytest.mark.parametrize(
    "page",
    [b"<!doctype html><title>Log in</title>", b"", b"404", NUMBERS[:-1], NUMBERS + b"\n"],
    ids=["page", "nothing", "text", "shorter", "longer"],
)
def test_something_else_instead_of_the_file(page, fetch):
    header = f"HTTP/1.1 200 OK\r\nContent-Length: {len(page)}\r\n\r\n".encode()
    with pytest.raises(ValueError, match=r"damaged; .*mirror, or put the file at .*numbers\.dat"):
        fetch(header + page)


def test_redirected_for_ever(fetch):
    with pytest.raises(OSError, match=r"cannot fetch https://127.*infinite loop"):
        fetch(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")


ERRORS = ("EACCES", "EROFS", "ENOSPC", "EDQUOT", "EIO", "ENAMETOOLONG")


@pytest.mark.parametrize("step", ["mkdir", "write", "replace"])
@pytest.mark.parametrize("name", [name for name in ERRORS if hasattr(errno, name)])
def test_a_folder_that_cannot_be_written(step, name, mirror, tmp_path, monkeypatch):
    def fail(*arguments, **options):
        raise OSError(getattr(errno, name), os.strerror(getattr(errno, name)))

    def fail_half_way(path, content):
        path.open("wb").write(content[:3])
        fail()

    cache = tmp_path / "cache"
    owner, method, wrong = {
        "mkdir": (Path, "mkdir", fail),
        "write": (Path, "write_bytes", fail_half_way),
        "replace": (os, "replace", fail),
    }[step]
    with monkeypatch.context() as broken:
        broken.setattr(owner, method, wrong)
        with pytest.raises(OSError, match=r"cannot write .*numbers\.dat: .*name another folder"):
            data.download("numbers", cache_dir=cache)
    assert not cache.exists() or not list(cache.iterdir())
    assert Path(data.download("numbers", cache_dir=cache)).read_bytes() == NUMBERS


def test_a_file_where_the_folder_should_be(mirror, tmp_path):
    (tmp_path / "cache").write_bytes(b"mine")
    for cache in (tmp_path / "cache", tmp_path / "cache" / "deeper"):
        with pytest.raises(OSError, match=r"cannot write .*name another folder as cache_dir"):
            data.download("numbers", cache_dir=cache)
    assert (tmp_path / "cache").read_bytes() == b"mine"


def test_a_folder_where_the_file_should_be(mirror, tmp_path):
    path = Path(data.download("numbers", cache_dir=tmp_path / "cache"))
    path.unlink()
    path.mkdir()
    with pytest.raises(OSError, match=r"cannot write .*name another folder as cache_dir"):
        data.download("numbers", cache_dir=tmp_path / "cache")
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such table of users")
def test_no_home(mirror, tmp_path, monkeypatch):
    def nobody(user):
        raise KeyError(user)

    for name in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OSError, match=r"no home folder .*name a folder as cache_dir"):
        data.download("numbers")
    assert sorted(tmp_path.iterdir()) == before
    assert Path(data.download("numbers", cache_dir="here")).read_bytes() == NUMBERS
    assert data.download("airfoil").endswith("airfoil_self_noise.dat")


NAMES = [
    "mein ordner",
    "données é",
    "雪",
    "a%20b#c?d",
    "[x]*",
    "'quoted' \"twice\"",
    "-",
    "x" * 200,
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", ["cache_dir", "home", "source"])
def test_odd_names(name, place, mirror, tmp_path, monkeypatch):
    folder = tmp_path / name
    folder.mkdir()
    cache = tmp_path / "cache"
    if place == "source":
        source = folder / f"{name[:50]}.dat"
        source.write_bytes(NUMBERS)
        digest = hashlib.sha256(NUMBERS).hexdigest()
        monkeypatch.setitem(data.DATA_HUB, "numbers", (source.as_uri(), digest))
    elif place == "cache_dir":
        cache = folder
    elif sys.platform == "linux":
        monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
        cache = None
    path = Path(data.download("numbers", cache_dir=cache))
    assert path.read_bytes() == NUMBERS
    assert list(path.parent.iterdir()) == [path]
    assert path.is_relative_to(folder if place != "source" else tmp_path / "cache")
    path.write_bytes(b"rubbish")
    assert data.download("numbers", cache_dir=cache) == str(path)
    assert path.read_bytes() == NUMBERS
