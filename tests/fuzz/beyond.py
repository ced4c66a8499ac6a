"""The functions of the workers, called by the only one there is, and the sliders; with PyTorch."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import numpy as np
import torch
import torch.distributed as dist

from d2lmini import parallel, torch as d2l
from d2lmini.explore import explore
from tests.fuzz import values
from tests.fuzz.flavours import Flavour, as_numpy
from tests.fuzz.framework import DEVICE, wild_device
from tests.fuzz.function import (
    Anything,
    Function,
    Refused,
    Texts,
    at_least,
    number_of,
    positive,
    whole,
)
from tests.fuzz.training import loss_of, numbers_of, take_step, wild_epochs

# --- Workers

LARGEST = 10_000  # NumPy makes the shards of all workers


def draw_shard(rng: Random) -> Texts:
    world_size = rng.randrange(1, 8)
    shape = rng.choice(("(5,)", "(3, 2)", "(1, 4)", "(0, 2)", "(7, 1)"))
    rows = f"array({values.numbers(rng, shape)})"
    return {"rows": rows, "rank": str(rng.randrange(world_size)), "world_size": str(world_size)}


def expect_shard(_: Flavour, a: dict[str, Any]) -> Any:
    rank, world_size = number_of(a["rank"]), number_of(a["world_size"])
    if not 0 <= rank < world_size:
        raise Refused("there is no such worker")
    if not isinstance(a["rows"], torch.Tensor) or world_size > LARGEST:
        return Anything
    return np.array_split(as_numpy(a["rows"]), world_size)[rank]


def draw_random_features(rng: Random) -> Texts:
    shape = rng.choice(("(3, 2)", "(1, 5)", "(0, 3)", "(4, 1)"))
    return {
        "features": f"array({values.numbers(rng, shape)})",
        "width": rng.choice(("0", "1", "2", "5", "300")),
    }


def expect_random_features(_: Flavour, a: dict[str, Any]) -> Any:
    features, width = a["features"], number_of(a["width"])
    if width == 0:
        return Anything
    if not isinstance(features, torch.Tensor) or features.dtype != torch.float32:
        raise Refused("no numbers of the type of the directions")
    if features.ndim != 2:
        return Anything
    generator = torch.Generator().manual_seed(0)
    directions = torch.randn(features.shape[1], width, generator=generator).numpy()
    phases = 2 * np.pi * torch.rand(width, generator=generator).numpy()
    found = np.sqrt(2 / width) * np.cos(as_numpy(features) @ directions / 2 + phases)
    # The cosine of a large number has no digits that two libraries share.
    return found if np.all(np.abs(as_numpy(features)) < 100) else Anything


@contextmanager
def group_of_one() -> Iterator[None]:
    """Be the only worker, as long as the block lasts."""
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    try:
        yield
    finally:
        dist.destroy_process_group()


def draw_sum_gradients(rng: Random) -> Texts:
    shapes = [rng.choice(("(3, 1)", "(1,)", "(2, 2)")) for _ in range(rng.randrange(1, 4))]
    pairs = [[f"array({values.numbers(rng, shape)})" for _ in range(2)] for shape in shapes]
    return {"params": f"[{', '.join(f'parameter({p}, {g})' for p, g in pairs)}]"}


def run_sum_gradients(_: Flavour, a: dict[str, Any]) -> Any:
    with group_of_one():
        parallel.sum_gradients(**a)
    return [p.grad for p in a["params"]]


def expect_sum_gradients(_: Flavour, a: dict[str, Any]) -> Any:
    return [as_numpy(p.grad) for p in a["params"]]


def draw_train(rng: Random) -> Texts:
    return {
        "batch_size": rng.choice(("100", "300", "1500", "np.int64(500)", "10**30")),
        "lr": rng.choice(("0.05", "0.4", "np.float32(0.1)")),
        "num_epochs": rng.choice(("1", "2")),
        "seed": rng.choice(("0", "7", "np.int64(3)")),
        "width": rng.choice(("0", "0", "3", "20")),
        "device": rng.choice(("'cpu'", "d2l.best_device()")),
    }


def run_train(_: Flavour, a: dict[str, Any]) -> Any:
    with group_of_one():
        report = parallel.train(**a)
    weights = np.array(report.weights)
    return [report.world_size, report.device, report.steps, report.losses[-1], weights]


def expect_train(_: Flavour, a: dict[str, Any]) -> Any:
    batch_size, lr, num_epochs, seed, width, _device = map(number_of, a.values())
    torch.manual_seed(seed)
    data_iter, feature_dim = d2l.get_data_ch11(batch_size)
    start = torch.normal(0.0, 0.01, size=(width or feature_dim, 1))
    w = np.append(as_numpy(start).astype(float), 0.0)

    def pairs(minibatches: Any) -> list[Any]:
        return numbers_of((parallel.random_features(X, width), y) for X, y in minibatches)

    with np.errstate(all="ignore"):
        for X, y in (pair for _ in range(num_epochs) for pair in pairs(data_iter)):
            w = take_step(w, X, y, float(lr))
        loss = loss_of(w, pairs(data_iter.in_order()))
    # What a run that diverges comes to depends on the precision.
    return [1, "cpu", num_epochs * len(data_iter), loss, w] if loss < 10 else Anything


# --- Sliders

DRAW = "lambda **setting: d2l.plt.figure(figsize=(1, 1))"
DESCRIBES = ("lambda **setting: str(setting)", "lambda **setting: 'text <b>'")
CONTROLS = ("[1, 10]", "(0.1, 0.2)", "range(2)", "['a', 'b', 'c']", "[True, False]", "[(1, 2), 3]")


def draw_explore(rng: Random) -> Texts:
    names = rng.sample(("batch_size", "lr", "a"), rng.choice((1, 1, 2)))
    texts = {"draw": DRAW, "describe": rng.choice(DESCRIBES)}
    texts |= {"start": "None"} if rng.random() < 0.5 else {}
    return texts | {name: rng.choice(CONTROLS) for name in names}


def run_explore(_: Flavour, a: dict[str, Any]) -> Any:
    explorer = explore(**a)
    return [(slider.description, slider.value) for slider in explorer.sliders]


def expect_explore(_: Flavour, a: dict[str, Any]) -> Any:
    controls = {k: v for k, v in a.items() if k not in ("draw", "describe", "start")}
    start = a.get("start") or {}
    for name, value in start.items():
        if name not in controls or value not in controls[name]:
            raise Refused("no such value")
    controls = {k: as_numpy(v).tolist() if hasattr(v, "dtype") else v for k, v in controls.items()}
    for v in controls.values():
        if isinstance(v, list | tuple | range) and (len(set(v)) < len(v) or any(x != x for x in v)):
            raise Refused("equal values")
    if not all(isinstance(v, list | tuple | range) for v in controls.values()):
        return Anything
    if any(isinstance(value, list) for v in controls.values() for value in v):
        return Anything
    labels = {"lr": "learning rate", "batch_size": "batch size"}
    return [
        (labels.get(name, name), start[name] if name in start else v[0])
        for name, v in controls.items()
    ]


def wild_start(rng: Random) -> str:
    value = rng.choice((values.number, values.thing))(rng)
    name = rng.choice(("batch_size", "lr", "a", "other"))
    return rng.choice(("None", "{}", f"{{{name!r}: {value}}}", values.thing(rng)))


def wild_values(rng: Random) -> str:
    """Return the text of the values of a control, right or wrong."""
    return rng.choice((values.thing, values.plain_array, values.several))(rng)


FUNCTIONS = [
    Function(
        "shard",
        draw_shard,
        {"rows": values.anything, "rank": values.number, "world_size": values.number},
        expect_shard,
        lambda _, a: parallel.shard(**a),
        rules={"rank": ("rank", at_least(0)), "world_size": ("world_size", at_least(1))},
    ),
    Function(
        "random_features",
        draw_random_features,
        {"features": values.anything, "width": values.number},
        expect_random_features,
        lambda _, a: parallel.random_features(**a),
        rules={"width": ("width", whole(0, parallel.MAX_WIDTH))},
    ),
    Function(
        "sum_gradients",
        draw_sum_gradients,
        {"params": values.several},
        expect_sum_gradients,
        run_sum_gradients,
        weight=2,
        changes=("params",),
    ),
    Function(
        "train",
        draw_train,
        {
            "batch_size": values.number,
            "lr": values.number,
            "num_epochs": wild_epochs,
            "seed": values.number,
            "width": values.number,
            "device": wild_device,
        },
        expect_train,
        run_train,
        rules={
            "batch_size": ("batch_size", whole(1)),
            "lr": ("lr", positive),
            "num_epochs": ("num_epochs", whole(1)),
            "seed": ("seed", whole(0, parallel.MAX_SEED)),
            "width": ("width", whole(0, parallel.MAX_WIDTH)),
            **DEVICE,
        },
        weight=2,
    ),
    Function(
        "explore",
        draw_explore,
        {
            "draw": values.thing,
            "describe": values.thing,
            "start": wild_start,
            **dict.fromkeys(("batch_size", "lr", "a"), wild_values),
        },
        expect_explore,
        run_explore,
        weight=2,
    ),
]
