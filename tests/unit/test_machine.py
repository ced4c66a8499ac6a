import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version

import pytest

from d2lmini.machine import measured_on


def test_day_machine_and_versions():
    line = measured_on("numpy", "torch")
    parts = line.split(", ")
    assert parts[0] == f"measured on {date.today()}"
    assert parts[1].startswith(f"{platform.machine()} with ")
    assert parts[2:] == [
        f"Python {platform.python_version()}",
        f"numpy {version('numpy')}",
        f"torch {version('torch')}",
    ]


def test_a_package_that_is_not_installed():
    with pytest.raises(PackageNotFoundError, match="no-such-package"):
        measured_on("no-such-package")
