/** @import { Shell } from "./types.js" */
import { label } from "./data.js";
import { glyph, h, said } from "./dom.js";
import { folded, indexOf, search } from "./search.js";
import { counted } from "./words.js";

/** Milliseconds until the index is made: the first picture comes before it. */
const AFTER = 250;

/**
 * A search field with type-ahead, as the combobox pattern has it: arrows move, Enter takes, Escape closes.
 * @param {Shell} shell @param {HTMLInputElement} input @param {HTMLElement} list @param {(node: number) => void} take
 */
export function searchBox(shell, input, list, take) {
  const { graph } = shell;
  setTimeout(() => indexOf(graph), AFTER);
  let at = -1;
  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (/** @type {number} */ node) => {
    close();
    input.value = "";
    take(node);
  };
  const move = (/** @type {number} */ to) => {
    const all = options();
    if (!all.length) return;
    at = (to + all.length) % all.length;
    for (const [number, option] of all.entries()) option.setAttribute("aria-selected", String(number === at));
    all[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[at].id);
  };
  const show = () => {
    const hits = search(indexOf(graph), input.value);
    list.replaceChildren(...hits.map((hit, number) => h("li", {
      id: `${list.id}-${number}`, role: "option", "aria-selected": "false", "data-node": hit.node,
      pointerdown: (/** @type {Event} */ event) => event.preventDefault(), click: () => choose(hit.node),
    }, glyph(graph, graph.kind[hit.node]), h("span", { class: "words" }, said(graph.name[hit.node]),
      folded(hit.alias) !== folded(graph.name[hit.node]) && h("span", { class: "soft" }, " also ", said(hit.alias))),
    h("span", { class: "soft kindname" }, label(graph, hit.node)))));
    if (input.value && !hits.length) list.append(h("li", { class: "soft", role: "option", "aria-disabled": "true" }, "Nothing here is called that."));
    list.hidden = !input.value;
    input.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
    shell.say(input.value ? counted(hits.length, "result") : "");
    if (hits.length) move(0);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(at - 1);
    else if (event.key === "Enter" && at >= 0 && options()[at]?.dataset["node"]) choose(Number(options()[at].dataset["node"]));
    else if (event.key === "Escape") {
      input.value = "";
      close();
      input.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
