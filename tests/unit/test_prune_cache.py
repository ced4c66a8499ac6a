"""What an interrupted build leaves in the cache of notebooks does not break the next build."""

import shutil

import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbformat.v4 import new_code_cell, new_notebook

from tools.prune_cache import prune


@pytest.fixture
def folder(tmp_path):
    """Fill a cache with two notebooks."""
    for name in ("one", "two"):
        add(tmp_path / "cache", name)
    return tmp_path / "cache"


def add(folder, name):
    notebook = new_notebook(cells=[new_code_cell(name)])
    bundle = CacheBundleIn(notebook, f"{name}.md")
    get_cache(folder).cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def readable(folder):
    cache = get_cache(folder)
    records = cache.list_cache_records()
    return sorted(cache.get_cache_bundle(record.pk).record.uri for record in records)


def notebook_of(folder, name):
    cache = get_cache(folder)
    record = next(r for r in cache.list_cache_records() if r.uri == f"{name}.md")
    return folder / "executed" / record.hashkey / "base.ipynb"


def test_whole_notebooks_stay(folder):
    prune(folder)
    assert readable(folder) == ["one.md", "two.md"]


def test_a_notebook_written_in_part_is_removed(folder):
    path = notebook_of(folder, "one")
    path.write_text(path.read_text()[:40])
    prune(folder)
    assert readable(folder) == ["two.md"]


def test_a_notebook_that_was_not_written_is_removed(folder):
    shutil.rmtree(notebook_of(folder, "one").parent)
    prune(folder)
    assert readable(folder) == ["two.md"]


def test_a_folder_without_its_notebook_is_filled_by_the_next_run(folder):
    """As killed between the two: an empty folder has a record, or none any more."""
    notebook_of(folder, "one").unlink()
    prune(folder)
    assert readable(folder) == ["two.md"]
    add(folder, "one")
    assert readable(folder) == ["one.md", "two.md"]


@pytest.mark.parametrize("name", ["__version__.txt", "global.db"])
def test_a_cache_whose_making_was_interrupted_is_removed(folder, name):
    path = folder / name
    path.unlink() if name.endswith("txt") else path.write_bytes(b"half a database" * 100)
    prune(folder)
    assert not folder.exists()


def test_no_cache_is_no_error(tmp_path):
    prune(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
