import hashlib
from pathlib import Path

import numpy as np
import pytest

from d2lmini import data


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    """A file:// mirror that serves one file, named in the hub."""
    served = tmp_path / "mirror" / "numbers.dat"
    served.parent.mkdir()
    served.write_bytes(b"1\t2\t3\r\n")
    digest = hashlib.sha1(served.read_bytes()).hexdigest()
    monkeypatch.setitem(data.DATA_HUB, "numbers", (served.as_uri(), digest))
    return served


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
    assert list((tmp_path / "cache").iterdir()) == []


def test_damaged_cache_is_fetched_again(mirror, tmp_path):
    cached = tmp_path / "cache" / "numbers.dat"
    cached.parent.mkdir()
    cached.write_bytes(b"rubbish")
    data.download("numbers", cache_dir=cached.parent)
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
