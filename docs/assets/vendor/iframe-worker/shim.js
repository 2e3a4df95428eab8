// A worker that runs in a hidden frame, because browsers start no worker from a page that was opened from disk.
// After iframe-worker by Martin Donath (MIT, see LICENSE); changed so that the frame's script is a file of its own (frame.js),
// since the site's content security policy lets no inline script run.
"use strict";
(() => {
  const frameScript = new URL("frame.js", document.currentScript.src).href;
  class FrameWorker extends EventTarget {
    constructor(url) {
      super();
      this.url = String(url);
      this.onmessage = this.onerror = null;
      this.heard = (event) => {
        if (event.source !== this.window) return;
        this.dispatchEvent(new MessageEvent("message", { data: event.data }));
        if (this.onmessage) this.onmessage(event);
      };
      addEventListener("message", this.heard);
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.title = "search";
      document.body.appendChild(this.frame);
      this.ready = new Promise((resolve) => {
        const inside = this.window.document;
        inside.open();
        inside.write("<!doctype html><title>search</title><body></body>");
        inside.close();
        const run = (src, then) => {
          const script = inside.createElement("script");
          script.src = src;
          script.onload = then;
          script.onerror = () => this.failed(`cannot load ${src}`);
          inside.body.appendChild(script);
        };
        this.window.addEventListener("error", (event) => this.failed(event.message));
        run(frameScript, () => run(this.url, resolve));
      });
    }
    get window() { return this.frame.contentWindow; }
    failed(message) {
      const event = new ErrorEvent("error", { message, filename: this.url });
      this.dispatchEvent(event);
      if (this.onerror) this.onerror(event);
    }
    postMessage(data) {
      this.ready.then(() => this.window.dispatchEvent(new MessageEvent("message", structuredClone({ data }))));
    }
    terminate() {
      removeEventListener("message", this.heard);
      this.frame.remove();
    }
  }
  window.IFrameWorker = FrameWorker;
  if (location.protocol === "file:") window.Worker = FrameWorker;
})();
