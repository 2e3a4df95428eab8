/* The engine: claimbook with its base, in Python, in a worker so that the page stays alive. Its parts come as scripts, as a page opened
   from disk can load nothing else, and not before something is to be judged. Before the first draft comes in, the worker takes
   requests and sockets away from itself, and from the Python in it. */
(() => {
  "use strict";
  const { python, engine, size } = document.currentScript.dataset;

  /** A packed file as bytes. */
  const inflate = async (packed) => {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  };

  /** What the worker does, behind the program of Pyodide, which binds `loadPyodide` and `_createPyodideModule`. */
  const work = (bytesOf) => {
    let checker;
    const open = async (parts) => {
      const types = { wasm: "application/wasm", json: "application/json" };
      self.fetch = async (address) => {
        const name = String(address).split("/").pop();
        return new Response(await bytesOf(parts[name]), { headers: { "Content-Type": types[name.split(".").pop()] || "" } });
      };
      const py = await loadPyodide({ indexURL: "file:///", createPyodideModule: _createPyodideModule });
      py.unpackArchive(await bytesOf(parts["engine.zip"]), "zip", { extractDir: "/engine" });
      const opened = py.runPython(`
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, "/engine")
from claimbook.vetting.browser import BASE, VERSIONS, Checker

Checker(*(Path("/engine", name).read_text(encoding="utf-8") for name in (BASE, VERSIONS)))`);
      for (const way of ["fetch", "XMLHttpRequest", "WebSocket", "WebTransport", "EventSource", "Worker", "BroadcastChannel"])
        self[way] = undefined;
      return (bytes, name, form, tell) => {
        if (!form) return JSON.parse(opened.vet(py.toPy(bytes), name ?? undefined, tell));
        const saved = opened.save(py.toPy(bytes), name ?? undefined, form);
        return saved.toJs ? saved.toJs() : saved; // bytes, or a text
      };
    };
    onmessage = async ({ data: { id, parts, bytes, name, form } }) => {
      try {
        if (parts) checker = await open(parts);
        const tell = (done, all) => postMessage({ id, done, all });
        postMessage({ id, answer: parts ? null : checker(bytes, name, form, tell) });
      } catch (error) {
        postMessage({ id, failed: String(error.message || error).trim().split("\n").pop() });
      }
    };
  };

  let worker, ready;
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
  const load = async () => {
    await Promise.all([python, engine].map(script));
    const { "program.js": program, ...parts } = globalThis.claimbookParts;
    const code = ["self.importScripts = undefined;", await inflate(program), `;(${work})(${inflate})`]; // without it Pyodide takes any worker
    worker = new Worker(URL.createObjectURL(new Blob(code, { type: "text/javascript" })));
    worker.addEventListener("message", ({ data: { id, answer, failed, done, all } }) => {
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
  const start = () => {
    ready ??= load().catch((error) => {
      worker?.terminate();
      ready = undefined;
      throw error;
    });
    return ready;
  };

  /** End what is being done; the engine is loaded again when it is needed. */
  const stop = () => {
    worker.terminate();
    ready = undefined;
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
  Object.assign(globalThis.claimbook, { engine: { size, busy: () => waiting.size > 0, start, stop, vet, save } });
})();
