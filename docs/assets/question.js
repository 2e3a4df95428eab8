/* A question's closed parts: one opens when an address leads into it. Its sheet: one press prints it, without these parts. Without
   this script parts are opened by hand, and the browser's own menu prints all. */
(() => {
  "use strict";
  const open = () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details.cb-layer");
    if (part) part.open = true;
  };
  addEventListener("hashchange", open);
  open();
  for (const button of document.querySelectorAll("button.cb-print")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      document.documentElement.classList.add("cb-sheet-alone");
      print();
    });
  }
  addEventListener("afterprint", () => document.documentElement.classList.remove("cb-sheet-alone"));
})();
