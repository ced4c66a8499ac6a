import platform
from datetime import date

import numpy
import pytest
import torch

from d2lmini.machine import measured_on


def test_day_machine_and_versions():
    line = measured_on("numpy", "torch")
    parts = line.split(", ")
    assert parts[0] == f"measured on {date.today()}"
    assert parts[1] == platform.machine()
    assert parts[3:] == [
        f"Python {platform.python_version()}",
        f"numpy {numpy.__version__}",
        f"torch {torch.__version__}",
    ]


def test_a_package_that_is_not_installed():
    with pytest.raises(ImportError, match="no_such_package"):
        measured_on("no_such_package")
