/** @import { Cell, Sheet, Shell } from "./types.js" */
import { bibtex, csv, markdown } from "./copy.js";
import { evidence } from "./data.js";
import { anchor, glyph, h, quote, said } from "./dom.js";
import { clean, counted } from "./words.js";

/** Rows drawn before more are asked for. */
const FIRST = 150;

/**
 * A table that sorts, filters and copies itself. Sorting is in the address, so a link keeps it.
 * @param {Shell} shell @param {Sheet} whole
 * @returns {HTMLElement}
 */
export function sheetView(shell, whole) {
  const sheet = filled(whole);
  const chosen = /^(\w+)\.(\d+)\.(up|down)$/.exec(shell.state.sort);
  const column = chosen && chosen[1] === sheet.name ? Number(chosen[2]) : -1;
  const down = chosen?.[3] === "down";
  const rows = filtered(sheet.rows, shell.state.text);
  if (column >= 0) rows.sort((a, b) => (down ? -1 : 1) * order(a[column], b[column]));
  const body = h("tbody", { role: "rowgroup" }, ...rows.slice(0, FIRST).map((row) => rowOf(shell, row, sheet.heads)));
  const heads = sheet.heads.map((head, at) => h("th", { scope: "col", role: "columnheader", class: sheet.rows[0]?.[at].number ? "number" : undefined, "aria-sort": at === column ? (down ? "descending" : "ascending") : undefined },
    h("button", { click: () => shell.go({ sort: `${sheet.name}.${at}.${at === column && !down ? "down" : "up"}` }, true) }, head,
      h("span", { "aria-hidden": "true", class: "arrow" }, at === column ? (down ? " ▼" : " ▲") : ""))));
  const more = rows.length > FIRST ? h("button", { class: "more", click: () => { body.append(...rows.slice(FIRST).map((row) => rowOf(shell, row, sheet.heads))); more?.remove(); } },
    `Show all ${rows.length.toLocaleString("en")} rows`) : null;
  const table = h("table", { class: "big", role: "table" }, h("caption", {}, sheet.caption, h("span", { class: "soft" }, ` ${counted(rows.length, "row")}${sheet.note ? ` · ${sheet.note}` : ""}`)),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads)), body);
  return h("section", { class: "sheet-view" }, copies(shell, { ...sheet, rows }), table, more);
}

/** @param {Cell[][]} rows @param {string} text */
function filtered(rows, text) {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!wanted.length) return rows.slice();
  return rows.filter((row) => {
    const words = row.map((cell) => cell.text).join(" ").toLowerCase();
    return wanted.every((word) => words.includes(word));
  });
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

/** @param {Cell} a @param {Cell} b */
function order(a, b) {
  if (typeof a.sort === "number" && typeof b.sort === "number") return a.sort - b.sort;
  return COLLATOR.compare(a.text, b.text);
}

/** The sheet without columns that hold nothing. @param {Sheet} sheet @returns {Sheet} */
export function filled(sheet) {
  const kept = sheet.heads.map((_, at) => at === 0 || sheet.rows.some((row) => row[at].text));
  const keep = (/** @type {any[]} */ cells) => cells.filter((_, at) => kept[at]);
  const bibtex = sheet.bibtex === undefined ? undefined : kept.slice(0, sheet.bibtex).filter(Boolean).length;
  return { ...sheet, heads: keep(sheet.heads), rows: sheet.rows.map(keep), bibtex };
}

/** @param {Shell} shell @param {Cell[]} row @param {string[]} heads */
function rowOf(shell, row, heads) {
  return h("tr", { role: "row" }, ...row.map((cell, at) => h(at === 0 ? "th" : "td", {
    scope: at === 0 ? "row" : undefined, role: at === 0 ? "rowheader" : "cell", "data-head": heads[at], class: !cell.text ? "empty" : cell.number ? "number" : cell.edge !== undefined ? "wide" : /^\d{4}-\d\d-\d\d$/.test(cell.text) ? "date" : undefined,
  }, content(shell, cell))));
}

/** @param {Shell} shell @param {Cell} cell */
function content(shell, cell) {
  const { graph } = shell;
  const node = cell.node;
  if (cell.edge !== undefined) {
    const words = evidence(graph, cell.edge);
    if (words) return quote(words);
  }
  if (cell.nodes?.length) return h("span", {}, ...cell.nodes.flatMap((one, at) => [at ? ", " : "", h("a", { href: shell.linkTo(one) }, said(clean(graph.name[one])))]));
  if (node === undefined) return cell.url ? anchor(cell.url, cell.text) : said(cell.text);
  const link = h("a", { href: cell.go ? shell.link(cell.go) : shell.linkTo(node) }, said(cell.text));
  return cell.shape === undefined ? link : h("span", { class: "named" }, glyph(graph, cell.shape), link);
}

/** @param {Shell} shell @param {Sheet} sheet */
function copies(shell, sheet) {
  const papers = sheet.bibtex === undefined ? "" : bibtex(shell.graph, sheet);
  return h("p", { class: "copies" }, "Copy as ",
    h("button", { click: () => copy(shell, csv(sheet), "CSV") }, "CSV"),
    h("button", { click: () => copy(shell, markdown(sheet), "Markdown") }, "Markdown"),
    papers && h("button", { click: () => copy(shell, papers, "BibTeX") }, "BibTeX"));
}

/** Puts text on the clipboard, or shows it to be copied by hand where the browser forbids that. @param {Shell} shell @param {string} text @param {string} what */
export async function copy(shell, text, what) {
  try {
    await navigator.clipboard.writeText(text);
    shell.say(`${what} copied`);
  } catch {
    const area = h("textarea", { rows: 14, readonly: true, "aria-label": what });
    area.value = text;
    shell.dialog(`${what}: copy this`, area);
    area.select();
  }
}
