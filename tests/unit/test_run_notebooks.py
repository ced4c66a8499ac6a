"""Notebooks run before the book is built: what is missing in the cache, and nothing else."""

import ast
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from jupyter_cache import get_cache

from tools import run_notebooks
from tools.prepared_kernels import CAN_COPY
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


KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
FILL = """
import sys
from pathlib import Path
from tools import run_notebooks
folder = Path(sys.argv[1])
run_notebooks.chapter = lambda: sorted(folder.glob("*.md"))
run_notebooks.fill(folder / "cache")
"""


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    """A chapter of notebooks, of which all but one fail; that leaves a file when it runs."""
    codes = {"killed": KILLED, "right": "open('right.ran', 'a').write('x')", "wrong": "1 / 0"}
    texts = []
    for name, code in codes.items():
        texts.append(tmp_path / f"{name}.md")
        texts[-1].write_text(TEXT.format(code=code))
    monkeypatch.setattr(run_notebooks, "chapter", lambda: texts)
    monkeypatch.setattr(run_notebooks, "CAN_COPY", False)  # pytest has threads
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


@pytest.mark.skipif(not CAN_COPY, reason="a process cannot be copied here")
class TestPreparedKernels:
    """In a process of their own, because what is copied must have no threads."""

    def run_all(self, folder, **codes):
        """Run notebooks with these cells; return their outputs as texts, by name."""
        for name, code in codes.items():
            (folder / f"{name}.md").write_text(TEXT.format(code=code))
        subprocess.run([sys.executable, "-c", FILL, folder], check=True, cwd=ROOT, timeout=100)
        cache = get_cache(folder / "cache")
        return {
            Path(record.uri).stem: texts(cache.get_cache_bundle(record.pk).nb.cells[0])
            for record in cache.list_cache_records()
        }

    def test_each_notebook_has_a_kernel_of_its_own(self, tmp_path):
        code = """\
import os, sys
known, x = 'x' in globals(), 1
'torch' in sys.modules, os.getcwd(), os.getpid(), known
"""
        outputs = self.run_all(tmp_path, **{name: f"# {name}\n{code}" for name in "abc"})
        found = [ast.literal_eval(text) for text in outputs.values()]
        assert len(found) == 3
        assert len({pid for *_, pid, _ in found}) == 3
        assert {(torch, folder, known) for torch, folder, _, known in found} == {
            (True, str(tmp_path), False)
        }

    def test_figures_are_shown_and_programs_started(self, tmp_path):
        outputs = self.run_all(
            tmp_path,
            figure="from matplotlib import pyplot as plt; _ = plt.plot([1, 2])",
            program="!echo printed by a program",
        )
        assert "<Figure size" in outputs["figure"]
        assert "printed by a program" in outputs["program"]

    def test_a_kernel_that_is_killed_takes_no_other_with_it(self, tmp_path):
        outputs = self.run_all(tmp_path, first=KILLED, second="1", third="2")
        assert outputs == {"second": "1", "third": "2"}

    def test_none_is_left_when_the_notebooks_are_interrupted(self, tmp_path):
        code = "import os, time; open(f'{os.getpid()}.running', 'w').close(); time.sleep(99)"
        for name in ("first", "second"):
            (tmp_path / f"{name}.md").write_text(TEXT.format(code=f"# {name}\n{code}"))
        with TemporaryDirectory() as folder:  # for what is left when it is killed
            environment = {**os.environ, "TMPDIR": folder}
            command = [sys.executable, "-c", FILL, tmp_path]
            program = subprocess.Popen(command, cwd=ROOT, env=environment)
            wait_until(lambda: [*tmp_path.glob("*.running")] or program.poll() is not None)
            program.kill()
            program.wait()
        kernels = [path.stem for path in tmp_path.glob("*.running")]
        assert kernels
        wait_until(lambda: not any(Path("/proc", kernel).exists() for kernel in kernels))


def texts(cell):
    """Return the texts of a cell's outputs, one after another."""
    return "".join(output.get("text") or output["data"]["text/plain"] for output in cell.outputs)


def wait_until(holds, seconds=60):
    """Wait for something, but not forever."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)
