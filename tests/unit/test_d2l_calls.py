"""The calls that d2l's PyTorch optimization sections make, in the forms they make them."""

from itertools import count

import numpy as np
import pytest
import torch

from d2lmini import torch as d2l

# fmt: off
TENSOR_NAMES = [
    "zeros", "ones", "arange", "linspace", "meshgrid", "normal", "tensor", "numpy",
    "sin", "cos", "sinh", "cosh", "tanh", "exp", "abs",
]
# fmt: on


def zeros(feature_dim):
    return d2l.zeros((feature_dim, 1)), d2l.zeros(1)


def momentum(params, states, hyperparams):
    for p, v in zip(params, states, strict=True):
        with torch.no_grad():
            v[:] = hyperparams["momentum"] * v + p.grad
            p[:] -= hyperparams["lr"] * v
        p.grad.data.zero_()


def adagrad(params, states, hyperparams):
    for p, s in zip(params, states, strict=True):
        with torch.no_grad():
            s[:] += torch.square(p.grad)
            p[:] -= hyperparams["lr"] * p.grad / torch.sqrt(s + 1e-6)
        p.grad.data.zero_()


def rmsprop(params, states, hyperparams):
    gamma = hyperparams["gamma"]
    for p, s in zip(params, states, strict=True):
        with torch.no_grad():
            s[:] = gamma * s + (1 - gamma) * torch.square(p.grad)
            p[:] -= hyperparams["lr"] * p.grad / torch.sqrt(s + 1e-6)
        p.grad.data.zero_()


def adadelta(params, states, hyperparams):
    rho = hyperparams["rho"]
    for p, (s, delta) in zip(params, states, strict=True):
        with torch.no_grad():
            s[:] = rho * s + (1 - rho) * torch.square(p.grad)
            g = torch.sqrt(delta + 1e-5) / torch.sqrt(s + 1e-5) * p.grad
            p[:] -= g
            delta[:] = rho * delta + (1 - rho) * g * g
        p.grad.data.zero_()


def adam(params, states, hyperparams):
    t = hyperparams["t"]
    for p, (v, s) in zip(params, states, strict=True):
        with torch.no_grad():
            v[:] = 0.9 * v + 0.1 * p.grad
            s[:] = 0.999 * s + 0.001 * torch.square(p.grad)
            step = v / (1 - 0.9**t) / (torch.sqrt(s / (1 - 0.999**t)) + 1e-6)
            p[:] -= hyperparams["lr"] * step
        p.grad.data.zero_()
    hyperparams["t"] += 1


def of_pairs(feature_dim):
    return tuple(zip(zeros(feature_dim), zeros(feature_dim), strict=True))


@pytest.mark.parametrize(
    ("rule", "init", "hyperparams", "optimizer", "concise"),
    [
        (d2l.sgd, lambda d: None, {"lr": 0.05}, torch.optim.SGD, {"lr": 0.05}),
        (
            momentum,
            zeros,
            {"lr": 0.02, "momentum": 0.5},
            torch.optim.SGD,
            {"lr": 0.02, "momentum": 0.5},
        ),
        (adagrad, zeros, {"lr": 0.1}, torch.optim.Adagrad, {"lr": 0.1}),
        (
            rmsprop,
            zeros,
            {"lr": 0.01, "gamma": 0.9},
            torch.optim.RMSprop,
            {"lr": 0.01, "alpha": 0.9},
        ),
        (adadelta, of_pairs, {"rho": 0.9}, torch.optim.Adadelta, {"rho": 0.9}),
        (adam, of_pairs, {"lr": 0.01, "t": 1}, torch.optim.Adam, {"lr": 0.01}),
    ],
    ids=["sgd", "momentum", "adagrad", "rmsprop", "adadelta", "adam"],
)
def test_rules_of_the_neighbouring_sections(rule, init, hyperparams, optimizer, concise, capsys):
    torch.manual_seed(0)
    data_iter, feature_dim = d2l.get_data_ch11(batch_size=10)
    times, losses = d2l.train_ch11(rule, init(feature_dim), hyperparams, data_iter, feature_dim)
    assert len(times) == len(losses) == 15
    assert losses[-1] < 0.27
    _, concise_losses = d2l.train_concise_ch11(optimizer, concise, data_iter)
    assert concise_losses[-1] < 0.27
    assert capsys.readouterr().out.count("sec/epoch") == 2


def test_comparison_figure_of_the_section(capsys):
    def train_sgd(lr, batch_size, num_epochs=2):
        data_iter, feature_dim = d2l.get_data_ch11(batch_size)
        return d2l.train_ch11(d2l.sgd, None, {"lr": lr}, data_iter, feature_dim, num_epochs)

    results = [train_sgd(1, 1500, 10), train_sgd(0.4, 100), train_sgd(0.05, 10)]
    d2l.set_figsize([6, 3])
    d2l.plot(
        *list(map(list, zip(*results, strict=True))),
        "time (sec)",
        "loss",
        xlim=[1e-2, 10],
        legend=["gd", "batch size=100", "batch size=10"],
    )
    d2l.plt.gca().set_xscale("log")
    axes = d2l.plt.gca()
    assert [len(line.get_xdata()) for line in axes.lines] == [10, 15, 15]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("time (sec)", "loss")
    assert axes.get_legend().texts[0].get_text() == "gd"


def test_a_concise_loop_with_a_library_loss():
    """As the section has it: a loss of its own for each example, a column of targets, halves."""
    torch.manual_seed(0)
    data_iter, _ = d2l.get_data_ch11(10)
    net = torch.nn.Sequential(torch.nn.Linear(5, 1))
    torch.nn.init.normal_(net[0].weight, std=0.01)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.05)
    loss = torch.nn.MSELoss(reduction="none")
    for _ in range(2):
        for X, y in data_iter:
            optimizer.zero_grad()
            out = net(X)
            loss(out, y.reshape(out.shape)).mean().backward()
            optimizer.step()
    final = d2l.evaluate_loss(net, data_iter, loss) / 2
    assert 0.2417 < final < 0.27
    X, y = data_iter.tensors
    exact = float(((net(X).detach().squeeze() - y) ** 2).mean() / 2)
    assert final == pytest.approx(exact, rel=1e-5)


def test_surfaces_and_curves_from_the_tensor_names():
    x, y = d2l.meshgrid(d2l.linspace(-1.0, 1.0, 11), d2l.linspace(-1.0, 1.0, 11))
    assert torch.equal(x, y.T)
    assert torch.equal(x[:, 0], d2l.linspace(-1.0, 1.0, 11))
    axes = d2l.plt.figure().add_subplot(projection="3d")
    axes.plot_wireframe(d2l.numpy(x), y.numpy(), d2l.numpy(x**2 - y**2), rstride=5, cstride=5)

    x = d2l.arange(-2.0, 5.0, 0.01)
    d2l.plot(x, [d2l.tanh(x)], "x", "f(x)")
    np.testing.assert_allclose(d2l.plt.gca().lines[0].get_ydata(), np.tanh(x.numpy()), rtol=1e-5)

    c = d2l.tensor(0.5)
    values = [float(d2l.cosh(c * v) * d2l.cos(c * v)) for v in d2l.arange(-1.0, 1.0, 0.5)]
    assert len(values) == 4
    times = d2l.numpy(d2l.arange(40))
    d2l.plt.plot(times, 0.9**times, label="beta = 0.90")
    assert d2l.numpy(d2l.ones(3, requires_grad=True)).tolist() == [1, 1, 1]


def test_the_package_has_the_tensor_names_too():
    import d2lmini

    for name in TENSOR_NAMES:
        assert getattr(d2lmini, name) is getattr(d2l, name)


@pytest.fixture
def ticking(monkeypatch):
    """A clock that goes on by a second whenever it is read."""
    seconds = count()
    monkeypatch.setattr("d2lmini.timer.time.perf_counter", lambda: next(seconds))


def test_timer_and_matmul(ticking):
    timer = d2l.Timer()
    A, B, C = torch.zeros(4, 4), torch.randn(4, 4), torch.randn(4, 4)
    timer.start()
    for j in range(4):
        A[:, j] = torch.mv(B, C[:, j])
    timer.stop()
    timer.start()
    product = torch.mm(B, C)
    timer.stop()
    assert [2 / t for t in timer.times] == [2, 2]
    torch.testing.assert_close(A, product)


def test_plots_of_functions_and_paths():
    x = torch.arange(-2, 2, 0.5)
    d2l.plot([x, [1.0, 2.0]], [[v**2 for v in x], [v**2 for v in (1.0, 2.0)]], "x", "f(x)")
    first, second = d2l.plt.gca().lines
    np.testing.assert_allclose(first.get_ydata(), (x**2).numpy())
    np.testing.assert_allclose(second.get_xdata(), [1, 2])

    d2l.plot(x, [x**2, 2 * x], legend=["square", "line"])
    assert len(d2l.plt.gca().lines) == 2

    _, axes = d2l.plt.subplots(1, 2)
    for ax, y in zip(axes, (x**2, x.clone().requires_grad_() * 2), strict=True):
        d2l.plot([x, torch.tensor([-1.5, 1])], [y, torch.tensor([0.5, 1])], axes=ax)
        assert len(ax.lines) == 2

    d2l.plt.figure()
    d2l.plot([3.0, 1.0, 2.0])
    np.testing.assert_allclose(d2l.plt.gca().lines[0].get_xdata(), [0, 1, 2])


def test_train_2d_and_its_picture(capsys):
    def gd(x1, x2, s1, s2):
        return x1 - 0.4 * 0.2 * x1, x2 - 0.4 * 4 * x2, 0, 0

    def noisy(x1, x2, s1, s2, f_grad):
        g1, g2 = f_grad(x1, x2)
        return x1 - 0.1 * (g1 + torch.normal(0.0, 1, (1,))), x2 - 0.1 * g2, 0, 0

    results = d2l.train_2d(gd)
    assert len(results) == 21
    assert results[0] == (-5, -2)
    assert results[-1] == pytest.approx((-5 * 0.92**20, -2 * (-0.6) ** 20))
    assert capsys.readouterr().out.startswith("epoch 20, x1: -0.943")
    d2l.show_trace_2d(lambda x1, x2: 0.1 * x1**2 + 2 * x2**2, results)
    assert d2l.plt.gca().lines[0].get_xydata() == pytest.approx(np.array(results))

    steps = d2l.train_2d(noisy, steps=5, f_grad=lambda x1, x2: (2 * x1, 4 * x2))
    assert len(steps) == 6
    d2l.show_trace_2d(lambda x1, x2: x1**2 + 2 * x2**2, steps)


def test_the_sections_own_loop_can_use_the_pieces(ticking):
    data_iter, feature_dim = d2l.get_data_ch11(100)
    w = torch.normal(mean=0.0, std=0.01, size=(feature_dim, 1), requires_grad=True)
    b = torch.zeros((1), requires_grad=True)
    net, loss = lambda X: d2l.linreg(X, w, b), d2l.squared_loss
    animator = d2l.Animator(xlabel="epoch", ylabel="loss", xlim=[0, 2], ylim=[0.22, 0.35])
    n, timer = 0, d2l.Timer()
    for _ in range(2):
        for X, y in data_iter:
            loss(net(X), y).mean().backward()
            d2l.sgd([w, b], None, {"lr": 0.4})
            n += X.shape[0]
            if n % 200 == 0:
                timer.stop()
                place = n / X.shape[0] / len(data_iter)
                animator.add(place, (d2l.evaluate_loss(net, data_iter, loss),))
                timer.start()
    assert len(animator.Y[0]) == 15
    assert animator.Y[0][-1] < 0.27
    assert timer.avg() == 1
