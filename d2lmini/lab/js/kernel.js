// The kernel, where there is one: it is asked for runs, and only the latest question counts.

/** `handlers` are `ready()`, `curve(message)` and `failed(message)`. */
export function connect(model, handlers) {
  let waiting = null;
  const receive = (message) => {
    if (message.kind === "ready") handlers.ready();
    if (waiting === null || message.id !== waiting) return; // of an earlier question
    waiting = null;
    if (message.kind === "curve") handlers.curve(message);
    else handlers.failed(message);
  };
  model.on("msg:custom", receive);
  model.send({ kind: "hello" });
  return {
    ask(settings) {
      waiting = Math.random().toString(36).slice(2); // several views may ask the same kernel
      model.send({ kind: "train", id: waiting, settings });
    },
    cancel: () => (waiting = null),
    close: () => model.off("msg:custom", receive),
  };
}
