"""A build of the book in another folder, from the notebooks that the last build executed."""

import shutil
import sys
from pathlib import Path

from tools.build_book import OPTIONS
from tools.contents import ROOT

CACHE = ROOT / "_build" / ".jupyter_cache"
BUILDER = str(Path(sys.executable).with_name("jupyter-book"))


def command_for(folder: Path) -> list[str]:
    """Put the executed notebooks into a folder, and return the command that builds there.

    Parameters
    ----------
    folder : Path
        The pages will be in its folder ``_build/html``.

    Returns
    -------
    list of str
        To be run in the root of the project.
    """
    shutil.copytree(CACHE, folder / "_build" / CACHE.name)
    return [BUILDER, "build", ".", "--path-output", str(folder), *OPTIONS]
