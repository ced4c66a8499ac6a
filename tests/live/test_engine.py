"""The engine's script in a browser, from a file; its weight; its memory."""

import gzip

import pytest
from d2lbook.live_engine import ROOT, write_engine
from playwright.sync_api import sync_playwright

from tests.live.node import in_micropython
from tools.find_browser import FLAGS, find_for_tests

RUN = """async ([text, seconds, stopAtText]) => {
    const events = [];
    const run = d2lLive.run(text, {
        seconds,
        onOutput(event) {
            events.push(event);
            if (stopAtText && event.kind === "text") run.stop();
        },
    });
    return { ...await run.done, events };
}"""


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    folder = tmp_path_factory.mktemp("live")
    write_engine(folder, ROOT / "node_modules")
    return folder / "engine.js"


@pytest.fixture(scope="module")
def run(script):
    path = find_for_tests()
    if path is None:
        pytest.skip("no Chromium was found: run `make test`, or name one in D2LMINI_CHROMIUM")
    page_file = script.with_name("page.html")
    page_file.write_text('<!doctype html><meta charset="utf8"><script src="engine.js"></script>')
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page()
        requests = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(page_file.as_uri())
        yield lambda text, seconds=10, stop=False: page.evaluate(RUN, [text, seconds, stop])
        assert all(url.startswith(("file:", "blob:", "data:")) for url in requests), requests
        browser.close()


def texts(result):
    return "".join(event["text"] for event in result["events"] if event["kind"] == "text")


def test_weight(script):
    assert len(gzip.compress(script.read_bytes(), 9)) < 400_000


def test_a_cell_runs(run):
    result = run("import numpy as np\nx = np.arange(3)\nprint(x.sum())\nx")
    assert result["status"] == "finished"
    assert texts(result) == "3\narray([0, 1, 2])\n"


def test_each_run_is_fresh(run):
    assert run("kept = 3")["status"] == "finished"
    assert "name 'kept' is not defined" in run("kept")["message"]


def test_an_endless_loop_ends_by_itself(run):
    result = run("print('begun')\nwhile True:\n    pass", seconds=0.3)
    assert result["status"] == "too long"
    assert texts(result) == "begun\n"


def test_an_endless_loop_is_stopped(run):
    result = run("def f():\n    while True:\n        pass\n\nprint('begun')\nf()", stop=True)
    assert result["status"] == "stopped"
    assert texts(result) == "begun\n"


def test_a_run_after_a_stopped_one(run):
    assert run("while True: print(1)", stop=True)["status"] == "stopped"
    assert texts(run("print(2)")) == "2\n"


def test_an_error(run):
    result = run("x = 1\nx / 0")
    assert (result["status"], result["line"]) == ("failed", 2)
    assert result["message"].endswith("ZeroDivisionError: division by zero")


def test_curves_and_text_come_in_order(run):
    cell = """
import numpy as np
from d2lmini.plotting import plot
print("before")
plot([1, 2], [np.array([0.5, np.nan]), [3, np.inf]], xlabel="step", legend=["a", "b"])
plot([3.0, 4.0, 5.0])
print("after")
"""
    events = run(cell)["events"]
    assert [event["kind"] for event in events] == ["text", "curve", "curve", "text"]
    first, second = events[1:3]
    assert first["x"] == [1, 2]
    assert first["ys"][0][0] == 0.5
    assert first["ys"][1] == [3, float("inf")]
    assert (first["labels"], first["xlabel"], first["ylabel"]) == (["a", "b"], "step", "")
    assert (second["x"], second["ys"]) == ([0, 1, 2], [[3, 4, 5]])


def test_very_much_text_is_cut(run):
    result = run("for i in range(100000):\n    print('0123456789')")
    assert result["status"] == "finished"
    assert len(texts(result)) < 250_000
    assert "the rest is not shown" in texts(result)


LOOP = """
import numpy as np

def train(steps):
    x = np.ones(20000)
    for step in range(steps):
        x = x * 0.5 + 0.5
    return x[0]

x = np.ones(20000)
for step in range(800):
    x = x * 0.5 + 0.5
print(train(800), [train(400) for k in range(2)], {k: train(400) for k in range(2)})
numbers = 0.5
for step in range(1000000):
    numbers = numbers * 0.5 + step
"""


def test_memory_is_given_back_within_a_run():
    """The arrays of all steps have a gigabyte, and the floats of the loop 30 megabytes."""
    (run,) = in_micropython(LOOP)
    assert run["status"] == "finished"
    assert run["memory"] < 150e6
