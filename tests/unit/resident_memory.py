"""Print by how many bytes the process grew in 200 runs with a figure each, after 40 others.

    python tests/unit/resident_memory.py

The figures are drawn in a shell that takes itself for a notebook's; they have no texts, which take
most of the time.
"""

import gc
from types import SimpleNamespace

import matplotlib as mpl
import psutil
from IPython.core.interactiveshell import InteractiveShell

from d2lmini import animator, torch as d2l

mpl.use("Agg")
animator.set_axes = lambda axes, *settings: axes.set_axis_off()
shell = InteractiveShell.instance()
shell.kernel = object()
shell.display_pub = SimpleNamespace(publish=lambda *a, **k: None, is_publishing=False)
shell.user_ns["run"] = lambda: d2l.train_ch11(
    d2l.sgd, None, {"lr": 0.4}, *d2l.get_data_ch11(1500), num_epochs=1
)


def resident_after(runs):
    """Train that many times, each in a cell of its own; return the resident memory [bytes]."""
    for k in range(runs):
        shell.run_cell("_ = run()").raise_error()
        if k % 20 == 0:
            gc.collect()  # figures have cycles: what waits would make a difference
    gc.collect()
    return psutil.Process().memory_info().rss


if __name__ == "__main__":
    before = resident_after(40)
    print(resident_after(200) - before)
