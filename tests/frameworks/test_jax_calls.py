"""The calls of the 2026 edition's JAX tab for the section, in the forms it makes them."""

# ruff: noqa: NPY002 (np.random.seed is what repeats a run)

import numpy as np
import pytest

jax = pytest.importorskip("jax")
optax = pytest.importorskip("optax")
nnx = pytest.importorskip("flax.nnx")
jnp = jax.numpy


def rule(params, grads, states, hyperparams):
    new = []
    for param, grad in zip(params, grads, strict=True):
        new.append(param - hyperparams["lr"] * grad)
    return new


def zeros(feature_dim):
    return [jnp.zeros((feature_dim, 1)), jnp.zeros(1)]


def momentum(params, grads, states, hyperparams):
    for i in range(len(params)):
        states[i] = hyperparams["momentum"] * states[i] + grads[i]
        params[i] = params[i] - hyperparams["lr"] * states[i]
    return params[0], params[1]


def rmsprop(params, grads, states, hyperparams):
    gamma, new = hyperparams["gamma"], []
    for i, (p, g) in enumerate(zip(params, grads, strict=True)):
        states[i] = gamma * states[i] + (1 - gamma) * jnp.square(g)
        new.append(p - hyperparams["lr"] * g / jnp.sqrt(states[i] + 1e-6))
    return new


def adam(params, grads, states, hyperparams):
    t, new = hyperparams["t"], []
    for i, (p, g) in enumerate(zip(params, grads, strict=True)):
        v, s = states[i]
        states[i] = v, s = 0.9 * v + 0.1 * g, 0.999 * s + 0.001 * jnp.square(g)
        scale = jnp.sqrt(s / (1 - 0.999**t)) + 1e-6
        new.append(p - hyperparams["lr"] * (v / (1 - 0.9**t)) / scale)
    hyperparams["t"] = t + 1
    return new


def of_pairs(feature_dim):
    return list(zip(zeros(feature_dim), zeros(feature_dim), strict=True))


@pytest.mark.parametrize(
    ("rule", "init", "hyperparams", "optimizer", "concise"),
    [
        (rule, lambda d: None, {"lr": 0.05}, optax.sgd, {"learning_rate": 0.05}),
        (
            momentum,
            zeros,
            {"lr": 0.02, "momentum": 0.5},
            optax.sgd,
            {"learning_rate": 0.02, "momentum": 0.5},
        ),
        (
            rmsprop,
            zeros,
            {"lr": 0.01, "gamma": 0.9},
            optax.rmsprop,
            {"learning_rate": 0.01, "decay": 0.9},
        ),
        (adam, of_pairs, {"lr": 0.01, "t": 1}, optax.adam, {"learning_rate": 0.01}),
    ],
    ids=["sgd", "momentum", "rmsprop", "adam"],
)
def test_rules_of_the_neighbouring_sections(
    d2l, rule, init, hyperparams, optimizer, concise, capsys
):
    np.random.seed(0)
    data_iter, feature_dim = d2l.get_data_ch11(batch_size=10)
    times, losses = d2l.train_ch11(rule, init(feature_dim), hyperparams, data_iter, feature_dim)
    assert len(times) == len(losses) == 15
    assert losses[-1] < 0.27
    _, concise_losses = d2l.train_concise_ch11(optimizer, concise, data_iter)
    assert concise_losses[-1] < 0.27
    assert capsys.readouterr().out.count("sec/epoch") == 2


def test_products(d2l):
    timer = d2l.Timer()
    B, C = jnp.array(np.random.normal(0, 1, (2, 4, 4)))
    A, B_host, C_host = np.zeros((4, 4), dtype=np.float32), np.array(B), np.array(C)
    timer.start()
    for i in range(4):
        for j in range(4):
            A[i, j] = np.dot(B_host[i, :], C_host[:, j])
    timer.stop()
    results = [A]
    for size in (1, 2):
        A = jnp.zeros((4, 4))
        timer.start()
        for j in range(0, 4, size):
            A = A.at[:, j : j + size].set(jnp.dot(B, C[:, j : j + size]))
        A.block_until_ready()
        timer.stop()
        results.append(A)
    assert len(timer.times) == len(timer.cumsum()) == 3
    for result in results:
        np.testing.assert_allclose(result, B @ C, atol=1e-5)


def test_data_and_loop(d2l, capsys):
    np.random.seed(0)
    table = np.genfromtxt(d2l.download("airfoil"), dtype=np.float32, delimiter="\t")
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    arrays = (jnp.array(table[:1500, :-1]), jnp.array(table[:1500, -1]))
    data_iter = d2l.load_array(arrays, 10, is_train=True)

    w, b = jnp.array(np.random.normal(scale=0.01, size=(5, 1)), dtype=jnp.float32), jnp.zeros(1)

    @jax.jit
    def gradient(w, b, X, y):
        mean_loss = lambda w, b: d2l.squared_loss(d2l.linreg(X, w, b), y).mean()  # noqa: E731
        return jax.grad(mean_loss, argnums=(0, 1))(w, b)

    animator = d2l.Animator(xlabel="epoch", ylabel="loss", xlim=[0, 2], ylim=[0.22, 0.35])
    whole = [jnp.concatenate(parts, axis=0) for parts in zip(*data_iter, strict=True)]
    n, timer = 0, d2l.Timer()
    for _ in range(2):
        for X, y in data_iter:
            X, y = jnp.array(X), jnp.array(y)
            w, b = rule([w, b], list(gradient(w, b, X, y)), None, {"lr": 0.05})
            n += X.shape[0]
            if n % 200 == 0:
                timer.stop()
                mean = float(d2l.squared_loss(d2l.linreg(whole[0], w, b), whole[1]).mean())
                animator.add(n / X.shape[0] / len(data_iter), (mean,))
                timer.start()
    assert animator.X[0][-1] == 2.0
    assert animator.Y[0][-1] < 0.27
    found = d2l.evaluate_loss(lambda X: d2l.linreg(X, w, b), data_iter, d2l.squared_loss)
    assert found == pytest.approx(animator.Y[0][-1], rel=1e-5)

    _, losses = d2l.train_ch11(rule, None, {"lr": 0.05}, data_iter, 5)
    assert losses[-1] < 0.27
    assert "sec/epoch" in capsys.readouterr().out


def test_concise_pieces(d2l):
    data_iter, _ = d2l.get_data_ch11(10)
    net = nnx.Linear(5, 1, rngs=nnx.Rngs(0))
    optimizer = nnx.Optimizer(net, optax.sgd(learning_rate=0.05), wrt=nnx.Param)

    @nnx.jit
    def step(model, optimizer, X, y):
        def mean_loss(model):
            out = model(X)
            return jnp.mean((out - y.reshape(out.shape)) ** 2) / 2

        loss, grads = nnx.value_and_grad(mean_loss)(model)
        optimizer.update(model, grads)
        return loss

    for _ in range(2):
        for X, y in data_iter:
            step(net, optimizer, jnp.array(X), jnp.array(y))
    assert d2l.evaluate_loss(net, data_iter, d2l.squared_loss) < 0.27
    halves = d2l.evaluate_loss(net, data_iter, lambda y_hat, y: jnp.mean((y_hat - y) ** 2) / 2)
    assert halves < 0.27


def test_surfaces_and_curves_from_the_tensor_names(d2l):
    x, y = d2l.meshgrid(d2l.linspace(-1.0, 1.0, 11), d2l.linspace(-1.0, 1.0, 11))
    assert jnp.array_equal(x[0, :], d2l.linspace(-1.0, 1.0, 11))
    assert jnp.array_equal(x, y.T)
    axes = d2l.plt.figure().add_subplot(projection="3d")
    axes.plot_wireframe(d2l.numpy(x), d2l.numpy(y), d2l.numpy(x**2 - y**2), rstride=5, cstride=5)

    x = d2l.arange(-2.0, 5.0, 0.01)
    d2l.plot(x, [d2l.tanh(x)], "x", "f(x)")
    np.testing.assert_allclose(d2l.plt.gca().lines[0].get_ydata(), np.tanh(x), rtol=1e-5)
    c = d2l.tensor(0.5)
    values = [float(d2l.cosh(c * v) * d2l.cos(c * v)) for v in d2l.arange(-1.0, 1.0, 0.5)]
    assert values == pytest.approx(np.cosh([-0.5, -0.25, 0, 0.25]) * np.cos([-0.5, -0.25, 0, 0.25]))
    assert d2l.numpy(d2l.ones(3), dtype="float64").dtype == "float64"


def test_train_2d_and_its_picture(d2l, capsys):
    keys = iter(jax.random.split(jax.random.PRNGKey(42), 5))

    def noisy(x1, x2, s1, s2, f_grad):
        g1, g2 = f_grad(x1, x2)
        n1, n2 = d2l.normal(next(keys), (2,))
        return x1 - 0.1 * (g1 + n1), x2 - 0.1 * (g2 + n2), 0, 0

    steps = d2l.train_2d(noisy, steps=5, f_grad=lambda x1, x2: (2 * x1, 4 * x2))
    assert len(steps) == 6
    d2l.plt.figure()
    d2l.show_trace_2d(lambda x1, x2: x1**2 + 2 * x2**2, steps)
    assert len(d2l.plt.gca().lines) == 1
    assert capsys.readouterr().out.startswith("epoch 5, x1:")


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [
        (np.array([2**40, 2**31]), "int32"),
        (np.array([2**63], "uint64"), "uint32"),
        (np.array([1e300]), "float32"),
        (np.array([1e300j]), "complex64"),
    ],
)
def test_numbers_that_do_not_fit(d2l, numbers, kind):
    message = rf"^array=array.* of type {numbers.dtype}: must be numbers that {kind} can hold$"
    with pytest.raises(ValueError, match=message):
        d2l.load_array([numbers], 2)
    fits = np.array([1, 0, np.inf, np.nan]) if numbers.dtype.kind in "fc" else np.array([1, 0])
    fits = fits.astype(numbers.dtype)
    np.testing.assert_array_equal(d2l.load_array([fits], 2).tensors[0], fits)


@pytest.mark.parametrize("device", ["cpu:-1", "cpu:", ":0", "", "cpu:0:0", "cpu: 0"])
def test_devices_without_a_platform_or_a_number(d2l, device):
    with pytest.raises(ValueError, match=rf"^device='{device}': must be one this machine has"):
        d2l.load_array([np.ones(3)], 1, device=device)
