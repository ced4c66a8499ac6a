"""Every piece in Firefox, alone in a page from a disk: it is quiet, all of it is reached with the
Tab key, it fits a phone, and it draws what Python computes."""

import math
import re
from functools import cache
from itertools import islice

import numpy as np
import pytest

from d2lmini.lab import PIECES, Cache, Clock, Lab, Minibatch, Network, Products, Race
from d2lmini.lab.cache import ORDERS, count_misses
from d2lmini.lab.clock import PLAN as CLOCK_PLAN, Orders, fewest_steps
from d2lmini.lab.lab_run import drawn_rows, seeded_random
from d2lmini.lab.network import PLAN
from d2lmini.lab.problem import constants, rows as rows_of_table
from d2lmini.lab.race import FINISH, LANES, N, losses_to, step_seconds
from d2lmini.lab.settings import load_table
from tests.built.checks.access import OPTIONS, RULES, RULES_ABOUT_COLORS, RUN_AXE, no_violation_in
from tests.built.drawn import (
    MIDDLES,
    RUNNERS,
    SHARES,
    TIP,
    WIDTHS,
    cells_in,
    ends_in,
    seconds_in,
)
from tests.built.firefox_page import QUESTIONS, FirefoxPage
from tests.built.lab_numbers import (
    BATCH_SIZES,
    FLOOR,
    RATES,
    color_of,
    excess_of,
    height_in,
    losses_of,
    middle_of_cell,
    plane_in,
)
from tests.built.lab_page import QUESTIONS as QUESTIONS_OF_LAB
from tests.built.pages import AXE
from tests.built.pieces import DARK, HEADING, SECONDS, products_of, write_piece
from tests.lab.node import ask_network

EXCESS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SETTINGS = {
    Clock: "?clock-level=0.25",  # it needs less time
    Lab: "?epochs=1&pins=b:3,lr:0.1",
    Network: "?network-epochs=1&network-rates=my+own",
}
"""Settings in which a piece has all its controls, where those of the first sight do not."""
STARTED = {
    Network: ("Run", ".network-status", "lowest test error"),
    Products: ("Start", ".products-spoken", "all at once done"),
    Race: ("Start", ".race-status", "Order of arrival"),
}
"""The button that starts a piece, and where it says in words that it was started."""
ON_ONE_SCREEN = {
    Cache: ".cache-counts input, .cache-grids, .cache-play",
    Clock: ".clock-picture, [aria-valuetext^=copies]",
    Lab: ".lab-map-plot, .lab-swarm-plot, .lab-curve-plot",
    Minibatch: ".minibatch-grid svg, .minibatch-controls",
    Network: ".network-run, .lab-chart:first-child > svg",
    Products: ".products-cards, .products-controls",
    Race: ".race-lanes, .race-buttons",
}
"""What of each piece is on one screen of a phone: its picture and its main control."""
ROOM = 640  # pixels that a phone's browser leaves to a page, of 844

every_piece = pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.module)


@pytest.fixture(scope="session", autouse=True)
def book():
    """The pages stand alone: no book need be built."""


@pytest.fixture(scope="module")
def address_of(firefox, tmp_path_factory):
    """Write the page of a piece once: ``address_of(piece)``."""
    for script in (QUESTIONS, QUESTIONS_OF_LAB):
        firefox.load_first(script)

    @cache
    def write(piece):
        folder = tmp_path_factory.mktemp(piece.module)
        return write_piece(folder, products_of(SECONDS) if piece is Products else piece)

    return write


@pytest.fixture
def page(firefox, address_of):
    """The page of a piece, which a test opens; it stays quiet while the test lasts."""
    page = FirefoxPage(firefox, address_of)
    yield page
    page.rest()
    assert firefox.messages == firefox.requests == []


# --- What is true of every piece


@every_piece
def test_axe_finds_nothing_in_either_theme(page, piece):
    page.open(piece, SETTINGS.get(piece, ""))
    page.call(HEADING)
    page.ask(f"(() => {{ {AXE.read_text(encoding='utf8')} }})()")
    axe_finds_nothing(page, RULES)
    if piece in STARTED:
        button, place, words = STARTED[piece]
        page.press_on(button, "Enter")
        page.wait_for_text(place, words)
        axe_finds_nothing(page, RULES)
    page.call(DARK)
    axe_finds_nothing(page, RULES_ABOUT_COLORS)


def axe_finds_nothing(page, rules):
    page.open_details()
    no_violation_in(page.call(RUN_AXE, rules | OPTIONS))


@every_piece
def test_the_tab_key_reaches_every_control(page, piece):
    page.open(piece, SETTINGS.get(piece, ""))
    page.open_details()
    count = page.ask("beginWalk()")
    # One more would lead out of the page, and the window would have the focus no longer.
    page.firefox.press(*["Tab"] * (count - 1))
    page.rest()
    stops, reached = page.ask("endWalk()")
    assert reached == stops
    assert count >= 5


@every_piece
def test_it_fits_a_phone_with_picture_and_control_on_one_screen(page, piece):
    page.open(piece, SETTINGS.get(piece, ""), width=390, height=844)
    assert page.ask(EXCESS) == 0
    assert 200 < page.call("heightOf", ON_ONE_SCREEN[piece]) <= ROOM


def test_what_a_page_may_not_do_is_seen(firefox, address_of):
    """The other tests would see it, too."""
    page = FirefoxPage(firefox, address_of)
    page.open(Cache)
    page.ask("console.debug('a word')")
    page.ask("void (new Image().src = 'https://example.org/picture.png')")
    page.rest()
    assert firefox.messages[0] == "console, debug: a word"
    assert any("policy violated, img-src: https://example.org/" in one for one in firefox.messages)


# --- What each of them draws


def places_in(frame, across, up, points):
    """Return where points are in a frame with logarithmic axes, of which the ends are given."""
    left, right, top, bottom = frame
    x, y = (
        np.log(values / low) / np.log(high / low)
        for values, (low, high) in zip(np.transpose(points), (across, up), strict=True)
    )
    return np.transpose([left + (right - left) * x, bottom - (bottom - top) * y])


def test_the_runners_of_the_race_go_as_numpy_does(page):
    page.open(Race, "?race-clock=your+own&race-alpha=350&race-beta=4700")
    page.press_on("α", "ArrowRight")
    page.wait_for_value("α, a step 500 µs")
    clock = {"alpha_us": 500, "beta_ns": 4700}
    costs = np.array([step_seconds(clock, b) for b, _ in LANES.values()])
    shown = [seconds_in(text.removeprefix("a step: ")) for text in page.texts(".race-result")]
    np.testing.assert_allclose(shown, costs, rtol=6e-3)
    runs = [losses_to(FINISH, *lane) for lane in LANES.values()]
    time = sorted({k * cost for cost in costs for k in range(1, 9)})[7]
    steps = (time / costs + 1e-9).astype(int)
    page.press_on("Step", *["Enter"] * 8)
    page.wait_for_text(".race-result", f"{steps[0]} steps of")
    expected = [progress(run[k]) for run, k in zip(runs, steps, strict=True)]
    np.testing.assert_allclose(page.call(RUNNERS), expected, atol=0.003)
    assert max(expected) > 0.05


START = constants()["s"] / 2 - FLOOR
"""The loss above its floor before the race."""


def progress(loss):
    """Return how far a loss is from the start of the race to its finish."""
    share = math.log(START / (loss - FLOOR)) / math.log(START / (FINISH - FLOOR))
    return max(0, min(1, share))


def test_the_race_leaves_a_dot_at_each_step_and_judges_the_guess(page):
    page.open(Race, "?race-clock=your+own&race-alpha=350&race-beta=4700")
    clock = {"alpha_us": 350, "beta_ns": 4700}
    runs = [losses_to(FINISH, *lane) for lane in LANES.values()]
    times = [
        (len(run) - 1) * step_seconds(clock, b)
        for run, (b, _) in zip(runs, LANES.values(), strict=True)
    ]
    order = sorted(LANES, key=dict(zip(LANES, times, strict=True)).get)
    for name in order[:3]:  # the last one gets the place that is left
        page.press_on(f"Your guess: the place of {name}", str(1 + order.index(name)))
    page.press_on("Start", "Enter")
    page.wait_for_text(".race-status", f"Order of arrival: {', '.join(order)}. Your order:")
    assert page.texts(".race-status")[0].endswith(" 4 of 4 places are right.")
    for run, path in zip(runs, page.call("paths", ".race-dots"), strict=True):
        drawn = np.array(re.findall(r"M(\d+) ", path), int)
        wanted = np.array([1000 * progress(loss) for loss in run[1:]])
        distances = np.abs(np.subtract.outer(drawn, wanted))
        assert max(distances.min(axis=0).max(), distances.min(axis=1).max()) < 0.51
    page.press_on("Numbers", "Enter")
    page.wait_for("tableRows().length === 4")
    table = page.ask("tableRows()")
    assert [int(row[4].replace(",", "")) for row in table] == [len(run) - 1 for run in runs]
    assert [seconds_in(row[6]) for row in table] == pytest.approx(times, rel=6e-3)


def decades(values):
    """Return the ends of the axis that the clock draws for some values: powers of ten."""
    low = math.floor(math.log10(min(values)))
    return 10**low, 10 ** max(low + 2, math.ceil(math.log10(max(values))))


def test_the_clock_draws_numpys_steps_times_what_a_step_costs(page):
    page.open(Clock, "?clock-clock=your+own&clock-alpha=350&clock-beta=4700&clock-level=0.25")
    page.press_on("β", "ArrowRight")
    page.press_on("copies", "ArrowRight")
    page.wait_for_text(".clock-status", "Gradient descent, on 3,000 rows")
    frames, dots, descent = page.ask(
        f"[framesOf('.clock-picture .lab-axis'), ({MIDDLES})('.clock-dot'), "
        f"({MIDDLES})('.clock-all')]"
    )
    orders, sizes = Orders(), np.array([*CLOCK_PLAN["sizes"], 2 * N])
    steps = np.array([fewest_steps(0.25, min(b, N), orders)[0] for b in sizes])
    clock = {"alpha_us": 350, "beta_ns": 7000}
    costs = np.array([step_seconds(clock, b) for b in sizes])
    widest = step_seconds(clock, 1000 * N)
    quantities = [
        (steps, [1, *steps]),
        (costs, [step_seconds(clock, 1), widest]),
        (steps * costs, [*(steps * costs), steps[-1] * widest]),
    ]
    count = len(dots) // 3  # among them minibatches of more rows than the table has
    for k, (values, domain) in enumerate(quantities):
        points = np.transpose([sizes, values])
        expected = places_in(frames[k], (1, 1000 * N), decades(domain), points)
        drawn = [*dots[count * k : count * k + len(sizes) - 1], descent[k]]
        np.testing.assert_allclose(drawn, expected, atol=0.15)


def test_the_table_of_the_clock_multiplies_steps_and_costs(page):
    page.open(Clock, "?clock-clock=your+own&clock-alpha=350&clock-beta=4700&clock-level=0.25")
    page.press_on("α", "Home")
    page.press_on("Numbers", "Enter")
    page.wait_for("tableRows().length === 11")
    for b, _, steps, cost, time in page.ask("tableRows()"):
        expected = 1e-9 + 4.7e-6 * int(b.replace(",", ""))
        assert seconds_in(cost) == pytest.approx(expected, rel=6e-3)
        total = int(steps.replace(",", "")) * expected
        assert seconds_in(time) == pytest.approx(total, rel=6e-3)


def test_the_minibatch_has_the_rows_that_python_draws_and_their_mean(page):
    page.open(Minibatch, "?minibatch-b=10&minibatch-seed=3")
    page.press_on("batch size", "ArrowRight")
    choices = load_table("minibatch")["batch_size"]["choices"]
    b = choices[choices.index(10) + 1]
    page.wait_for_text(".minibatch-words", f"Step of {b} rows")
    uniform = seeded_random(3)
    list(islice(drawn_rows(uniform, N), 10))  # what the page drew before the key was pressed
    drawn = list(islice(drawn_rows(uniform, N), b))
    ((rows,), (lit,), (arrows,), tip, ring) = page.ask(
        "[...['.minibatch-rows', '.minibatch-lit', '.minibatch-single'].map(paths), "
        f"({TIP})(), document.querySelector('.minibatch-ring').rx.baseVal.value]"
    )
    points = [re.findall(r"M([\d.]+ [\d.]+)h0", path) for path in (rows, lit)]
    assert points[1] == [points[0][row] for row in drawn]
    X, target = rows_of_table()
    directions = Minibatch.data()["directions"]
    plane = np.transpose([directions["along"], directions["across"]])
    steps = (X * target[:, None] @ plane)[drawn]
    np.testing.assert_allclose(ends_in(arrows), steps, atol=6e-4)
    np.testing.assert_allclose(tip, steps.mean(axis=0), atol=3e-3)
    xx, xy, yy = directions["covariance"]
    variance = np.linalg.eigvalsh([[xx, xy], [xy, yy]]).max() * (N - b) / (N - 1) / b
    assert ring == pytest.approx(math.sqrt(variance), abs=6e-4)


def test_the_squares_are_as_full_as_the_measured_times_say(page):
    page.open(Products)
    calls = np.array([256**2, 256, 4, 1])
    seconds = np.array(list(SECONDS.values()))
    for time in sorted(seconds):
        made = np.minimum(calls, np.floor(time / seconds * calls + 1e-9)).astype(int)
        page.press_on("Skip to the next end", "Enter")
        page.wait_for_text(".products-count", f"{made[0]:,} of 65,536 calls")
        shares, counts = page.ask(f"[({SHARES})(), texts('.products-count')]")
        np.testing.assert_allclose(shares, made / calls, atol=1e-12)
        assert [int(text.split()[0].replace(",", "")) for text in counts] == made.tolist()
    bars = page.call(WIDTHS, ".products-bar")
    fit = np.polyfit(np.log(seconds), bars, 1)  # on a logarithmic axis
    np.testing.assert_allclose(bars, np.polyval(fit, np.log(seconds)), atol=0.2)
    page.press_on("what takes one second", "ArrowDown", "ArrowDown")
    page.wait_for_text(".products-pace", "needs 25.6 s")
    assert page.call(SHARES) == [0, 0, 0, 0]


def test_the_cache_has_the_misses_that_python_counts_and_shows_each_touch(page):
    page.open(Cache, "?cache-order=columns")
    page.press_on("columns", "ArrowDown")
    page.press_on("numbers in a line", "ArrowUp")
    page.press_on("block size", "ArrowRight")
    page.wait_for_value("block size 5")
    expected = [count_misses(order, 16, 5, 16, 5) for order in ORDERS]
    rows, widths = page.ask(f"[tableRows(), ({WIDTHS})('.cache-bar')]")
    assert [int(row[2].replace(",", "")) for row in rows] == expected
    shares = np.divide(expected, max(expected))
    np.testing.assert_allclose(np.divide(widths, max(widths)), shares, atol=0.01)
    page.press_on("Reset", "Enter")
    cells = [(112, 18), (224, 18), (0, 18), (230.25, 18), (6.25, 18)]  # of B, C, A, C, A
    colors = []
    for touch, cell in enumerate(cells, start=1):
        page.press_on("Step", "Enter")
        page.wait_for_text(".cache-progress", f"Touch {touch} of 8,448")
        path, cached, color = page.ask(
            "[paths('.cache-cell')[0], paths('.cache-cached')[0], "
            "getComputedStyle(document.querySelector('.cache-cell')).fill]"
        )
        assert cells_in(path) == (1, [cell])
        colors.append(color)
    assert cells_in(cached)[0] == 15  # three lines
    assert sorted(cells_in(cached)[1]) == [(0, 18), (112, 18), (224, 18)]
    assert colors[0] == colors[1] == colors[2] != colors[3] == colors[4]  # three misses, two hits


def cells_of_network(epochs):
    """Return the points that the network's program trains in Node, as the page has them."""
    table = load_table("network")
    job = {"key": "", "epochs": epochs, "seeds": 1, "sorted": False}
    jobs = [
        {**job, "optimizer": name, "batchSize": b, "rates": [table[f"{name}_rate"]["default"]]}
        for name in ("sgd", "momentum", "adam")
        for b in PLAN["batch_sizes"]
    ]
    held = PLAN["held_out"]
    return ask_network(*({"kind": "cell", "held": held, "job": job} for job in jobs))


def test_the_network_is_trained_in_the_background_to_the_errors_of_the_program(page):
    page.open(Network, "?network-epochs=1&network-rates=my+own")
    page.enter("epochs", "2")
    page.press_on("Run", "Enter")
    page.wait_for_text(".network-status", "lowest test error")
    page.press_on("Error at the end", "End")
    page.wait_for_text("output.lab-readout", "Adam, b = 1,200, rate 0.01: test error")
    frames, lines, mark, curve = page.ask(
        f"[framesOf('.lab-chart .lab-axis'), dottedLines(), ({MIDDLES})('.lab-mark circle'), "
        "pointsOn(document.querySelector('.lab-chart + .lab-chart svg svg g:last-child path'))]"
    )
    cells, count = cells_of_network(2), len(PLAN["batch_sizes"])
    points = [(cell["job"]["batchSize"], cell["test"]["median"]) for cell in cells]
    expected = places_in(frames[0], (0.8, 1500), (0.02, 1), np.clip(points, 0.02, [1e9, 1]))
    drawn = dict(lines)
    for k in range(3):
        places = expected[count * k : count * (k + 1)]
        np.testing.assert_allclose(drawn[f"var(--lab-{k + 1})"], places, atol=0.15)
    np.testing.assert_allclose(mark, expected[-1:], atol=0.15)
    errors = np.transpose([[1, 1, 1], cells[-1]["curve"]["test"]])
    heights = places_in(frames[1], (1, 2), (0.02, 1), errors)[:, 1]
    np.testing.assert_allclose(np.transpose(curve)[1], heights, atol=0.15)


# --- The lab

SHORT = "?epochs=1&replacement=1"


def settings_are(page, text):
    """Wait until the lab's result is that of settings; return the loss that it gives."""
    page.wait_for(f"texts('.lab-result')[0].startsWith('{text}:')")
    return float(re.search(r"loss (\d\.\d{4}),", page.texts(".lab-result")[0])[1])


def middle_of(box):
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def curve_is(page, **settings):
    """The curve of the run, and the loss in words, are those of the same run in NumPy."""
    axes, lines, result = page.ask("[curveAxes(), curveLines(), texts('.lab-result')[0]]")
    (drawn,) = (line["points"] for line in lines if line["color"] == "var(--lab-1)")
    losses = losses_of(**settings)
    heights = [height_in(axes, loss - FLOOR) for loss in losses]
    np.testing.assert_allclose(np.transpose(drawn)[1], heights, atol=0.3)
    assert f"loss {losses[-1]:.4f}," in result


def test_keys_walk_over_the_map_whose_cells_have_the_colors_of_the_ends_of_runs(page):
    page.open(Lab, SHORT)
    page.press_on("Map of 1,364 runs", "PageUp", "ArrowUp", *["ArrowRight"] * 5)
    settings_are(page, "b = 40, lr = 0.12, 1 epoch, with replacement")
    canvas, mark, image = page.ask(
        "[boxOf('.lab-map-plot canvas'), boxOf('.lab-map-cell'), mapPixels()]"
    )
    assert middle_of(mark) == pytest.approx(middle_of_cell(canvas, 40, 0.12), abs=1.5)
    pixels = np.reshape(image["data"], (image["height"], image["width"], 4))[::-1]
    for b, lr in [(1, 0.005), (1, 0.35), (10, 0.05), (100, 0.4), (750, 0.001), (1500, 2)]:
        excess = excess_of(batch_size=b, lr=lr, num_epochs=1, replacement=True)
        pixel = pixels[BATCH_SIZES.index(b), RATES.index(lr)]
        if math.isinf(excess):
            assert pixel[3] == 0
        else:
            np.testing.assert_allclose(pixel, [*color_of(excess), 255], atol=1)
    curve_is(page, batch_size=40, lr=0.12, num_epochs=1, replacement=True)


def test_the_swarm_and_the_curve_follow_the_sliders(page):
    page.open(Lab, "?b=1000&lr=0.4&epochs=5")
    page.press_on("batch size", "End")
    page.press_on("learning rate", "ArrowRight")
    settings_are(page, "b = 1500, lr = 0.5, 5 epochs")
    page.wait_for_text(".lab-swarm figcaption", "200 seeds")
    curve_is(page, batch_size=1500, lr=0.5, num_epochs=5)
    dots, box, painted = page.ask("[dots(), boxOf('.lab-swarm-plot > svg'), pixelsOfDots()]")
    X, target = rows_of_table()
    w = np.zeros(6)
    for _ in range(5):
        w -= 0.5 * X.T @ (X @ w - target) / N
    scale, origin = plane_in(box)
    place = origin + scale * w[[0, 4]] * [1, -1]  # frequency and thickness
    assert len(dots) == 200
    np.testing.assert_allclose([[dot["x"], dot["y"]] for dot in dots], [place] * 200, atol=0.01)
    assert painted > 20  # all of them on one place


def test_numbers_are_typed(page):
    page.open(Lab, "?b=1500&lr=0.85&epochs=1")
    page.enter("learning rate, typed", "0.953")
    page.enter("batch size, typed", "137")
    settings_are(page, "b = 137, lr = 0.953, 1 epoch")
    page.enter("momentum", "0.5")
    page.enter("seed", "9")
    settings_are(page, "b = 137, lr = 0.953, 1 epoch, momentum 0.5, seed 9")
    curve_is(page, batch_size=137, lr=0.953, num_epochs=1, momentum=0.5, seed=9)
    page.press_on("learning rate, typed", "Control+a", *"-3", "Enter")
    settings_are(page, "b = 137, lr = 0.0001, 1 epoch, momentum 0.5, seed 9")
    page.press_on("learning rate, typed", "ArrowUp")
    settings_are(page, "b = 137, lr = 0.01, 1 epoch, momentum 0.5, seed 9")


def test_the_mouse_drags_over_the_map(page):
    page.open(Lab, SHORT)
    canvas = page.ask("boxOf('.lab-map-plot canvas')")
    mouse = page.firefox.use_mouse
    mouse(middle_of_cell(canvas, 100, 0.4))
    assert page.texts(".lab-result")[0].startswith("b = 10, lr = 0.05,")
    mouse("down")
    settings_are(page, "b = 100, lr = 0.4, 1 epoch, with replacement")
    mouse(middle_of_cell(canvas, 1, 0.005), middle_of_cell(canvas, 20, 0.01))
    settings_are(page, "b = 20, lr = 0.01, 1 epoch, with replacement")
    mark = page.ask("boxOf('.lab-map-cell')")
    assert middle_of(mark) == pytest.approx(middle_of_cell(canvas, 20, 0.01), abs=1.5)
    curve_is(page, batch_size=20, lr=0.01, num_epochs=1, replacement=True)
    mouse((2, 2))  # outside: the cell nearest to it
    settings_are(page, "b = 1500, lr = 0.001, 1 epoch, with replacement")
    mouse("up", middle_of_cell(canvas, 30, 0.1))
    page.rest()
    assert page.texts(".lab-result")[0].startswith("b = 1500, lr = 0.001,")


def test_the_mouse_drags_the_start_of_the_swarm(page):
    page.open(Lab, "?epochs=1")
    box, start = page.ask("[boxOf('.lab-swarm-plot > svg'), boxOf('.lab-start')]")
    scale, origin = plane_in(box)
    x, y = middle_of(start)
    assert (x - box["x"], y - box["y"]) == pytest.approx(tuple(origin), abs=0.1)
    page.firefox.use_mouse((x, y), "down", (x + 20, y + 10), (x + 40, y + 25), "up")
    page.wait_for(f"Math.abs(boxOf('.lab-start').x - {start['x'] + 40}) < 1.5")
    moved, across, up = page.ask(
        "[boxOf('.lab-start'), ...['start, across', 'start, up'].map((name) => {"
        " focusOn(name); return Number(document.activeElement.value); })]"
    )
    assert middle_of(moved) == pytest.approx((x + 40, y + 25), abs=1.5)
    assert (across, up) == pytest.approx((40 / scale, -25 / scale), abs=0.02)
    curve_is(page, num_epochs=1, start_across=across, start_up=up)
