"""Runs esbuild, the pinned npm package that joins and minifies the book's scripts and styles."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from d2lbook.node import NODE_MODULES, run_package


def esbuild(*arguments: str | Path, node_modules: Path = NODE_MODULES) -> None:
    """Run esbuild; what it writes is minified.

    Parameters
    ----------
    *arguments
        Sources and options, as esbuild takes them.
    node_modules : Path
        Where the npm packages are, esbuild among them.

    Raises
    ------
    subprocess.CalledProcessError
        If esbuild finds a fault.
    """
    # Without settings of TypeScript: esbuild would take those of a folder above the sources.
    options = ["--minify", "--log-level=warning", "--tsconfig-raw={}"]
    run_package("esbuild/bin/esbuild", *arguments, *options, node_modules=node_modules)


def bundle_all(files: dict[str, str], sources: Path, folder: Path) -> None:
    """Join each script or style with what it imports; pages from a disk load no modules.

    Parameters
    ----------
    files : dict of str
        Source -> the file that is made of it.
    sources, folder : Path
        Where the sources are, and where the files are written; the folder is created.
    """
    folder.mkdir(parents=True, exist_ok=True)

    def bundle(source: str, target: str) -> None:
        form = ["--format=iife", "--global-name=d2lEditor"] if target == "editor.js" else []
        esbuild(sources / source, "--bundle", *form, f"--outfile={folder / target}")

    with ThreadPoolExecutor() as threads:  # each only waits for a program
        list(threads.map(bundle, files.keys(), files.values()))
