/** @import { Graph, Shell } from "./types.js" */
import { label } from "./data.js";
import { h } from "./dom.js";

/** Two fields for the first and last day. @param {Shell} shell @param {HTMLElement} place */
export function dateFields(shell, place) {
  const { graph, state } = shell;
  const [first, last] = ends(graph);
  if (!first || first === last) return;
  const field = (/** @type {"since" | "until"} */ name, /** @type {string} */ words) => h("input", {
    type: "date", min: first, max: last, value: state[name], "aria-label": words, id: name,
    change: (/** @type {Event} */ event) => shell.go({ [name]: /** @type {HTMLInputElement} */ (event.target).value }),
  });
  const narrowed = Boolean(state.since || state.until);
  const had = /** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("input"));
  if (had.length) { // somebody may be typing in one
    for (const input of had) if (input !== document.activeElement) input.value = state[/** @type {"since" | "until"} */ (input.id)];
    for (const button of place.querySelectorAll("button")) button.hidden = !narrowed;
    return;
  }
  const clear = h("button", { hidden: !narrowed, click: () => shell.go({ since: "", until: "" }) }, "any date");
  place.replaceChildren(h("span", {}, "papers from"), field("since", "Papers from this day on"), h("span", {}, "to"), field("until", "Papers up to this day"), clear);
}

/** @param {Graph} graph */
function ends(graph) {
  let [first, last] = ["", ""];
  for (let at = 0; at < graph.count; at++) {
    const day = label(graph, at) === "Paper" ? graph.date[at] : "";
    if (day && (!first || day < first)) first = day;
    if (day > last) last = day;
  }
  return [first, last];
}
