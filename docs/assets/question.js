/* A question's closed parts: one opens when an address leads into it. Without this script they are opened by hand. */
(() => {
  "use strict";
  const open = () => {
    const part = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("details.cb-layer");
    if (part) part.open = true;
  };
  addEventListener("hashchange", open);
  open();
})();
