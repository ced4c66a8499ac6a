// What tests try against a page's policy: requests to another origin, and programs in texts.
(() => {
  /**
   * @param {string} tag
   * @param {Record<string, unknown>} properties
   */
  const add = (tag, properties) => {
    const element = Object.assign(document.createElement(tag), properties);
    document.body.append(element);
    return element;
  };

  /** @param {string} css */
  const style = (css) => add("style", { textContent: css });

  /** @param {string} html */
  const markup = (html) => document.body.insertAdjacentHTML("beforeend", html);

  /**
   * Directive -> what it has to refuse, each with an address of its name at another origin.
   *
   * @type {Record<string, Record<string, (url: string) => unknown>>}
   */
  const requests = {
    "img-src": {
      image: (url) => add("img", { src: url }),
      background: (url) => style(`body { background: url(${url}) !important }`),
      drawn: (url) => markup(`<svg><image href="${url}" width="9" height="9"/></svg>`),
    },
    "script-src-elem": {
      script: (url) => add("script", { src: url }),
      preload: (url) => add("link", { rel: "preload", as: "script", href: url }),
      module: (url) => import(url),
    },
    "style-src-elem": {
      sheet: (url) => add("link", { rel: "stylesheet", href: url }),
      imported: (url) => style(`@import url(${url});`),
    },
    "font-src": { font: (url) => new FontFace("foreign", `url(${url})`).load() },
    "frame-src": { frame: (url) => add("iframe", { src: url }) },
    "object-src": {
      object: (url) => add("object", { data: url }),
      embed: (url) => add("embed", { src: url }),
    },
    "media-src": {
      video: (url) => add("video", { src: url, preload: "auto" }),
      audio: (url) => add("audio", { src: url, preload: "auto" }),
    },
    "connect-src": {
      fetch: (url) => fetch(url),
      post: (url) => fetch(url, { method: "POST", mode: "no-cors", body: document.title }),
      beacon: (url) => navigator.sendBeacon(url, document.title),
      events: (url) => new EventSource(url),
      socket: (url) => new WebSocket(url.replace("http", "ws")),
      xhr: (url) => {
        const request = new XMLHttpRequest();
        request.open("GET", url);
        request.send();
      },
    },
    "form-action": {
      form: (url) => /** @type {HTMLFormElement} */ (add("form", { action: url })).submit(),
    },
  };
  const base = (/** @type {string} */ url) => add("base", { href: url });

  const last = () => /** @type {HTMLElement} */ (document.body.lastElementChild);

  /** Each would set `injected`. */
  const programs = [
    // biome-ignore lint/security/noGlobalEval: the page has to refuse it
    () => globalThis.eval("injected = 1"),
    () => new Function("injected = 1")(),
    () => setTimeout("injected = 1"),
    () => add("script", { textContent: "injected = 1" }),
    () => markup('<b onclick="injected = 1"></b>') ?? last().click(),
    () => markup('<a href="javascript:injected = 1"></a>') ?? last().click(),
    () => add("script", { src: "data:text/javascript,injected=1" }),
    () => add("script", { src: URL.createObjectURL(new Blob(["injected = 1"])) }),
    () => add("iframe", { srcdoc: "<script>parent.injected = 1</script>" }),
  ];

  const pause = () => new Promise((resolve) => setTimeout(resolve, 200));

  /**
   * Do something when no tool calls: what a tool calls may use eval.
   *
   * @param {() => unknown} attempt
   */
  const later = (attempt) => {
    const done = new Promise((resolve) => {
      setTimeout(() => {
        try {
          Promise.resolve(attempt()).then(resolve, resolve);
        } catch (error) {
          resolve(error);
        }
      });
    });
    return Promise.race([done, pause()]);
  };

  /**
   * @param {string} origin
   * @param {string[]} [directives] - All of them, unless the page has no policy: it would be left.
   */
  const tryRequests = async (origin, directives = Object.keys(requests)) => {
    await later(() => base(`${origin}/base`));
    for (const group of directives.map((directive) => requests[directive])) {
      for (const [name, ask] of Object.entries(group)) await later(() => ask(`${origin}/${name}`));
    }
    await pause();
  };

  const tryPrograms = async () => {
    for (const program of programs) await later(program);
    await pause();
    return programs.length;
  };

  /**
   * Try from a worker, which has the policy of its page; return what it could do.
   *
   * @param {string} origin
   */
  const tryFromWorker = (origin) => {
    const socket = `new WebSocket("${origin.replace("http", "ws")}/socket")`;
    const attempts = [
      `fetch("${origin}/fetch", { mode: "no-cors" })`,
      `importScripts("${origin}/script")`,
      `new Promise((open, fail) => Object.assign(${socket}, { onopen: open, onerror: fail }))`,
      `self.eval("1 + 1")`,
    ].map((attempt, k) => `try { await ${attempt}; done.push(${k}) } catch {}`);
    const text = `(async () => { const done = []; ${attempts.join("\n")}; postMessage(done); })()`;
    const worker = new Worker(URL.createObjectURL(new Blob([text])));
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = reject;
    });
  };

  const requestNames = Object.entries(requests).flatMap(([directive, group]) =>
    Object.keys(group).map((name) => [name, directive]),
  );
  Object.assign(window, { requestNames, tryRequests, tryPrograms, tryFromWorker });
})();
