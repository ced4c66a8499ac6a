"""What a notebook shows or stores through the package: numbers that pages quote, and its code."""

import numpy as np
import pytest

from d2lmini import record as record_module, source as source_module
from d2lmini.data import whitened_airfoil


@pytest.fixture
def displayed(monkeypatch):
    """What is displayed, with its options."""
    calls = []
    for module in (record_module, source_module):
        monkeypatch.setattr(module, "display", lambda *args, **kwargs: calls.append((args, kwargs)))
    return calls


def test_numbers_are_stored_as_glue_stores_them(displayed):
    record_module.record(batch_size=np.int64(12), name="b", rate=0.5)
    stored = {}
    for (content,), options in displayed:
        assert options["raw"] is True
        scrapbook = options["metadata"]["scrapbook"]
        assert scrapbook["mime_prefix"] == "application/papermill.record/"
        ((kind, text),) = content.items()
        assert kind == "application/papermill.record/text/plain"
        stored[scrapbook["name"]] = text
    assert stored == {"batch_size": "12", "name": "'b'", "rate": "0.5"}


def test_code_is_shown_without_its_docstring(displayed):
    source_module.show_source(whitened_airfoil)
    (((content,), options),) = displayed
    text = content["text/plain"]
    assert options == {"raw": True}
    assert text.startswith("def whitened_airfoil(n: int = 1500)")
    assert "Parameters" not in text
    assert text.endswith("return white[:n, :-1], white[:n, -1]")
    compile(text, "<shown>", "exec")
