/* The engine: claimbook with its base, in Python, in a worker so that the page stays alive. Its parts come as scripts, as a page opened
   from disk can load nothing else, and not before something is to be judged. Before the first draft comes in, the worker takes
   requests and sockets away from itself, and from the Python in it. */
(() => {
  "use strict";
  const { python, engine, size } = document.currentScript.dataset;

  /** A packed file as bytes. */
  const inflate = async (packed) => {
    const letters = atob(packed);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at); // `from` takes 20 times as long
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  };

  /** What the worker does, behind the program of Pyodide, which binds `loadPyodide` and `_createPyodideModule`. */
  const work = (bytesOf) => {
    let checker;
    const open = async (parts, tell) => {
      const types = { wasm: "application/wasm", json: "application/json" };
      self.fetch = async (address) => {
        const name = String(address).split("/").pop();
        return new Response(await bytesOf(parts[name]), { headers: { "Content-Type": types[name.split(".").pop()] || "" } });
      };
      tell("starting Python");
      const py = await loadPyodide({ indexURL: "file:///", createPyodideModule: _createPyodideModule });
      py.unpackArchive(await bytesOf(parts["engine.zip"]), "zip", { extractDir: "/engine" });
      tell("reading the records");
      const opened = py.runPython(`
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, "/engine")
from claimbook.vetting.browser import BASE, LINES, VERSIONS, Checker

Checker(*(Path("/engine", name).read_text(encoding="utf-8") for name in (BASE, VERSIONS, LINES)))`);
      for (const way of ["fetch", "XMLHttpRequest", "WebSocket", "WebTransport", "EventSource", "Worker", "BroadcastChannel"])
        self[way] = undefined;
      const ready = (bytes, name, form, tell) => {
        if (!form) return JSON.parse(opened.vet(py.toPy(bytes), name ?? undefined, tell));
        const saved = opened.save(py.toPy(bytes), name ?? undefined, form);
        return saved.toJs ? saved.toJs() : saved; // bytes, or a text
      };
      ready.ahead = () => opened.read_ahead();
      return ready;
    };
    onmessage = async ({ data: { id, parts, bytes, name, form } }) => {
      try {
        if (parts) checker = await open(parts, (stage) => postMessage({ id, stage }));
        const tell = (done, all) => postMessage({ id, done, all });
        postMessage({ id, answer: parts ? null : checker(bytes, name, form, tell) });
        const ahead = () => checker.ahead() && setTimeout(ahead); // one line after another, while somebody still writes
        if (parts) ahead();
      } catch (error) {
        postMessage({ id, failed: String(error.message || error).trim().split("\n").pop() });
      }
    };
  };

  let worker, ready;
  let loaded = false;
  const waiting = new Map(); // what was asked, by its number
  let last = 0;
  const ask = (message, tell) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject, tell });
      worker.postMessage({ id: last, ...message });
    });
  const script = (address) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => reject(new Error("the checker did not load")));
      document.head.append(element);
    });
  const end = (why) => {
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };
  const STAGES = ["loading its two files", "loading the second file", "unpacking", "starting Python", "reading the records"];
  const USUAL = 6000; // milliseconds of a step
  let told = ""; // the stage of loading, for whoever asks later
  const tellers = new Set();
  const stage = (name) => {
    told = name;
    for (const tell of tellers) tell(name, STAGES.indexOf(name), STAGES.length);
  };
  const load = async () => {
    stage(STAGES[0]);
    const first = script(python);
    const second = script(engine);
    await Promise.race([first, second]);
    stage(STAGES[1]);
    await Promise.all([first, second]);
    stage(STAGES[2]);
    const { "program.js": program, ...parts } = globalThis.claimbookParts;
    const code = ["self.importScripts = undefined;", await inflate(program), `;(${work})(${inflate})`]; // without it Pyodide takes any worker
    worker = new Worker(URL.createObjectURL(new Blob(code, { type: "text/javascript" })));
    worker.addEventListener("message", ({ data: { id, answer, failed, done, all, stage: begun } }) => {
      if (begun) return stage(begun);
      const { resolve, reject, tell } = waiting.get(id);
      if (all) return tell(done, all);
      waiting.delete(id);
      if (failed) reject(new Error(failed));
      else resolve(answer);
    });
    worker.addEventListener("error", (event) => end(event.message || "the checker did not start"));
    await ask({ parts });
    delete globalThis.claimbookParts;
  };
  /** Load the engine, once; `tell` is given each stage of it, its place, and how many there are. */
  const start = (tell) => {
    if (tell && !loaded) {
      tellers.add(tell);
      if (told) tell(told, STAGES.indexOf(told), STAGES.length);
    }
    ready ??= load().then(
      () => {
        loaded = true;
        tellers.clear();
      },
      (error) => {
        worker?.terminate();
        ready = undefined;
        told = "";
        tellers.clear();
        throw error;
      },
    );
    return ready;
  };
  /** A bar that shows how far loading is, put behind an element and taken away when it is done; `say` is given the words. */
  const show = (behind, say) => {
    if (loaded) return start();
    const bar = document.createElement("progress");
    bar.className = "cb-loading";
    bar.setAttribute("aria-label", "Loading the checker");
    behind.parentNode.querySelector(".cb-loading")?.remove();
    behind.after(bar);
    let [step, since] = [0, Date.now()];
    const moving = setInterval(() => {
      bar.value = step + 1 - Math.exp((since - Date.now()) / USUAL); // nearer to the next step, and never there before it
    }, 200);
    const tell = (name, at, all) => {
      [step, since] = [at, Date.now()];
      bar.max = all;
      bar.value = at;
      say(`Loading the checker (${size} MB), once: ${name}, step ${at + 1} of ${all} …`);
    };
    return start(tell).finally(() => {
      clearInterval(moving);
      bar.remove();
    });
  };

  /** End what is being done; the engine is loaded again when it is needed. */
  const stop = () => {
    worker.terminate();
    ready = undefined;
    loaded = false;
    told = "";
    end("stopped");
  };

  /** What the engine says of a draft: the bytes of a file with its name, or of a text without one; `tell` is given how far it is. */
  const vet = async (bytes, name, tell = () => {}) => {
    await start();
    const answer = await ask({ bytes, name }, tell);
    if (answer.error) throw new Error(answer.error);
    return answer;
  };
  /** A draft in a form to hand on (docx, html, json): bytes, or a text. */
  const save = (bytes, name, form) => start().then(() => ask({ bytes, name, form }));
  Object.assign(globalThis.claimbook, { engine: { size, busy: () => waiting.size > 0, start, show, stop, vet, save } });
})();
