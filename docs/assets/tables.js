/* Filters of the long tables. The choices are kept in the address behind "#" (for example #clinic=some-page&verdict=overstated),
   so that a view can be linked and nothing is sent anywhere. Without this script the tables stand whole. */
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form.cb-filters")) {
    const table = document.getElementById(form.dataset.table);
    const status = form.querySelector("[role=status]");
    const groups = [...table.tBodies].map((body) => ({ body, rows: [...body.rows].filter((row) => !row.matches(".cb-rows__group")) }));
    const total = groups.reduce((sum, group) => sum + group.rows.length, 0);
    const fields = [...form.elements].filter((field) => field.name);
    const texts = new Map(); // what each row reads, once somebody asks

    const textOf = (row) => {
      if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
      return texts.get(row);
    };
    const chosen = () => new URLSearchParams(fields.filter((field) => field.value.trim()).map((field) => [field.name, field.value.trim()]));

    const show = () => {
      const params = chosen();
      const words = (params.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
      params.delete("text");
      const asked = [...params];
      const fits = (row) =>
        asked.every(([name, id]) => ` ${row.dataset[name] || ""} `.includes(` ${id} `)) && words.every((word) => textOf(row).includes(word));
      let shown = 0;
      for (const { body, rows } of groups) {
        let here = 0;
        for (const row of rows) {
          row.hidden = !fits(row);
          if (!row.hidden) here += 1;
        }
        body.hidden = here === 0;
        shown += here;
      }
      status.textContent = `${shown} of ${total} ${form.dataset.what} shown`;
    };
    const keep = () => {
      const params = chosen().toString();
      history.replaceState(null, "", params ? `#${params}` : location.href.split("#")[0]);
      show();
    };
    const read = () => {
      const hash = location.hash.slice(1);
      if (hash && !hash.includes("=")) return; // an anchor
      const params = new URLSearchParams(hash);
      for (const field of fields) {
        field.value = params.get(field.name) || "";
        if (field.selectedIndex === -1) field.value = ""; // a choice that this table does not have
      }
      show();
    };

    let waiting;
    form.addEventListener("input", (event) => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, event.target.type === "search" ? 150 : 0);
    });
    form.addEventListener("reset", () => setTimeout(keep));
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", read);
    form.hidden = false;
    show();
    read();
  }
})();
