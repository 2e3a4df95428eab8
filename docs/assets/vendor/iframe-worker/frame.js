// What a worker finds in its place, made in a frame (see shim.js): a message goes to the page, and scripts are loaded one by one.
"use strict";
window.postMessage = (data, target) => parent.postMessage(data, target || "*");
window.importScripts = (...urls) =>
  urls.reduce(
    (before, url) =>
      before.then(
        () =>
          new Promise((resolve) => {
            const script = document.createElement("script");
            script.src = url;
            script.onload = resolve;
            document.body.appendChild(script);
          }),
      ),
    Promise.resolve(),
  );
