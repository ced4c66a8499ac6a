"""The JavaScript of the pieces: one module each, the order among its parts, its tests by Node."""

import base64
import gzip
import json
import re
import subprocess

import numpy as np
import pytest

from d2lmini.lab import PIECES, Lab, bundle as bundling
from d2lmini.lab.bundle import JS, bundle, modules
from d2lmini.lab.piece import CSS, Piece, style
from d2lmini.lab.standalone import script
from tests.lab.node import FEATURES, HERE, NODE, TARGET, N

MODULES = sorted(path for path in JS.rglob("*.js"))
NAMES = {path.relative_to(JS).as_posix(): path for path in MODULES}
BACKGROUND = ("network/worker",)
"""Programs that a piece runs in the background: bundles of their own."""

ENTRIES = (*(piece.module for piece in PIECES), *BACKGROUND)
"""The modules that bundles are named after."""

SHARED = ("engine", "parts", "clocks")
"""Folders that several pieces use; all others belong to the piece that they are named after."""

DOM = r"\b(document|window|location|innerHTML)\b"
DRAWING = {
    *("parts/address_bar", "parts/background", "parts/chart", "parts/elements", "parts/on_screen"),
    *("parts/plot_size", "parts/pointing", "parts/theme", "cache/grids"),
}
"""Modules that touch the page by themselves; whoever imports one of them draws, too."""


def source_of(path):
    return path.read_text(encoding="utf8")


def code_of(path):
    """Return what is left of a module without comments."""
    return re.sub(r"/\*\*.*?\*/|//[^\n]*", "", source_of(path), flags=re.S)


def imports_of(path):
    """Return the modules that one imports when it runs; types do not count."""
    names = re.findall(r'^import [^;]*? from "([^"]+\.js)";', source_of(path), re.M)
    return {(path.parent / name).resolve() for name in names}


def all_imports_of(path):
    """Return the modules that one needs, itself among them."""
    found, left = set(), {path.resolve()}
    while left:
        one = left.pop()
        found.add(one)
        left |= imports_of(one) - found
    return found


def folder_of(path):
    """Return the piece or the shared folder that a module belongs to."""
    parts = path.resolve().relative_to(JS.resolve()).parts
    return parts[0] if len(parts) > 1 else path.stem


@pytest.mark.parametrize("path", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name)
def test_the_modules_by_themselves(path):
    done = subprocess.run([NODE, "--test", path], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


# --- What is written in a module, and where it belongs


@pytest.mark.parametrize("name", NAMES)
def test_a_module_has_one_idea(name):
    lines = source_of(NAMES[name]).splitlines()
    assert len(lines) < 150
    assert max(map(len, lines)) <= 100
    assert re.match(r"// \S", lines[0])


def test_every_module_belongs_to_a_piece():
    """Also one that has nothing but types, which another one imports in a comment."""
    needed = set()
    for entry in ENTRIES:
        needed |= all_imports_of(JS / f"{entry}.js")
    for path in list(needed):
        names = re.findall(r'^/\*\* @import [^*]* from "([^"]+)" \*/', source_of(path), re.M)
        needed |= {(path.parent / name).resolve() for name in names}
    assert {path.resolve() for path in MODULES} - needed == set()


def test_imports_lead_one_way():
    """The engine needs nobody; the parts at most the engine; no piece another one."""
    allowed = {"engine": {"engine"}, "parts": {"parts"}, "clocks": set(SHARED)}
    wrong = {
        f"{path.relative_to(JS)} imports {other.relative_to(JS.resolve())}"
        for path in MODULES
        for other in imports_of(path)
        if folder_of(other) not in allowed.get(folder_of(path), {folder_of(path), *SHARED})
    }
    assert wrong == set()


def test_what_computes_does_not_touch_the_page():
    """Only what draws does: modules that import one that makes elements, and those themselves."""
    drawing = {(JS / f"{name}.js").resolve() for name in DRAWING}
    assert all(path.exists() for path in drawing)
    computing = [path for path in MODULES if not all_imports_of(path) & drawing]
    assert len(computing) > len(MODULES) / 3
    touching = {str(path.relative_to(JS)) for path in computing if re.search(DOM, code_of(path))}
    assert touching == set()
    for path in (JS / "engine").glob("*.js"):
        assert path in computing
    for path in drawing:
        assert re.search(rf"{DOM}|Observer|Channel|Event", code_of(path)), path.name


def test_a_table_is_read_by_one_module():
    for path in JS.rglob("*.json"):
        if path.name == "package.json":
            continue
        readers = [one for one in MODULES if f'/{path.name}" with' in source_of(one)]
        assert len(readers) == 1, path.name


def test_all_of_the_code_is_small():
    """What is part of several pieces counts once; a server sends it compressed."""
    texts = {}
    for entry in ENTRIES:
        texts |= modules(entry)
    assert len(gzip.compress("".join(texts.values()).encode())) <= 68_000


# --- The bundles


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_bundle_is_one_module_with_one_scope(entry, tmp_path):
    path, text = tmp_path / "piece.mjs", bundle(entry)
    path.write_text(text, encoding="utf8")
    done = subprocess.run([NODE, "--check", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr  # a name declared twice is an error
    assert not re.search(r"^(import|export (?!default))", text, re.M)
    assert text.count("export default") == (entry not in BACKGROUND)
    assert "/** @import" not in text


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Bundle other modules: ``write({name: text, …})`` writes them."""
    monkeypatch.setattr(bundling, "JS", tmp_path)

    def written(texts):
        for name, text in texts.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf8")

    return written


def test_a_bundle_has_each_module_once_and_no_comment_lines(write):
    write(
        {
            "a.js": 'import { b } from "./parts/b.js";\nimport {\n  c,\n} from "./c.js";\n\n'
            "export default b;\n",
            "parts/b.js": '/** @import { C } from "../c.js" */\nimport { c } from "../c.js";\n\n'
            "/**\n * About b.\n */\nexport const b = (x) => x + c; // one more\n",
            "c.js": '/** About c. */\nexport const c = "/** kept */"; // 1\n',
        }
    )
    assert bundle("a").split("\n") == [
        'const c = "/** kept */"; // 1',
        "",
        "const b = (x) => x + c; // one more",
        "",
        "export default b;",
        "",
    ]
    assert bundle("parts/b").count("const c") == 1
    assert [path.name for path in modules("a")] == ["c.js", "b.js", "a.js"]


def test_a_table_becomes_a_constant(write):
    write(
        {
            "a.js": 'import TABLE from "./a.json" with { type: "json" };\nexport default TABLE;\n',
            "a.json": '{ "b": [1, 2] }\n',
        }
    )
    assert bundle("a") == 'const TABLE = { "b": [1, 2] };\nexport default TABLE;\n'


@pytest.mark.parametrize(
    "line",
    ['import b from "./b.js";', 'import * as b from "./b.js";', 'import "b";', 'import "./b.js";'],
)
def test_an_import_of_another_form_is_refused(write, line):
    write({"a.js": f"{line}\nexport default 1;\n", "b.js": "export default 1;\n"})
    with pytest.raises(ValueError, match=r"a\.js: imports must be"):
        bundle("a")


def test_modules_that_import_each_other_are_refused(write):
    write(
        {
            "a.js": 'import { b } from "./b.js";\n',
            "b.js": 'import { c } from "./c.js";\n',
            "c.js": 'import { b } from "./b.js";\n',
        }
    )
    with pytest.raises(ValueError, match="import each other: a > b > c > b"):
        bundle("a")


# --- What a page and a widget are given


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.module)
def test_the_script_of_a_page_is_a_classic_one_with_style_and_data(piece, tmp_path):
    path = tmp_path / "piece.cjs"  # no module: an import or export is an error
    log = "globalThis.hostModule = (...all) => console.log(JSON.stringify(all));"
    path.write_text(log + script(piece), encoding="utf8")
    done = subprocess.run([NODE, path], capture_output=True, text=True)
    name, _, parts = json.loads(done.stdout)
    assert name == piece.module
    assert parts["css"] == style(piece.module)
    data = piece.data()
    assert set(parts["bytes"]) | set(parts["values"]) == set(data)
    for key, value in data.items():
        given = parts["values"].get(key) or base64.b64decode(parts["bytes"][key])
        assert given == value


def test_the_lab_is_given_the_rows():
    table = np.frombuffer(Lab.data()["table"], "<f4").reshape(N, 6)
    np.testing.assert_array_equal(table, np.c_[FEATURES, TARGET].astype("f4"))
    assert Lab().table == Lab.data()["table"]


def test_a_bundle_without_a_default_export_makes_no_script(write):
    class Empty(Piece):
        module = "empty"

    write({"empty.js": "export const render = 1;\n"})
    with pytest.raises(ValueError, match="0 default exports: must have 1"):
        script(Empty)


def test_the_metadata_hold_what_a_page_needs_to_host_the_lab():
    lab = Lab(seed=7, momentum=0.5)
    data, metadata = lab._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == lab.model_id
    hosted = json.loads(json.dumps(metadata))["d2lmini"]
    assert (hosted["module"], hosted["description"]) == ("lab", data["text/plain"])
    defaults = {name: one["default"] for name, one in lab.table_of_settings.items()}
    assert hosted["state"] == {**defaults, "seed": 7, "momentum": 0.5}
    assert {"b", "lr", "pins"} <= set(hosted["parameters"])
    labels = re.findall(r"<text[^>]*>([^<]*)", data["image/svg+xml"])
    assert {"examples seen", "loss above the floor"} <= set(labels)
    assert data["image/png"]


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.module)
def test_a_piece_reads_what_it_is_given(piece):
    read = "".join(map(source_of, all_imports_of(JS / f"{piece.module}.js")))
    named = set(re.findall(r'model\.get\("(\w+)"\)', read))
    assert set(piece.data()) <= named
    settings = json.loads((JS / f"{piece.module}.json").read_text(encoding="utf8"))
    assert named <= {*piece.data(), *piece.handed, *settings}


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.module)
def test_a_style_sheet_is_of_its_piece_only(piece):
    css = (CSS / f"{piece.module}.css").read_text(encoding="utf8")
    assert len(css.encode()) <= 6_000
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    while "(" in css:
        css = re.sub(r"\([^()]*\)", "", css)
    selectors = re.findall(r"^\s*([^@{};]+?)\s*\{", css, re.M)
    assert selectors
    for selector in {one.strip() for one in ",".join(selectors).split(",")} - {"from", "to"}:
        assert re.search(r"\.d2l-(piece|lab)\b|%$", selector), selector
