// The lab as a widget: joins model, controls, training and pictures.
import { fromQuery, toQuery } from "./address.js";
import { button, checkField, element, legendList, numberField, taskList, weightField } from "./controls.js";
import { connect } from "./kernel.js";
import { scatter } from "./noise.js";
import { drawAll, makePictures } from "./pictures.js";
import { makePlayer } from "./player.js";
import { loss, makeProblem } from "./problem.js";
import { short } from "./scale.js";
import { fullLimit, stableRate } from "./stability.js";
import { makeTiming } from "./timing.js";
import { advance, allowed, begin, DEFAULTS, plannedSteps, warm } from "./training.js";
import { ending, legend, plural } from "./words.js";

const SETTINGS_NAMES = Object.keys(DEFAULTS);
const COLORS = ["var(--lab-1)", "var(--lab-2)", "var(--lab-3)", "var(--lab-4)", "var(--lab-5)"];
const DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 4"];
const REST = 200; // milliseconds without a change, after which the time of a step is measured
const now = () => performance.now() / 1000;

function render({ model, el }) {
  const view = model.get("table");
  const bytes = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  const problem = makeProblem(new Float32Array(bytes));
  const pictures = makePictures();
  warm(problem, now);
  const timing = makeTiming(problem, now);
  const state = {
    run: null, noise: null, pinned: [], peer: null, axes: [0, 4], applying: false, conclusion: "",
  };
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  const timers = { measure: 0, share: 0 };

  // --- Settings: the model has them, and Python learns what was brought into range ---------
  const settings = () =>
    Object.fromEntries(SETTINGS_NAMES.map((name) => [name, allowed(name, model.get(name))]));
  const set = (changes) => {
    state.applying = true;
    for (const [name, value] of Object.entries({ ...settings(), ...changes })) {
      if (allowed(name, value) !== model.get(name)) model.set(name, allowed(name, value));
    }
    placeSliders();
    state.applying = false;
    model.save_changes();
    update();
  };

  // --- Sliders: each has a list of values, and stands at the nearest of them ---------
  const sliders = {
    batch_index: ["batch_size", model.get("batch_sizes")],
    lr_index: ["lr", model.get("rates")],
  };
  function placeSliders() {
    for (const [index, [name, values]] of Object.entries(sliders)) {
      const far = values.map((value) => Math.abs(Math.log(value / settings()[name])));
      model.set(index, far.indexOf(Math.min(...far)));
    }
  }

  // --- Controls -----------------------------------------------------------------
  const field = (label, name, options) =>
    numberField(label, options, (value) => set({ [name]: allowed(name, value) }));
  const fields = {
    num_epochs: field("epochs", "num_epochs", { min: 1, max: 20, step: 1 }),
    momentum: field("momentum", "momentum", { min: 0, max: 0.99, step: 0.1 }),
    seed: field("seed", "seed", { min: 0, max: 9999, step: 1 }),
    replacement: checkField("with replacement", (v) => set({ replacement: v })),
    decay: checkField("divide the rate by 10 each epoch", (v) => set({ decay: v })),
    genie: checkField("the genie's doubled data", (v) => set({ genie: v })),
  };
  const result = element("p", { class: "lab-result", role: "status" });
  const say = (text) => (result.textContent = text);
  const ask = button("Run in PyTorch", () => {
    ask.disabled = true;
    kernel.ask(settings());
  }, { hidden: true });
  const watchButton = button("Watch it train", watch);
  const link = element("a", { class: "lab-link" }, "Link to this setting");
  const list = element("ul", { class: "lab-legend", "aria-label": "Runs in the pictures" });
  const axis = (label, k) => weightField(label, state.axes[k], (chosen) => {
    state.axes[k] = chosen;
    redraw();
  });
  const tasks = taskList(
    (part) => set({ ...DEFAULTS, seed: settings().seed, ...fromQuery(part) }),
    { limit: problem.limit }, () => state.run && refresh());
  el.classList.add("d2l-lab");
  el.replaceChildren(
    element("div", { class: "lab-controls", role: "group", "aria-label": "Settings of the run" },
      ...Object.values(fields).map((one) => one.label),
      button("Draw again", () => set({ seed: (settings().seed + 1) % 10000 }))),
    element("div", { class: "lab-actions", role: "group", "aria-label": "What to do with the run" },
      watchButton, button("One step", () => player.step()), button("Pin this run", pin),
      button("Unpin all", () => { state.pinned = []; redraw(); }), ask, link),
    result, list,
    element("div", { class: "lab-pictures" }, ...Object.values(pictures).map(({ figure }) => figure)),
    element("div", { class: "lab-controls", role: "group", "aria-label": "Weights of the path" },
      axis("path: across", 0), axis("up", 1)),
    tasks.section,
  );

  // --- Running ------------------------------------------------------------------
  function update() {
    const chosen = settings();
    player.stop();
    kernel.cancel();
    state.peer = null;
    ask.disabled = false;
    const run = begin(problem, chosen, { path: true });
    state.noise = scatter(problem, run.w, chosen);
    state.run = advance(run);
    redraw();
    conclude();
    for (const [name, one] of Object.entries(fields)) one.show(chosen[name]);
    link.href = toQuery(chosen, location.search);
    share(chosen);
    clearTimeout(timers.measure);
    if (!timing.known(chosen)) timers.measure = setTimeout(measure, REST, chosen);
  }

  function measure(chosen) {
    timing.measure(chosen);
    refresh();
  }

  /** Draw and say the same run again, after something about it became known or hidden. */
  function refresh() {
    const ended = result.textContent === state.conclusion;
    redraw();
    if (ended) conclude();
  }

  const conclude = () => say((state.conclusion = described(state.run).sentence));

  /** What the pictures need to know of a run. */
  function described(run) {
    const { settings: own } = run;
    const seconds = timing.of(own);
    const full = fullLimit(problem, own.momentum);
    const limit = tasks.hidden() ? null : { rate: stableRate(problem, own), full };
    return {
      settings: own, limit, path: { ...run.path }, name: legend(own),
      log: run.log.map((p) => ({ examples: p.seen, seconds: p.steps * seconds, loss: p.loss })),
      planned: run.size * own.num_epochs,
      sentence: ending({ run, seconds, measured: timing.known(own), limit }),
    };
  }

  function redraw() {
    const styled = (run, k) => ({ ...described(run), color: COLORS[k], dash: DASHES[k] });
    const shown = [
      { ...styled(state.run, 0), noise: state.noise },
      ...state.pinned.map(({ run, slot }) => ({ ...styled(run, slot), pinned: true })),
      ...(state.peer ? [state.peer] : []),
    ];
    drawAll(pictures, problem, shown, state.axes);
    legendList(list, shown, (k) => { state.pinned.splice(k - 1, 1); redraw(); });
  }

  function pin() {
    const free = [1, 2, 3, 4].find((k) => !state.pinned.some((one) => one.slot === k));
    if (free === undefined) return say("Four runs are pinned; unpin one first.");
    const { run } = state;
    state.pinned.push({ run: { ...run, log: [...run.log], path: { ...run.path } }, slot: free });
    redraw();
    say(`Pinned: ${legend(run.settings)}.`);
  }

  // --- Watching: what is seen is the run itself, taken again from its first step -------------
  const player = makePlayer({
    start() {
      const chosen = settings();
      say(`Training: ${plural(plannedSteps(problem, chosen), "step")}.`);
      return { run: begin(problem, chosen, { path: true }), planned: plannedSteps(problem, chosen) };
    },
    show(run, planned) {
      state.run = run;
      redraw();
      if (run.done) conclude();
      else if (!player.playing()) {
        say(`Step ${run.steps} of ${planned}: the loss is ${short(loss(problem, run.w), 4)}.`);
      }
    },
    changed() {
      const rest = player.underway() ? "Go on" : "Watch it train";
      watchButton.textContent = player.playing() ? "Pause" : rest;
    },
  });
  function watch() {
    if (player.playing()) player.pause();
    else if (reducedMotion.matches) update();
    else player.play();
  }

  // --- The address, where the page has one of its own -----------------------------
  const inJupyter = document.getElementById("jupyter-config-data") !== null;
  function share(chosen) {
    clearTimeout(timers.share);
    const wanted = fromQuery(location.search) !== null || toQuery(DEFAULTS) !== toQuery(chosen);
    if (inJupyter || !wanted) return;
    // Browsers allow only so many changes of the address in a while.
    timers.share = setTimeout(() =>
      history.replaceState(null, "", toQuery(settings(), location.search) + location.hash), 300);
  }

  // --- The kernel, where there is one ---------------------------------------------
  const kernel = connect(model, {
    ready: () => (ask.hidden = false),
    curve({ losses, epochs, seconds, settings: own }) {
      ask.disabled = false;
      const rows = state.run.size;
      const log = losses.map((one, k) => ({ examples: epochs[k] * rows, seconds: seconds[k], loss: one }));
      state.peer = {
        log, name: `PyTorch, ${legend(own)}`, color: "currentColor", dash: "1 3",
        planned: rows * own.num_epochs,
      };
      redraw();
      const end = (points) => `${points.at(-1).loss.toFixed(4)} after ${points.at(-1).seconds.toFixed(4)} s`;
      say(`PyTorch ends at ${end(log)}; this browser at ${end(described(state.run).log)}.`);
    },
    failed({ message }) {
      ask.disabled = false;
      say(`PyTorch could not run this. ${message}`);
    },
  });

  // --- The model -------------------------------------------------------------------
  const listeners = Object.fromEntries([
    ...SETTINGS_NAMES.map((name) => [name, () => state.applying || set({})]),
    ...Object.entries(sliders).map(([index, [name, values]]) =>
      [index, () => state.applying || set({ [name]: values[model.get(index)] })]),
  ]);
  for (const [name, listener] of Object.entries(listeners)) model.on(`change:${name}`, listener);
  const asked = inJupyter ? null : fromQuery(location.search);
  set(asked ? { ...DEFAULTS, ...asked } : {});
  return () => {
    player.stop();
    kernel.close();
    Object.values(timers).forEach(clearTimeout);
    for (const [name, listener] of Object.entries(listeners)) model.off(`change:${name}`, listener);
  };
}

export default { render };
