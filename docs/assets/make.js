/* Small makers of elements, shared by the scripts of the site: what a draft or a record says is only ever put in as text. */
globalThis.claimbook = (() => {
  "use strict";
  const make = (tag, words, name) => {
    const element = document.createElement(tag);
    if (words) element.textContent = words;
    if (name) element.className = name;
    return element;
  };
  const add = (parent, ...children) => (parent.append(...children), parent);
  const button = (words, name, act) => {
    const element = make("button", words, name);
    element.type = "button";
    if (act) element.addEventListener("click", act);
    return element;
  };
  /** A copy of a verdict (kind "verdict") or a truth (kind "truth"), as the page holds each of them: that of a `sort`, if it has its own. */
  const badge = (kind, id, sort) => {
    const held = (name) => document.querySelector(`#badges .cb-${kind}--${name}`);
    return ((sort && held(`${sort}-${id}`)) || held(id)).cloneNode(true);
  };
  return { make, add, button, badge };
})();
