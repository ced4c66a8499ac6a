"""What the page says of live cells, and how much they add to it."""

import gzip
import json
from types import SimpleNamespace

import pytest
from d2lbook import live
from sphinx.errors import ExtensionError

MOST_BYTES = 6000


def exercise_named(monkeypatch, name, **parts):
    """Let there be one exercise."""
    module = SimpleNamespace(__doc__="Find it.\n\nMore.", HINTS=("Look.",), SOLUTION="x = 1\n")
    vars(module).update(parts)
    package = SimpleNamespace(NAMES=(name,))
    modules = {"d2lmini.exercises": package, f"d2lmini.exercises.{name}": module}
    monkeypatch.setattr(live, "import_module", modules.__getitem__)


def data_of(markup):
    return json.loads(markup.split('type="application/json">')[1].split("</script>")[0])


def test_a_cell_without_exercise_has_three_buttons_and_a_key():
    markup = live.controls(live.cell_data({"tags": ["live"]}, "notebooks/scratch 1"))
    assert data_of(markup) == {"key": "notebooks/scratch 1"}
    assert markup.count("<button") == 3
    assert "Check" not in markup


def test_an_exercise_brings_its_texts_and_is_kept_by_its_name(monkeypatch):
    exercise_named(monkeypatch, "division")
    markup = live.controls(live.cell_data({"exercise": "division"}, "notebooks/exercises 4"))
    assert data_of(markup) == {
        "key": "exercise division",
        "exercise": "division",
        "task": "Find it.",
        "hints": ["Look."],
        "solution": "x = 1",
    }
    assert markup.index(">Check<") < markup.index(">Run<") < markup.index(">Solution<")


def test_the_texts_of_an_exercise_cannot_end_their_script(monkeypatch):
    exercise_named(monkeypatch, "division", SOLUTION="'</script><b>'")
    markup = live.controls(live.cell_data({"exercise": "division"}, "page 1"))
    assert data_of(markup)["solution"] == "'</script><b>'"


def test_an_unknown_exercise_stops_the_build(monkeypatch):
    exercise_named(monkeypatch, "division")
    with pytest.raises(ExtensionError, match="exercise 'divison': must be one of division"):
        live.cell_data({"exercise": "divison"}, "page 1")


def test_only_pages_with_live_cells_load_their_files():
    loaded = []
    app = SimpleNamespace(add_js_file=lambda name, **_: loaded.append(name))
    live.add_files(app, "page", "page.html", {"body": "<p>d2l-live</p>"}, None)
    assert loaded == []
    markup = live.controls({"key": "page 1"})
    live.add_files(app, "page", "page.html", {"body": markup}, None)
    assert loaded == ["live/live.js"]


def test_before_a_cell_is_touched_a_page_weighs_little_more(tmp_path):
    live.write_page_side(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["editor.js", "live.js"]
    script = (tmp_path / "live.js").read_text()
    assert "import " not in script
    assert "export " not in script
    texts = (script, (live.SOURCES.parent / "static" / "live.css").read_text())
    markup = live.controls({"key": "page 1"})
    sizes = [len(gzip.compress(text.encode())) for text in (*texts, markup)]
    assert sum(sizes) <= MOST_BYTES
