// Stands in for the engine of live cells, and understands only what the tests of the page need.
(() => {
  /** @typedef {(event: object) => void} Listener */

  const CURVE = { kind: "curve", labels: [], xlabel: "<step>", ylabel: "loss" };

  /** What a line does: its beginning, and then what is done with its rest. */
  /** @type {Record<string, (rest: string, onOutput: Listener) => void>} */
  const COMMANDS = {
    print: (rest, onOutput) => onOutput({ kind: "text", text: `${JSON.parse(rest)}\n` }),
    many: (rest, onOutput) => onOutput({ kind: "text", text: "again\n".repeat(Number(rest)) }),
    plot: (rest, onOutput) => {
      const ys = [rest.split(" ").map(Number)];
      onOutput({ ...CURVE, ys, x: ys[0].map((_, k) => k) });
    },
    check: (rest, onOutput) => onOutput({ kind: "text", text: `${JSON.parse(rest)}\n` }),
  };

  /**
   * @param {string} text
   * @param {Listener} onOutput
   */
  const execute = (text, onOutput) => {
    const { lines, verdict } = parse(text);
    for (const [index, line] of lines.entries()) {
      const [command, ...rest] = line.split(" ");
      if (command === "loop") return undefined;
      if (command === "long") return { status: "too long" };
      if (command === "fail") return fail(index + 1);
      COMMANDS[command]?.(rest.join(" "), onOutput);
    }
    if (verdict) onOutput({ kind: "text", text: verdict });
    return { status: "finished" };
  };

  /** @param {string} text */
  const parse = (text) => {
    const [code, check] = text.split('\nprint("\\u001e")\n');
    const name = check?.match(/check\("(\w+)", globals\(\)\)/)?.[1];
    const answer = code.includes("right") ? "Right: it holds." : `Wrong by 2 in ${name}.`;
    return { lines: code.split("\n"), verdict: check && `\x1e\n${answer}\n` };
  };

  /** @param {number} line */
  const fail = (line) => ({
    status: "failed",
    line,
    message: `Traceback (most recent call last):\n  File "<cell>", line ${line}\nError: <b>\n`,
  });

  /**
   * @param {string} text
   * @param {{ onOutput: Listener }} options
   */
  const run = (text, { onOutput }) => {
    /** @type {(result: object) => void} */
    let finish = () => {};
    const done = new Promise((resolve) => {
      finish = resolve;
    });
    setTimeout(() => {
      const result = execute(text, onOutput);
      if (result) finish(result);
    });
    return { stop: () => finish({ status: "stopped" }), done };
  };

  Object.assign(globalThis, { d2lLive: { run } });
})();
