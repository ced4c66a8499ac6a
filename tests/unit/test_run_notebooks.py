"""Notebooks run before the book is built: what is missing in the cache, and nothing else."""

import pytest
from jupyter_cache import get_cache

from tools import run_notebooks
from tools.sync import ROOT

TEXT = """\
---
kernelspec:
  name: python3
---

```{{code-cell}} ipython3
{code}
```
"""


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    """A chapter of two notebooks, the second of which fails; each that runs leaves a file."""
    codes = {"right": "open('right.ran', 'a').write('x')", "wrong": "1 / 0"}
    texts = []
    for name, code in codes.items():
        texts.append(tmp_path / f"{name}.md")
        texts[-1].write_text(TEXT.format(code=code))
    monkeypatch.setattr(run_notebooks, "chapter", lambda: texts)
    monkeypatch.setattr(run_notebooks, "ALONE", {"wrong"})
    return tmp_path


def test_what_is_missing_is_run_once(chapter):
    cache = chapter / "cache"
    run_notebooks.fill(cache)
    run_notebooks.fill(cache)
    assert (chapter / "right.ran").read_text() == "x"
    assert [record.uri for record in get_cache(cache).list_cache_records()] == [
        str(chapter / "right.md")
    ]


def test_the_chapter_is_what_the_book_executes():
    names = [path.relative_to(ROOT).as_posix() for path in run_notebooks.chapter()]
    assert "notebooks/scratch.md" in names
    assert not [name for name in names if "beyond" in name]
    assert {f"notebooks/{name}.md" for name in run_notebooks.ALONE} <= set(names)
