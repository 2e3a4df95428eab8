/* The front's box: a sentence is judged in place, a question goes to the search. Nothing is loaded before that, and nothing is sent. */
(() => {
  "use strict";
  const { make, add, card, engine } = globalThis.claimbook;
  const place = (id) => document.getElementById(`front-${id}`);
  const [status, section, list] = ["status", "judged", "list"].map(place);
  const form = document.querySelector("form[data-asks]");
  const asks = new Set(form.dataset.asks.split(" "));
  const LEAST = 4; // words of a sentence
  const OWN = new Set(["i", "i'm", "i’m", "i've", "i’ve", "im", "my", "me", "mine"]); // who asks for an answer, not for a verdict
  /** Words that stand as a sentence does: who only types some wants an answer, and is not to wait for the checker. */
  const isSentence = (text) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) || [];
    const written = /^\P{L}*\p{Lu}/u.test(text) || /[.!]["”’)]*$/.test(text);
    return written && words.length >= LEAST && !text.endsWith("?") && !asks.has(words[0]) && !words.some((word) => OWN.has(word));
  };
  let turn = 0;

  form.addEventListener("submit", async (event) => {
    const text = form.elements.words.value.trim();
    if (!isSentence(text)) return; // to the search
    event.preventDefault();
    event.stopImmediatePropagation();
    const mine = ++turn;
    place("search").href = `${form.dataset.find}#q=${encodeURIComponent(text)}`;
    place("check").hash = `draft=${encodeURIComponent(text)}`;
    list.replaceChildren();
    section.hidden = false; // what the search has can be read meanwhile
    try {
      await engine.show(status, (words) => {
        if (mine === turn) status.textContent = words;
      });
      if (mine === turn) status.textContent = "Reading …";
      const { sentences } = await engine.vet(new TextEncoder().encode(text));
      if (mine !== turn) return;
      const judged = sentences.filter(({ verdict }) => verdict !== null);
      list.replaceChildren(...judged.map((sentence) => add(make("li", "", "cb-passage"), ...card(sentence, ""))));
      if (!judged.length) list.append(make("li", "It claims nothing that we check."));
      status.textContent = "Judged. A verdict is about the words, never about a clinic, and it is not medical advice.";
    } catch (error) {
      if (mine !== turn) return;
      list.replaceChildren();
      status.textContent = `Not checked: ${error.message}`;
    }
    place("judged-heading").focus();
  });
  form.elements.words.addEventListener("input", () => {
    turn++;
    section.hidden = true; // it is of other words
  });
})();
