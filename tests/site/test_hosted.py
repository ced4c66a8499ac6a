"""The pieces that a page hosts itself, and what is left to the widget manager."""

import gzip
import json
from pathlib import Path

from d2lbook.esbuild import esbuild
from d2lbook.hosted import minify
from d2lbook.widget_states import without_pieces

import d2lmini


def test_a_script_is_made_smaller_in_place_and_still_hands_over_its_module(tmp_path):
    path = tmp_path / "one.js"
    path.write_text('hostModule("one", (() => {\n  const value = 1 + 1;\n  return value;\n})());\n')
    before = path.stat().st_size
    minify([path])
    after = path.read_text()
    assert len(after) < before
    assert after.startswith('hostModule("one",')
    assert "import" not in after
    assert "export" not in after


def test_the_manager_is_given_no_widget_that_a_page_hosts():
    slider = {"model_module": "@jupyter-widgets/controls", "model_name": "IntSliderModel"}
    piece = {"model_module": "anywidget", "model_name": "AnyModel"}
    body = json.dumps({"version_major": 2, "state": {"a": slider, "b": piece}})
    assert json.loads(without_pieces(body)) == {"version_major": 2, "state": {"a": slider}}


def test_the_code_of_all_pieces_takes_at_most_90_kb_as_a_server_packs_it(tmp_path):
    modules = sorted((Path(d2lmini.__file__).parent / "lab" / "js").glob("*.js"))
    assert len(modules) >= 7
    lines = [f"export * as {path.stem} from {json.dumps(str(path))};" for path in modules]
    (tmp_path / "all.js").write_text("\n".join(lines), encoding="utf8")
    joined = tmp_path / "joined.js"
    esbuild(tmp_path / "all.js", "--bundle", "--format=esm", f"--outfile={joined}")
    code = joined.read_bytes()
    assert len(code) > 80_000  # nothing was left out as unused
    assert len(gzip.compress(code)) <= 90_000
