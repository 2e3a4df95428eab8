/* Copy buttons: hidden until this script runs. data-copy is the text to copy, data-copy-from the id of the element that holds
   it (data-copy-cite: as a citation), data-copy-link an address, made whole from the page's own permanent address where it names one. */
(() => {
  "use strict";
  const status = document.createElement("p");
  status.className = "cb-unseen";
  status.setAttribute("role", "status");

  /** What a citation needs of the day: its address, where the text has none and the page is on the web, and when it was read. */
  const read = (anchor) => {
    const here = anchor && location.protocol.startsWith("http") ? ` ${location.href.split("#")[0]}#${anchor}.` : "";
    return `${here} Accessed ${new Date().toISOString().slice(0, 10)}.`;
  };
  const textOf = ({ copy, copyFrom, copyLink, copyCite }) => {
    if (copy !== undefined) return copy;
    if (copyFrom !== undefined) {
      const from = document.getElementById(copyFrom);
      const text = from.value ?? from.textContent;
      return copyCite === undefined ? text : text.replace(/\s+/g, " ").trim() + read(copyCite);
    }
    const here = document.querySelector("link[rel=canonical]")?.href || location.href.split("#")[0];
    return new URL(copyLink || location.hash || "#", here).href;
  };
  const put = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea"); // where the browser has no clipboard for pages from disk
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      if (!done) throw new Error("not copied");
    }
  };
  const say = (button, words) => {
    const name = button.dataset.name || button.textContent;
    button.dataset.name = name;
    button.textContent = words;
    status.textContent = words;
    clearTimeout(button.waiting);
    button.waiting = setTimeout(() => {
      button.textContent = name;
      status.textContent = "";
    }, 2000);
  };

  const buttons = document.querySelectorAll("button.cb-copy");
  if (!buttons.length) return;
  document.querySelector("article").append(status);
  for (const button of buttons) button.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.cb-copy");
    if (!button) return;
    put(textOf(button.dataset)).then(
      () => {
        button.focus();
        say(button, "Copied");
      },
      () => say(button, "Not copied: select the text instead"),
    );
  });
})();
