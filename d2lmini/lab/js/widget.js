// The lab as a widget: joins model, controls, training and pictures.
import { allowed, fromQuery, toQuery } from "./address.js";
import { button, checkField, element, legendList, numberField, taskList, weightField } from "./controls.js";
import { drawAll, makePictures } from "./pictures.js";
import { makeProblem } from "./problem.js";
import { scatter } from "./noise.js";
import { advance, begin, DEFAULTS, secondsPerStep, warm } from "./training.js";
import { ending, legend } from "./words.js";

const SETTINGS = Object.keys(DEFAULTS);
const COLORS = ["var(--lab-1)", "var(--lab-2)", "var(--lab-3)", "var(--lab-4)", "var(--lab-5)"];
const DASHES = ["", "7 3", "2 3", "9 3 2 3", "4 4"];
const FRAMES = 150; // of a run that is watched
const now = () => performance.now() / 1000;

/** What the pictures need to know of a run. */
function described(run, seconds, noise) {
  const log = run.log.map((p) => ({ examples: p.seen, seconds: p.steps * seconds, loss: p.loss }));
  const { settings } = run;
  return {
    run, settings, secondsPerStep: seconds, noise, log, path: run.path,
    planned: run.size * settings.num_epochs, name: legend(settings),
    sentence: ending({ run, secondsPerStep: seconds }),
  };
}

function render({ model, el }) {
  const view = model.get("table");
  const problem = makeProblem(new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength)));
  const pictures = makePictures();
  const state = { present: null, pinned: [], peer: null, axes: [0, 4], watching: 0, applying: false };
  let untouched = 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const settings = () => Object.fromEntries(SETTINGS.map((name) => [name, allowed(name, model.get(name))]));
  const set = (changes) => {
    clearTimeout(untouched);
    state.applying = true;
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    placeSliders();
    state.applying = false;
    model.save_changes();
    update();
  };

  // --- Sliders: each has a list of values, and stands at the nearest of them ---------
  const sliders = { batch_index: ["batch_size", model.get("batch_sizes")], lr_index: ["lr", model.get("rates")] };
  function placeSliders() {
    for (const [index, [name, values]] of Object.entries(sliders)) {
      const far = values.map((value) => Math.abs(Math.log(value / settings()[name])));
      model.set(index, far.indexOf(Math.min(...far)));
    }
  }
  for (const [index, [name, values]] of Object.entries(sliders)) {
    model.on(`change:${index}`, () => state.applying || set({ [name]: values[model.get(index)] }));
  }

  // --- Controls -----------------------------------------------------------------
  const fields = {
    num_epochs: numberField("epochs", { min: 1, max: 20, step: 1 }, (v) => set({ num_epochs: allowed("num_epochs", v) })),
    momentum: numberField("momentum", { min: 0, max: 0.99, step: 0.1 }, (v) => set({ momentum: allowed("momentum", v) })),
    seed: numberField("seed", { min: 0, max: 9999, step: 1 }, (v) => set({ seed: allowed("seed", v) })),
    replacement: checkField("with replacement", (v) => set({ replacement: v })),
    decay: checkField("divide the rate by 10 each epoch", (v) => set({ decay: v })),
    genie: checkField("the genie's doubled data", (v) => set({ genie: v })),
  };
  const ask = button("Run in PyTorch", () => {
    ask.disabled = true;
    model.send({ kind: "train", settings: settings() });
  }, { hidden: true });
  const result = element("p", { class: "lab-result", role: "status" });
  const link = element("a", { class: "lab-link" }, "Link to this setting");
  const list = element("ul", { class: "lab-legend", "aria-label": "Runs in the pictures" });
  el.classList.add("d2l-lab");
  el.replaceChildren(
    element("div", { class: "lab-controls", role: "group", "aria-label": "Settings of the run" },
      ...Object.values(fields).map((field) => field.label),
      button("Draw again", () => set({ seed: allowed("seed", (settings().seed + 1) % 10000) }))),
    element("div", { class: "lab-actions", role: "group", "aria-label": "What to do with the run" },
      button("Watch it train", watch), button("Pin this run", pin), button("Unpin all", () => { state.pinned = []; redraw(); }), ask, link),
    result, list,
    element("div", { class: "lab-pictures" }, ...Object.values(pictures).map(({ figure }) => figure)),
    element("div", { class: "lab-controls", role: "group", "aria-label": "Weights of the path" },
      weightField("path: across", state.axes[0], (k) => { state.axes[0] = k; redraw(); }),
      weightField("up", state.axes[1], (k) => { state.axes[1] = k; redraw(); })),
    taskList((part) => set({ ...DEFAULTS, seed: settings().seed, ...fromQuery(part) })),
  );

  // --- Running ------------------------------------------------------------------
  function update() {
    cancelAnimationFrame(state.watching);
    const chosen = settings();
    const run = advance(begin(problem, chosen));
    const noise = scatter(problem, run.path[0], chosen);
    show(described(run, secondsPerStep(problem, chosen, now), noise));
    for (const [name, field] of Object.entries(fields)) field.show(chosen[name]);
    state.peer = null;
    ask.disabled = false;
    link.href = toQuery(chosen, location.search);
    share(chosen);
  }

  function show(present) {
    state.present = present;
    redraw();
    result.textContent = present.sentence;
  }

  function redraw() {
    const { present, pinned, peer } = state;
    const shown = [{ ...present, color: COLORS[0], dash: DASHES[0] }, ...pinned, ...(peer ? [peer] : [])];
    drawAll(pictures, problem, shown, state.axes);
    legendList(list, shown, (k) => { state.pinned.splice(k - 1, 1); redraw(); });
  }

  function pin() {
    const free = [1, 2, 3, 4].find((k) => !state.pinned.some((one) => one.slot === k));
    if (free === undefined) {
      result.textContent = "Four runs are pinned; unpin one first.";
      return;
    }
    state.pinned.push({ ...state.present, slot: free, color: COLORS[free], dash: DASHES[free], pinned: true });
    redraw();
    result.textContent = `Pinned: ${state.present.name}.`;
  }

  /** Train anew, some steps a frame: what is seen is the run itself. */
  function watch() {
    clearTimeout(untouched);
    if (calm.matches) return update();
    cancelAnimationFrame(state.watching);
    const { settings: chosen, secondsPerStep: seconds, noise, run: whole } = state.present;
    const run = begin(problem, chosen);
    const most = Math.ceil(whole.steps / FRAMES);
    const frame = () => {
      advance(run, most);
      state.present = described(run, seconds, noise);
      redraw();
      if (run.done) result.textContent = state.present.sentence;
      else state.watching = requestAnimationFrame(frame);
    };
    state.watching = requestAnimationFrame(frame);
  }

  // --- The address, where the page has one of its own -----------------------------
  const inJupyter = document.getElementById("jupyter-config-data") !== null;
  let later;
  function share(chosen) {
    clearTimeout(later);
    const wanted = fromQuery(location.search) !== null || toQuery(DEFAULTS) !== toQuery(chosen);
    if (inJupyter || !wanted) return;
    // Browsers allow only so many changes of the address in a while.
    later = setTimeout(() => history.replaceState(null, "", toQuery(settings(), location.search) + location.hash), 300);
  }

  // --- The kernel, where there is one ---------------------------------------------
  const heard = (message) => {
    if (message.kind === "ready") ask.hidden = false;
    if (message.kind !== "curve") return;
    ask.disabled = false;
    const n = state.present.run.size;
    const log = message.losses.map((loss, k) => ({ examples: message.epochs[k] * n, seconds: message.seconds[k], loss }));
    state.peer = {
      log, name: `PyTorch, ${legend(message.settings)}`, color: "currentColor", dash: "1 3",
      planned: n * message.settings.num_epochs,
    };
    redraw();
    result.textContent = `PyTorch ends at ${log.at(-1).loss.toFixed(4)} after ${log.at(-1).seconds.toFixed(4)} s; this browser at ${state.present.log.at(-1).loss.toFixed(4)} after ${state.present.log.at(-1).seconds.toFixed(4)} s.`;
  };

  const changed = () => state.applying || set({});
  for (const name of SETTINGS) model.on(`change:${name}`, changed);
  model.on("msg:custom", heard);
  warm(problem, now);
  const said = inJupyter ? null : fromQuery(location.search);
  if (said) set({ ...DEFAULTS, ...said });
  else set({});
  // Browsers compile in the background: what was timed at first is timed again a moment later.
  untouched = setTimeout(() => set({}), 600);
  model.send({ kind: "hello" });
  return () => {
    cancelAnimationFrame(state.watching);
    clearTimeout(later);
    clearTimeout(untouched);
    for (const name of SETTINGS) model.off(`change:${name}`, changed);
    for (const index of Object.keys(sliders)) model.off(`change:${index}`);
    model.off("msg:custom", heard);
  };
}

export default { render };
