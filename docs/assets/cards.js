/* A judged sentence as a card: its verdict, why, what may be written instead, and what the evidence makes of its claims. Used where a
   draft is checked and on the front. */
(() => {
  "use strict";
  const { make, add, button, badge } = globalThis.claimbook;
  const root = document.currentScript.dataset.start.replace(/[^/]*$/, "");
  const link = (address, words) => Object.assign(make("a", words), { href: address });
  const record = (folder, id, words) => link(`${root}${folder}/${encodeURIComponent(id)}.html`, words);
  const listed = (links) => links.flatMap((each, index) => (index ? [", ", each] : [each]));

  /** Whether the evidence makes something of a sentence to which a rule objects. */
  const faulty = (verdict) => ![null, "supported", "not-checkable", "not-checked"].includes(verdict);
  /** What stands for a sentence: its state, and what the evidence makes of it where a rule objects. */
  const shown = ({ state, verdict }) => {
    if (state === "look") return [make("strong", "Look", "cb-checker__look")];
    if (state === "flagged") return [make("strong", "Flagged", "cb-checker__flagged"), ...(faulty(verdict) ? [" ", badge("verdict", verdict)] : [])];
    return [state === "nothing" && verdict !== "not-checkable" ? make("strong", "Claims nothing") : badge("verdict", verdict)];
  };

  /** What sets a flag aside: a reason, who gives it, until when it holds; two people where evidence contradicts the words. */
  const aside = (rule, allow, byTwo) => {
    const field = (words, name, type, value) => {
      const input = Object.assign(make("input"), { name, type, value, required: true, autocomplete: "off" });
      return add(make("label", `${words} `), input);
    };
    const inDays = (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
    const second = byTwo ? [field("A second person", "second", "text", "")] : [];
    const form = add(make("form", "", "cb-checker__aside"), field("Why not?", "reason", "text", ""), field("Your name", "owner", "text", ""), ...second, field("Until", "until", "date", inDays(182)), add(make("p"), make("button", "Set it aside", "cb-button")));
    form.elements.until.max = inDays(365);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { reason, owner, until } = form.elements;
      form.querySelector("button").disabled = true; // one comment is enough; the next reading makes a new card
      allow(rule, reason.value, owner.value, until.value, form.elements.second?.value);
    });
    return add(make("details"), add(make("summary", "Not this one"), make("span", `: ${rule}`, "cb-unseen")), form);
  };

  const flag = (allow, byTwo) => ({ rule, known, severity, message, also, evidence }) => {
    const about = add(make("span", "", "cb-small"), "Rule: ", known ? record("rules", rule, rule) : rule, ".");
    if (evidence.length) add(about, " Evidence: ", ...listed(evidence.map(([key, name]) => record("sources", key, name))), ".");
    const grave = make("strong", severity[0].toUpperCase() + severity.slice(1));
    const others = also.map(([name, words]) => add(make("li"), words, ". ", record("rules", name, name)));
    const item = add(make("li"), grave, ": ", message, ". ", about, ...(others.length ? [add(make("ul"), ...others)] : []));
    return allow && known ? add(item, aside(rule, allow, byTwo)) : item;
  };
  /** What may be written instead; what stands elsewhere in the text already need not be said twice. */
  const offers = (wordings, { use, stands, cut }) =>
    [...new Set(wordings.filter(Boolean))].map((words) => {
      const box = make("div", "", "cb-instead cb-checker__instead");
      if (stands?.(words)) {
        const act = add(make("p", "", "cb-checker__acts"), button("Delete this sentence", "cb-use", cut));
        return add(box, add(make("p"), "Already in your text: ", make("q", words), " Delete this sentence."), act);
      }
      const copy = button("Copy", "cb-copy");
      copy.dataset.copy = words;
      copy.setAttribute("aria-label", `Copy: ${words}`);
      const put = use && button("Use this", "cb-use", () => use(words));
      put?.setAttribute("aria-label", `Use this: ${words}`);
      const acts = add(make("p", "", "cb-checker__acts"), ...(put ? [put, " "] : []), copy);
      return add(box, add(make("p"), make("strong", "You may write: "), make("q", words)), acts);
    });
  /** What flags say, and the wording they offer; `use` puts a wording in the place of the sentence, unless it
      `stands` elsewhere: then `cut` takes the sentence out; `allow` sets a flag aside. */
  const reasons = (flags, { allow, byTwo, ...acts } = {}) =>
    flags.length ? [add(make("ul", "", "cb-reasons"), ...flags.map(flag(allow, byTwo))), ...offers(flags.map(({ suggestion }) => suggestion), acts)] : [];

  const claim = ([id, statement, sort, truth, line]) => {
    if (!truth) return add(make("li"), record("claims", id, statement));
    const mark = badge("truth", truth, sort);
    const word = badge("truth", truth).lastChild.textContent.trim(); // as its line begins
    const rest = line.startsWith(`${word}.`) || line.startsWith(`${word}:`) ? line.slice(word.length + 1).trim() : line;
    return add(make("li"), add(record("claims", id, `${statement.replace(/\.$/, "")}? `), mark), " ", rest);
  };
  const NOT_READ = "No record decides this sentence: none is on the same matter, or we cannot be sure that one is. That says nothing about whether it is right.";

  /** A sentence as the parts of a card: for its writer, who can act on it, first what is wrong with it, and with the comments on it. */
  const card = (sentence, head, acts, remarks = []) => {
    const { text, state, verdict, flags, look, suggestion, reading, claims, advice } = sentence;
    const parts = [add(make("p", "", "cb-passage__head"), ...shown(sentence), " ", head), make("blockquote", text)];
    const lookAt = look ? [make("p", look)] : [];
    if (state === "look") parts.push(...lookAt);
    parts.push(...remarks.map(({ message }) => make("p", `About your comment: ${message}.`, "cb-notice")));
    const evidence = claims.length ? [make("p", "What the evidence says:", "cb-checker__held"), add(make("ul", "", "cb-reasons"), ...claims.map(claim))] : [];
    const why = reasons(flags, acts && { ...acts, byTwo: verdict?.startsWith("contradicted") });
    if (acts) parts.push(...why, ...evidence);
    else parts.push(...evidence, ...(why.length ? [make("p", "Why it has this verdict:", "cb-checker__held")] : []), ...why);
    if (state !== "look") parts.push(...lookAt);
    parts.push(...offers([suggestion], acts || {}));
    if (advice) parts.push(make("p", advice, "cb-checker__instead"));
    if (acts && (advice || state === "look")) parts.push(add(make("p", "", "cb-checker__acts"), button("Delete this sentence", "cb-use", acts.cut)));
    if (!claims.length && verdict === "not-checked" && !look) parts.push(make("p", NOT_READ));
    return [...parts, add(make("details", "", "cb-checker__reading"), make("summary", "How it was read"), reading)];
  };
  Object.assign(globalThis.claimbook, { card, faulty, reasons, shown });
})();
