"""The calls of d2l's TensorFlow tab for the section, in the forms it makes them."""

import copy

import numpy as np
import pytest

from d2lmini import training

tf = pytest.importorskip("tensorflow")


def test_products(d2l):
    timer = d2l.Timer()
    A = tf.Variable(tf.zeros((4, 4)))
    B = tf.Variable(tf.random.normal([4, 4], 0, 1))
    C = tf.Variable(tf.random.normal([4, 4], 0, 1))
    timer.start()
    for i in range(4):
        for j in range(4):
            A[i, j].assign(tf.tensordot(B[i, :], C[:, j], axes=1))
    assert timer.stop() > 0
    timer.start()
    for j in range(4):
        A[:, j].assign(tf.tensordot(B, C[:, j], axes=1))
    timer.stop()
    timer.start()
    A.assign(tf.tensordot(B, C, axes=1))
    timer.stop()
    timer.start()
    for j in range(0, 4, 2):
        A[:, j : j + 2].assign(tf.tensordot(B, C[:, j : j + 2], axes=1))
    timer.stop()
    assert len([2 / t for t in timer.times]) == 4
    assert float(tf.reduce_max(tf.abs(A - B @ C))) < 1e-5


def test_data_and_loop(d2l, capsys):
    table = np.genfromtxt(d2l.download("airfoil"), dtype=np.float32, delimiter="\t")
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    data_iter = d2l.load_array((table[:1500, :-1], table[:1500, -1]), 10, is_train=True)

    def rule(params, grads, states, hyperparams):
        for param, grad in zip(params, grads):  # noqa: B905
            param.assign_sub(hyperparams["lr"] * grad)

    w = tf.Variable(tf.random.normal(shape=(5, 1), mean=0, stddev=0.01), trainable=True)
    b = tf.Variable(tf.zeros(1), trainable=True)
    net, loss = lambda X: d2l.linreg(X, w, b), d2l.squared_loss
    animator = d2l.Animator(xlabel="epoch", ylabel="loss", xlim=[0, 2], ylim=[0.22, 0.35])
    n, timer = 0, d2l.Timer()
    for _ in range(2):
        for X, y in data_iter:
            with tf.GradientTape() as g:
                l = tf.math.reduce_mean(loss(net(X), y))  # noqa: E741
            dw, db = g.gradient(l, [w, b])
            rule([w, b], [dw, db], None, {"lr": 0.05})
            n += X.shape[0]
            if n % 200 == 0:
                timer.stop()
                p = n / X.shape[0]
                q = p / tf.data.experimental.cardinality(data_iter).numpy()
                animator.add(q, (d2l.evaluate_loss(net, data_iter, loss),))
                timer.start()
    assert animator.X[0][-1] == 2.0
    assert animator.Y[0][-1] < 0.27
    assert timer.avg() > 0

    _, losses = d2l.train_ch11(rule, None, {"lr": 0.05}, data_iter, 5)
    assert losses[-1] < 0.27
    assert "sec/epoch" in capsys.readouterr().out


def test_concise_pieces(d2l):
    data_iter, _ = d2l.get_data_ch11(10)
    trainer = tf.keras.optimizers.SGD
    _, losses = d2l.train_concise_ch11(trainer, {"learning_rate": 0.05}, data_iter)
    assert losses[-1] < 0.27

    net = tf.keras.Sequential()
    net.add(tf.keras.layers.Dense(1, kernel_initializer=tf.random_normal_initializer(stddev=0.01)))
    optimizer, loss = trainer(learning_rate=0.05), tf.keras.losses.MeanSquaredError()
    for X, y in data_iter:
        with tf.GradientTape() as g:
            half = loss(y, net(X)) / 2
        params = net.trainable_variables
        grads = g.gradient(half, params)
        optimizer.apply_gradients(zip(grads, params))  # noqa: B905
    assert d2l.evaluate_loss(net, data_iter, loss) / 2 < 0.3


def test_what_takes_a_dataset(d2l):
    data_iter, _ = d2l.get_data_ch11(100)
    assert isinstance(data_iter.dataset, tf.data.Dataset)
    assert len(list(data_iter.take(3))) == 3
    assert sum(len(X) for X, _ in data_iter.prefetch(2)) == 1500
    assert data_iter.element_spec[0].shape.as_list() == [None, 5]
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = data_iter.no_such_name
    tf.keras.utils.set_random_seed(0)
    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    first, second = model.fit(data_iter.dataset, epochs=2, verbose=0).history["loss"]
    assert second < min(first, 2)


@pytest.mark.parametrize("is_train", [True, False])
def test_the_dataset_of_a_loader_has_its_rows_and_its_order(d2l, is_train):
    data_iter = d2l.load_array([tf.range(50)], 8, is_train)
    epochs = [[int(i) for (rows,) in data_iter.dataset for i in rows] for _ in range(2)]
    assert sorted(epochs[0]) == sorted(epochs[1]) == list(range(50))
    assert (epochs[0] == epochs[1] == list(range(50))) is not is_train


def test_a_loop_over_a_loader_in_a_compiled_function(d2l):
    data_iter, _ = d2l.get_data_ch11(500)

    @tf.function
    def total():
        result = 0.0
        for _, y in data_iter:
            result += tf.reduce_sum(y)
        return result

    assert float(total()) == pytest.approx(float(tf.reduce_sum(data_iter.tensors[1])), rel=1e-4)


def test_a_loader_can_be_copied(d2l):
    assert len(copy.copy(d2l.get_data_ch11(100)[0])) == 15


def test_a_run_compiles_once_and_before_the_clock_starts(d2l, monkeypatch):
    """Also for a last minibatch that is shorter: 1500 is not a multiple of 64."""
    traced, started = [], []

    def linreg(X, w, b):
        if not tf.executing_eagerly():
            traced.append(len(started))
        return tf.matmul(X, w) + b

    class Timer(training.Timer):
        def start(self):
            started.append(1)
            super().start()

    monkeypatch.setattr(d2l, "linreg", linreg)
    monkeypatch.setattr(training, "Timer", Timer)
    with d2l.quiet():
        d2l.train_ch11(d2l.sgd, None, {"lr": 0.1}, d2l.get_data_ch11(64)[0], 5)
    assert traced == [0]
    assert started


def test_minibatches_of_numpy_arrays(d2l):
    batches = [(X.numpy(), y.numpy()) for X, y in d2l.get_data_ch11(100)[0]]
    sgd = tf.keras.optimizers.SGD
    with d2l.quiet():
        _, losses = d2l.train_ch11(d2l.sgd, None, {"lr": 0.4}, batches, 5)
        _, concise = d2l.train_concise_ch11(sgd, {"learning_rate": 0.4}, batches)
    assert max(losses[-1], concise[-1]) < 0.27


def test_targets_that_are_not_floating_point(d2l):
    data_iter = d2l.load_array((np.ones((4, 5), "float32"), np.ones(4, "int32")), 2)
    with pytest.raises(TypeError, match=r"targets of type .*int32.*: must be floating-point"):
        d2l.train_ch11(d2l.sgd, None, {"lr": 0.1}, data_iter, 5)


def test_sgd_takes_one_step(d2l):
    p = tf.Variable([1.0])
    d2l.sgd([p], [tf.constant([3.0])], None, {"lr": 0.25})
    assert p.numpy().tolist() == [0.25]


def test_a_device_is_a_text(d2l):
    with pytest.raises(ValueError, match=r"^device=3: must be one this machine has"):
        d2l.load_array([np.ones(3)], 1, device=3)


def momentum(params, grads, states, hyperparams):
    for param, grad, state in zip(params, grads, states, strict=True):
        state.assign(hyperparams["momentum"] * state + grad)
        param.assign_sub(hyperparams["lr"] * state)


def test_the_call_before_the_clock_starts_leaves_no_trace(d2l):
    """Neither in the weights nor in what the optimizer remembers."""
    data_iter, feature_dim = d2l.get_data_ch11(100)
    states = [tf.Variable(tf.zeros((feature_dim, 1))), tf.Variable(tf.zeros(1))]
    settings = {"lr": 0.05, "momentum": 0.5}
    tf.random.set_seed(0)
    by_hand = d2l.train_ch11(momentum, states, settings, data_iter, feature_dim)
    tf.random.set_seed(0)
    settings = {"learning_rate": 0.05, "momentum": 0.5}
    concise = d2l.train_concise_ch11(tf.keras.optimizers.SGD, settings, data_iter)
    np.testing.assert_allclose(by_hand.losses, concise.losses, rtol=1e-5)
