"""The flavour of the environment that runs the tests: it holds one framework, and no other."""

import importlib
import os
from importlib.util import find_spec
from types import SimpleNamespace

import matplotlib as mpl
import pytest

mpl.use("Agg")

NAME = next(name for name in ("torch", "tensorflow", "mxnet", "jax") if find_spec(name))


def tensorflow_words():
    import tensorflow as tf

    (cpu,) = tf.config.list_physical_devices("CPU")
    two = [tf.config.LogicalDeviceConfiguration()] * 2
    tf.config.set_logical_device_configuration(cpu, two)
    return SimpleNamespace(
        seed=tf.random.set_seed,
        concise=tf.keras.optimizers.SGD,
        rate="learning_rate",
        adam=tf.keras.optimizers.Adam,
        array=tf.constant,
        general=lambda arrays, b: tf.data.Dataset.from_tensor_slices(arrays).shuffle(1500).batch(b),
        wrong_device="GPU:7",
        second_device="CPU:1",
        second_device_name="/job:localhost/replica:0/task:0/device:CPU:1",
        device_of=lambda tensor: tensor.device,
        missing_kinds={},
        losses=[
            (tf.keras.losses.MeanSquaredError(), 2),
            (tf.keras.losses.MeanSquaredError(reduction="sum"), 2),
            (tf.keras.losses.MeanSquaredError(reduction="none"), 2),
        ],
    )


def mxnet_words():
    from mxnet import gluon, np, npx

    def general(arrays, b):
        return gluon.data.DataLoader(gluon.data.ArrayDataset(*arrays), b, shuffle=True)

    return SimpleNamespace(
        seed=npx.random.seed,
        concise="sgd",
        rate="learning_rate",
        adam="adam",
        array=np.array,
        general=general,
        wrong_device=npx.gpu(7),
        second_device=npx.cpu(1),
        second_device_name="cpu(1)",
        device_of=lambda array: array.ctx,
        missing_kinds={"float16": "MXNet multiplies no float16 matrices on a CPU"},
        losses=[(gluon.loss.L2Loss(), 1)],
    )


def jax_words():
    os.environ.setdefault("XLA_FLAGS", "--xla_force_host_platform_device_count=2")
    import jax.numpy as jnp
    import numpy as np
    import optax

    class Minibatches:
        """NumPy arrays in a new order every time, as a loader of another library yields them."""

        def __init__(self, arrays, batch_size):
            self.arrays, self.batch_size = [np.asarray(array) for array in arrays], batch_size

        def __iter__(self):
            order = np.random.permutation(len(self.arrays[0]))  # noqa: NPY002
            for start in range(0, len(order), self.batch_size):
                yield [a[order[start : start + self.batch_size]] for a in self.arrays]

    return SimpleNamespace(
        seed=np.random.seed,
        concise=optax.sgd,
        rate="learning_rate",
        adam=optax.adam,
        array=jnp.array,
        general=Minibatches,
        wrong_device="gpu:7",
        second_device="cpu:1",
        second_device_name="cpu:1",
        device_of=lambda array: array.device,
        missing_kinds={"float64": "JAX has it only with jax_enable_x64"},
        losses=[(optax.l2_loss, 1), (optax.squared_error, 2)],
    )


def torch_words():
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    return SimpleNamespace(
        seed=torch.manual_seed,
        concise=torch.optim.SGD,
        rate="lr",
        adam=torch.optim.Adam,
        array=lambda a, dtype=None: torch.tensor(a, dtype=dtype and getattr(torch, dtype)),
        general=lambda arrays, b: DataLoader(TensorDataset(*arrays), b, shuffle=True),
        wrong_device="cuda:7",
        second_device=None,
        missing_kinds={},
        losses=[(torch.nn.MSELoss(reduction=kind), 2) for kind in ("mean", "sum", "none")],
    )


@pytest.fixture(scope="session")
def name():
    return NAME


@pytest.fixture(scope="session")
def d2l(words):
    return importlib.import_module(f"d2lmini.{NAME}")


@pytest.fixture(scope="session")
def words():
    return globals()[f"{NAME}_words"]()
