/* The boxes that lead to the search: hidden until this script runs. The words go behind "#", so that no server is told them.
   "/" leads to the box, or to the search. */
(() => {
  "use strict";
  const boxes = [...document.querySelectorAll("form[data-find]")];
  for (const form of boxes) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const words = form.elements.words.value.trim();
      location.href = form.dataset.find + (words && `#q=${encodeURIComponent(words)}`);
    });
    form.hidden = false;
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const box = [...document.querySelectorAll("input[name=words]")].find((one) => one.offsetParent);
    if (box) box.focus();
    else location.href = document.querySelector("a.cb-find").href;
  });
})();
