/* "Check your copy": an editor. The text stays one plain text field; its marks lie under it, letter on letter. A click in a sentence
   shows its card; what a card offers goes into the text as if typed, so that the browser's own undo takes it back. Whatever changes
   is marked as changed at once, and read again when the writer pauses. Nothing is loaded before somebody writes, pastes or opens a
   file, and nothing is sent. */
(() => {
  "use strict";
  const { make, add, button, card, faulty, reasons, shown, engine } = globalThis.claimbook;
  const place = (id) => document.getElementById(`checker-${id}`);
  const [draft, file, status, marks, list, desk] = ["draft", "file", "status", "marks", "list", "desk"].map(place);
  const form = document.getElementById("checker");
  /** The comments that set flags aside: with their lines where they stand alone. */
  const COMMENTS = /^[ \t]*<!--\s*claimbook:(?:(?!<!--|-->)[^])*-->[ \t]*\n?|[ \t]*<!--\s*claimbook:(?:(?!<!--|-->)[^])*-->/gim;
  const PAUSE = 700; // milliseconds without a key, until a changed text is read again
  const say = (words) => {
    status.textContent = words;
  };
  const listed = (words) => [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" and ");
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;
  desk.hidden = false;

  // --- the text, and where its sentences stand ---------------------------------------------------------------------------
  let name = "draft"; // of what is saved
  let checked = { text: "", spans: [], sentences: [], rank: new Map() }; // as it was read
  let spans = []; // where the sentences stand now: start, end, number, and whether they were changed since
  let current = -1; // the number of the sentence that is shown
  /** Whether something is said of a sentence. */
  const judged = ({ verdict, state }) => verdict !== null || state !== "nothing";
  /** Where the sentences stand that are to be fixed, the most dangerous first, as on the command line. */
  const open = () =>
    spans
      .filter(({ number }) => ["flagged", "look"].includes(checked.sentences[number].state))
      .sort((one, other) => checked.rank.get(one.number) - checked.rank.get(other.number));
  const KINDS = { look: "look", clean: "supported", "not-checked": "not-checked", nothing: "not-checkable" }; // of marks; flagged: by the verdict

  /** The spans of the checked text in the text as it is now: between where both begin and end alike, everything has changed. */
  const moved = () => {
    const [before, now] = [checked.text, draft.value];
    if (before === now) return checked.spans;
    const most = Math.min(before.length, now.length);
    let [from, same] = [0, 0];
    while (from < most && before[from] === now[from]) from++;
    while (same < most - from && before[before.length - 1 - same] === now[now.length - 1 - same]) same++;
    const [tail, by] = [before.length - same, now.length - before.length];
    const at = (offset) => (offset >= tail ? offset + by : Math.min(offset, from));
    return checked.spans.map((span) => ({ ...span, start: at(span.start), end: at(span.end), changed: span.end >= from && span.start <= tail }));
  };

  const paint = () => {
    const text = draft.value;
    const parts = [];
    let at = 0;
    for (const { start, end, number, changed } of spans) {
      const sentence = checked.sentences[number];
      if (!judged(sentence) || end <= start) continue;
      const kind = changed ? "changed" : (KINDS[sentence.state] ?? (faulty(sentence.verdict) ? sentence.verdict : "flagged"));
      const mark = make("span", text.slice(start, end), `cb-checker__mark cb-checker__mark--${kind}`);
      mark.id = `mark-${number + 1}`;
      mark.classList.toggle("cb-checker__mark--here", number === current);
      parts.push(text.slice(at, start), mark);
      at = end;
    }
    marks.replaceChildren(...parts, `${text.slice(at)}\n`);
    const clean = text.replace(COMMENTS, "");
    place("clean").dataset.copy = clean;
    place("commented").hidden = clean === text;
  };

  // --- the card of one sentence ------------------------------------------------------------------------------------------
  /** The next sentence to fix after a sentence, or before it; after the last comes the first. */
  const following = (by, number) => {
    const numbers = open().map((span) => span.number);
    const rank = (each) => checked.rank.get(each) ?? -1;
    const next = by > 0 ? numbers.find((each) => rank(each) > rank(number)) : numbers.findLast((each) => rank(each) < rank(number));
    return next ?? numbers.at(by > 0 ? 0 : -1);
  };
  const choose = (number) => {
    current = number;
    for (const item of list.children) item.classList.toggle("cb-checker__current", item.id === `sentence-${number + 1}`);
    const numbers = open().map((span) => span.number);
    const nth = numbers.indexOf(number) < 0 ? `Next: ${numbers.indexOf(following(1, number)) + 1}` : numbers.indexOf(number) + 1;
    place("position").textContent = numbers.length ? `${nth} of ${numbers.length} to fix` : "Nothing to fix";
    for (const id of ["previous", "next"]) place(id).disabled = numbers.length === 0;
    paint();
  };
  const go = (number) => {
    choose(number);
    document.getElementById(`mark-${current + 1}`)?.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => go(following(by, current));
  const at = (offset) => spans.find(({ start, end }) => start <= offset && offset <= end)?.number;
  const follow = () => {
    const number = at(draft.selectionStart);
    if (number !== undefined && number !== current && judged(checked.sentences[number])) choose(number);
  };

  /** Words in the place of a part of the text, as if typed. */
  const type = (words, start, end) => {
    draft.focus();
    draft.setSelectionRange(start, end);
    document.execCommand(words ? "insertText" : "delete", false, words);
    draft.setSelectionRange(start, start);
    place("next").focus();
  };
  const plain = (words) => words.replace(/[",<>]/g, " ");
  const comment = (rule, reason, owner, until, second) =>
    `<!-- claimbook: allow ${rule} because "${reason.replace(/["<>]/g, "'")}", owner: ${plain(owner)}${second ? `, second: ${plain(second)}` : ""}, until: ${until} -->`;
  /** What a writer can do about a sentence; of none, about the draft as a whole. */
  const acts = (number) => {
    const span = () => spans.find((each) => each.number === number);
    return {
      use: (words) => type(words, span().start, span().end),
      stands: (words) => [draft.value.slice(0, span().start), draft.value.slice(span().end)].some((rest) => rest.includes(words)),
      cut: () => {
        const { start, end } = span();
        const space = /(^|\n)$/.test(draft.value.slice(0, start)) ? /^\s*/ : /^[ \t]*/; // its lines, too, where it opens one
        type("", start, end + draft.value.slice(end).match(space)[0].length);
      },
      allow: (...given) => (span() ? type(` ${comment(...given)}`, span().end, span().end) : type(`\n\n${comment(...given)}\n`, draft.value.length, draft.value.length)),
    };
  };

  // --- the result --------------------------------------------------------------------------------------------------------
  const entry = (sentence, number, remarks) => {
    const item = make("li", "", "cb-passage");
    item.id = `sentence-${number + 1}`;
    return add(item, ...card(sentence, `Sentence ${number + 1}, line ${sentence.line}`, acts(number), remarks));
  };
  const fill = (id, children) => {
    place(id).replaceChildren(...children);
    place(`${id}-part`).hidden = children.length === 0;
  };

  /** The safety box: what the draft leaves out, and what there are no words for. */
  const offer = (words, without, unsought) => {
    for (const [id, shown] of [["box", words], ["box-words", words], ["without", without.length], ["box-part", words || without.length], ["unsought", unsought]]) place(id).hidden = !shown;
    place("unsought").textContent = unsought;
    place("box-words").textContent = words;
    place("without").textContent = `No wording is recorded here for: ${without.map((label) => label.toLowerCase()).join(", ")}. Ask a clinician to write it.`;
  };

  const show = ({ report, pieces, sentences, document_flags: whole, safety_box: box, without, not_sought: unsought, not_kept: lost, suppressed, summary, counts, urgent, order }, pressed) => {
    const opened = file.files[0];
    if (opened) {
      name = opened.name;
      place("lost").textContent = `${name} is open here as plain words${lost.length ? `, without its ${listed(lost)}` : ", and nothing of it is lost"}. The file itself is not changed.`;
      place("lost").hidden = false;
    }
    const text = pieces.map(([words]) => words).join("");
    if (opened || draft.value.length !== text.length) draft.value = text;
    let end = 0;
    const all = pieces.map(([words, number]) => ({ start: end, end: (end += words.length), number }));
    checked = { text: draft.value, sentences, rank: new Map(order.map((number, at) => [number, at])), spans: all.filter(({ number }) => number !== null) };
    spans = checked.spans;

    const unchecked = sentences.filter(({ state }) => state === "not-checked").sort((one, other) => !one.topic - !other.topic);
    place("counts").textContent = `${counts}; ${whole.length ? `${count(whole.length, "remark", "remarks")} on the whole draft` : "no remark on the whole draft"}${suppressed ? `; ${count(suppressed, "flag", "flags")} set aside by comments` : ""}.`;
    const states = [["flagged", null], ["look", null], ["not_checked", "not-checked"], ["clean", "supported"]];
    place("tally").replaceChildren(...states.filter(([state]) => summary[state]).map(([state, verdict]) => add(make("li", "", "cb-checker__count"), ...shown({ state, verdict }), ` ${summary[state]}`)));
    place("urgent").replaceChildren(make("strong", "Most urgent:"), ...urgent.map(([number, words]) => button(words, "cb-button", () => go(number))));
    place("urgent").hidden = urgent.length === 0;
    list.replaceChildren(...sentences.flatMap((each, number) => (!judged(each) ? [] : [entry(each, number, whole.filter((remark) => remark.sentence === number))])));
    fill("whole", reasons(whole, { allow: acts().allow }));
    offer(box, without, unsought);
    fill("unchecked", unchecked.map(({ text: words, line, topic }) => add(make("li"), words, " ", make("span", topic ? `line ${line}, on ${topic}` : `line ${line}`, "cb-small"))));
    place("copy").dataset.copy = report;
    const save = place("save");
    URL.revokeObjectURL(save.href);
    save.href = URL.createObjectURL(new Blob([report], { type: "application/json" }));
    for (const id of ["result", "more", "acts"]) place(id).hidden = false;
    place("stale").hidden = true;
    const here = at(draft.selectionStart);
    choose(!pressed && here !== undefined && judged(sentences[here]) ? here : (open()[0]?.number ?? -1));
    if (pressed) place("heading").focus();
    say(`Done. ${place("position").textContent}.`);
  };

  /** The draft as it is read: the file that was opened, until something is written, or the text. */
  const content = async () => {
    const opened = file.files[0];
    return opened ? [new Uint8Array(await opened.arrayBuffer()), opened.name] : [new TextEncoder().encode(draft.value)];
  };
  const save = async ({ dataset: { form, as } }) => {
    say("Saving …");
    try {
      const [bytes, opened] = await content();
      const saved = await engine.save(bytes, opened, form);
      const link = make("a");
      link.href = URL.createObjectURL(new Blob([saved]));
      link.download = `${name.replace(/\.\w+$/, "")}${as}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      say(`Saved: ${link.download}.`);
    } catch (error) {
      say(`Not saved: ${error.message}`);
    }
  };

  // --- what the writer does ----------------------------------------------------------------------------------------------
  let [turn, timer, ready] = [0, 0, false];
  const begin = () => {
    if (ready) return;
    ready = true;
    engine.show(status, say).then(
      () => status.textContent.startsWith("Loading") && say("The checker is ready."),
      () => {
        ready = false;
      },
    );
  };
  const close = (words) => {
    for (const id of ["result", "more", "acts"]) place(id).hidden = true;
    place("lost").hidden = true;
    name = "draft";
    checked = { text: "", spans: [], sentences: [], rank: new Map() };
    spans = [];
    paint();
    say(words);
  };
  const check = async (pressed) => {
    clearTimeout(timer);
    const mine = ++turn;
    const opened = file.files[0];
    if (!opened && !draft.value.trim()) {
      close("Paste a text or open a file first.");
      return draft.focus();
    }
    begin();
    if (pressed) status.scrollIntoView({ block: "nearest" }); // on a phone it is below the screen
    try {
      await engine.start();
      if (mine === turn) say("Reading …");
      const [bytes, called] = await content();
      place("stop").hidden = false;
      const answer = await engine.vet(bytes, called, (done, all) => mine === turn && say(`Judged ${done.toLocaleString("en")} of ${count(all.toLocaleString("en"), "sentence", "sentences")} …`));
      if (mine === turn) show(answer, pressed);
    } catch (error) {
      if (mine === turn) close(`Not checked: ${error.message}`);
    }
    place("stop").hidden = !engine.busy();
  };
  draft.addEventListener("input", () => {
    file.value = ""; // what is written counts
    turn++; // an answer on its way is of another text
    clearTimeout(timer);
    begin();
    spans = moved();
    paint();
    if (place("result").hidden) return;
    const changed = new Set(spans.filter((span) => span.changed).map(({ number }) => `sentence-${number + 1}`));
    for (const item of list.children) item.classList.toggle("cb-checker__changed", changed.has(item.id));
    for (const item of list.querySelectorAll("button.cb-use")) item.disabled = changed.has(item.closest("li").id);
    place("stale").hidden = false;
    say("Changed: it is read again when you pause.");
    timer = setTimeout(() => (draft.value.trim() ? check(false) : close("")), PAUSE);
  });
  file.addEventListener("change", begin);
  for (const event of ["click", "keyup"]) draft.addEventListener(event, follow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check(true);
  });
  place("stop").addEventListener("click", () => {
    ready = false;
    engine.stop();
    draft.focus();
  });
  place("previous").addEventListener("click", () => step(-1));
  place("next").addEventListener("click", () => step(1));
  place("box").addEventListener("click", ({ currentTarget }) => {
    currentTarget.hidden = true; // until it is read again
    const { length } = draft.value.trimEnd();
    type(`\n\n${place("box-words").textContent}\n`, length, draft.value.length);
  });
  place("undo").addEventListener("click", () => {
    draft.focus();
    document.execCommand("undo");
    place("undo").focus();
  });
  place("all").addEventListener("click", ({ currentTarget }) => {
    const pressed = currentTarget.getAttribute("aria-pressed") !== "true";
    currentTarget.setAttribute("aria-pressed", pressed);
    list.classList.toggle("cb-checker__list--all", pressed);
  });
  for (const button of document.querySelectorAll("#checker-saves [data-form]")) button.addEventListener("click", () => save(button));
  place("print").addEventListener("click", () => print());
  const given = new URLSearchParams(location.hash.slice(1)).get("draft"); // by the search or the front, where somebody asked for it
  if (given) {
    draft.value = given;
    check(true);
  } else paint();
})();
