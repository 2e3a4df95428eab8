/* The long tables: filters, which also serve the passages of a page; columns that sort; and fifty rows at a time. The choices of a filter
   are kept in the address behind "#" (for example #clinic=some-page&verdict=overstated), so that a view can be linked and nothing is
   sent anywhere. Without this script the tables stand whole, in their own order. It stands behind a form of filters, or a table without
   one, and runs before the rest of the page is read: so what it will not show at first is never laid out. */
(() => {
  "use strict";
  const button = (words, name, act) => {
    const element = Object.assign(document.createElement("button"), { type: "button", className: name, textContent: words });
    element.addEventListener("click", act);
    return element;
  };
  const ROWS = 50; // of a table, at a time
  const inOrder = new Intl.Collator("en", { numeric: true });

  const arrange = (table, form) => {
    const status = form?.querySelector("[role=status]");
    const bodies = [...(table.tBodies || table.querySelectorAll(".cb-group"))];
    const rowsOf = (body) => [...(body.rows || body.querySelectorAll(".cb-passage"))].filter((row) => !row.matches(".cb-rows__group"));
    const groups = bodies.map((body) => ({ body, rows: rowsOf(body) }));
    const all = groups.flatMap(({ rows }) => rows);
    const fields = form ? [...form.elements].filter((field) => field.name) : [];
    const texts = new Map(); // what each row reads, once somebody asks
    const textOf = (row) => {
      if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
      return texts.get(row);
    };

    // --- fifty rows at a time ---
    let order = all; // the rows as they stand
    let [from, size] = [0, table.tBodies && !("whole" in table.dataset) ? ROWS : Infinity]; // some stand whole
    const turn = (by) => {
      from += by;
      show();
      table.scrollIntoView();
      order.find((row) => !row.hidden)?.querySelector("a")?.focus({ preventScroll: true });
    };
    const back = button(`‹ Previous ${ROWS}`, "cb-button", () => turn(-ROWS));
    const next = button(`Next ${ROWS} ›`, "cb-button", () => turn(ROWS));
    const whole = button("", "cb-button", () => {
      const last = order.findLast((row) => !row.hidden);
      [from, size] = [0, Infinity];
      show();
      const shown = order.filter((row) => !row.hidden);
      shown[shown.indexOf(last) + 1]?.querySelector("a")?.focus();
    });
    const place = document.createElement("span");
    const pages = Object.assign(document.createElement("p"), { className: "cb-pages" });
    pages.append(back, place, next, whole);
    table.after(pages);

    // --- filters ---
    const chosen = () => new URLSearchParams(fields.filter((field) => field.value.trim()).map((field) => [field.name, field.value.trim()]));
    const show = () => {
      const params = chosen();
      const words = (params.get("text") || "").toLowerCase().split(/\s+/).filter(Boolean);
      params.delete("text");
      const asked = [...params];
      const fits = (row) =>
        asked.every(([name, id]) => ` ${row.dataset[name] || ""} `.includes(` ${id} `)) && words.every((word) => textOf(row).includes(word));
      const fit = order.filter(fits);
      if (from >= fit.length) from = 0;
      const shown = new Set(fit.slice(from, from + size));
      for (const row of all) row.hidden = !shown.has(row);
      for (const { body, rows } of groups) body.hidden = sorted.isConnected || rows.every((row) => row.hidden);
      const paged = fit.length > size;
      const here = `${from + 1} to ${Math.min(from + size, fit.length)}`;
      if (status) status.textContent = `${fit.length} of ${all.length} ${form.dataset.what} ${paged ? `fit, ${here} are shown` : "shown"}`;
      pages.hidden = !paged;
      place.textContent = `${here} of ${fit.length}`;
      back.disabled = from === 0;
      next.disabled = from + size >= fit.length;
      whole.textContent = `Show all ${fit.length}`;
    };

    // --- columns that sort: up, down, and as the table stood ---
    const sorted = document.createElement("tbody");
    const sort = (heading, column) => {
      const before = heading.ariaSort;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      from = 0;
      if (before === "descending") {
        sorted.remove();
        for (const { body, rows } of groups) body.append(...rows);
        order = all;
      } else {
        heading.ariaSort = before === "ascending" ? "descending" : "ascending";
        const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent.trim();
        const keys = new Map(all.map((row) => [row, key(row)]));
        const sign = heading.ariaSort === "ascending" ? 1 : -1;
        order = all.toSorted((one, other) => sign * inOrder.compare(keys.get(one), keys.get(other)));
        sorted.append(...order);
        table.append(sorted);
      }
      show();
    };
    for (const [column, heading] of [...(table.matches(".cb-rows") ? table.tHead.rows[0].cells : [])].entries()) {
      const words = heading.textContent;
      heading.replaceChildren(button(words, "cb-sort", () => sort(heading, column)));
    }
    if (!form) return show();

    const keep = () => {
      from = 0;
      const params = chosen().toString();
      history.replaceState(null, "", params ? `#${params}` : location.href.split("#")[0]);
      show();
    };
    const read = () => {
      const hash = location.hash.slice(1);
      if (hash && !hash.includes("=")) {
        const target = document.getElementById(hash); // an anchor, maybe of a row that is not shown
        if (target?.closest("[hidden]") && table.contains(target)) {
          for (const field of fields) field.value = "";
          [from, size] = [0, Infinity];
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
      from = 0;
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
  };

  const served = document.currentScript.previousElementSibling;
  served.dataset.waits = "";
  addEventListener("DOMContentLoaded", () => {
    if (served.matches("form")) arrange(document.getElementById(served.dataset.table), served);
    else arrange(served);
    delete served.dataset.waits;
  });
})();
