"""Where and when a measurement was made."""

import os
import platform
from datetime import date
from importlib.metadata import version


def measured_on(*packages: str) -> str:
    """Return a line that says where and when this process measures.

    Parameters
    ----------
    *packages : str
        Installed packages whose versions matter, such as ``"torch"``.

    Returns
    -------
    str
        Day, processor, number of cores, and the versions of Python and of the packages.

    Raises
    ------
    importlib.metadata.PackageNotFoundError
        If one is not installed.
    """
    machine = f"{platform.machine()} with {os.cpu_count()} cores"
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{package} {version(package)}" for package in packages]
    return f"measured on {date.today()}, {machine}, {', '.join(versions)}"
