/* The search box of the front: hidden until this script runs. It hands its words to the search of the site. */
(() => {
  "use strict";
  const form = document.querySelector("form.cb-search");
  const search = document.querySelector("[data-md-component=search-query]");
  if (!form || !search) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search.value = form.elements.words.value.trim();
    search.focus(); // opens it
    search.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  });
  form.hidden = false;
})();
