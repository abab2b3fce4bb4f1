/** @import { Filter, Row, Section, Shell } from "./types.js" */
import { label } from "./data.js";
import { anchor, glyph, h, said } from "./dom.js";
import { columns } from "./ego.js";
import { resultEnds, resultsAt, resultWords } from "./results.js";
import { sentence } from "./why.js";
import { amount, clean, counted, dated } from "./words.js";

/** Rows of a list that are shown before the rest is asked for. */
const FIRST = 12;

/** What the page knows of one node. @param {Shell} shell @param {HTMLElement} place @param {number} node @param {Filter} shown */
export function showPanel(shell, place, node, shown) {
  const { graph, state } = shell;
  const more = graph.more[node];
  const here = state.view === "node";
  place.replaceChildren(
    h("p", { class: "kind" }, glyph(graph, graph.kind[node]), label(graph, node), dated(graph, node)),
    h("h2", { dir: "auto", tabindex: -1 }, said(graph.name[node])),
    facts(shell, node),
    h("p", { class: "actions" },
      !here && h("button", { class: "main", click: () => shell.open(node) }, "Show what is around it"),
      h("button", { click: () => shell.go({ view: "path", node: state.node, to: "" }) }, "Find a path from it"),
      label(graph, node) === "Benchmark" && h("button", { click: () => shell.go({ view: "board" }) }, "Leaderboard"),
      label(graph, node) !== "Paper" && h("button", { click: () => shell.go({ view: "time" }) }, "Over time")),
    ...abstract(more),
    ...results(shell, node),
    ...columns(graph, node, shown).flatMap((column) => column.sections).filter((section) => graph.kinds[section.kind].label !== "Result")
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
    Array.isArray(more["authors"]) && ["authors", said(more["authors"].join(", "))],
    more.categories && ["categories", said(more.categories.join(" "))],
    more.comment && ["comment", said(more.comment)],
    more.url && ["address", anchor(more.url)],
  ];
  const list = h("dl", { class: "facts" });
  for (const item of items) if (item) list.append(h("dt", {}, String(item[0])), h("dd", { dir: "auto" }, item[1]));
  return list;
}

/** The abstract for reading, and as published where that differs. @param {import("./types.js").More} more */
function abstract(more) {
  if (!more.abstract) return [];
  const parts = /** @type {HTMLElement[]} */ ([h("h3", {}, "Abstract"), h("p", { class: "abstract", dir: "auto" }, more.reading || more.abstract)]);
  if (more.reading) parts.push(h("details", {}, h("summary", {}, "As published"), h("p", { class: "abstract", dir: "auto" }, more.abstract)));
  return parts;
}

/** Results shown before the rest is asked for. */
const NUMBERS = 10;

/** What was measured: of a paper, on a benchmark, of a model, in a metric; each with its sentence. @param {Shell} shell @param {number} node */
function results(shell, node) {
  const { graph } = shell;
  const found = resultsAt(graph, node).sort((a, b) => (resultWords(graph, a) < resultWords(graph, b) ? -1 : 1));
  if (!found.length) return [];
  const list = h("ul", { class: "said-list" }, ...found.slice(0, NUMBERS).map((result) => resultItem(shell, result, node)));
  const rest = found.slice(NUMBERS);
  const more = rest.length ? h("button", { class: "more", click: () => { list.append(...rest.map((result) => resultItem(shell, result, node))); more?.remove(); } }, `+${rest.length} more`) : null;
  return [h("section", {}, h("h3", {}, "Results ", h("span", { class: "soft" }, String(found.length))), list, more)];
}

/** @param {Shell} shell @param {number} result @param {number} node */
function resultItem(shell, result, node) {
  const { graph } = shell;
  const { edge } = resultEnds(graph, result);
  const sure = graph.more[result].confidence;
  return h("li", {}, glyph(graph, graph.kind[result]), h("div", {},
    h("a", { href: shell.linkTo(result) }, said(resultWords(graph, result, node))),
    h("span", { class: "soft" }, sure === undefined ? "" : ` confidence ${sure.toFixed(2)}`),
    edge >= 0 ? opener(shell, [edge]) : null));
}

/** Sentences that open. @param {Shell} shell @param {number[]} edges */
function opener(shell, edges) {
  const details = h("details", {}, h("summary", {}, edges.length === 1 ? "the sentence" : `${edges.length} sentences`));
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(...edges.slice(0, 8).map((edge) => sentence(shell, edge)));
  });
  return details;
}

/** @param {Shell} shell @param {number} node */
export function nodeLink(shell, node) {
  return h("a", { href: shell.linkTo(node) }, said(shell.graph.name[node]));
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
  const spoken = graph.said[row.edge * 6] >= 0;
  return h("li", {}, glyph(graph, kind), h("div", {}, nodeLink(shell, row.node),
    label(graph, row.node) !== "Paper" && url ? h("span", {}, " ", anchor(url, "open")) : null, spoken ? opener(shell, row.edges) : null));
}

/** What the page is about, and where to start. @param {Shell} shell @param {HTMLElement} place @param {string} missing what an address asks for that is not here */
export function showAbout(shell, place, missing) {
  const { graph } = shell;
  const groups = graph.kinds.map((kind, at) => ({ kind, at, nodes: top(graph, at) }))
    .filter(({ kind, nodes }) => nodes.length && ["Paper", "Model", "Method", "Benchmark", "Task"].includes(kind.label));
  place.replaceChildren(
    h("h2", { tabindex: -1 }, said(graph.title)),
    h("p", {}, `${counted(graph.count, "node")}, ${counted(graph.edges, "relationship")}.`),
    ...(missing ? [h("p", { class: "note" }, "Not in this file: ", said(clean(missing.replace(":", " "))), ". It may go by another name, or be in a larger file; search looks at all names here.")] : []),
    ...(graph.note ? [h("p", { class: "note" }, said(graph.note))] : []),
    h("p", { class: "soft" }, "What joins two things rests on sentences of papers, shown where you point. Click a dot, search, or start with one of these."),
    ...groups.flatMap(({ kind, at, nodes }) => [
      h("h3", {}, `Most connected ${kind.plural}`),
      h("ul", { class: "said-list" }, ...nodes.map((node) => h("li", {}, glyph(graph, at), h("div", {}, nodeLink(shell, node), h("span", { class: "soft" }, ` ${graph.degree[node]}`))))),
    ]));
}

/** @param {import("./types.js").Graph} graph @param {number} kind */
function top(graph, kind) {
  const nodes = [];
  for (let at = 0; at < graph.count; at++) if (graph.kind[at] === kind && graph.degree[at]) nodes.push(at);
  return nodes.sort((a, b) => graph.degree[b] - graph.degree[a] || a - b).slice(0, 5);
}
