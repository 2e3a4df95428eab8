/* Filters of the long tables, which show their first rows until somebody asks for all, and of the passages of a page. The choices are kept in the address behind "#" (for example #clinic=some-page&verdict=overstated),
   so that a view can be linked and nothing is sent anywhere. Without this script the tables stand whole. */
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form.cb-filters")) {
    const table = document.getElementById(form.dataset.table);
    const status = form.querySelector("[role=status]");
    const bodies = [...(table.tBodies || table.querySelectorAll(".cb-group"))];
    const rowsOf = (body) => [...(body.rows || body.querySelectorAll(".cb-passage"))].filter((row) => !row.matches(".cb-rows__group"));
    const groups = bodies.map((body) => ({ body, rows: rowsOf(body) }));
    const total = groups.reduce((sum, group) => sum + group.rows.length, 0);
    const fields = [...form.elements].filter((field) => field.name);
    const texts = new Map(); // what each row reads, once somebody asks

    const textOf = (row) => {
      if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
      return texts.get(row);
    };
    const FIRST = 50; // rows of a table
    let limit = table.tBodies ? FIRST : Infinity;
    const more = document.createElement("button");
    more.type = "button";
    more.className = "cb-button";
    more.hidden = true;
    table.after(more);
    more.addEventListener("click", () => {
      const last = groups.flatMap(({ rows }) => rows).findLast((row) => !row.hidden);
      limit = Infinity;
      show();
      const next = groups.flatMap(({ rows }) => rows).filter((row) => !row.hidden);
      next[next.indexOf(last) + 1].querySelector("a")?.focus();
    });
    const chosen = () => new URLSearchParams(fields.filter((field) => field.value.trim()).map((field) => [field.name, field.value.trim()]));

    const show = () => {
      const params = chosen();
      const words = (params.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
      params.delete("text");
      const asked = [...params];
      const fits = (row) =>
        asked.every(([name, id]) => ` ${row.dataset[name] || ""} `.includes(` ${id} `)) && words.every((word) => textOf(row).includes(word));
      let fit = 0;
      for (const { body, rows } of groups) {
        for (const row of rows) {
          row.hidden = !fits(row);
          if (!row.hidden && ++fit > limit) row.hidden = true;
        }
        body.hidden = rows.every((row) => row.hidden);
      }
      status.textContent = `${fit} of ${total} ${form.dataset.what} ${fit > limit ? `fit, the first ${limit} are shown` : "shown"}`;
      more.hidden = fit <= limit;
      more.textContent = `Show all ${fit}`;
    };
    const keep = () => {
      const params = chosen().toString();
      history.replaceState(null, "", params ? `#${params}` : location.href.split("#")[0]);
      show();
    };
    const read = () => {
      const hash = location.hash.slice(1);
      if (hash && !hash.includes("=")) {
        const target = document.getElementById(hash); // an anchor, maybe of a row that is filtered out
        if (target?.closest("[hidden]") && table.contains(target)) {
          for (const field of fields) field.value = "";
          limit = Infinity;
          show();
          target.scrollIntoView();
        }
        return;
      }
      const params = new URLSearchParams(hash);
      for (const field of fields) {
        field.value = params.get(field.name) || "";
        if (field.selectedIndex === -1) field.value = ""; // a choice that this table does not have
      }
      show();
      if (fields.some((field) => field.value)) form.scrollIntoView();
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
