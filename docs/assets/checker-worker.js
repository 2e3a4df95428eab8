/* Python, beside the page so that the page stays alive: it opens claimbook's own engine with the base and judges drafts.
   Before the first draft comes in, it takes requests and sockets away from itself, and from the Python in it. */
let checker;

const open = async ({ python, engine }) => {
  const archive = fetch(engine).then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(`${answer.status} ${engine}`))));
  const { loadPyodide } = await import(`${python}pyodide.mjs`);
  const py = await loadPyodide({ indexURL: python });
  py.unpackArchive(await archive, "zip", { extractDir: "/engine" });
  const opened = py.runPython(`
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, "/engine")
from claimbook.vetting.browser import BASE, Checker

Checker(Path("/engine", BASE).read_text(encoding="utf-8"))`);
  for (const way of ["fetch", "XMLHttpRequest", "WebSocket", "WebTransport", "EventSource", "Worker", "BroadcastChannel", "importScripts"]) {
    self[way] = undefined;
  }
  return (bytes, name) => opened.vet(py.toPy(bytes), name ?? undefined);
};

onmessage = async ({ data: { opens, bytes, name } }) => {
  try {
    if (opens) checker = await open(opens);
    postMessage(opens ? { ready: true } : { judged: checker(bytes, name) });
  } catch (error) {
    postMessage({ failed: String(error.message || error).trim().split("\n").pop() });
  }
};
