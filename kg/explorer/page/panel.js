/** @import { Row, Section, Shell } from "./types.d.ts" */
import { across, edgesAt, label } from "./data.js";
import { anchor, glyph, h, said } from "./dom.js";
import { columns } from "./ego.js";
import { sentence } from "./why.js";
import { amount, clean, counted } from "./words.js";

/** Rows of a list that are shown before the rest is asked for. */
const FIRST = 12;

/** What the page knows of one node. @param {Shell} shell @param {HTMLElement} place @param {number} node */
export function showPanel(shell, place, node) {
  const { graph, state } = shell;
  const more = graph.more[node];
  const here = state.view === "node";
  place.replaceChildren(
    h("p", { class: "kind" }, glyph(graph, graph.kind[node]), label(graph, node), graph.date[node] ? ` · ${graph.date[node]}` : ""),
    h("h2", { dir: "auto", tabindex: -1 }, said(graph.name[node])),
    facts(shell, node),
    h("p", { class: "actions" },
      !here && h("button", { class: "main", click: () => shell.open(node) }, "Show what is around it"),
      h("button", { click: () => shell.go({ view: "path", node: state.node, to: "" }) }, "Find a path from it"),
      label(graph, node) === "Benchmark" && h("button", { click: () => shell.go({ view: "board" }) }, "Leaderboard"),
      label(graph, node) !== "Paper" && h("button", { click: () => shell.go({ view: "time" }) }, "Over time")),
    ...abstract(more),
    ...results(shell, node),
    ...columns(graph, node, () => true).flatMap((column) => column.sections).filter((section) => section.type !== "REPORTS")
      .map((section) => listOf(shell, section)),
  );
}

/** @param {Shell} shell @param {number} node */
function facts(shell, node) {
  const { graph } = shell;
  const more = graph.more[node];
  const items = [
    more.title && clean(more.title) !== graph.name[node] && ["as published", said(more.title)],
    more.aliases && more.aliases.length > 1 && ["also written", said(more.aliases.filter((alias) => alias !== graph.name[node]).join(" · "))],
    more.ambiguous && ["note", "this name may mean several things"],
    label(graph, node) === "Result" && ["value", said(`${amount(more)} ${more.metric || ""} (${more.kind || ""})`)],
    more.direction && ["better is", String(more.direction)],
    more.upvotes !== undefined && ["upvotes", String(more.upvotes)],
    more.categories && ["categories", said(more.categories.join(" "))],
    more.comment && ["comment", said(more.comment)],
    more.url && ["address", anchor(more.url)],
  ];
  const list = h("dl", { class: "facts" });
  for (const item of items) if (item) list.append(h("dt", {}, String(item[0])), h("dd", { dir: "auto" }, item[1]));
  return list;
}

/** The abstract for reading, and as published where that differs. @param {import("./types.d.ts").More} more */
function abstract(more) {
  if (!more.abstract) return [];
  const parts = /** @type {HTMLElement[]} */ ([h("h3", {}, "Abstract"), h("p", { class: "abstract", dir: "auto" }, more.reading || more.abstract)]);
  if (more.reading) parts.push(h("details", {}, h("summary", {}, "As published"), h("p", { class: "abstract", dir: "auto" }, more.abstract)));
  return parts;
}

/** What was measured: of a paper, on a benchmark, of a model, in a metric. @param {Shell} shell @param {number} node */
function results(shell, node) {
  const { graph } = shell;
  const found = [...new Set([...edgesAt(graph, node)].map((edge) => across(graph, edge, node)))].filter((other) => label(graph, other) === "Result");
  if (!found.length) return [];
  const rows = found.slice(0, 30).map((result) => h("tr", {},
    h("td", { class: "number" }, h("button", { class: "linklike", click: () => shell.open(result) }, said(amount(graph.more[result])))),
    h("td", {}, ...end(shell, result, "MEASURED_BY", graph.more[result].metric || "")),
    h("td", {}, ...end(shell, result, "OF", "")),
    h("td", {}, ...end(shell, result, "ON", "")),
    h("td", {}, ...end(shell, result, "AGAINST", ""))));
  return [h("h3", {}, "Results ", h("span", { class: "soft" }, String(found.length))),
    h("div", { class: "sheet" }, h("table", {}, h("thead", {}, h("tr", {}, ...["value", "metric", "of", "on", "against"].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, ...rows)))];
}

/** @param {Shell} shell @param {number} result @param {string} type @param {string} otherwise */
function end(shell, result, type, otherwise) {
  const { graph } = shell;
  const edges = [...edgesAt(graph, result)].filter((edge) => graph.types[graph.type[edge]] === type && graph.from[edge] === result);
  if (!edges.length) return otherwise ? [said(otherwise)] : ["–"];
  return edges.map((edge) => nodeButton(shell, graph.to[edge]));
}

/** @param {Shell} shell @param {number} node */
export function nodeButton(shell, node) {
  return h("button", { class: "linklike", click: () => shell.open(node) }, said(shell.graph.name[node]));
}

/** One relation's neighbours as a list, each with its sentences to open. @param {Shell} shell @param {Section} section */
function listOf(shell, section) {
  const { graph } = shell;
  const kind = graph.kinds[section.kind];
  const list = h("ul", { class: "said-list" }, ...section.rows.slice(0, FIRST).map((row) => itemOf(shell, row, section.kind)));
  const rest = section.rows.slice(FIRST);
  const more = rest.length ? h("button", { class: "more", click: () => { list.append(...rest.map((row) => itemOf(shell, row, section.kind))); more?.remove(); } },
    `+${rest.length} more`) : null;
  return h("section", {}, h("h3", {}, `${section.outward ? "" : "← "}${section.title}${section.outward ? " →" : ""} ${kind.plural} `,
    h("span", { class: "soft" }, String(section.rows.length))), list, more);
}

/** @param {Shell} shell @param {Row} row @param {number} kind */
function itemOf(shell, row, kind) {
  const { graph } = shell;
  const url = graph.more[row.node].url;
  const details = h("details", {}, h("summary", {}, counted(row.edges.length, "sentence")));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(...row.edges.slice(0, 8).map((edge) => sentence(shell, edge)));
  });
  const spoken = graph.said[row.edge * 6] >= 0;
  return h("li", {}, glyph(graph, kind), nodeButton(shell, row.node), label(graph, row.node) !== "Paper" && url ? h("span", {}, " ", anchor(url, "open")) : null,
    spoken ? details : null);
}

/** What the page is about, and where to start. @param {Shell} shell @param {HTMLElement} place */
export function showAbout(shell, place) {
  const { graph } = shell;
  const groups = graph.kinds.map((kind, at) => ({ kind, at, nodes: top(graph, at) }))
    .filter(({ kind, nodes }) => nodes.length && ["Paper", "Model", "Method", "Benchmark", "Task"].includes(kind.label));
  place.replaceChildren(
    h("h2", { tabindex: -1 }, said(graph.title)),
    h("p", {}, `${counted(graph.count, "node")}, ${counted(graph.edges, "relationship")}.`),
    ...(graph.note ? [h("p", { class: "note" }, said(graph.note))] : []),
    h("p", { class: "soft" }, "Every relationship rests on a sentence of a paper. Click a dot, search, or start with one of these."),
    ...groups.flatMap(({ kind, at, nodes }) => [
      h("h3", {}, `Most connected ${kind.plural}`),
      h("ul", { class: "said-list" }, ...nodes.map((node) => h("li", {}, glyph(graph, at), nodeButton(shell, node), h("span", { class: "soft" }, ` ${graph.degree[node]}`)))),
    ]));
}

/** @param {import("./types.d.ts").Graph} graph @param {number} kind */
function top(graph, kind) {
  const nodes = [];
  for (let at = 0; at < graph.count; at++) if (graph.kind[at] === kind && graph.degree[at]) nodes.push(at);
  return nodes.sort((a, b) => graph.degree[b] - graph.degree[a] || a - b).slice(0, 5);
}
