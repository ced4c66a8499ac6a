// Axes: from values to places in the picture, and the ticks between.

/** A linear or logarithmic scale from [low, high] to [from, to]. */
export function makeScale({ low, high, log = false }, from, to) {
  const f = log ? Math.log10 : (v) => v;
  const factor = (to - from) / (f(high) - f(low) || 1);
  const place = (value) => from + (f(value) - f(low)) * factor;
  return Object.assign(place, { ticks: log ? decades(low, high) : rounds(low, high) });
}

/** Round numbers between low and high, about five. */
function rounds(low, high) {
  const rough = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) ticks.push(k * step);
  return ticks;
}

/** Powers of ten; between them others where there is room. */
function decades(low, high) {
  const ticks = [];
  const span = Math.log10(high / low);
  const fine = span < 2 ? [1, 2, 5] : span < 3.4 ? [1, 3] : [1];
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) {
    for (const m of fine) {
      const tick = m * 10 ** e;
      if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
    }
  }
  return ticks;
}

/** A number as a person writes it, with few digits. */
export function short(value, digits = 3) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "not a number";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-4) return String(+value.toPrecision(digits)).replaceAll("-", "−");
  const text = size >= 1000 ? Math.round(value).toLocaleString("en") : String(+value.toPrecision(digits));
  return text.replace("-", "−");
}
