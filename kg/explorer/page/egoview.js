/** @import { Column, Pen, Row, Section, Shell, Theme } from "./types.d.ts" */
import { handle, label } from "./data.js";
import { glyph, h, said } from "./dom.js";
import { columns, joined } from "./ego.js";
import { clean, counted, shorten, spoken } from "./words.js";
import { why } from "./why.js";

/** Rows of a section that are shown before "more" is asked for. */
const FIRST = 7;

/**
 * The surroundings of one node: itself at the left, its neighbours in columns, lines behind them, the reason for the line at hand below.
 * @param {Shell} shell @param {HTMLElement} place @param {number} node @param {(kind: number) => boolean} wanted
 */
export function showEgo(shell, place, node, wanted) {
  const { graph, state } = shell;
  const found = columns(graph, node, wanted);
  const opened = new Set(state.more.split(","));
  const reason = h("div", { class: "reason", "aria-live": "polite" }, hint());
  const lines = /** @type {HTMLCanvasElement} */ (h("canvas", { class: "lines", "aria-hidden": "true" }));
  const board = h("div", { class: "ego" }, lines, middle(shell, node));
  for (const [at, column] of found.entries()) board.append(columnOf(shell, column, at, opened, reason, node));
  if (!found.length) board.append(h("p", { class: "none" }, "Nothing of the kinds shown is joined to it."));
  const scroller = h("div", { class: "scroller" }, board);
  place.replaceChildren(scroller, reason);
  const redraw = () => strokes(board, lines, shell.theme());
  redraw();
  new ResizeObserver(redraw).observe(board);
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
      h("p", { class: "kind" }, glyph(graph, kind), label(graph, node), graph.date[node] ? ` · ${graph.date[node]}` : ""),
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
    ` ${section.rows.length === 1 ? kind.label.toLowerCase() : kind.plural} `, h("span", { class: "soft" }, String(section.rows.length)));
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
  const name = clean(graph.name[row.node]);
  return h("li", {},
    h("button", {
      class: "row", "data-node": row.node, "data-kind": section.kind, "data-strength": row.strength, title: name.length > 90 ? name : undefined,
      "aria-label": `${section.title}: ${spoken(graph, row.node)}`, click: () => shell.open(row.node), focus: show, pointerenter: show,
    }, glyph(graph, section.kind), h("span", { class: "words" }, said(shorten(name, 110)),
      date && h("span", { class: "soft" }, ` ${date.slice(0, 7)}`),
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

/**
 * Where everything stands, measured: for the lines, and for pictures of the view.
 * @param {HTMLElement} board
 */
export function measured(board) {
  const frame = board.getBoundingClientRect();
  const box = (/** @type {Element} */ element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left - frame.left, y: top - frame.top, width, height };
  };
  const centre = board.querySelector("[data-centre]");
  const rows = [...board.querySelectorAll(".row")].map((row) => ({ row: /** @type {HTMLElement} */ (row), box: box(row) }));
  return { width: board.scrollWidth, height: board.scrollHeight, centre: centre ? box(centre) : null, rows, box };
}

/** @param {HTMLElement} board @param {HTMLCanvasElement} canvas @param {Theme} theme */
function strokes(board, canvas, theme) {
  const { width, height, centre, rows } = measured(board);
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = Math.min(width * ratio, 8000);
  canvas.height = Math.min(height * ratio, 8000);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  if (!context || !centre) return;
  context.scale(canvas.width / width, canvas.height / height);
  const x = centre.x + centre.width;
  const y = centre.y + centre.height / 2;
  for (const { row, box } of rows) {
    const at = row.classList.contains("at");
    const strength = Number(row.dataset["strength"]) / 100;
    context.strokeStyle = at ? theme.accent : theme.line;
    context.globalAlpha = at ? 1 : 0.35 + 0.4 * strength;
    context.lineWidth = at ? 2 : 1;
    context.beginPath();
    context.moveTo(x, y);
    const end = box.x + 4;
    const bend = Math.max(24, Math.min(70, (end - x) / 2));
    context.bezierCurveTo(x + bend, y, end - bend, box.y + 13, end, box.y + 13);
    context.stroke();
  }
}

/** The view as a picture: the same boxes and words by a pen. @param {Shell} shell @param {HTMLElement} board @param {Pen} pen @param {Theme} theme */
export function drawEgo(shell, board, pen, theme) {
  const { graph } = shell;
  const { centre, rows, box } = measured(board);
  if (!centre) return;
  const x = centre.x + centre.width;
  const y = centre.y + centre.height / 2;
  for (const { box: place } of rows) pen.curve(x, y, place.x + 4, place.y + 13, theme.line, 1, 0.6);
  for (const heading of board.querySelectorAll("h3")) {
    const place = box(heading);
    pen.text(clean(heading.textContent || ""), place.x, place.y + place.height / 2, { size: 12, bold: true, colour: theme.soft, halo: theme.ground });
  }
  const node = graph.byKey.get(shell.state.node);
  if (node !== undefined) lines(pen, clean(graph.name[node]), centre.x + 12, centre.y + 40, centre.width - 20, 15, theme, true);
  for (const { row, box: place } of rows) {
    const at = Number(row.dataset["node"]);
    const kind = graph.kinds[graph.kind[at]];
    pen.shapes(kind.shape, [place.x + 8, place.y + 13, 4.5], theme.dark ? kind.dark : kind.light, "");
    lines(pen, clean(row.querySelector(".words")?.textContent || ""), place.x + 20, place.y + 13, place.width - 24, 13, theme, false);
  }
}

/** Words over several lines. @param {Pen} pen @param {string} words @param {number} x @param {number} y @param {number} width @param {number} size @param {Theme} theme @param {boolean} bold */
function lines(pen, words, x, y, width, size, theme, bold) {
  let line = "";
  let down = y;
  for (const word of words.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && pen.width(longer, size, bold) > width) {
      pen.text(line, x, down, { size, bold, colour: theme.ink, halo: theme.ground });
      down += size * 1.35;
      line = word;
    } else line = longer;
  }
  pen.text(line, x, down, { size, bold, colour: theme.ink, halo: theme.ground });
}

/** @param {Shell} shell @param {number} node */
export function egoTitle(shell, node) {
  return `Around ${handle(shell.graph, node)}`;
}
