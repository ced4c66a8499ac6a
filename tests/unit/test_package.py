import ast
import inspect
import subprocess
import sys
from pathlib import Path

import d2lmini
from d2lmini import torch as d2l

HERE = Path(d2lmini.__file__).parent
# Top to bottom: a module imports only from the rows below its own.
ROWS = [
    {"__init__"},
    {"parallel", "lab"},
    {"torch", "tensorflow", "mxnet", "meeting"},
    {"explore"},
    {"training"},
    {"data", "plotting"},
    {"timer"},
    {"checks", "stills"},
]


INNER = ("log", "net", "step", "gradients", "block", "element_spec", "add", "rule")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module == "d2lmini":
            names = [f"d2lmini.{alias.name}" for alias in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("d2lmini."))


def test_imports_run_downwards():
    row_of = {name: i for i, row in enumerate(ROWS) for name in row}
    for path in [*HERE.glob("*.py"), *(HERE / "lab").glob("*.py")]:
        if path.parent.name == "lab":
            below = [name for name in imported(path) if name != "lab"]
            assert all(row_of.get(name, 99) > row_of["lab"] for name in below), path
            continue
        if path.stem not in row_of:
            assert list(imported(path)) == [], path
            continue
        for name in imported(path):
            assert row_of[path.stem] < row_of[name], f"{path.stem} imports {name}"


def test_framework_free_parts_import_without_torch():
    names = "Timer, Animator, plot, download, train_2d, show_trace_2d, set_figsize, DATA_HUB"
    code = f"import sys; from d2lmini import {names}; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_without_a_framework_the_error_says_what_to_install():
    for flavour in ("torch", "tensorflow", "mxnet"):
        code = f"import sys; sys.modules['{flavour}'] = None; import d2lmini.{flavour}"
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert f"pip install d2lmini[{flavour}]" in run.stderr.splitlines()[-1]
    code = "import sys; sys.modules['torch'] = None; from d2lmini import sgd"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "pip install d2lmini[torch]" in run.stderr


def test_both_doors_lead_to_the_same_names():
    assert set(d2lmini.__all__) <= set(d2l.__all__)
    for name in d2lmini.__all__:
        assert getattr(d2lmini, name) is getattr(d2l, name)


def test_every_public_function_says_what_it_takes():
    for path in HERE.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                doc = ast.get_docstring(node) or ""
                arguments = [a.arg for a in node.args.args if a.arg not in ("self", "cls")]
                nested = not doc and node.name in INNER
                assert doc or nested, f"{path.name}: {node.name}"
                if not nested:
                    assert not arguments or "Parameters" in doc, f"{path.name}: {node.name}"
                    assert all(name in doc for name in arguments), f"{path.name}: {node.name}"


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
        assert [name for name in found if name != "device"] == parameters
        assert "device" not in found[:-1]
