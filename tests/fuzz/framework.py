"""The functions that every framework has, and what they return, in NumPy."""

from random import Random
from typing import Any

import numpy as np

from tests.fuzz import values
from tests.fuzz.flavours import Flavour, as_numpy
from tests.fuzz.function import Anything, Function, Refused, Texts, number_of, positive, whole

WIDE = {"float16": "float64", "float32": "float64", "complex64": "complex128"}


def wide(value: Any) -> Any:
    """Return an array of NumPy, with floating-point numbers in double precision."""
    array = as_numpy(value)
    return array.astype(WIDE.get(str(array.dtype), array.dtype))


# --- Predictions and losses


def draw_linreg(rng: Random) -> Texts:
    n, d, kind = rng.randrange(1, 6), rng.randrange(1, 4), rng.choice(("float32", "float64"))
    shapes = {"X": f"({n}, {d})", "w": f"({d}, 1)", "b": "(1,)"}
    return {k: f"array({values.numbers(rng, shape, kind)})" for k, shape in shapes.items()}


def expect_linreg(flavour: Flavour, a: dict[str, Any]) -> Any:
    # In MXNet, as in the original, `dot` multiplies: a weight without axes is a factor to it.
    multiply = np.dot if flavour.name == "mxnet" else np.matmul
    with np.errstate(all="ignore"):
        return multiply(wide(a["X"]), wide(a["w"])) + wide(a["b"])


def draw_squared_loss(rng: Random) -> Texts:
    n, kind = rng.randrange(1, 6), rng.choice(("float32", "float64"))
    shape = rng.choice((f"({n},)", f"({n}, 1)"))
    return {
        "y_hat": f"array({values.numbers(rng, f'({n}, 1)', kind)})",
        "y": f"array({values.numbers(rng, shape, kind)})",
    }


def expect_squared_loss(_: Flavour, a: dict[str, Any]) -> Any:
    y_hat, y = wide(a["y_hat"]), wide(a["y"])
    if y_hat.dtype.kind in "biu":
        y_hat = y_hat.astype(float)
    with np.errstate(all="ignore"):
        return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


# --- Devices

DEVICES = ("None", "cpu", "d2l.best_device()")
ABSENT = ("nowhere", "", "gpu:99", "cuda:99", "GPU:99")


def wild_device(rng: Random) -> str:
    """Return the text of a device that may not be there, or of anything else."""
    odd = ("'cpu:-1'", "'cpu:x'", "'cpu:' + 5000 * '9'", "'/device:CPU:0'", "b'cpu'")
    return rng.choice((repr(rng.choice(ABSENT)), rng.choice(odd), values.anything(rng)))


def device_rule(value: Any) -> bool | None:
    """Return False for a name that no machine has for a device."""
    return False if isinstance(value, str) and value in ABSENT else None


DEVICE = {"device": ("device", device_rule)}


def is_on_cpu(tensor: Any) -> bool:
    """Return whether a tensor is where all of this machine's devices are."""
    device = getattr(tensor, "device", None) or getattr(tensor, "ctx", "cpu")
    return "cpu" in str(device).lower()


def run_best_device(flavour: Flavour, _: dict[str, Any]) -> Any:
    """Put numbers on the best device, and read them."""
    loader = flavour.d2l.load_array([np.arange(3.0)], 3, False, flavour.d2l.best_device())
    return list(next(iter(loader)))


# --- Loaders


def draw_load_array(rng: Random) -> Texts:
    n = rng.randrange(1, 12)
    kinds = [rng.choice(("float32", "int32")) for _ in range(rng.randrange(1, 4))]
    shapes = [f"({n}{rng.choice((',', ', 2', ', 2, 3'))})" for _ in kinds]
    drawn = [values.numbers(rng, s, k) for s, k in zip(shapes, kinds, strict=True)]
    arrays = [rng.choice((f"array({text})", text)) for text in drawn]
    return {
        "data_arrays": f"[{', '.join(arrays)}]",
        "batch_size": rng.choice(values.WHOLE),
        "is_train": rng.choice(("True", "False")),
        **({"device": rng.choice(DEVICES)} if rng.random() < 0.5 else {}),
    }


def wild_switch(rng: Random) -> str:
    """Return the text of what is true or false without being a boolean."""
    return rng.choice(("0", "1", "None", "'no'", "[]"))


def draw_array_loader(rng: Random) -> Texts:
    drawn = draw_load_array(rng)
    n = rng.randrange(1, 12)
    arrays = [f"array({values.numbers(rng, s, 'float32')})" for s in (f"({n}, 2)", f"({n},)")]
    tensors = f"({', '.join(arrays)})"
    return {
        "tensors": tensors,
        "batch_size": drawn["batch_size"],
        "is_shuffled": drawn["is_train"],
    }


def rows_of(loader: Any) -> list[Any]:
    """Go through an epoch: return how many minibatches, their sizes, the rows in their order."""
    batches = [[as_numpy(part) for part in batch] for batch in loader]
    sizes = [len(batch[0]) for batch in batches]
    return [len(loader), sizes, *(np.concatenate(part) for part in zip(*batches, strict=True))]


def run_loader(name: str) -> Any:
    """Return what makes a loader, and goes through an epoch, in ascending order of the rows."""

    def run(flavour: Flavour, a: dict[str, Any]) -> Any:
        return examine(getattr(flavour.d2l, name)(**a), a)

    return run


def examine(loader: Any, a: dict[str, Any]) -> Any:
    """Go through an epoch and through all rows in order, and return what came."""
    count, sizes, *parts = rows_of(loader)
    pieces = [[as_numpy(part) for part in piece] for piece in loader.in_order()]
    in_order = [np.concatenate(part) for part in zip(*pieces, strict=True)]
    shuffled = a.get("is_train", a.get("is_shuffled", True))
    parts = _sorted_together(parts) if shuffled else parts
    return [count, sizes, all(map(is_on_cpu, loader.tensors)), in_order, *parts]


def _sorted_together(parts: list[Any]) -> list[Any]:
    table = [np.nan_to_num(part.reshape(len(part), -1).astype(complex)) for part in parts]
    keys = np.concatenate(table, axis=1)
    order = sorted(range(len(keys)), key=lambda i: [(z.real, z.imag) for z in keys[i]])
    return [part[order] for part in parts]


def expect_loader(_: Flavour, a: dict[str, Any]) -> Any:
    given = list(a.get("data_arrays", a.get("tensors")))
    if "data_arrays" in a and any(np.ma.is_masked(array) for array in given):
        raise Refused("a number is masked")
    arrays = [as_numpy(array) for array in given]
    if not arrays or any(not array.ndim for array in arrays):
        raise Refused("no rows")
    if len({len(array) for array in arrays}) > 1 or not len(arrays[0]):
        raise Refused("no row, or another number of rows")
    if any(array.dtype.kind in "OUSMm" for array in arrays):
        return Anything
    n, b = len(arrays[0]), number_of(a["batch_size"])
    sizes = [min(b, n - start) for start in range(0, n, min(b, n))]
    shuffled = a.get("is_train", a.get("is_shuffled", True))
    return [len(sizes), sizes, True, arrays, *(_sorted_together(arrays) if shuffled else arrays)]


def draw_get_data(rng: Random) -> Texts:
    n = rng.choice(("10", "25", "1500", "1503", "np.int64(9)", "1"))
    drawn = {"batch_size": rng.choice((*values.WHOLE, "100")), "n": n}
    return drawn | ({"device": rng.choice(DEVICES)} if rng.random() < 0.5 else {})


def run_get_data(flavour: Flavour, a: dict[str, Any]) -> Any:
    loader, feature_dim = flavour.d2l.get_data_ch11(**a)
    X, y = (as_numpy(tensor) for tensor in loader.tensors)
    first = next(iter(loader))
    on_cpu = all(map(is_on_cpu, loader.tensors))
    return [feature_dim, len(loader), [len(part) for part in first], on_cpu, X, y]


def expect_get_data(_: Flavour, a: dict[str, Any]) -> Any:
    from d2lmini.data import read_airfoil

    n, b = number_of(a["n"]), number_of(a["batch_size"])
    table = read_airfoil()
    white = ((table - table.mean(0)) / table.std(0))[:n]
    return [5, -(-n // b), [min(n, b)] * 2, True, white[:, :5], white[:, 5]]


# --- Steps


def draw_sgd(rng: Random) -> Texts:
    shapes = [rng.choice(("(2,)", "(3, 1)", "(1,)")) for _ in range(rng.randrange(1, 3))]
    parts = [", ".join(values.numbers(rng, shape) for _ in range(2)) for shape in shapes]
    lr = rng.choice(("0.1", "1", "np.float32(0.5)", "0.0"))
    return {
        "params": f"[{', '.join(f'parameter({part})' for part in parts)}]",
        "states": "None",
        "hyperparams": f"{{'lr': {lr}}}",
    }


def wild_params(rng: Random) -> str:
    p, g = values.plain_array(rng), values.plain_array(rng)
    return rng.choice((values.anything(rng), f"[parameter({p}, {p})]", f"[parameter({p}, {g})]"))


def wild_rate(rng: Random, name: str = "lr") -> str:
    number = values.number(rng)
    others = ("{}", "None", f"{{{name!r}: 0.1, 'more': 1}}", "[('lr', 0.1)]", "{'LR': 0.1}")
    return rng.choice((*(f"{{{name!r}: {number}}}",) * 4, rng.choice(others)))


def _pair(param: Any) -> tuple[Any, Any]:
    return param if isinstance(param, tuple) else (param, param.grad)


def run_sgd(flavour: Flavour, a: dict[str, Any]) -> Any:
    """Take a step; return the new parameters."""
    if flavour.name in ("torch", "mxnet"):
        params = list(a["params"])
        flavour.d2l.sgd(params, a["states"], a["hyperparams"])
        return [as_numpy(p) for p in params]
    pairs = [_pair(param) for param in a["params"]]
    params, grads = [p for p, _ in pairs], [g for _, g in pairs]
    new = flavour.d2l.sgd(params, grads, a["states"], a["hyperparams"])
    return [as_numpy(p) for p in (params if new is None else new)]


def expect_sgd(_: Flavour, a: dict[str, Any]) -> Any:
    pairs = [[wide(part) for part in _pair(param)] for param in a["params"]]
    if not pairs:
        return []
    lr = a["hyperparams"]["lr"]
    if any(p.dtype.kind not in "fc" for p, _ in pairs) or "time" in type(lr).__name__:
        return Anything  # there are no gradients of integers; some frameworks round them
    if getattr(lr, "dtype", None) is not None and as_numpy(lr).dtype.kind in "US":
        lr = float(as_numpy(lr))  # TensorFlow reads the number in a text
    lr = float(lr) if isinstance(lr, int) else wide(lr)
    with np.errstate(all="ignore"):
        return [np.asarray(p - lr * g) for p, g in pairs]


# --- Names of the framework itself: only right arguments, and tensors of any kind

SHAPES = ("3", "(2, 3)", "(1,)", "(0, 2)")
MANY = ("(1000,)", "(40, 25)", "(10, 10, 10)")
ELEMENTWISE = ("sin", "cos", "sinh", "cosh", "tanh", "exp", "abs")


def expect_elementwise(name: str) -> Any:
    """Return the function of NumPy with that name."""

    def expect(_: Flavour, a: dict[str, Any]) -> Any:
        with np.errstate(all="ignore"):
            return getattr(np, name)(wide(a["x"]))

    return expect


def positional(name: str) -> Any:
    """Return what calls a function of the framework: the names of its parameters vary."""
    return lambda flavour, a: getattr(flavour.d2l, name)(*a.values())


def draw_normal(rng: Random) -> Texts:
    return {
        "mean": rng.choice(("0.0", "-3.0")),
        "std": rng.choice(("1.0", "0.01")),
        "shape": rng.choice(MANY),
    }


def run_normal(flavour: Flavour, a: dict[str, Any]) -> Any:
    """Draw a thousand numbers; return their shape, mean and deviation in units of those asked."""
    drawn = as_numpy(flavour.draw(flavour.d2l.normal, *a.values()))
    error = (drawn.mean() - a["mean"]) / a["std"]
    return [list(drawn.shape), bool(abs(error) < 0.2), bool(0.85 < drawn.std() / a["std"] < 1.15)]


def _small(rng: Random) -> str:
    return f"array({values.numbers(rng, rng.choice(('(3,)', '(2, 2)', '(1, 4)')))})"


FUNCTIONS = [
    Function(
        "linreg",
        draw_linreg,
        dict.fromkeys("Xwb", values.tensor),
        expect_linreg,
        weight=8,
    ),
    Function(
        "squared_loss",
        draw_squared_loss,
        dict.fromkeys(("y_hat", "y"), values.tensor),
        expect_squared_loss,
        weight=8,
    ),
    Function(
        "load_array",
        draw_load_array,
        {
            "data_arrays": values.several,
            "batch_size": values.number,
            "is_train": wild_switch,
            "device": wild_device,
        },
        expect_loader,
        run_loader("load_array"),
        rules={"batch_size": ("batch_size", whole(1)), **DEVICE},
        weight=10,
    ),
    Function(
        "ArrayLoader",
        draw_array_loader,
        {"tensors": values.several, "batch_size": values.number, "is_shuffled": wild_switch},
        expect_loader,
        run_loader("ArrayLoader"),
        rules={"batch_size": ("batch_size", whole(1))},
    ),
    Function(
        "get_data_ch11",
        draw_get_data,
        {**dict.fromkeys(("batch_size", "n"), values.number), "device": wild_device},
        expect_get_data,
        run_get_data,
        rules={"batch_size": ("batch_size", whole(1)), "n": ("n", whole(1, 1503)), **DEVICE},
        weight=3,
    ),
    Function(
        "sgd",
        draw_sgd,
        {"params": wild_params, "states": values.thing, "hyperparams": wild_rate},
        expect_sgd,
        run_sgd,
        weight=8,
        changes=("params",),
    ),
    Function(
        "best_device",
        lambda rng: {},
        {},
        lambda *_: [np.arange(3.0)],
        run_best_device,
        weight=1,
    ),
    Function(
        "normal",
        draw_normal,
        {},
        lambda _, a: [list(a["shape"]), True, True],
        run_normal,
        weight=1,
    ),
    Function(
        "median_time",
        lambda rng: {"function": "lambda: None", "min_run_time": rng.choice(("1e-6", "1e-5"))},
        {
            "function": values.thing,
            "min_run_time": values.short_time,
        },
        lambda _, a: bool(a["function"]() is None or True),
        lambda flavour, a: bool(flavour.d2l.median_time(**a) > 0),
        rules={"min_run_time": ("min_run_time", positive)},
        weight=2,
    ),
    *(
        Function(
            name,
            lambda rng: {"x": _small(rng)},
            {"x": values.floats},
            expect_elementwise(name),
            positional(name),
            weight=2,
        )
        for name in ELEMENTWISE
    ),
    Function(
        "numpy",
        lambda rng: {"x": _small(rng)},
        {"x": values.tensor},
        lambda _, a: as_numpy(a["x"]),
        weight=2,
    ),
    *(
        Function(
            name,
            lambda rng: {"shape": rng.choice(SHAPES)},
            {},
            lambda _, a, make=make: make(a["shape"]),
            positional(name),
            weight=1,
        )
        for name, make in (("zeros", np.zeros), ("ones", np.ones))
    ),
    Function(
        "linspace",
        lambda rng: {"start": "-1.0", "stop": rng.choice(("2.0", "0.5")), "num": "5"},
        {},
        lambda _, a: np.linspace(*a.values()),
        positional("linspace"),
        weight=1,
    ),
    Function(
        "arange",
        lambda rng: {"start": "-1.0", "stop": rng.choice(("2.0", "0.6")), "step": "0.5"},
        {},
        lambda _, a: np.arange(*a.values()),
        positional("arange"),
        weight=1,
    ),
    Function(
        "meshgrid",
        lambda rng: {"x": "array(np.arange(3.0))", "y": "array(np.arange(2.0))"},
        {},
        lambda _, a: np.meshgrid(wide(a["x"]), wide(a["y"]), indexing="ij"),
        lambda flavour, a: list(flavour.d2l.meshgrid(a["x"], a["y"], indexing="ij")),
        weight=1,
    ),
    Function(
        "tensor",
        lambda rng: {"data": values.numbers(rng, "(3,)")},
        {},
        lambda _, a: a["data"],
        positional("tensor"),
        weight=1,
    ),
]
