/** @import { Filter, Shell } from "./types.js" */
import { byId, glyph, h } from "./dom.js";

/** View -> its name. @type {[string, string][]} */
const TABS = [["map", "Map"], ["node", "Around"], ["path", "Path"], ["board", "Leaderboards"], ["time", "Timeline"], ["matrix", "Matrix"], ["list", "List"]];
/** @type {[string, string][]} */
const KEYS = [["/", "search"], ["m", "map"], ["e", "what is around the chosen thing"], ["p", "path"], ["b", "leaderboards"], ["t", "timeline"], ["x", "matrix"], ["l", "list"],
  ["← ↑ → ↓", "move the map, or from one neighbour to the next"], ["+  −  0", "nearer, farther, everything"], ["Enter", "open what is chosen"], ["c", "show the Cypher"], ["d", "dark or light"], ["Esc", "back"], ["?", "this help"]];

/** @param {Shell} shell */
export function tabs(shell) {
  const { state } = shell;
  const place = byId("tabs");
  place.replaceChildren(...TABS.map(([name, words]) => h("button", {
    "data-view": name, "aria-current": state.view === name ? "page" : undefined, disabled: name === "node" && !state.node, title: name === "node" && !state.node ? "Choose something first: search, or click a dot" : undefined, click: () => shell.go({ view: name }),
  }, words)));
  const current = /** @type {HTMLElement | null} */ (place.querySelector("[aria-current]"));
  if (current) place.scrollLeft = current.offsetLeft - place.offsetLeft - 40;
}

/** The legend, which filters. @param {Shell} shell @param {Filter} shown */
export function chips(shell, shown) {
  const { graph } = shell;
  const counts = graph.kinds.map(() => 0);
  for (const kind of graph.kind) counts[kind]++;
  const toggle = (/** @type {number} */ at) => {
    const next = graph.kinds.filter((_, other) => (other === at ? !shown.kinds[other] : shown.kinds[other])).map((kind) => kind.label);
    shell.go({ kinds: next.join(",") || "none" });
  };
  const place = byId("chips");
  const had = place.contains(document.activeElement) ? document.activeElement?.getAttribute("data-kind") : null;
  place.replaceChildren(...graph.kinds.flatMap((kind, at) => (counts[at] ? [h("button", {
    "aria-pressed": String(shown.kinds[at]), "data-kind": kind.label, click: () => toggle(at),
  }, glyph(graph, at), `${kind.plural} ${counts[at].toLocaleString("en")}`)] : [])));
  if (had) /** @type {HTMLElement | null} */ (place.querySelector(`[data-kind="${had}"]`))?.focus();
}

/** @param {{ [id: string]: [string, () => void] }} buttons */
export function tools(buttons) {
  byId("tools").append(...Object.entries(buttons).map(([id, [words, act]]) => h("button", { id, click: act }, words)));
}

/** @param {Shell} shell */
export function help(shell) {
  const list = h("dl", { class: "keys" });
  for (const [key, words] of KEYS) list.append(h("dt", {}, h("kbd", {}, key)), h("dd", {}, words));
  shell.dialog("Keys", list, h("p", { class: "soft" }, "The address always says what you see: copy it to come back, or to show somebody else this file as you see it."));
}

/** Opens the window of the page with a title and a way out. @param {string} title @param {...(Node | string)} content */
export function dialog(title, ...content) {
  const window = /** @type {HTMLDialogElement} */ (byId("dialog"));
  window.setAttribute("aria-label", title);
  window.replaceChildren(h("h2", {}, title), ...content, h("p", { class: "actions" }, h("button", { click: () => window.close() }, "Close")));
  if (!window.open) window.showModal();
}
