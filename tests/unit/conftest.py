import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

mpl.use("Agg")


@pytest.fixture(autouse=True)
def fresh_figures():
    """No figure outlives its test."""
    yield
    plt.close("all")
