/* A question's closed parts: one opens when an address leads into it. Its sheet: one press prints it. Without this script
   parts are opened by hand, and the browser's own menu prints. */
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
    button.addEventListener("click", () => print());
  }
})();
