/* The to-do list of a clinic page: what is ticked stays ticked in this browser, and nothing is sent. Without this script, or where
   the browser keeps nothing, it is a plain list. */
(() => {
  "use strict";
  const report = document.querySelector("[data-report]");
  const boxes = [...document.querySelectorAll("[data-task]")];
  if (!boxes.length) return;
  const key = `claimbook/${report.dataset.report}`;
  const status = report.querySelector("[data-done]");
  const read = () => {
    try {
      return new Set(JSON.parse(localStorage.getItem(key)) || []);
    } catch {
      return new Set(); // nothing is kept here, or something else was
    }
  };
  const keep = (done) => {
    try {
      localStorage.setItem(key, JSON.stringify([...done]));
    } catch {
      // it lasts as long as the page is open
    }
  };
  const show = () => {
    status.textContent = `${boxes.filter((box) => box.checked).length} of ${boxes.length} done`;
  };
  const done = read();
  for (const box of boxes) {
    box.hidden = false;
    box.checked = done.has(box.dataset.task);
  }
  report.addEventListener("change", (event) => {
    if (!event.target.matches("[data-task]")) return;
    keep(boxes.filter((box) => box.checked).map((box) => box.dataset.task));
    show();
  });
  show();
})();
