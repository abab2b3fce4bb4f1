/** @import { Column, Filter, Pen, Row, Section, Shell, Theme } from "./types.js" */
import { label } from "./data.js";
import { glyph, h, said } from "./dom.js";
import { columns, joined } from "./ego.js";
import { canvasPen } from "./pens.js";
import { resultWords } from "./results.js";
import { clean, counted, dated, shorten, spoken } from "./words.js";
import { why } from "./why.js";

/** Rows of a section that are shown before "more" is asked for. */
const FIRST = 7;
/** Pixels between columns, as the style sheet has it, and between their words and the line above them. */
const GAP = 30;
const OVER = 9;

/**
 * The surroundings of one node: itself at the left, its neighbours in columns, lines behind them, the reason for the line at hand below.
 * @param {Shell} shell @param {HTMLElement} place @param {number} node @param {Filter} shown
 */
export function showEgo(shell, place, node, shown) {
  const { graph, state } = shell;
  const found = columns(graph, node, shown);
  const opened = new Set(state.more.split(","));
  const reason = h("div", { class: "reason pointed", "aria-live": "polite" }, hint());
  const lines = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "lines", "aria-hidden": "true" }));
  const board = h("div", { class: "ego" }, lines, middle(shell, node));
  for (const [at, column] of found.entries()) board.append(columnOf(shell, column, at, opened, reason, node));
  if (!found.length) board.append(h("p", { class: "none" }, "Nothing of the kinds shown is joined to it."));
  const scroller = h("div", { class: "scroller" }, board);
  place.replaceChildren(scroller, reason);
  board.classList.toggle("tall", board.offsetHeight > scroller.clientHeight);
  const redraw = () => paint(board, lines, shell.theme());
  redraw();
  new ResizeObserver(redraw).observe(board);
  scroller.addEventListener("scroll", () => requestAnimationFrame(redraw), { passive: true });
  board.addEventListener("focusin", (event) => light(shell, board, event.target, redraw));
  board.addEventListener("pointerover", (event) => light(shell, board, event.target, redraw));
  board.addEventListener("pointerleave", () => light(shell, board, null, redraw));
}

function hint() {
  return h("p", { class: "soft" }, "Point at a line's end, or move to it with the arrow keys, to see the sentence that says so.");
}

/** @param {Shell} shell @param {number} node */
function middle(shell, node) {
  const { graph } = shell;
  const kind = graph.kind[node];
  return h("div", { class: "middle" },
    h("div", { class: "card", "data-centre": "" },
      h("p", { class: "kind" }, glyph(graph, kind), label(graph, node), dated(graph, node)),
      h("h2", { dir: "auto" }, said(graph.name[node])),
      h("p", { class: "soft" }, counted(graph.degree[node], "link"))));
}

/** @param {Shell} shell @param {Column} column @param {number} at @param {Set<string>} opened @param {HTMLElement} reason @param {number} centre */
function columnOf(shell, column, at, opened, reason, centre) {
  const sections = column.sections.map((section, number) => sectionOf(shell, section, `${at}.${number}`, opened, reason, centre));
  return h("section", { class: "column", "aria-label": column.title }, ...sections);
}

/** @param {Shell} shell @param {Section} section @param {string} id @param {Set<string>} opened @param {HTMLElement} reason @param {number} centre */
function sectionOf(shell, section, id, opened, reason, centre) {
  const { graph } = shell;
  const all = opened.has(id) || section.rows.length <= FIRST + 1;
  const rows = all ? section.rows : section.rows.slice(0, FIRST);
  const kind = graph.kinds[section.kind];
  const heading = h("h3", {}, h("span", { class: "verb" }, section.outward ? `${section.title} →` : `← ${section.title}`),
    ` ${section.rows.length === 1 ? kind.label.toLowerCase() : kind.plural}\u00a0`, h("span", { class: "soft" }, String(section.rows.length)));
  const list = h("ul", {}, ...rows.map((row) => rowOf(shell, row, section, reason, centre)));
  const more = all ? null : h("button", { class: "more", click: () => shell.go({ more: [...opened, id].filter(Boolean).join(",") }) },
    `+${section.rows.length - FIRST} more`);
  return h("div", { class: "section" }, heading, list, more);
}

/** @param {Shell} shell @param {Row} row @param {Section} section @param {HTMLElement} reason @param {number} centre */
function rowOf(shell, row, section, reason, centre) {
  const { graph } = shell;
  const show = () => reason.replaceChildren(why(shell, row.edges, centre));
  const date = label(graph, row.node) === "Paper" ? graph.date[row.node] : "";
  const name = clean(label(graph, row.node) === "Result" ? resultWords(graph, row.node, centre) : graph.name[row.node]);
  return h("li", {},
    h("a", {
      href: shell.linkTo(row.node), class: `row${label(graph, row.node) === "Paper" ? " long" : ""}`, "data-node": row.node, "data-kind": section.kind, "data-strength": row.strength, title: name.length > 119 ? name : undefined,
      "aria-label": `${section.title}: ${spoken(graph, row.node)}`, focus: show, pointerenter: show,
    }, glyph(graph, section.kind), h("span", { class: "words" }, said(shorten(name, 120)),
      date && h("span", { class: "soft date" }, ` ${date.slice(0, 7)}`),
      row.edges.length > 1 && h("span", { class: "times" }, ` ×${row.edges.length}`))));
}

/** Marks what the row at hand is joined to. @param {Shell} shell @param {HTMLElement} board @param {EventTarget | null} target @param {() => void} redraw */
function light(shell, board, target, redraw) {
  const row = target instanceof Element ? target.closest(".row") : null;
  const at = row instanceof HTMLElement ? Number(row.dataset["node"]) : -1;
  if (board.dataset["at"] === String(at)) return;
  board.dataset["at"] = String(at);
  const near = at >= 0 ? joined(shell.graph, at) : null;
  for (const other of /** @type {NodeListOf<HTMLElement>} */ (board.querySelectorAll(".row"))) {
    const node = Number(other.dataset["node"]);
    other.classList.toggle("at", node === at);
    other.classList.toggle("beside", near !== null && near.has(node));
  }
  redraw();
}

/** @param {HTMLElement} board @param {HTMLCanvasElement} canvas @param {Theme} theme */
function paint(board, canvas, theme) {
  const [width, height] = [board.offsetWidth, board.offsetHeight];
  const ratio = Math.min(window.devicePixelRatio || 1, 2, 8000 / Math.max(width, height, 1));
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(ratio, ratio);
  strokes(board, canvasPen(context), theme);
}

/**
 * The lines from the middle to every row, by a pen: straight to the first column, and round the words of the columns before to each later one.
 * @param {HTMLElement} board @param {Pen} pen @param {Theme} theme
 */
export function strokes(board, pen, theme) {
  const frame = board.getBoundingClientRect();
  const centre = board.querySelector("[data-centre]")?.getBoundingClientRect();
  const canvas = board.querySelector(".lines");
  if (!centre || !canvas || getComputedStyle(canvas).display === "none") return;
  const tops = [...board.querySelectorAll(".column h3")].map((heading) => heading.getBoundingClientRect().top);
  const over = Math.min(centre.top, ...tops) - frame.top - OVER;
  const card = { x: centre.right - frame.left, y: centre.top + centre.height / 2 - frame.top, middle: centre.left + centre.width / 2 - frame.left, top: centre.top - frame.top, over };
  for (const [at, column] of board.querySelectorAll(".column").entries()) {
    const gap = column.getBoundingClientRect().left - frame.left - GAP / 2;
    const rows = [...(/** @type {NodeListOf<HTMLElement>} */ (column.querySelectorAll(".row")))].map((row) => ends(row, frame));
    if (at === 0) for (const row of rows) pen.curve(card.x, card.y, row.x, row.y, ...look(row, theme));
    else round(card, gap, rows, pen, theme);
  }
}

/** @typedef {{ x: number, y: number, at: boolean, near: boolean, strength: number }} End */

/** @param {HTMLElement} row @param {DOMRect} frame @returns {End} */
function ends(row, frame) {
  const box = row.getBoundingClientRect();
  return {
    x: box.left - frame.left + 4, y: box.top - frame.top + 12,
    at: row.classList.contains("at"), near: row.classList.contains("beside"), strength: Number(row.dataset["strength"]) / 100,
  };
}

/** Colour, width and ink of the line to a row. @param {End} row @param {Theme} theme @returns {[string, number, number]} */
function look(row, theme) {
  return [row.at || row.near ? theme.accent : theme.line, row.at ? 2 : 1, row.at ? 1 : row.near ? 0.6 : 0.2 + 0.35 * row.strength];
}

/** One line up from the card, along over all words, down the gap before a column, with a branch to each row. @param {{ middle: number, top: number, over: number }} card @param {number} gap @param {End[]} rows @param {Pen} pen @param {Theme} theme */
function round(card, gap, rows, pen, theme) {
  const way = (/** @type {number} */ down) => [card.middle, card.top, card.middle, card.over, card.middle, card.over, gap, card.over, gap, card.over, gap, down];
  pen.lines(way(Math.max(...rows.map((row) => row.y))), theme.line, 1, 0.3);
  for (const row of rows) {
    pen.lines([gap, row.y, row.x, row.y], ...look(row, theme));
    if (row.at) pen.lines(way(row.y), ...look(row, theme));
  }
}
