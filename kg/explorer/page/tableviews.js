/** @import { Filter, Sheet, Shell } from "./types.js" */
import { benchmarks, everything, leaderboard, matrix, periods, timeline } from "./answers.js";
import { edgesAt, label } from "./data.js";
import { glyph, h, said } from "./dom.js";
import { sheetView } from "./sheet.js";
import { sentence } from "./why.js";
import { clean, counted, shorten } from "./words.js";

/** @param {Shell} shell @param {HTMLElement} place @param {number} node @param {Filter} shown */
export function showBoard(shell, place, node, shown) {
  const { graph } = shell;
  if (node < 0 || label(graph, node) !== "Benchmark") {
    return page(shell, place, "Leaderboards", [sheetView(shell, benchmarks(graph, shown))]);
  }
  const sheets = leaderboard(graph, node, shown);
  const words = sheets.length ? null : h("p", { class: "none" }, "No paper here reports a number on it.");
  page(shell, place, `Results on ${clean(graph.name[node])}`, [h("p", {}, h("button", { click: () => shell.go({ node: "" }) }, "All benchmarks")), words, ...sheets.map((sheet) => sheetView(shell, sheet))]);
}

/** @param {Shell} shell @param {HTMLElement} place @param {number} node @param {Filter} shown */
export function showTimeline(shell, place, node, shown) {
  const { graph } = shell;
  const sheet = timeline(graph, node, shown);
  const found = periods(graph, sheet);
  const one = node >= 0 && label(graph, node) !== "Paper";
  const back = one ? h("p", {}, h("button", { click: () => shell.go({ node: "" }) }, "All papers")) : null;
  page(shell, place, one ? `${clean(graph.name[node])} over time` : "Over time", [back, bars(found), undated(sheet), sheetView(shell, sheet)]);
}

/** How many papers the bars leave out. @param {Sheet} sheet */
function undated(sheet) {
  const papers = new Set(sheet.rows.filter(([date]) => !date.text).map(([, paper]) => paper.node));
  return papers.size ? h("p", { class: "soft" }, `${counted(papers.size, "paper")} without a date ${papers.size === 1 ? "is" : "are"} in the table alone.`) : null;
}

/** A bar for each period; the same numbers are in its label and in the table. @param {ReturnType<typeof periods>} found */
function bars(found) {
  if (found.length < 2) return null;
  const most = Math.max(...found.map((entry) => entry.papers));
  const list = h("ol", { class: "bars", "aria-label": "Papers over time" });
  for (const entry of found) {
    const bar = h("span", { class: "fill" });
    bar.style.height = `${entry.papers ? Math.max(2, Math.round((entry.papers / most) * 90)) : 0}px`;
    const words = `${entry.name}: ${counted(entry.papers, "paper")}, ${entry.proposed} proposed, ${counted(entry.results, "result")}`;
    list.append(h("li", { title: words }, h("span", { class: "count" }, entry.papers ? String(entry.papers) : ""), bar, h("span", { class: "month" }, entry.name.replace(/^\d\d(?=\d\d.)/, "")), h("span", { class: "unseen" }, words)));
  }
  requestAnimationFrame(() => { list.scrollLeft = list.scrollWidth; });
  return list;
}

/** @param {Shell} shell @param {HTMLElement} place @param {number} node @param {Filter} shown */
export function showList(shell, place, node, shown) {
  void node;
  page(shell, place, "List", [sheetView(shell, everything(shell.graph, shown))]);
}

/** @param {Shell} shell @param {HTMLElement} place @param {number} node @param {Filter} shown */
export function showMatrix(shell, place, node, shown) {
  const { graph } = shell;
  const among = node >= 0 && label(graph, node) !== "Paper" ? new Set([...edgesAt(graph, node)].map((edge) => graph.paper[edge])) : null;
  const { columns, rows } = matrix(graph, shown, among);
  const below = h("div", { class: "reason", "aria-live": "polite" }, h("p", { class: "soft" }, "Choose a number for the papers behind it."));
  const name = (/** @type {number} */ at) => h("span", { class: "named" }, glyph(graph, graph.kind[at]),
    h("a", { href: shell.linkTo(at) }, said(shorten(clean(graph.name[at]), 34))));
  const most = Math.max(1, ...rows.flatMap((row) => row.cells.map((cell) => cell.length)));
  const table = h("table", { class: "matrix" },
    h("caption", {}, h("span", {}, "Papers that evaluate on a benchmark and propose, use or compare a method or model")),
    h("thead", {}, h("tr", {}, h("td"), ...columns.map((at) => h("th", { scope: "col" }, h("div", {}, name(at)))))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, h("th", { scope: "row" }, name(row.node)), ...row.cells.map((papers, at) => {
      const cell = h("td", {}, papers.length > 0 && h("button", {
        "aria-label": `${counted(papers.length, "paper")}: ${clean(graph.name[row.node])} and ${clean(graph.name[columns[at]])}`,
        click: () => below.replaceChildren(...both(shell, row.node, columns[at], papers)),
      }, String(papers.length)));
      cell.style.setProperty("--share", String(papers.length / most));
      return cell;
    })))));
  const title = among ? `Benchmarks and methods of papers on ${clean(graph.name[node])}` : "Benchmarks and methods";
  const back = among ? h("p", {}, h("button", { click: () => shell.go({ node: "" }) }, "All papers")) : null;
  page(shell, place, title, [back, rows.length ? h("div", { class: "wide-table", tabindex: 0, role: "region", "aria-label": title }, table) : h("p", { class: "none" }, "No paper here has both a benchmark and a method.")], false);
  place.append(below);
}

/** @param {Shell} shell @param {number} thing @param {number} benchmark @param {number[]} papers */
function both(shell, thing, benchmark, papers) {
  const { graph } = shell;
  return papers.slice(0, 20).map((paper) => {
    const edges = [...edgesAt(graph, paper)].filter((edge) => graph.to[edge] === thing || graph.to[edge] === benchmark);
    return h("div", {}, ...edges.slice(0, 2).map((edge) => sentence(shell, edge)));
  });
}

/** @param {Shell} shell @param {HTMLElement} place @param {string} title @param {(HTMLElement | null)[]} parts @param {boolean} [rows] whether there are rows to filter */
function page(shell, place, title, parts, rows = true) {
  const field = h("input", { type: "search", placeholder: "Filter rows", "aria-label": "Filter rows", value: shell.state.text, class: "filter" });
  field.addEventListener("input", () => {
    clearTimeout(Number(field.dataset["wait"]));
    field.dataset["wait"] = String(setTimeout(() => shell.go({ text: field.value }, true), 150));
  });
  const had = document.activeElement instanceof HTMLInputElement && document.activeElement.classList.contains("filter") ? document.activeElement : null;
  const [start, end, typed] = had ? [had.selectionStart, had.selectionEnd, had.value] : [null, null, ""];
  place.replaceChildren(h("div", { class: "scroller tables" }, h("div", { class: "heading" }, h("h2", {}, said(title)), rows && field), ...parts.filter((part) => part !== null)));
  if (had) {
    field.value = typed;
    field.focus();
    field.setSelectionRange(start, end);
  }
}
