"""The section's helpers for TensorFlow 2."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeAlias

try:
    import tensorflow as tf
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "d2lmini.tensorflow needs TensorFlow: pip install d2lmini[tensorflow]", name=error.name
    ) from error
from numpy.typing import NDArray

from d2lmini import __all__ as __all__, loader, timer, training
from d2lmini._checks import check_floating, check_losses, check_unmasked
from d2lmini.common import *
from d2lmini.data import whitened_airfoil

Params: TypeAlias = list[tf.Variable]
Loss: TypeAlias = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
UpdateRule: TypeAlias = Callable[[Params, list[tf.Tensor], Any, dict[str, Any]], Any]

zeros, ones, arange, linspace = tf.zeros, tf.ones, tf.range, tf.linspace
normal, tensor, meshgrid = tf.random.normal, tf.constant, tf.meshgrid
sin, cos, sinh, cosh, tanh = tf.sin, tf.cos, tf.sinh, tf.cosh, tf.tanh
exp, abs = tf.exp, tf.abs


def numpy(x: tf.Tensor) -> NDArray[Any]:
    """Return a tensor as a NumPy array of the same shape.

    Parameters
    ----------
    x : tf.Tensor
    """
    return x.numpy()


def best_device() -> str:
    """Return the name of this machine's first GPU, or of the CPU: ``"GPU:0"`` or ``"CPU:0"``."""
    return "GPU:0" if tf.config.list_logical_devices("GPU") else "CPU:0"


def to_device(array: Any, device: str | None = None) -> tf.Tensor:
    """Return an array as a tensor on a device.

    Parameters
    ----------
    array : tensor or array
    device : str, optional
        Such as ``"GPU:0"``. By default a tensor stays where it is, and TensorFlow chooses for
        other arrays.

    Raises
    ------
    ValueError
        If this machine has no such device, or a number of the array is masked.
    """
    check_unmasked("array", array)
    if device is None:
        return tf.convert_to_tensor(array)
    # Asked for a device that is not there, TensorFlow would take another one.
    names = [d.name.removeprefix("/device:") for d in tf.config.list_logical_devices()]
    if str(device).removeprefix("/").removeprefix("device:") not in names:
        raise ValueError(f"device={device!r}: must be one this machine has: {names}")
    with tf.device(device):
        return tf.identity(array)


def synchronize(device: str) -> None:
    """Wait until a device has finished its work, so that the clock can be read.

    Parameters
    ----------
    device : str
        Not used: TensorFlow waits for all devices at once.
    """
    tf.test.experimental.sync_devices()


class ArrayLoader(loader.ArrayLoader):
    """Minibatches of tensors; `tf.random.set_seed` repeats their random order.

    Attributes
    ----------
    dataset : tf.data.Dataset
        The same minibatches as a dataset, for `tf.keras.Model.fit` and `tf.function`. Methods of
        a dataset, such as ``take`` or ``prefetch``, can be called on the loader itself.
    """

    def __init__(self, tensors: Sequence[tf.Tensor], batch_size: int, is_shuffled: bool) -> None:
        super().__init__(tensors, batch_size, is_shuffled)
        dataset = tf.data.Dataset.from_tensor_slices(self.tensors)
        if is_shuffled:
            self._rows = tf.range(self.num_examples)
            dataset = dataset.shuffle(self.num_examples)
        self.dataset = dataset.batch(min(self.batch_size, self.num_examples))

    def __getattr__(self, name: str) -> Any:
        # For dataset methods, and for functions that take a dataset: the training loop of d2l
        # calls tf.data.experimental.cardinality with what load_array returned. A loader that is
        # being copied has no dataset yet, and then None has no such attribute.
        return getattr(vars(self).get("dataset"), name)

    def _permutation(self) -> tf.Tensor:
        return tf.random.shuffle(self._rows)

    def _take(self, array: tf.Tensor, rows: tf.Tensor) -> tf.Tensor:
        return tf.gather(array, rows)

    def _split(self, array: tf.Tensor, size: int) -> Sequence[tf.Tensor]:
        full, rest = divmod(array.shape[0], size)
        # A number of equal parts takes less time than a list of their sizes.
        return tf.split(array, [*[size] * full, rest] if rest else full)


def load_array(
    data_arrays: Sequence[Any],
    batch_size: int,
    is_train: bool = True,
    device: str | None = None,
) -> ArrayLoader:
    """Return an iterator over minibatches of in-memory arrays.

    Parameters
    ----------
    data_arrays : sequence of tensors or arrays
        One or more, with the same number of rows.
    batch_size : int
        Rows in a minibatch, at least 1; the last minibatch of an epoch may be shorter.
    is_train : bool
        Whether every epoch has a new random order.
    device : str, optional
        The device that holds the data, such as ``"GPU:0"``; TensorFlow chooses by default.

    Returns
    -------
    ArrayLoader

    Raises
    ------
    TypeError, ValueError
        If the arrays differ in length or are empty, ``batch_size`` is not an integer >= 1, or this
        machine has no such device.
    """
    tensors = [to_device(array, device) for array in data_arrays]
    return ArrayLoader(tensors, batch_size, is_train)


def linreg(X: tf.Tensor, w: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    """Return the linear model's predictions ``X w + b``, shape (batch_size, 1).

    Parameters
    ----------
    X, w, b : tf.Tensor
        Of the shapes (batch_size, feature_dim), (feature_dim, 1) and (1,).
    """
    return tf.matmul(X, w) + b


def squared_loss(y_hat: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """Return half the squared error of each example, in the shape of ``y_hat``.

    Parameters
    ----------
    y_hat, y : tf.Tensor
        Predictions, and as many targets.
    """
    if tf.as_dtype(y_hat.dtype).is_integer:  # their difference can overflow
        y_hat, y = tf.cast(y_hat, tf.float32), tf.cast(y, tf.float32)
    return (y_hat - tf.reshape(y, tf.shape(y_hat))) ** 2 / 2


def evaluate_loss(
    net: Callable[[tf.Tensor], tf.Tensor], data_iter: Iterable[Any], loss: Loss
) -> float:
    """Return the mean loss over all examples.

    The rows of an `ArrayLoader` are taken in order, so that evaluating a loss does not change the
    random order of the run.

    Parameters
    ----------
    net : callable
        ``net(X)`` returns the predictions.
    data_iter : iterable of (X, y)
    loss : callable
        ``loss(y_hat, y)`` returns the loss of each example, their mean, or, if its attribute
        ``reduction`` is ``"sum"``, their sum. ``y`` gets the shape of ``y_hat``.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If ``data_iter`` is empty, or one of its minibatches is, or ``loss`` returns another number
        of losses than a minibatch has examples.
    """
    returns_sum = getattr(loss, "reduction", None) == "sum"

    def batch_loss(X: tf.Tensor, y: tf.Tensor) -> float:
        y_hat = net(X)
        value = loss(y_hat, tf.reshape(y, tf.shape(y_hat)))
        if returns_sum:
            return float(value)
        check_losses(value, X)
        return float(tf.reduce_mean(value)) * len(X)

    return training.mean_over_examples(batch_loss, data_iter)


def sgd(
    params: Iterable[tf.Variable],
    grads: Iterable[tf.Tensor],
    states: Any,
    hyperparams: dict[str, Any],
) -> None:
    """Take one step of stochastic gradient descent.

    Parameters
    ----------
    params : iterable of tf.Variable
        The parameters; changed in place.
    grads : iterable of tf.Tensor
        Their gradients.
    states : None
        Not used; other update rules keep their state there.
    hyperparams : dict
        ``lr``, the learning rate.
    """
    for p, grad in zip(params, grads, strict=True):
        p.assign_sub(hyperparams["lr"] * grad)


def get_data_ch11(
    batch_size: int = 10,
    n: int = 1500,
    device: str | None = None,
) -> tuple[ArrayLoader, int]:
    """Return minibatches of the whitened airfoil table, and its number of features.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch, at least 1.
    n : int
        How many rows of the table to use, 1 to 1503.
    device : str, optional
        The device that holds the data, and on which a run then trains; TensorFlow chooses by
        default.

    Returns
    -------
    data_iter : ArrayLoader
        Yields features, shape (batch_size, 5), and targets, shape (batch_size,).
    feature_dim : int
        5.

    Raises
    ------
    TypeError, ValueError
        If a number is not an integer in its range, or this machine has no such device.
    """
    features, target = whitened_airfoil(n)
    data_iter = load_array((features, target), batch_size, device=device)
    return data_iter, features.shape[1]


def train_ch11(
    trainer_fn: UpdateRule,
    states: Any,
    hyperparams: dict[str, Any],
    data_iter: Any,
    feature_dim: int,
    num_epochs: int = 2,
) -> training.Log:
    """Train linear regression with an update rule of your own, on the device of the data.

    Parameters
    ----------
    trainer_fn : callable
        ``trainer_fn(params, grads, states, hyperparams)`` changes the parameters ``[w, b]`` in
        place by their gradients.
    states : Any
        What the rule keeps from step to step.
    hyperparams : dict
        The hyperparameters of the rule; its learning rate is called ``lr``.
    data_iter : iterable of (X, y)
        The minibatches, as from `get_data_ch11`.
    feature_dim : int
        The number of features, columns of ``X``.
    num_epochs : int
        Passes over the data, at least 1.

    Returns
    -------
    Log
        ``seconds, losses``: at each log point the training time [s], and half the mean squared
        error over the whole data set. Its attribute ``examples`` holds the examples seen.

    Raises
    ------
    TypeError, ValueError
        If ``lr`` is not a finite number above zero, ``feature_dim`` is not the data's, the data is
        empty, not floating-point or can be iterated only once, or ``num_epochs`` is not an
        integer >= 1.
    """
    X, y, n = training.check_arguments(
        data_iter,
        num_epochs,
        hyperparams,
        "lr",
        trainer_fn is sgd,
        feature_dim,
    )
    device = _device_of(X)
    with tf.device(device):
        start = tf.random.normal((feature_dim, 1), stddev=0.01)
        w = tf.Variable(tf.cast(start, X.dtype))
        b = tf.Variable(tf.zeros(1, X.dtype))

        def net(X: tf.Tensor) -> tf.Tensor:
            return linreg(X, w, b)

        def gradients(X: tf.Tensor, y: tf.Tensor) -> list[tf.Tensor]:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(squared_loss(net(X), y))
            return tape.gradient(loss, [w, b])

        compiled = _compile(gradients, X, y)

        def step(X: tf.Tensor, y: tf.Tensor) -> None:
            trainer_fn([w, b], compiled(X, y), states, hyperparams)

        evaluate = partial(evaluate_loss, net, data_iter, squared_loss)
        return training.train(
            step,
            evaluate,
            data_iter,
            n,
            num_epochs,
            partial(synchronize, device),
        )


def train_concise_ch11(
    trainer_fn: Callable[..., Any],
    hyperparams: dict[str, Any],
    data_iter: Any,
    num_epochs: int = 2,
) -> training.Log:
    """Train linear regression with one of Keras's optimizers, on the device of the data.

    Model, initial weights and loss are those of `train_ch11`: after the same seed, the same
    algorithm takes the same path.

    Parameters
    ----------
    trainer_fn : callable
        The optimizer's class, such as `tf.keras.optimizers.SGD`.
    hyperparams : dict
        Its keyword arguments, such as ``{'learning_rate': 0.05}``.
    data_iter : iterable of (X, y)
        The minibatches, as from `get_data_ch11`.
    num_epochs : int
        Passes over the data, at least 1.

    Returns
    -------
    Log
        As `train_ch11` returns it.

    Raises
    ------
    TypeError, ValueError
        If ``learning_rate`` is not a finite number above zero, the data is empty, not
        floating-point or can be iterated only once, or ``num_epochs`` is not an integer >= 1.
    """
    X, y, n = training.check_arguments(
        data_iter,
        num_epochs,
        hyperparams,
        "learning_rate",
    )
    device = _device_of(X)
    with tf.device(device):
        layer = tf.keras.layers.Dense(
            1,
            kernel_initializer="zeros",
            dtype=X.dtype.name,
        )
        net = tf.keras.Sequential([layer])
        net.build((None, X.shape[1]))
        # Drawn as in `train_ch11`: Keras's initializers have other seeds.
        start = tf.random.normal((X.shape[1], 1), stddev=0.01)
        layer.kernel.assign(tf.cast(start, X.dtype))
        optimizer = trainer_fn(**hyperparams)
        optimizer.build(net.trainable_variables)

        def step(X: tf.Tensor, y: tf.Tensor) -> None:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(squared_loss(net(X), y))
            params = net.trainable_variables
            grads = tape.gradient(loss, params)
            optimizer.apply_gradients(zip(grads, params, strict=True))

        evaluate = partial(evaluate_loss, net, data_iter, squared_loss)
        return training.train(
            _compile(step, X, y, [*net.variables, *optimizer.variables]),
            evaluate,
            data_iter,
            n,
            num_epochs,
            partial(synchronize, device),
        )


def median_time(function: Callable[[], Any], min_run_time: float = 0.1) -> float:
    """Return the median time of a call [s], synchronized with the device.

    Parameters
    ----------
    function : callable
        Called without arguments.
    min_run_time : float
        The minimum total time of measuring [s].
    """
    return timer.median_time(function, min_run_time, partial(synchronize, best_device()))


def _device_of(X: Any) -> str:
    return tf.convert_to_tensor(X).device  # the minibatches may be NumPy arrays


def _compile(
    function: Callable[..., Any], X: Any, y: Any, variables: Sequence[Any] = ()
) -> Callable[..., Any]:
    """Compile a function of a minibatch once, for all batch sizes, and before the clock starts.

    The first call takes tens of milliseconds, most of them for TensorFlow to optimize the function.
    So it is made here, and what it does to variables is undone.
    """
    check_floating("data_iter with targets", y)
    kinds = [tf.TensorSpec((None, X.shape[1]), X.dtype), tf.TensorSpec(None, y.dtype)]
    compiled = tf.function(function).get_concrete_function(*kinds)
    before = [tf.identity(variable) for variable in variables]
    compiled(X, y)
    for variable, value in zip(variables, before, strict=True):
        variable.assign(value)
    return compiled
