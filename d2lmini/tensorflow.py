"""The section's helpers for TensorFlow 2."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

try:
    import tensorflow as tf
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "d2lmini.tensorflow needs TensorFlow: pip install d2lmini[tensorflow]", name=error.name
    ) from error
from numpy.typing import NDArray

from d2lmini import timer, training
from d2lmini._checks import (
    count_rows,
    check_lengths,
    check_floating,
    known_rate,
    required_rate,
    check_integer,
)
from d2lmini.data import DATA_HUB, DATA_URL, download, whitened_airfoil
from d2lmini.plotting import (
    Animator,
    plot,
    plt,
    set_axes,
    set_figsize,
    show_trace_2d,
    train_2d,
    use_svg_display,
)
from d2lmini.timer import Timer
from d2lmini.training import quiet

__all__ = [
    "DATA_HUB",
    "DATA_URL",
    "Animator",
    "ArrayLoader",
    "Timer",
    "abs",
    "arange",
    "best_device",
    "cos",
    "cosh",
    "download",
    "evaluate_loss",
    "exp",
    "get_data_ch11",
    "linreg",
    "linspace",
    "load_array",
    "median_time",
    "meshgrid",
    "normal",
    "numpy",
    "ones",
    "plot",
    "plt",
    "quiet",
    "set_axes",
    "set_figsize",
    "sgd",
    "show_trace_2d",
    "sin",
    "sinh",
    "squared_loss",
    "tanh",
    "tensor",
    "train_2d",
    "train_ch11",
    "train_concise_ch11",
    "use_svg_display",
    "zeros",
]

Params: TypeAlias = list[tf.Variable]
Loss: TypeAlias = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
UpdateRule: TypeAlias = Callable[[Params, list[tf.Tensor], Any, dict[str, Any]], Any]

zeros, ones, arange, linspace = tf.zeros, tf.ones, tf.range, tf.linspace
normal, tensor, meshgrid = tf.random.normal, tf.constant, tf.meshgrid
sin, cos, sinh, cosh, tanh = tf.sin, tf.cos, tf.sinh, tf.cosh, tf.tanh
exp, abs = tf.exp, tf.abs

_CHUNK = 4096  # rows permuted at once, as far as whole minibatches allow
_PIECE = 2048  # rows; the loss of many rows is evaluated in pieces, to bound the memory it takes


def numpy(x: tf.Tensor) -> NDArray[Any]:
    """Return a tensor's numbers as a NumPy array.

    Parameters
    ----------
    x : tf.Tensor

    Returns
    -------
    ndarray, shape of ``x``
    """
    return x.numpy()


def best_device() -> str:
    """Return the name of this machine's first GPU, or of the CPU where there is none.

    Returns
    -------
    str
        ``"GPU:0"`` or ``"CPU:0"``.
    """
    return "GPU:0" if tf.config.list_logical_devices("GPU") else "CPU:0"


class ArrayLoader(tf.data.Dataset):
    """Minibatches of equally long tensors, in a new random order every time it is iterated.

    A `tf.data.Dataset`, so that what works on those works on it. Iterated in a Python loop, it
    permutes many rows at once and then slices them. The order comes from TensorFlow's generator:
    `tf.random.set_seed` repeats it.

    Attributes
    ----------
    tensors : tuple of tf.Tensor
        The arrays, whole.
    batch_size : int
    shuffle_rows : bool
        Whether the order changes; if not, the rows come as they stand.
    num_examples : int
    """

    def __init__(self, tensors: Sequence[tf.Tensor], batch_size: int, shuffle: bool) -> None:
        self.num_examples = check_lengths("data_arrays", tensors)
        self.batch_size = check_integer("batch_size", batch_size)
        self.tensors = tuple(tensors)
        self.shuffle_rows = shuffle
        dataset = tf.data.Dataset.from_tensor_slices(self.tensors)
        if shuffle:
            dataset = dataset.shuffle(self.num_examples)
        self._dataset = dataset.batch(self.batch_size)
        super().__init__(self._dataset._variant_tensor)

    def __len__(self) -> int:
        """Return the number of minibatches, a short last one included."""
        return -(-self.num_examples // self.batch_size)

    def pieces(self) -> Iterator[tuple[tf.Tensor, ...]]:
        """Yield the rows as they stand, in pieces that are small enough for any model."""
        for start in range(0, self.num_examples, _PIECE):
            yield tuple(tensor[start : start + _PIECE] for tensor in self.tensors)

    def __iter__(self) -> Iterator[Any]:
        """Yield the minibatches of one epoch."""
        if not tf.executing_eagerly():
            return iter(self._dataset)
        return self._minibatches()

    def _minibatches(self) -> Iterator[tuple[tf.Tensor, ...]]:
        """Yield the minibatches of one epoch to a Python loop."""
        n, order = self.num_examples, tf.range(self.num_examples)
        if self.shuffle_rows:
            order = tf.random.shuffle(order)
        size = max(1, _CHUNK // self.batch_size) * self.batch_size
        for start in range(0, n, size):
            rows = order[start : start + size]
            ends = range(self.batch_size, len(rows) + self.batch_size, self.batch_size)
            sizes = [min(end, len(rows)) - (end - self.batch_size) for end in ends]
            parts = [tf.split(tf.gather(tensor, rows), sizes) for tensor in self.tensors]
            yield from zip(*parts, strict=True)

    @property
    def element_spec(self) -> Any:
        """The types and shapes of a minibatch."""
        return self._dataset.element_spec

    def _inputs(self) -> list[Any]:
        return [self._dataset]


def load_array(
    data_arrays: Sequence[Any], batch_size: int, is_train: bool = True, device: str | None = None
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
        Where the arrays are kept, such as ``"GPU:0"``; TensorFlow chooses by default.

    Returns
    -------
    ArrayLoader

    Raises
    ------
    TypeError, ValueError
        If the arrays differ in length or are empty, ``batch_size`` is not an integer >= 1, or there
        is no such device.
    """
    with tf.device(_usable(device)):
        return ArrayLoader([tf.convert_to_tensor(a) for a in data_arrays], batch_size, is_train)


def linreg(X: tf.Tensor, w: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    """Return the linear model's predictions ``X w + b``.

    Parameters
    ----------
    X : tf.Tensor, shape (batch_size, feature_dim)
    w : tf.Tensor, shape (feature_dim, 1)
    b : tf.Tensor, shape (1,)

    Returns
    -------
    tf.Tensor, shape (batch_size, 1)
    """
    return tf.matmul(X, w) + b


def squared_loss(y_hat: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
    """Return half the squared error of each example.

    Parameters
    ----------
    y_hat : tf.Tensor
        The predictions.
    y : tf.Tensor
        The targets, as many.

    Returns
    -------
    tf.Tensor, shape of ``y_hat``
    """
    return (y_hat - tf.reshape(y, tf.shape(y_hat))) ** 2 / 2


def evaluate_loss(
    net: Callable[[tf.Tensor], tf.Tensor], data_iter: Iterable[Any], loss: Loss
) -> float:
    """Return the mean loss over all examples.

    An `ArrayLoader` is evaluated in pieces of its rows as they stand: the number does not depend on
    its batch size, and its random order is left alone, so that watching a run does not change it.

    Parameters
    ----------
    net : callable
        ``net(X)`` returns the predictions.
    data_iter : iterable of (X, y)
    loss : callable
        ``loss(y_hat, y)`` returns the loss of each example, their mean, or, where its attribute
        ``reduction`` says so, their sum. ``y`` gets the shape of ``y_hat``.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If ``data_iter`` is empty, or one of its minibatches is.
    """
    batches = data_iter.pieces() if isinstance(data_iter, ArrayLoader) else data_iter
    total, count, summed = 0.0, 0, getattr(loss, "reduction", None) == "sum"
    for X, y in batches:
        count += count_rows(data_iter, X)
        y_hat = net(X)
        value = loss(y_hat, tf.reshape(y, tf.shape(y_hat)))
        total += float(value) if summed else float(tf.reduce_mean(value)) * len(X)
    if count == 0:
        raise ValueError(f"data_iter={data_iter!r}: must hold at least one example")
    return total / count


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
        Not used; other update rules keep their memory there.
    hyperparams : dict
        ``lr``, the learning rate.

    Raises
    ------
    TypeError, ValueError
        If ``lr`` is missing, or not a finite number above zero.
    """
    lr = required_rate(hyperparams)
    for p, grad in zip(params, grads, strict=True):
        p.assign_sub(lr * grad)


def get_data_ch11(
    batch_size: int = 10, n: int = 1500, device: str | None = None
) -> tuple[ArrayLoader, int]:
    """Return minibatches of the whitened airfoil table, and its number of features.

    Parameters
    ----------
    batch_size : int
        Rows in a minibatch, at least 1.
    n : int
        How many rows of the table to use, 1 to 1503.
    device : str, optional
        Where the table is kept, such as ``"GPU:0"``; TensorFlow chooses by default.

    Returns
    -------
    data_iter : ArrayLoader
        Yields features, shape (batch_size, 5), and targets, shape (batch_size,).
    feature_dim : int
        5.

    Raises
    ------
    TypeError, ValueError
        If a number is not an integer in its range, or there is no such device.
    """
    features, target = whitened_airfoil(n)
    return load_array((features, target), batch_size, device=device), features.shape[1]


def train_ch11(
    trainer_fn: UpdateRule,
    states: Any,
    hyperparams: dict[str, Any],
    data_iter: Any,
    feature_dim: int,
    num_epochs: int = 2,
    device: str | None = None,
) -> tuple[list[float], list[float]]:
    """Train linear regression with an update rule of your own.

    Parameters
    ----------
    trainer_fn : callable
        ``trainer_fn(params, grads, states, hyperparams)`` changes the parameters ``[w, b]`` in
        place by their gradients.
    states : Any
        What the rule remembers from step to step.
    hyperparams : dict
        The settings of the rule; its learning rate is called ``lr``.
    data_iter : iterable of (X, y)
        The minibatches, as from `get_data_ch11`.
    feature_dim : int
        The number of features, columns of ``X``.
    num_epochs : int
        How many passes over the data, at least 1.
    device : str, optional
        Where to train, such as ``"GPU:0"``; TensorFlow chooses by default.

    Returns
    -------
    seconds : list of float
        The training time at each log point [s].
    losses : list of float
        Half the mean squared error there, over the whole data set.

    Raises
    ------
    TypeError, ValueError
        If ``lr`` is not a finite number above zero, ``feature_dim`` is not the data's, the data is
        empty, not floating-point or can be gone through only once, ``num_epochs`` is not an
        integer >= 1, or there is no such device.
    """
    known_rate(hyperparams, "lr")
    X, y, n = training.peek(data_iter, feature_dim)
    with tf.device(_usable(device)):
        w = tf.Variable(tf.cast(tf.random.normal((feature_dim, 1), stddev=0.01), X.dtype))
        b = tf.Variable(tf.zeros(1, X.dtype))

        def net(X: tf.Tensor) -> tf.Tensor:
            return linreg(X, w, b)

        def gradients(X: tf.Tensor, y: tf.Tensor) -> list[tf.Tensor]:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(squared_loss(net(X), y))
            return tape.gradient(loss, [w, b])

        compiled = _compiled(gradients, X, y)

        def step(X: tf.Tensor, y: tf.Tensor) -> None:
            trainer_fn([w, b], compiled(X, y), states, hyperparams)

        return training.train(
            step,
            lambda: evaluate_loss(net, data_iter, squared_loss),
            data_iter,
            n,
            num_epochs,
            _synchronize,
        )


def train_concise_ch11(
    trainer_fn: Callable[..., Any],
    hyperparams: dict[str, Any],
    data_iter: Any,
    num_epochs: int = 2,
    device: str | None = None,
) -> tuple[list[float], list[float]]:
    """Train linear regression with one of Keras's optimizers.

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
        How many passes over the data, at least 1.
    device : str, optional
        Where to train, such as ``"GPU:0"``; TensorFlow chooses by default.

    Returns
    -------
    seconds, losses : list of float
        As `train_ch11` returns them.

    Raises
    ------
    TypeError, ValueError
        If ``learning_rate`` is not a finite number above zero, the data is empty, not
        floating-point or can be gone through only once, ``num_epochs`` is not an integer >= 1, or
        there is no such device.
    """
    known_rate(hyperparams, "learning_rate")
    X, y, n = training.peek(data_iter)
    with tf.device(_usable(device)):
        layer = tf.keras.layers.Dense(1, kernel_initializer="zeros", dtype=X.dtype.name)
        net = tf.keras.Sequential([layer])
        net.build((None, X.shape[1]))
        # Drawn as in `train_ch11`; Keras's own initializers have seeds of their own.
        layer.kernel.assign(tf.cast(tf.random.normal((X.shape[1], 1), stddev=0.01), X.dtype))
        optimizer = trainer_fn(**hyperparams)
        optimizer.build(net.trainable_variables)

        def step(X: tf.Tensor, y: tf.Tensor) -> None:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(squared_loss(net(X), y))
            grads = tape.gradient(loss, net.trainable_variables)
            optimizer.apply_gradients(zip(grads, net.trainable_variables, strict=True))

        return training.train(
            _compiled(step, X, y),
            lambda: evaluate_loss(net, data_iter, squared_loss),
            data_iter,
            n,
            num_epochs,
            _synchronize,
        )


def median_time(function: Callable[[], Any], min_run_time: float = 0.1) -> float:
    """Return how long one call of ``function`` takes, as the median of many warm calls.

    Parameters
    ----------
    function : callable
        Called without arguments.
    min_run_time : float
        How long to go on measuring, at least [s].

    Returns
    -------
    float
        Seconds.

    Notes
    -----
    It waits for a GPU to finish before it reads the clock.
    """
    return timer.median_time(function, min_run_time, _synchronize)


def _compiled(function: Callable[..., Any], X: Any, y: Any) -> Callable[..., Any]:
    """Compile a function of a minibatch once, for all batch sizes, and before the clock starts."""
    check_floating("data_iter with targets", y)
    kinds = [tf.TensorSpec((None, X.shape[1]), X.dtype), tf.TensorSpec(None, y.dtype)]
    return tf.function(function).get_concrete_function(*kinds)


def _usable(device: str | None) -> str | None:
    names = [d.name.removeprefix("/device:") for d in tf.config.list_logical_devices()]
    if device is not None and device.removeprefix("/").removeprefix("device:") not in names:
        raise ValueError(f"device={device!r}: must be one this machine has: {names}")
    return device


def _synchronize() -> None:
    tf.test.experimental.sync_devices()
