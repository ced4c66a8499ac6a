"""The lab's JavaScript as one module, the order among its modules, and its tests by Node."""

import base64
import gzip
import json
import re
import subprocess

import numpy as np
import pytest

from d2lmini.lab import bundle as bundling
from d2lmini.lab.bundle import JS, bundle
from d2lmini.lab.settings import DEFAULTS
from d2lmini.lab.standalone import script
from d2lmini.lab.widget import BATCH_SIZES, CSS, RATES, STILL, Lab
from tests.lab.node import FEATURES, HERE, NODE, TARGET, N, ask

DRAWING = {
    *("address_bar", "chart", "display", "elements", "histogram", "lab", "layout", "legend"),
    *("losses", "pictures", "plot", "slider", "table", "task_list", "tasks", "trajectory"),
    "widget",
}
"""The modules that draw, or make elements of a page; the others compute."""

GENERAL = ("chart", "elements", "plot", "scale", "table")
"""Modules that would draw other numbers as well."""


def imports_of(path):
    """Return the modules that one imports when it runs; types do not count."""
    return set(re.findall(r'from "\./(\w+)\.js";', path.read_text(encoding="utf8")))


@pytest.mark.parametrize("path", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name)
def test_the_modules_by_themselves(path):
    done = subprocess.run([NODE, "--test", path], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


def test_the_bundle_is_one_module_with_one_scope(tmp_path):
    path = tmp_path / "lab.mjs"
    path.write_text(bundle(), encoding="utf8")
    done = subprocess.run([NODE, "--check", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr  # a name declared twice is an error
    assert not re.search(r"^(import|export (?!default))", bundle(), re.M)
    assert bundle().count("export default") == 1
    for name in ("makeProblem", "randomPermutation"):
        assert bundle().count(f"function {name}(") == 1


def test_every_module_is_in_the_bundle():
    known, found = {"widget"}, set()
    while known - found:
        name = (known - found).pop()
        found.add(name)
        known |= imports_of(JS / f"{name}.js")
    assert found == {path.stem for path in JS.glob("*.js")}


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """Bundle other modules: ``modules(name=text, …)`` writes them."""
    monkeypatch.setattr(bundling, "JS", tmp_path)

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf8")

    return write


def test_a_bundle_has_each_module_once_and_no_comment_lines(modules):
    modules(
        widget='import { b } from "./b.js";\nimport {\n  c,\n} from "./c.js";\n\n'
        "export default b;\n",
        b='/** @import { C } from "./c.js" */\nimport { c } from "./c.js";\n\n'
        "/**\n * About b.\n */\nexport const b = (x) => x + c; // one more\n",
        c='/** About c. */\nexport const c = "/** kept */"; // 1\n',
    )
    assert bundle().split("\n") == [
        'const c = "/** kept */"; // 1',
        "",
        "const b = (x) => x + c; // one more",
        "",
        "export default b;",
        "",
    ]


@pytest.mark.parametrize(
    "line", ['import b from "./b.js";', 'import * as b from "./b.js";', 'import "b";']
)
def test_an_import_of_another_form_is_refused(modules, line):
    modules(widget=f"{line}\nexport default 1;\n", b="export default 1;\n")
    with pytest.raises(ValueError, match=r"widget\.js: imports must be"):
        bundle()


def test_modules_that_import_each_other_are_refused(modules):
    modules(
        widget='import { b } from "./b.js";\n',
        b='import { c } from "./c.js";\n',
        c='import { b } from "./b.js";\n',
    )
    with pytest.raises(ValueError, match="import each other: widget > b > c > b"):
        bundle()


def test_the_code_is_small():
    """The sliders are part of both."""
    assert len(bundle().encode()) <= 63_000
    assert CSS.stat().st_size <= 6_000
    assert len(gzip.compress(script().encode())) <= 36_000


@pytest.mark.parametrize("path", sorted(JS.glob("*.js")), ids=lambda path: path.name)
def test_a_module_has_one_idea(path):
    lines = path.read_text(encoding="utf8").splitlines()
    assert len(lines) < 150
    assert max(map(len, lines)) <= 100
    assert lines[0].startswith("// ")


def test_modules_keep_apart_what_computes_and_what_draws():
    names = {path.stem for path in JS.glob("*.js")}
    assert names >= DRAWING
    for name in names - DRAWING:
        source = (JS / f"{name}.js").read_text(encoding="utf8")
        assert not re.search(r"\b(document|window|location|innerHTML|svg)\b", source), name
        assert not imports_of(JS / f"{name}.js") & DRAWING, name
    for name in GENERAL:
        assert imports_of(JS / f"{name}.js") <= {*GENERAL, "format"}, name


def test_the_script_of_a_page_is_a_classic_one_with_style_and_data(tmp_path):
    text = script("a name")
    path = tmp_path / "lab.cjs"  # no module: an import or export is an error
    path.write_text(f"globalThis.hostModule = (...all) => console.log(JSON.stringify(all));{text}")
    done = subprocess.run([NODE, path], capture_output=True, text=True)
    name, _, parts = json.loads(done.stdout)
    assert name == "a name"
    assert parts["css"] == CSS.read_text()
    table = np.frombuffer(base64.b64decode(parts["bytes"]["table"]), "<f4").reshape(N, 6)
    np.testing.assert_array_equal(table, np.c_[FEATURES, TARGET].astype("f4"))


def test_a_bundle_without_a_default_export_makes_no_script(modules):
    modules(widget="export const render = 1;\n")
    with pytest.raises(ValueError, match="0 default exports: must have 1"):
        script()


def test_the_widget_brings_its_data_and_a_picture():
    lab = Lab(batch_size=10, seed=7)
    table = np.frombuffer(lab.table, "<f4").reshape(N, 6)
    np.testing.assert_array_equal(table, np.c_[FEATURES, TARGET].astype("f4"))
    shown, _ = lab._repr_mimebundle_()
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == lab.model_id
    assert shown["image/png"]
    labels = re.findall(r"<text[^>]*>([^<]*)", shown["image/svg+xml"])
    assert {"examples seen", "loss"} <= set(labels)
    assert sorted(set(BATCH_SIZES)) == BATCH_SIZES
    assert sorted(set(RATES)) == RATES
    assert (BATCH_SIZES[0], BATCH_SIZES[-1]) == (1, 1500)


def test_the_still_says_that_it_is_another_run():
    """Its loss is that of a run; the lab's own run at the same settings ends elsewhere."""
    sentence = Lab()._repr_mimebundle_()[0]["text/plain"]
    assert sentence.startswith("One run of minibatch SGD in NumPy, b = 10, lr = 0.05: after 2 epoc")
    shown = float(re.search(r"the loss is (0\.\d+)", sentence)[1])
    *_, own = ask({"kind": "losses", "settings": STILL})[0]
    assert shown == pytest.approx(own, abs=0.01)
    assert sentence.endswith("The lab itself draws other random numbers.")
    assert f"{own:.4f}" not in sentence


def test_the_metadata_hold_what_a_page_needs_to_host_the_lab():
    data, metadata = Lab(seed=7, momentum=0.5)._repr_mimebundle_()
    hosted = json.loads(json.dumps(metadata))["d2lmini"]
    assert (hosted["module"], hosted["description"]) == ("lab", data["text/plain"])
    settings = {**DEFAULTS, "seed": 7, "momentum": 0.5}
    assert hosted["state"] == {**settings, "batch_sizes": BATCH_SIZES, "rates": RATES}
    read = "".join(path.read_text() for path in JS.glob("*.js"))
    named = set(re.findall(r'model\.get\("(\w+)"\)', read))
    assert named - {"table"} <= set(hosted["state"])
