"""Where and when a measurement was made."""

import os
import platform
from datetime import date
from importlib import import_module


def measured_on(*packages: str) -> str:
    """Return a line that says where and when this process measures.

    Parameters
    ----------
    *packages : str
        Packages whose versions matter, as they are imported, such as ``"torch"``.

    Returns
    -------
    str
        Day, processor, number of cores, and the versions of Python and of the packages.

    Raises
    ------
    ImportError
        If one is not installed.
    """
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{package} {import_module(package).__version__}" for package in packages]
    return f"measured on {date.today()}, {machine}, {', '.join(versions)}"
