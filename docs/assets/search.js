/* The search: ranks the pages of `search-index.js` for a question or for words of a clinic. Which words mean the same comes with the
   index; nothing here knows English or a treatment, nothing is sent, and what a record says is only ever put in as text. */
(() => {
  "use strict";
  const index = globalThis.claimbookSearch;
  const TITLE = 9; // how much a word counts in a title, and in the line under it; the weights of other texts are in the index
  const LINE = 6;
  const RING = 0.8; // of a word, for one that only means the same
  const DANGER = 1.25; // of a score, for a claim that warns: a danger comes before a benefit that holds the words as well
  const RARE = 0.05; // of the pages: a word in more of them tells little by itself
  const COMMON = 0.15; // what a common word counts, in titles alone

  // --- words: their stems, and the rings of phrases that stand for one another -------------------------------------------
  const stems = new Map();
  for (const group of index.forms.split("|")) {
    const words = group.split(" ");
    for (const word of words) stems.set(word, words[0]);
  }
  const common = new Set(index.common.split(" "));
  const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const stemOf = (word) => stems.get(word) || word;

  const NONE = new Set();
  const phrases = new Map(); // by their stems: the rings they are in
  const longest = new Map(); // of the phrases that begin with a stem: how many words the longest has
  index.rings.forEach((ring, number) => {
    for (const phrase of ring) {
      const row = wordsOf(phrase).map(stemOf);
      longest.set(row[0], Math.max(longest.get(row[0]) || 1, row.length));
      const key = row.join(" ");
      phrases.set(key, (phrases.get(key) || new Set()).add(number));
    }
  });

  /** The words of a text as slots, phrases first: the stems of each, and the rings it is in. */
  const slotsOf = (row) => {
    const slots = [];
    for (let at = 0; at < row.length; ) {
      let length = Math.min(longest.get(row[at]) || 1, row.length - at);
      while (length > 1 && !phrases.has(row.slice(at, at + length).join(" "))) length--;
      const words = row.slice(at, at + length);
      slots.push({ words, rings: phrases.get(words.join(" ")) || NONE, common: words.every((word) => common.has(word)) });
      at += length;
    }
    return slots;
  };

  // --- the index: how much each stem and ring counts in each page --------------------------------------------------------
  const pages = index.documents.map((page, order) => {
    const [counts, times] = [new Map(), new Map()];
    const count = (key, weight) => counts.set(key, Math.max(counts.get(key) || 0, weight));
    const read = (weight, text) => {
      const words = wordsOf(text);
      const row = words.map(stemOf);
      const slots = slotsOf(row);
      for (const word of row) times.set(word, (times.get(word) || 0) + 1);
      for (const slot of slots) {
        for (const word of slot.words) if (!common.has(word)) count(word, weight);
        for (const ring of slot.rings) count(ring, weight);
      }
      return { words, slots };
    };
    const titles = [page.title, ...(page.asked || [])].map((text) => read(TITLE, text));
    for (const [weight, text] of [[LINE, page.line || ""], ...(page.texts || [])]) read(weight, text);
    const quotes = (page.quotes || []).map((quote) => [` ${read(LINE, quote[0]).words.join(" ")} `, ...quote]);
    for (const ring of page.about || []) count(ring, LINE);
    return { ...page, order, counts, times, quotes, runs: titles.map(({ words }) => words), titles: titles.map(({ slots }) => slots) };
  });
  const holding = new Map(); // how many pages hold a stem or ring
  for (const { counts } of pages) for (const key of counts.keys()) holding.set(key, (holding.get(key) || 0) + 1);
  const known = new Set([...stems.keys(), ...index.rings.flat().flatMap(wordsOf), ...pages.flatMap(({ counts }) => [...counts.keys()].filter((key) => typeof key === "string"))]);

  const weightOf = ({ words, rings, common: small }) => {
    if (small && !rings.size) return COMMON;
    const most = Math.max(0, ...[...rings].map((ring) => holding.get(ring) || 0), Math.min(...words.map((word) => holding.get(word) || 0)));
    return Math.log(1 + pages.length / (1 + most));
  };

  /** How well a page holds a slot of what is asked, from 0 to 1. */
  const holds = ({ counts }, { words, rings }) =>
    Math.max(Math.min(...words.map((word) => counts.get(word) || 0)), ...[...rings].map((ring) => RING * (counts.get(ring) || 0))) / TITLE;
  const same = (one, other) => {
    if (one.words.join(" ") === other.words.join(" ")) return 1;
    return [...one.rings].some((ring) => other.rings.has(ring)) ? RING : 0;
  };
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

  /** How well a title is what is asked, from 0 to 1: the harmonic mean of how much of each is in the other. */
  const alike = (asked, title) => {
    const share = (from, to) => sum(from.map((slot) => weightOf(slot) * Math.max(0, ...to.map((other) => same(slot, other))))) / sum(from.map(weightOf));
    const [recall, precision] = [share(asked, title), share(title, asked)];
    return recall && precision ? (2 * recall * precision) / (recall + precision) : 0;
  };

  /** How much of a title is asked for word by word, from 0 to 1; what is less than half of it, or a single word of several, is no title. */
  const titled = ({ runs }, words) =>
    Math.max(
      ...runs.map((run) => {
        const share = words.length / run.length;
        return share >= 0.5 && (words.length > 1 || share === 1) && ` ${run.join(" ")} `.includes(` ${words.join(" ")} `) ? share : 0;
      }),
    );

  const tells = (slot) => !slot.common || slot.rings.size > 0;
  const score = (page, asked) => {
    const telling = asked.filter(tells);
    const weights = telling.map(weightOf);
    const share = (of) => (telling.length ? sum(telling.map((slot, n) => weights[n] * of(slot))) / sum(weights) : 0);
    const held = share((slot) => holds(page, slot)) * (0.5 + 0.5 * share((slot) => Number(holds(page, slot) > 0)));
    const often = asked.length === 1 ? Math.min(...asked[0].words.map((word) => page.times.get(word) || 0)) : 0;
    const near = Math.max(...page.titles.map((title) => alike(asked, title)));
    return held + (asked.length === 1 ? near / 2 + often / (often + 3) : near); // how long a title is tells little of one word
  };
  /** Whether a page answers what is asked although no page has some words of it: it must have another in a title, and not as most have. */
  const besides = (page, asked) => asked.filter(tells).some((slot) => holds(page, slot) >= RING && Math.max(...slot.words.map((word) => holding.get(word) || 0)) <= RARE * pages.length);

  // --- what is asked -----------------------------------------------------------------------------------------------------
  /** A word that no page has, as the nearest that one has: begun, mistyped, or in another form. */
  const nearest = (word) => {
    if (word.length < 3 || common.has(word) || /\d/.test(word)) return word;
    const words = [...known];
    const begun = words.filter((one) => one.startsWith(word)).sort((a, b) => a.length - b.length)[0];
    const typed = word.length > 4 && words.find((one) => mistyped(word, one));
    const shared = word.slice(0, Math.max(5, word.length - 2));
    const formed = word.length > 5 && words.filter((one) => one.startsWith(shared) && one.length < word.length + 3).sort((a, b) => a.length - b.length)[0];
    return begun || typed || formed || word;
  };
  const mistyped = (word, one) => {
    if (Math.abs(word.length - one.length) > 1 || word === one) return false;
    let start = 0;
    while (start < word.length && word[start] === one[start]) start++;
    const [a, b] = [word.slice(start), one.slice(start)];
    const other = word.length > 7 && a.slice(1) === b.slice(1); // in a short word, one letter makes another word
    return other || a.slice(1) === b || a === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  };
  /** The passages of clinic pages that hold the words asked for, or that stand in them. */
  const verbatim = (page, words) => {
    const row = ` ${words.join(" ")} `;
    return page.quotes.filter(([quote]) => (words.length > 2 && quote.includes(row)) || (quote.trim().split(" ").length > 3 && row.includes(quote)));
  };

  const find = (text) => {
    const typed = wordsOf(text.replace(/(\p{L}+)-(\p{L}+)/gu, (whole, one, other) => (known.has((one + other).toLowerCase()) ? one + other : whole)));
    const words = typed.map((word) => (known.has(word) ? word : nearest(word)));
    const asked = slotsOf(words.map(stemOf));
    const missing = words.filter((word) => !known.has(word) && !common.has(word));
    const fits = (page) => asked.length && (!missing.length || besides(page, asked));
    const hits = pages.map((page) => ({ page, exact: titled(page, typed), score: fits(page) ? score(page, asked) * (page.sort ? DANGER : 1) : 0, quotes: verbatim(page, typed) }));
    hits.sort((a, b) => b.exact - a.exact || b.quotes.length - a.quotes.length || b.score - a.score || a.page.order - b.page.order);
    return { hits, pasted: typed.length >= SENTENCE || typed.some((word) => /\d/.test(word)), instead: words.filter((word, n) => word !== typed[n]), missing };
  };

  // --- what is shown -----------------------------------------------------------------------------------------------------
  const form = document.getElementById("search");
  const place = (id) => document.getElementById(`search-${id}`);
  const [status, results] = [place("status"), place("results")];
  const LEAST = 0.25; // of a score, to be shown
  const NEAR = 0.4; // of the best score of its section
  const SENTENCE = 5; // words that may be a clinic's own, as any with a figure may: if they are, they come before the answers
  const SHOWN = 4; // of a section, until the reader asks for all

  const { make, add, button, badge } = globalThis.claimbook;

  const entry = ({ page, quotes }) => {
    const link = make("a", page.title);
    link.href = page.to;
    const item = add(make("li", "", `cb-hit cb-hit--${page.kind}`), link);
    if (page.truth) item.append(" ", badge("truth", page.truth, page.sort));
    if (page.line) item.append(make("p", page.line));
    for (const [, words, verdict, clinic] of quotes.slice(0, SHOWN))
      item.append(add(make("p", "", "cb-small"), `${clinic}: `, make("q", words), " ", badge("verdict", verdict)));
    if (page.kind === "claim" && !quotes.length) item.append(wording(page));
    return item;
  };

  const wording = ({ worst, fit, quotes }) => {
    if (!quotes.length) return make("p", "None of the clinic pages that we read says it.", "cb-small");
    const told = make("p", `How clinics word it: ${fit} of ${quotes.length} ${quotes.length === 1 ? "passage" : "passages"} supported`, "cb-small");
    return fit === quotes.length ? add(told, ".") : add(told, "; the worst: ", badge("verdict", worst));
  };

  const section = (kind, hits) => {
    const heading = make("h2", index.sections[kind]);
    heading.id = `found-${kind}`;
    const list = add(make("ol", "", "cb-hits"), ...hits.map(entry));
    const part = add(make("section"), heading, list);
    part.setAttribute("aria-labelledby", heading.id);
    if (hits.length > SHOWN) {
      const rest = [...list.children].slice(SHOWN);
      for (const item of rest) item.hidden = true;
      const more = button(`Show ${rest.length} more`, "cb-copy", () => {
        for (const item of rest) item.hidden = false;
        more.remove();
        rest[0].querySelector("a").focus();
      });
      part.append(more);
    }
    return part;
  };

  const show = () => {
    const text = form.elements.words.value.trim();
    const { hits, pasted, instead, missing } = find(text);
    const found = new Map(Object.keys(index.sections).map((kind) => [kind, []]));
    const best = new Map();
    for (const { page, score: of } of hits) best.set(page.kind, Math.max(of, best.get(page.kind) || 0));
    for (const hit of text ? hits : [])
      if (hit.exact || hit.quotes.length || hit.score >= Math.max(LEAST, NEAR * best.get(hit.page.kind))) found.get(hit.page.kind).push(hit);
    const kinds = [...found.keys()].filter((kind) => found.get(kind).length);
    if (pasted && found.get("claim").some(({ quotes }) => quotes.length)) kinds.sort((a, b) => (b === "claim") - (a === "claim")); // a clinic's own words
    results.replaceChildren(...kinds.map((kind) => section(kind, found.get(kind))));
    place("start").hidden = kinds.length > 0;
    if (place("check")) {
      place("check").hidden = wordsOf(text).length < SENTENCE || text.endsWith("?");
      place("check-link").href = `${form.dataset.check}#draft=${encodeURIComponent(text)}`;
    }
    const counts = kinds.map((kind) => `${index.sections[kind]}: ${found.get(kind).length}`).join(", ");
    const other = (instead.length ? ` Searched for: ${instead.join(", ")}.` : "") + (missing.length ? ` No page has: ${missing.join(", ")}.` : "") + (missing.length || !kinds.length ? " That does not say that it is safe, or that it works." : "");
    status.textContent = !text ? "" : kinds.length ? `${counts}.${other}` : `Nothing fits these words.${other} All questions:`;
    history.replaceState(null, "", text ? `#q=${encodeURIComponent(text)}` : location.pathname);
  };

  const read = () => {
    form.elements.words.value = new URLSearchParams(location.hash.slice(1)).get("q") || "";
    show();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.addEventListener("input", show);
  addEventListener("hashchange", read);
  form.hidden = false;
  read();
  form.elements.words.focus();
})();
