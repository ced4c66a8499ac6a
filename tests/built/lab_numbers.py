"""What the lab's pictures have to show, by runs and theory that are computed apart from it."""

import math

import matplotlib
import numpy as np

from d2lmini.lab.lab_run import losses
from d2lmini.lab.problem import constants
from d2lmini.lab.settings import check_settings, load_table
from tests.lab.node import TARGET, X

TABLE = load_table("lab")
BATCH_SIZES, RATES = TABLE["batch_size"]["choices"], TABLE["lr"]["choices"]
NAMES = TABLE["across"]["options"]
FLOOR = constants()["floor"]


def losses_of(**settings):
    """Return the losses of a run after each step."""
    return losses(check_settings(TABLE, settings))[1]


def excess_of(**settings):
    """Return the loss above the floor at the end of a run, or infinity if it diverged."""
    values = losses_of(**settings)
    return values[-1] - FLOOR if values[-1] <= values[0] else math.inf


def color_of(excess):
    """Return the colour of matplotlib's viridis between nine of its colours, 0 to 255."""
    stops = np.round(255 * matplotlib.colormaps["viridis"](np.linspace(0, 1, 9))[:, :3])
    share = np.clip(np.log(0.25 / max(excess, 5e-4)) / np.log(0.25 / 5e-4), 0, 1)
    return [np.interp(8 * share, range(9), channel) for channel in stops.T]


def middle_of_cell(box, batch_size, rate):
    """Return where the middle of a cell is on the screen, for the box of the map's canvas."""
    column, row = RATES.index(rate) + 0.5, BATCH_SIZES.index(batch_size) + 0.5
    x = box["x"] + box["width"] * column / len(RATES)
    return x, box["y"] + box["height"] * (1 - row / len(BATCH_SIZES))


def plane_in(box):
    """Return the scale of the swarm's picture, and where weights of 0 are, in its pixels."""
    best = np.linalg.lstsq(X, TARGET, rcond=None)[0]
    centre = best[[NAMES.index(TABLE[axis]["default"]) for axis in ("across", "up")]] / 2
    scale = min(box["width"], box["height"]) / 2 / 0.72
    return scale, np.array([box["width"] / 2, box["height"] / 2]) - scale * centre * [1, -1]


def height_in(axes, excess):
    """Return where a loss is in the curve's picture: between the labels of 0.001 and 0.1."""
    labels = dict(text.split(" ", 1) for text in axes if text.count(" ") == 2)
    low, high = (float(labels[name].split()[1]) - 4 for name in ("0.001", "0.1"))
    return low + (high - low) * (math.log10(excess) + 3) / 2
