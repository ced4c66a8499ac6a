"""Train in one framework, and print losses and times as JSON.

    python one_framework.py pytorch

The notebook `frameworks.ipynb` runs this once in the environment of each framework.
"""

import json
import sys

import numpy

RUNS = {
    "gd": (False, 0.9, 1500, 10),
    "sgd": (False, 0.005, 1, 2),
    "b = 100": (False, 0.4, 100, 2),
    "b = 10": (False, 0.05, 10, 2),
    "concise": (True, 0.05, 10, 2),
}
"""Whether the framework's optimizer steps, learning rate, batch size, epochs."""


def use_pytorch():
    """Return framework, package, seed, optimizer, and a product of matrices."""
    import torch

    from d2lmini import torch as d2l

    B, C = torch.randn(256, 256), torch.randn(256, 256)
    optimizer = (torch.optim.SGD, {"lr": 0.05})
    return torch, d2l, torch.manual_seed, optimizer, lambda: torch.mm(B, C)


def use_tensorflow():
    """Return the same for TensorFlow."""
    import tensorflow as tf

    from d2lmini import tensorflow as d2l

    B, C = tf.random.normal((256, 256)), tf.random.normal((256, 256))
    optimizer = (tf.keras.optimizers.SGD, {"learning_rate": 0.05})
    return tf, d2l, tf.random.set_seed, optimizer, lambda: tf.matmul(B, C)


def use_jax():
    """Return the same for JAX."""
    import jax
    import optax

    from d2lmini import jax as d2l

    B, C = jax.random.normal(jax.random.key(0), (2, 256, 256))
    optimizer = (optax.sgd, {"learning_rate": 0.05})
    return (
        jax,
        d2l,
        numpy.random.seed,
        optimizer,
        lambda: jax.numpy.dot(B, C),
    )


def use_mxnet():
    """Return the same for MXNet."""
    import mxnet
    from mxnet import np, npx

    from d2lmini import mxnet as d2l

    B = np.random.normal(size=(256, 256))
    C = np.random.normal(size=(256, 256))
    optimizer = ("sgd", {"learning_rate": 0.05})
    return mxnet, d2l, npx.random.seed, optimizer, lambda: np.dot(B, C)


USE = {
    "pytorch": use_pytorch,
    "tensorflow": use_tensorflow,
    "jax": use_jax,
    "mxnet": use_mxnet,
}


def train(d2l, optimizer, lr, batch_size, num_epochs):
    """Return the final loss of one run, and its seconds per epoch."""
    data_iter, feature_dim = d2l.get_data_ch11(batch_size)
    if optimizer is None:
        rule = (d2l.sgd, None, {"lr": lr})
        log = d2l.train_ch11(*rule, data_iter, feature_dim, num_epochs)
    else:
        log = d2l.train_concise_ch11(*optimizer, data_iter, num_epochs)
    return log.losses[-1], log.seconds[-1] / num_epochs


def report(framework, d2l, seed, optimizer, product):
    """Print the runs of five seeds and the rate of the product, as JSON."""
    results = {name: [] for name in RUNS}
    with d2l.quiet():
        train(d2l, None, 0.4, 100, 1)  # warm
        for number in range(5):
            for name, (concise, *settings) in RUNS.items():
                seed(number)
                how = optimizer if concise else None
                results[name].append(train(d2l, how, *settings))
    gflops = 2 * 256**3 / d2l.median_time(product, 0.5) / 1e9
    versions = {
        "version": framework.__version__,
        "numpy": numpy.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
    }
    print(json.dumps({**versions, "runs": results, "gflops": gflops}))


if __name__ == "__main__":
    report(*USE[sys.argv[1]]())
