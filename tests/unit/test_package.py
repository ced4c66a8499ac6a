import inspect
import subprocess
import sys

import d2lmini
from d2lmini import torch as d2l


def test_framework_free_parts_import_without_torch():
    names = "Timer, Animator, plot, download, train_2d, show_trace_2d, set_figsize, DATA_HUB"
    code = f"import sys; from d2lmini import {names}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_without_a_framework_the_error_says_what_to_install():
    for flavour in ("torch", "jax", "tensorflow", "mxnet"):
        code = f"import sys; sys.modules['{flavour}'] = None; import d2lmini.{flavour}"
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert f"pip install d2lmini[{flavour}]" in run.stderr.splitlines()[-1]
    code = "import sys; sys.modules['torch'] = None; from d2lmini import sgd"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "pip install d2lmini[torch]" in run.stderr


def test_the_package_and_its_torch_module_have_the_same_names():
    assert d2lmini.__all__ == d2l.__all__
    for name in d2lmini.__all__:
        assert getattr(d2lmini, name) is getattr(d2l, name)


def test_signatures_are_those_of_d2l():
    expected = {
        "load_array": ["data_arrays", "batch_size", "is_train"],
        "get_data_ch11": ["batch_size", "n"],
        "sgd": ["params", "states", "hyperparams"],
        "train_ch11": [
            "trainer_fn",
            "states",
            "hyperparams",
            "data_iter",
            "feature_dim",
            "num_epochs",
        ],
        "train_concise_ch11": ["trainer_fn", "hyperparams", "data_iter", "num_epochs"],
        "evaluate_loss": ["net", "data_iter", "loss"],
        "linreg": ["X", "w", "b"],
        "squared_loss": ["y_hat", "y"],
        "train_2d": ["trainer", "steps", "f_grad"],
        "show_trace_2d": ["f", "results"],
    }
    for name, parameters in expected.items():
        found = list(inspect.signature(getattr(d2l, name)).parameters)
        assert found in (parameters, [*parameters, "device"])
