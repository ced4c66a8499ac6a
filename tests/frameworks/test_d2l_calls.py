"""The calls of d2l's MXNet and TensorFlow tabs for the section, in the forms they make them."""

import pytest


def tensorflow_only(name):
    if name != "tensorflow":
        pytest.skip("about TensorFlow")


def mxnet_only(name):
    if name != "mxnet":
        pytest.skip("about MXNet")


def test_tensorflow_products(name, d2l):
    tensorflow_only(name)
    import tensorflow as tf

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


def test_tensorflow_data_and_loop(name, d2l, capsys):
    tensorflow_only(name)
    import numpy as np
    import tensorflow as tf

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


def test_tensorflow_concise_pieces(name, d2l):
    tensorflow_only(name)
    import tensorflow as tf

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


def test_tensorflow_datasets_go_on_working(name, d2l):
    tensorflow_only(name)
    import tensorflow as tf

    data_iter, _ = d2l.get_data_ch11(100)
    assert isinstance(data_iter, tf.data.Dataset)
    assert len(list(data_iter.take(3))) == 3
    assert sum(len(X) for X, _ in data_iter.prefetch(2)) == 1500
    model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
    model.compile(optimizer="sgd", loss="mse")
    history = model.fit(data_iter, epochs=2, verbose=0)
    assert history.history["loss"][-1] < 2


def test_mxnet_products(name, d2l):
    mxnet_only(name)
    from mxnet import np

    timer = d2l.Timer()
    A = np.zeros((4, 4))
    B, C = np.random.normal(0, 1, (4, 4)), np.random.normal(0, 1, (4, 4))
    timer.start()
    for i in range(4):
        for j in range(4):
            A[i, j] = np.dot(B[i, :], C[:, j])
    A.wait_to_read()
    timer.stop()
    timer.start()
    for j in range(4):
        A[:, j] = np.dot(B, C[:, j])
    A.wait_to_read()
    timer.stop()
    timer.start()
    A = np.dot(B, C)
    A.wait_to_read()
    timer.stop()
    assert len([2 / t for t in timer.times]) == 3


def test_mxnet_data_and_loop(name, d2l, capsys):
    mxnet_only(name)
    from mxnet import autograd, np, npx

    npx.set_np()
    table = np.genfromtxt(d2l.download("airfoil"), dtype=np.float32, delimiter="\t")
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    data_iter = d2l.load_array((table[:1500, :-1], table[:1500, -1]), 10, is_train=True)

    def rule(params, states, hyperparams):
        for p in params:
            p[:] -= hyperparams["lr"] * p.grad

    w = np.random.normal(scale=0.01, size=(5, 1))
    b = np.zeros(1)
    w.attach_grad()
    b.attach_grad()
    net, loss = lambda X: d2l.linreg(X, w, b), d2l.squared_loss
    animator = d2l.Animator(xlabel="epoch", ylabel="loss", xlim=[0, 2], ylim=[0.22, 0.35])
    n, timer = 0, d2l.Timer()
    for _ in range(2):
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y).mean()  # noqa: E741
            l.backward()
            rule([w, b], None, {"lr": 0.05})
            n += X.shape[0]
            if n % 200 == 0:
                timer.stop()
                place = n / X.shape[0] / len(data_iter)
                animator.add(place, (d2l.evaluate_loss(net, data_iter, loss),))
                timer.start()
    assert animator.X[0][-1] == 2.0
    assert animator.Y[0][-1] < 0.27

    _, losses = d2l.train_ch11(rule, None, {"lr": 0.05}, data_iter, 5)
    assert losses[-1] < 0.27
    assert "sec/epoch" in capsys.readouterr().out


def test_mxnet_concise_pieces(name, d2l):
    mxnet_only(name)
    from mxnet import autograd, gluon, init
    from mxnet.gluon import nn

    data_iter, _ = d2l.get_data_ch11(10)
    _, losses = d2l.train_concise_ch11("sgd", {"learning_rate": 0.05}, data_iter)
    assert losses[-1] < 0.27

    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.05})
    loss = gluon.loss.L2Loss()
    for X, y in data_iter:
        with autograd.record():
            l = loss(net(X), y)  # noqa: E741
        l.backward()
        trainer.step(X.shape[0])
    assert d2l.evaluate_loss(net, data_iter, loss) < 0.3


def test_the_comparison_figure_of_the_section(d2l, words):
    def train_sgd(lr, batch_size, num_epochs=2):
        data_iter, feature_dim = d2l.get_data_ch11(batch_size)
        return d2l.train_ch11(d2l.sgd, None, {"lr": lr}, data_iter, feature_dim, num_epochs)

    results = [train_sgd(1, 1500, 10), train_sgd(0.4, 100), train_sgd(0.05, 10)]
    d2l.set_figsize([6, 3])
    d2l.plot(
        *list(map(list, zip(*results))),  # noqa: B905
        "time (sec)",
        "loss",
        xlim=[1e-2, 10],
        legend=["gd", "batch size=100", "batch size=10"],
    )
    d2l.plt.gca().set_xscale("log")
    assert [len(line.get_xdata()) for line in d2l.plt.gca().lines] == [10, 15, 15]
