/* "Check your copy": hands the draft to the worker and shows what comes back. Nothing is loaded before somebody writes, pastes or
   opens a file, nothing is sent, and what a draft or a record says is only ever put in as text. */
(() => {
  "use strict";
  const form = document.getElementById("checker");
  const draft = document.getElementById("checker-draft");
  const file = document.getElementById("checker-file");
  const status = document.getElementById("checker-status");
  const result = document.getElementById("checker-result");
  const place = (id) => document.getElementById(`checker-${id}`);
  const say = (words) => {
    status.textContent = words;
  };
  if (location.protocol === "file:") return place("disk").removeAttribute("hidden");
  form.hidden = false;

  // --- the worker: one draft at a time -----------------------------------------------------------------------------------
  const whole = (path) => new URL(path, location.href).href;
  let worker, ready;
  const ask = (message) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.failed ? reject(new Error(data.failed)) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message || "the checker did not load"));
      worker.postMessage(message);
    });
  const start = () => {
    if (ready) return ready;
    say(`Loading the checker (${form.dataset.size}), once …`);
    worker = new Worker(whole(form.dataset.worker), { type: "module" });
    ready = ask({ opens: { python: whole(form.dataset.python), engine: whole(form.dataset.engine) } });
    ready.then(
      () => status.textContent.startsWith("Loading") && say("The checker is ready."),
      () => {
        worker.terminate();
        ready = undefined;
      },
    );
    return ready;
  };

  // --- small makers ------------------------------------------------------------------------------------------------------
  const make = (tag, words, name) => {
    const made = document.createElement(tag);
    if (words) made.textContent = words;
    if (name) made.className = name;
    return made;
  };
  const add = (parent, ...children) => (parent.append(...children), parent);
  const link = (address, words) => {
    const made = make("a", words);
    made.href = address;
    return made;
  };
  const record = (folder, id, words) => link(`../${folder}/${encodeURIComponent(id)}.html`, words);
  const listed = (links) => links.flatMap((one, index) => (index ? [", ", one] : [one]));
  const claimLink = ([id, statement, truth]) => {
    if (!truth) return record("claims", id, statement);
    const mark = document.querySelector(`#checker-truths .cb-truth--${truth}`).cloneNode(true);
    return add(record("claims", id, `${statement.replace(/\.$/, "")}? `), mark);
  };
  const badge = (verdict) => document.querySelector(`#checker-verdicts .cb-verdict--${verdict}`).cloneNode(true);
  const label = (verdict) => badge(verdict).textContent;
  const count = (number, one, many) => `${number} ${number === 1 ? one : many}`;

  const flagItem = (flag) => {
    const severity = make("strong", flag.severity[0].toUpperCase() + flag.severity.slice(1));
    const about = add(make("span", "", "cb-small"), "Rule: ", flag.known ? record("rules", flag.rule, flag.rule) : flag.rule, ".");
    const evidence = flag.evidence.map(([key, name]) => record("sources", key, name));
    if (evidence.length) add(about, " Evidence: ", ...listed(evidence), ".");
    const also = flag.also.map(([rule, message]) => add(make("li"), message, ". ", record("rules", rule, rule)));
    return add(make("li"), severity, ": ", flag.message, ". ", about, ...(also.length ? [add(make("ul"), ...also)] : []));
  };
  const suggestionsOf = (flags) =>
    [...new Set(flags.map((flag) => flag.suggestion).filter(Boolean))].map((words) => {
      const button = make("button", "Copy", "cb-copy");
      button.type = "button";
      button.dataset.copy = words;
      button.setAttribute("aria-label", `Copy: ${words}`);
      return add(make("p", "", "cb-checker__instead"), make("span", "You may write: ", "cb-small"), make("q", words), " ", button);
    });
  const flagsOf = (flags) => (flags.length ? [add(make("ul", "", "cb-reasons"), ...flags.map(flagItem)), ...suggestionsOf(flags)] : []);

  // --- the result --------------------------------------------------------------------------------------------------------
  const looks = (sentence) => sentence.state === "look";
  const judged = (sentence) => sentence.verdict !== null && (sentence.verdict !== "not-checked" || sentence.flags.length > 0 || looks(sentence));
  const shown = (sentence) => (looks(sentence) ? make("strong", "Look", "cb-checker__look") : badge(sentence.verdict));

  const marked = (pieces, sentences) =>
    pieces.map(([words, number]) => {
      const sentence = sentences[number];
      if (!sentence || sentence.verdict === null) return document.createTextNode(words);
      const mark = make(judged(sentence) ? "a" : "span", words, `cb-checker__mark cb-checker__mark--${looks(sentence) ? "look" : sentence.verdict}`);
      if (!judged(sentence)) return add(mark, make("span", ` (${label(sentence.verdict)})`, "cb-unseen"));
      mark.href = `#sentence-${number + 1}`;
      mark.id = `mark-${number + 1}`;
      return add(mark, make("span", ` ${number + 1} ${shown(sentence).textContent}`, "cb-checker__mark__label"));
    });

  const entry = (sentence, number) => {
    const item = make("li", "", "cb-passage");
    item.id = `sentence-${number}`;
    const head = add(make("p", "", "cb-passage__head"), shown(sentence), " ", link(`#mark-${number}`, `Sentence ${number}, line ${sentence.line}`));
    add(item, head, make("blockquote", sentence.text), ...(sentence.look ? [make("p", sentence.look)] : []), ...flagsOf(sentence.flags));
    const tooMuch = sentence.flags.length > 0 && !["supported", "not-checked", "not-checkable"].includes(sentence.verdict);
    if (tooMuch && !sentence.flags.some((flag) => flag.suggestion))
      add(item, make("p", "No evidence-based wording yet. Safest: delete it.", "cb-checker__instead"));
    add(item, make("p", `Read as: ${sentence.reading}.`, "cb-small"));
    if (sentence.claims.length) {
      const claims = sentence.claims.map((claim) => add(make("li"), claimLink(claim)));
      add(item, make("p", "Held against:", "cb-small cb-checker__held"), add(make("ul", "", "cb-small cb-reasons"), ...claims));
    }
    return item;
  };

  const fill = (id, children) => {
    place(id).replaceChildren(...children);
    place(`${id}-part`).hidden = children.length === 0;
  };

  const show = ({ report, pieces, sentences, document_flags: wholeFlags, suppressed, summary }) => {
    const verdicts = new Map();
    for (const { verdict, state } of sentences) if (verdict !== null && state !== "look") verdicts.set(verdict, (verdicts.get(verdict) || 0) + 1);
    const unchecked = sentences.filter(({ verdict, state }) => verdict === "not-checked" && state !== "look");
    const told = `${count(summary.sentences, "sentence", "sentences")}: ${summary.checked} checked, ${summary.flagged} flagged, ${summary.look} to look at, ${unchecked.length} not checked`;
    place("counts").textContent = `${told}; ${wholeFlags.length ? `${count(wholeFlags.length, "remark", "remarks")} on the whole draft` : "no remark on the whole draft"}${suppressed ? `; ${count(suppressed, "flag", "flags")} set aside by comments` : ""}.`;
    place("tally").replaceChildren(...[...document.querySelectorAll("#checker-verdicts dt")].flatMap(({ dataset: { verdict } }) =>
      verdicts.has(verdict) ? [add(make("li", "", "cb-checker__count"), badge(verdict), ` ${verdicts.get(verdict)}`)] : []));
    if (summary.look) place("tally").append(add(make("li", "", "cb-checker__count"), make("strong", "Look", "cb-checker__look"), ` ${summary.look}`));
    fill("text", marked(pieces, sentences));
    fill("list", sentences.flatMap((sentence, index) => (judged(sentence) ? [entry(sentence, index + 1)] : [])));
    fill("whole", wholeFlags.length ? flagsOf(wholeFlags) : []);
    fill("unchecked", unchecked.map(({ text, line }) => add(make("li"), text, " ", make("span", `line ${line}`, "cb-small"))));
    place("copy").dataset.copy = report;
    const save = place("save");
    URL.revokeObjectURL(save.href);
    save.href = URL.createObjectURL(new Blob([report], { type: "application/json" }));
    result.hidden = false;
    place("heading").focus();
    say(`Done. ${told}.`);
  };

  // --- what the reader does ----------------------------------------------------------------------------------------------
  const begin = () => void start().catch(() => {});
  draft.addEventListener("input", () => {
    file.value = ""; // what is written counts
    begin();
  });
  file.addEventListener("change", begin);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const opened = file.files[0];
    if (!opened && !draft.value.trim()) {
      say("Paste a text or open a file first.");
      return draft.focus();
    }
    form.querySelector("[type=submit]").disabled = true;
    try {
      await start();
      say("Reading …");
      const bytes = opened ? new Uint8Array(await opened.arrayBuffer()) : new TextEncoder().encode(draft.value);
      const answer = JSON.parse((await ask({ bytes, name: opened?.name })).judged);
      if (answer.error) throw new Error(answer.error);
      if (opened) draft.value = answer.pieces.map(([words]) => words).join(""); // to go on with; the file counts until it is changed
      show(answer);
    } catch (error) {
      result.hidden = true;
      say(`Not checked: ${error.message}`);
    } finally {
      form.querySelector("[type=submit]").disabled = false;
    }
  });
  const given = new URLSearchParams(location.hash.slice(1)).get("draft"); // by the search, where somebody asked for it
  if (given) {
    draft.value = given;
    form.requestSubmit();
  }
  place("print").addEventListener("click", () => print());
})();
