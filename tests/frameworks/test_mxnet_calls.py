"""The calls of d2l's MXNet tab for the section, in the forms it makes them."""

import numpy
import pytest

mxnet = pytest.importorskip("mxnet")
autograd, gluon, init, np, npx = mxnet.autograd, mxnet.gluon, mxnet.init, mxnet.np, mxnet.npx
nn = gluon.nn
npx.set_np()


def test_products(d2l):
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


def test_data_and_loop(d2l, capsys):
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


def test_concise_pieces(d2l):
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


def test_sgd_takes_one_step(d2l):
    p = np.ones(1)
    p.attach_grad()
    with autograd.record():
        loss = (3 * p).sum()
    loss.backward()
    d2l.sgd([p], None, {"lr": 0.25})
    assert p.tolist() == [0.25]


def test_a_rate_is_no_array_of_numpy_with_axes(d2l):
    data_iter, _ = d2l.get_data_ch11(100)
    rate = numpy.array([0.1])
    with pytest.raises(TypeError, match=r"^lr=array\(\[0.1\]\): must be a finite number > 0$"):
        d2l.train_ch11(d2l.sgd, None, {"lr": rate}, data_iter, 5)
    with pytest.raises(TypeError, match=r"^learning_rate=array\(\[0.1\]\): must be a finite"):
        d2l.train_concise_ch11("sgd", {"learning_rate": rate}, data_iter)
