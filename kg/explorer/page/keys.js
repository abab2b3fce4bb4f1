/** @import { Shell } from "./types.js" */
import { byId } from "./dom.js";

/** @type {{ [key: string]: string }} */
const VIEWS = { m: "map", e: "node", p: "path", b: "board", t: "time", x: "matrix", l: "list" };
/** @type {{ [key: string]: string }} */
const BUTTONS = { c: "cypher", d: "theme", "?": "help" };

/**
 * Keys of the whole page. Single letters do nothing while somebody types.
 * @param {Shell} shell @param {{ zoom(factor: number): void, pan(dx: number, dy: number): void, fit(): void }} map
 */
export function keys(shell, map) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest("input, textarea, select, dialog[open]")) return;
    const act = action(shell, map, event, target);
    if (act) {
      act();
      event.preventDefault();
    }
  });
}

/** @param {Shell} shell @param {{ zoom(factor: number): void, pan(dx: number, dy: number): void, fit(): void }} map @param {KeyboardEvent} event @param {HTMLElement} target */
function action(shell, map, event, target) {
  const row = target.closest(".row");
  if (row && event.key.startsWith("Arrow")) return () => beside(/** @type {HTMLElement} */ (row), event.key);
  if (event.key === "/") return () => byId("search").focus();
  if (event.key === "Escape") return () => (shell.state.view === "map" ? shell.go({ node: "" }) : shell.go({ view: "map" }));
  const view = VIEWS[event.key];
  if (view) return () => (view !== "node" || shell.state.node ? shell.go({ view }) : undefined);
  const button = BUTTONS[event.key];
  if (button) return () => byId(button).click();
  if (shell.state.view !== "map") return null;
  if (event.key === "+" || event.key === "=") return () => map.zoom(1.3);
  if (event.key === "-") return () => map.zoom(1 / 1.3);
  if (event.key === "0") return () => map.fit();
  if (event.key === "Enter" && target.id === "map" && shell.state.node) return () => shell.go({ view: "node" });
  const step = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] }[event.key];
  return step && target.id === "map" ? () => map.pan(step[0], step[1]) : null;
}

/** Moves to the row beside, above or below one. @param {HTMLElement} row @param {string} key */
function beside(row, key) {
  const from = row.getBoundingClientRect();
  const [x, y] = [from.left + 8, from.top + from.height / 2];
  let best = null;
  let least = Infinity;
  for (const other of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".row"))) {
    const to = other.getBoundingClientRect();
    const [dx, dy] = [to.left + 8 - x, to.top + to.height / 2 - y];
    const ahead = { ArrowLeft: -dx, ArrowRight: dx, ArrowUp: -dy, ArrowDown: dy }[key] ?? 0;
    const aside = key === "ArrowUp" || key === "ArrowDown" ? Math.abs(dx) * 20 : Math.abs(dy);
    if (ahead > 4 && ahead + aside < least) [best, least] = [other, ahead + aside];
  }
  best?.focus();
}
