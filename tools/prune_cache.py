"""Remove what an interrupted build has left half-written in the cache of executed notebooks."""

import shutil
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.cache.db import NbCacheRecord


def prune(folder: Path) -> None:
    """Remove the broken records of a cache, or all of it where its records cannot be read.

    Parameters
    ----------
    folder : Path
        The cache; it need not exist.
    """
    if not folder.exists():
        return
    try:
        remove_broken_records(folder)
    except Exception as error:
        print(f"the cache of executed notebooks is broken, all will run again: {error}")
        shutil.rmtree(folder)


def remove_broken_records(folder: Path) -> None:
    """Remove the records whose notebook is missing or cannot be read, and what no record names.

    Parameters
    ----------
    folder : Path
        An existing cache.

    Raises
    ------
    ValueError
        If the cache has no version: its making was interrupted.
    """
    cache = get_cache(folder)
    if cache.get_version() is None:  # what is written last when a cache is made
        raise ValueError("its making was interrupted")
    for record in cache.list_cache_records():
        try:
            cache.get_cache_bundle(record.pk)
        except Exception as error:
            print(f"{Path(record.uri).name} will run again: {error}")
            NbCacheRecord.remove_records([record.pk], cache.db)
    remove_unnamed_folders(folder)


def remove_unnamed_folders(folder: Path) -> None:
    """Remove the folders of notebooks that have no record: a new one could not be put there.

    Parameters
    ----------
    folder : Path
        An existing cache.
    """
    named = {record.hashkey for record in get_cache(folder).list_cache_records()}
    for place in folder.glob("executed/*"):
        if place.name not in named:
            shutil.rmtree(place)
