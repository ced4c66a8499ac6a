"""Forget the executed notebooks that an interrupted build has left half-written in its cache.

python book/site/mend_cache.py FOLDER
"""

import shutil
import sys
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.cache.db import NbCacheRecord


def main(folder: Path) -> None:
    """Mend the cache, or remove it as a whole where that cannot be done."""
    if not folder.exists():
        return
    try:
        forget_broken(folder)
    except Exception as error:
        print(f"the cache of executed notebooks is broken, all will run again: {error}")
        shutil.rmtree(folder)


def forget_broken(folder: Path) -> None:
    """Remove the records whose notebook is missing or cannot be read."""
    cache = get_cache(folder)
    if cache.get_version() is None:  # what is written last when a cache is made
        raise ValueError("it was not made to its end")
    for record in cache.list_cache_records():
        try:
            cache.get_cache_bundle(record.pk)
        except Exception as error:
            print(f"{Path(record.uri).name} will run again: {error}")
            NbCacheRecord.remove_records([record.pk], cache.db)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
