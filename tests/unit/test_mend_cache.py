"""What an interrupted build leaves in the cache of notebooks does not break the next build."""

import runpy
import shutil
from pathlib import Path

import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).parents[2]
mend = runpy.run_path(ROOT / "book" / "site" / "mend_cache.py")["main"]


@pytest.fixture
def folder(tmp_path):
    """Fill a cache with two notebooks."""
    cache = get_cache(tmp_path / "cache")
    for name in ("one", "two"):
        notebook = new_notebook(cells=[new_code_cell(name)])
        cache.cache_notebook_bundle(CacheBundleIn(notebook, f"{name}.md"), check_validity=False)
    return cache.path


def kept(folder):
    cache = get_cache(folder)
    records = cache.list_cache_records()
    return sorted(cache.get_cache_bundle(record.pk).record.uri for record in records)


def place(folder, name):
    cache = get_cache(folder)
    record = next(r for r in cache.list_cache_records() if r.uri == f"{name}.md")
    return folder / "executed" / record.hashkey / "base.ipynb"


def test_whole_notebooks_stay(folder):
    mend(folder)
    assert kept(folder) == ["one.md", "two.md"]


def test_a_notebook_written_in_part_is_forgotten(folder):
    path = place(folder, "one")
    path.write_text(path.read_text()[:40])
    mend(folder)
    assert kept(folder) == ["two.md"]


def test_a_notebook_that_was_not_written_is_forgotten(folder):
    shutil.rmtree(place(folder, "one").parent)
    mend(folder)
    assert kept(folder) == ["two.md"]


@pytest.mark.parametrize("name", ["__version__.txt", "global.db"])
def test_a_cache_that_was_not_made_to_its_end_is_removed(folder, name):
    path = folder / name
    path.unlink() if name.endswith("txt") else path.write_bytes(b"half a database" * 100)
    mend(folder)
    assert not folder.exists()


def test_no_cache_is_no_fault(tmp_path):
    mend(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
