"""What holds for JAX alone: rules return new parameters, and functions are compiled."""

# ruff: noqa: NPY002 (np.random.seed is what repeats a run)

import numpy as np
import pytest

jax = pytest.importorskip("jax")
optax = pytest.importorskip("optax")
jnp = jax.numpy


def momentum(params, grads, states, hyperparams):
    """Keep the velocities in `states`, and return the new parameters."""
    for i, (grad, v) in enumerate(zip(grads, states, strict=True)):
        states[i] = hyperparams["momentum"] * v + grad
    return [p - hyperparams["lr"] * v for p, v in zip(params, states, strict=True)]


@pytest.fixture
def compiled():
    """Return the names of the functions that JAX has compiled, a list that grows."""
    names = []

    def listen(event, duration, fun_name="", **_):
        if event == "/jax/core/compile/backend_compile_duration":
            names.append(fun_name)

    jax.monitoring.register_event_duration_secs_listener(listen)
    yield names
    jax.monitoring.unregister_event_duration_listener(listen)


def train(d2l, rule, states, hyperparams, batch_size=10, num_epochs=2, seed=0):
    np.random.seed(seed)
    data_iter, feature_dim = d2l.get_data_ch11(batch_size)
    with d2l.quiet():
        return d2l.train_ch11(rule, states, hyperparams, data_iter, feature_dim, num_epochs)


def test_sgd_returns_new_parameters_and_leaves_the_old_ones(d2l):
    params, grads = [jnp.ones((2, 1)), jnp.zeros(1)], [jnp.full((2, 1), 4.0), jnp.ones(1)]
    w, b = d2l.sgd(params, grads, None, {"lr": 0.25})
    assert (w.tolist(), b.tolist()) == ([[0.0], [0.0]], [-0.25])
    assert (params[0].tolist(), params[1].tolist()) == ([[1.0], [1.0]], [0.0])


def test_a_rule_gets_what_it_returned_and_a_gradient_for_each(d2l):
    returned = []

    def rule(params, grads, states, hyperparams):
        if returned:
            assert all(p is q for p, q in zip(params, returned[-1], strict=True))
        assert [g.shape for g in grads] == [p.shape for p in params] == [(5, 1), (1,)]
        returned.append(tuple(p - hyperparams["lr"] * g for p, g in zip(params, grads)))  # noqa: B905
        return returned[-1]

    train(d2l, rule, None, {"lr": 0.4}, batch_size=100)
    assert len(returned) == 30


def test_a_rule_that_returns_nothing_is_an_error(d2l):
    with pytest.raises(TypeError, match="cannot unpack non-iterable NoneType"):
        train(d2l, lambda *_: None, None, {"lr": 0.1})


def test_momentum_keeps_its_velocities_and_agrees_with_optax(d2l):
    states = [jnp.zeros((5, 1)), jnp.zeros(1)]
    losses = train(d2l, momentum, states, {"lr": 0.02, "momentum": 0.5}).losses
    assert all(float(jnp.abs(v).max()) > 0 for v in states)
    np.random.seed(0)
    data_iter, _ = d2l.get_data_ch11(10)
    with d2l.quiet():
        hyperparams = {"learning_rate": 0.02, "momentum": 0.5}
        concise = d2l.train_concise_ch11(optax.sgd, hyperparams, data_iter).losses
    np.testing.assert_allclose(losses, concise, rtol=1e-4)
    assert losses[-1] < 0.27


@pytest.mark.parametrize(("batch_size", "sizes"), [(64, 2), (149, 1), (1490, 1)])
def test_nothing_is_compiled_while_the_clock_runs(d2l, batch_size, sizes, compiled):
    at_steps = []

    def rule(params, grads, states, hyperparams):
        at_steps.append(len(compiled))
        return d2l.sgd(params, grads, states, hyperparams)

    data_iter, feature_dim = d2l.get_data_ch11(batch_size, n=1490)
    compiled.clear()
    with d2l.quiet():
        d2l.train_ch11(rule, None, {"lr": 0.1}, data_iter, feature_dim, 2)
    assert sum("mean_loss" in name for name in compiled) == sizes
    assert {*at_steps, len(compiled)} == {at_steps[0]}


def test_numpy_s_seed_repeats_a_run_and_the_order_of_the_rows(d2l):
    first, again = (train(d2l, d2l.sgd, None, {"lr": 0.05}).losses for _ in range(2))
    assert first == again != train(d2l, d2l.sgd, None, {"lr": 0.05}, seed=1).losses
    data_iter, _ = d2l.get_data_ch11(100)
    np.random.seed(3)
    expected = np.asarray(data_iter.tensors[1])[np.random.permutation(1500)]
    np.random.seed(3)
    rows = np.concatenate([np.asarray(y) for _, y in data_iter])
    np.testing.assert_array_equal(rows, expected)


def test_the_loader_yields_arrays_of_jax_on_the_device_of_the_data(d2l):
    device = d2l.best_device()
    for where in (None, device, device.platform, f"{device.platform}:0"):
        data_iter, _ = d2l.get_data_ch11(7, n=50, device=where)
        for X, y in data_iter:
            assert isinstance(X, jax.Array)
            assert X.devices() == y.devices() == {device}


@pytest.mark.parametrize("device", ["cpu:64", "cpu:x", "abacus"])
def test_devices_that_do_not_exist(d2l, device):
    with pytest.raises(ValueError, match=rf"device='{device}': must be one this machine has"):
        d2l.load_array([np.ones(3)], 1, device=device)


def test_float64_where_jax_is_asked_for_it(d2l):
    with jax.enable_x64(True):
        tensors = [np.asarray(t, dtype="float64") for t in d2l.get_data_ch11(10)[0].tensors]
        data_iter = d2l.load_array(tensors, 10)
        kinds = set()

        def rule(params, *rest):
            kinds.update(str(p.dtype) for p in params)
            return d2l.sgd(params, *rest)

        with d2l.quiet():
            scratch = d2l.train_ch11(rule, None, {"lr": 0.05}, data_iter, 5)
    assert kinds == {"float64"}
    assert scratch.losses[-1] < 0.27
