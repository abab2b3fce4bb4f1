/** @import { Cell, Filter, Graph, Sheet } from "./types.js" */
import { across, edgesAt, evidence, handle, label } from "./data.js";
import { better, metricOf, resultEnds, resultsAt, resultWords } from "./results.js";
import { amount, clean, phrase } from "./words.js";

/** @param {Graph} graph @param {number} node @returns {Cell} */
export function nodeCell(graph, node) {
  return { text: clean(graph.name[node]), node, shape: graph.kind[node] };
}

/** @param {Graph} graph @param {number[]} nodes @returns {Cell} */
function nodesCell(graph, nodes) {
  if (nodes.length === 1) return nodeCell(graph, nodes[0]);
  return { text: nodes.map((node) => clean(graph.name[node])).join(", "), nodes };
}

/** @param {number} number @returns {Cell} */
function numberCell(number) {
  return { text: number ? number.toLocaleString("en") : "", sort: number, number: true };
}

/** @param {Graph} graph @param {number} edge @returns {Cell} */
function saidCell(graph, edge) {
  const words = edge < 0 ? null : evidence(graph, edge);
  return words ? { text: clean(words.before + words.mention + words.after), edge } : { text: "" };
}

/** All benchmarks and how much is known of each. @param {Graph} graph @param {Filter} shown @returns {Sheet} */
export function benchmarks(graph, shown) {
  const rows = [];
  for (let node = 0; node < graph.count; node++) {
    if (!shown.nodes[node] || label(graph, node) !== "Benchmark") continue;
    const papers = new Set();
    let results = 0;
    for (const edge of edgesAt(graph, node)) {
      if (!shown.edges[edge]) continue;
      if (graph.types[graph.type[edge]] === "ON") results++;
      if (graph.paper[edge] >= 0) papers.add(graph.paper[edge]);
    }
    rows.push([{ ...nodeCell(graph, node), go: { node: handle(graph, node) } }, numberCell(results), numberCell(papers.size), { text: graph.date[node] }]);
  }
  rows.sort((a, b) => Number(b[1].sort) - Number(a[1].sort) || Number(b[2].sort) - Number(a[2].sort));
  return { name: "benchmarks", caption: "Benchmarks: choose one for its leaderboard", heads: ["benchmark", "results", "papers", "first seen"], rows, down: true };
}

const BOARD = ["value", "of", "against", "date", "paper", "sentence", "confidence"];

/**
 * A benchmark's leaderboard: a sheet for each metric, the best on top where the direction is known; relative claims apart.
 * @param {Graph} graph @param {number} benchmark @param {Filter} shown
 * @returns {Sheet[]}
 */
export function leaderboard(graph, benchmark, shown) {
  /** @type {Map<string, number[]>} */
  const groups = new Map();
  for (const result of resultsAt(graph, benchmark)) {
    const ends = resultEnds(graph, result);
    if (!ends.on.includes(benchmark) || (ends.edge >= 0 && !shown.edges[ends.edge])) continue;
    const name = `${graph.more[result].kind === "relative" ? "relative" : "absolute"}\n${metricOf(graph, result) || "metric not named"}\n${graph.more[result].unit || ""}`;
    const group = groups.get(name);
    if (group) group.push(result);
    else groups.set(name, [result]);
  }
  return [...groups].sort((a, b) => Number(a[0].startsWith("r")) - Number(b[0].startsWith("r")) || b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .map(([name, results], at) => board(graph, name.split("\n"), results, at));
}

/** @param {Graph} graph @param {string[]} name @param {number[]} results @param {number} at @returns {Sheet} */
function board(graph, [kind, metric, unit], results, at) {
  const direction = better(graph, results[0]);
  const relative = kind === "relative";
  const sign = direction === "lower" && !relative ? 1 : -1;
  const value = (/** @type {number} */ result) => graph.more[result].value ?? 0;
  results.sort((a, b) => sign * (value(a) - value(b)) || a - b);
  const words = direction ? `${direction} is better` : "direction not known, highest first";
  return {
    name: `board${at}`,
    caption: `${relative ? "Relative claims: " : ""}${metric}${unit ? ` (${unit})` : ""}`,
    note: relative ? "A gain or loss against the baseline named, not a score." : words,
    heads: BOARD, bibtex: 4,
    rows: results.map((result) => {
      const ends = resultEnds(graph, result);
      return [
        { text: amount(graph.more[result]), sort: value(result), node: result, number: true },
        nodesCell(graph, ends.of), nodesCell(graph, ends.against), { text: ends.paper < 0 ? "" : graph.date[ends.paper] },
        ends.paper < 0 ? { text: "" } : nodeCell(graph, ends.paper), saidCell(graph, ends.edge),
        { text: (graph.more[result].confidence ?? 0).toFixed(2), sort: graph.more[result].confidence ?? 0, number: true },
      ];
    }),
  };
}

/**
 * Papers by day: all of them with what they propose, or those joined to one node with what they say of it.
 * @param {Graph} graph @param {number} node @param {Filter} shown
 * @returns {Sheet}
 */
export function timeline(graph, node, shown) {
  return node < 0 || label(graph, node) === "Paper" ? everyPaper(graph, shown) : papersOn(graph, node, shown);
}

/** @param {Graph} graph @param {Filter} shown @returns {Sheet} */
function everyPaper(graph, shown) {
  const rows = [];
  for (let paper = 0; paper < graph.count; paper++) {
    if (label(graph, paper) !== "Paper" || !shown.nodes[paper]) continue;
    const ends = (/** @type {string} */ type) => [...edgesAt(graph, paper)].filter((edge) => graph.types[graph.type[edge]] === type && graph.from[edge] === paper).map((edge) => graph.to[edge]);
    rows.push([{ text: graph.date[paper] }, nodeCell(graph, paper), nodesCell(graph, ends("PROPOSES")), nodesCell(graph, ends("EVALUATED_ON")), numberCell(ends("REPORTS").length)]);
  }
  rows.sort((a, b) => (a[0].text < b[0].text ? 1 : a[0].text > b[0].text ? -1 : 0));
  return { name: "papers", caption: "Papers from the newest", heads: ["date", "paper", "proposes", "evaluated on", "results"], rows, bibtex: 1 };
}

/** @param {Graph} graph @param {number} node @param {Filter} shown @returns {Sheet} */
function papersOn(graph, node, shown) {
  /** @type {Map<string, Cell[]>} */
  const rows = new Map();
  for (const edge of edgesAt(graph, node)) {
    const paper = graph.paper[edge];
    if (paper < 0 || !shown.edges[edge] || !shown.kinds[graph.kind[paper]]) continue;
    const other = across(graph, edge, node);
    const words = claim(graph, edge, node, other);
    const name = `${paper}\n${words}`;
    if (!rows.has(name)) rows.set(name, [{ text: graph.date[paper] }, nodeCell(graph, paper), { text: words, node: other === paper ? undefined : other }, saidCell(graph, edge)]);
  }
  const sorted = [...rows.values()].sort((a, b) => (a[0].text < b[0].text ? 1 : a[0].text > b[0].text ? -1 : 0));
  return { name: "papers", caption: `Papers on ${clean(graph.name[node])}, from the newest`, heads: ["date", "paper", "says", "sentence"], rows: sorted, bibtex: 1 };
}

/** What a paper says of a node, in words. @param {Graph} graph @param {number} edge @param {number} node @param {number} other */
function claim(graph, edge, node, other) {
  if (label(graph, other) === "Result") return `reports ${clean(resultWords(graph, other, node))}`;
  const verb = phrase(graph.types[graph.type[edge]], true);
  if (label(graph, other) === "Paper") return verb;
  return graph.from[edge] === node ? `it ${verb} ${clean(graph.name[other])}` : `${clean(graph.name[other])} ${verb} it`;
}

/** Bars of a timeline at most; months become quarters and years where there would be more. */
const BARS = 30;

/** How many papers, proposals and results each month, quarter or year has; those without any included. @param {Graph} graph @param {Sheet} papers */
export function periods(graph, papers) {
  const dated = papers.rows.flatMap(([date, paper]) => (date.text && paper.node !== undefined ? [/** @type {[string, number]} */ ([date.text, paper.node])] : []));
  const months = dated.map(([day]) => month(day));
  const [first, last] = [Math.min(...months), Math.max(...months)];
  const step = last - first < BARS ? 1 : last - first < 3 * BARS ? 3 : 12;
  /** @type {{ name: string, papers: Set<number>, proposed: number, results: number }[]} */
  const found = [];
  for (let at = Math.floor(first / step); dated.length && at <= Math.floor(last / step); at++) found.push({ name: period(at, step), papers: new Set(), proposed: 0, results: 0 });
  for (const [day, node] of dated) {
    const entry = found[Math.floor(month(day) / step) - Math.floor(first / step)];
    if (entry.papers.has(node)) continue;
    entry.papers.add(node);
    for (const edge of edgesAt(graph, node)) {
      if (graph.types[graph.type[edge]] === "PROPOSES") entry.proposed++;
      if (graph.types[graph.type[edge]] === "REPORTS") entry.results++;
    }
  }
  return found.map((entry) => ({ ...entry, papers: entry.papers.size }));
}

/** @param {string} day */
function month(day) {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

/** @param {number} at @param {number} step */
function period(at, step) {
  const year = Math.floor((at * step) / 12);
  if (step === 12) return String(year);
  return step === 3 ? `${year} Q${(at % 4) + 1}` : `${year}-${String((at % 12) + 1).padStart(2, "0")}`;
}

/** Everything shown, one row each. @param {Graph} graph @param {Filter} shown @returns {Sheet} */
export function everything(graph, shown) {
  const rows = [];
  for (let node = 0; node < graph.count; node++) {
    if (!shown.nodes[node]) continue;
    const more = graph.more[node];
    rows.push([
      { ...nodeCell(graph, node), text: clean(label(graph, node) === "Result" ? resultWords(graph, node) : graph.name[node]) }, { text: label(graph, node) }, { text: graph.date[node] }, numberCell(graph.degree[node]),
      numberCell(more.upvotes ?? 0), { text: (more.aliases || []).filter((alias) => alias !== graph.name[node]).map(clean).join(" · ") },
    ]);
  }
  rows.sort((a, b) => Number(b[3].sort) - Number(a[3].sort));
  return { name: "all", caption: "Everything shown", heads: ["name", "kind", "date", "links", "upvotes", "also written"], rows, bibtex: 0 };
}

/**
 * Which papers have both: the busiest benchmarks across, the busiest methods and models down.
 * @param {Graph} graph @param {Filter} shown @param {Set<number> | null} among
 */
export function matrix(graph, shown, among) {
  /** @type {Map<number, Set<number>>} */
  const things = new Map();
  /** @type {Map<number, Set<number>>} */
  const tests = new Map();
  for (let edge = 0; edge < graph.edges; edge++) {
    const paper = graph.paper[edge];
    if (paper < 0 || !shown.edges[edge] || graph.from[edge] !== paper || (among && !among.has(paper))) continue;
    const [type, end] = [graph.types[graph.type[edge]], graph.to[edge]];
    const kind = label(graph, end);
    if (kind === "Benchmark" && type === "EVALUATED_ON") put(tests, end, paper);
    else if ((kind === "Method" || kind === "Model") && type !== "MENTIONS" && shown.kinds[graph.kind[end]]) put(things, end, paper);
  }
  const columns = busiest(tests, 14);
  const used = new Set(columns.flatMap(([, papers]) => [...papers]));
  const found = busiest(new Map([...things].map(([node, papers]) => [node, new Set([...papers].filter((paper) => used.has(paper)))])), 30);
  const rows = found.filter(([, papers]) => papers.size).map(([node, papers]) => ({ node, cells: columns.map(([, others]) => [...papers].filter((paper) => others.has(paper))) }));
  const kept = columns.map((_, at) => rows.some((row) => row.cells[at].length));
  return {
    columns: columns.filter((_, at) => kept[at]).map(([node]) => node),
    rows: rows.map((row) => ({ node: row.node, cells: row.cells.filter((_, at) => kept[at]) })),
  };
}

/** @param {Map<number, Set<number>>} sets @param {number} node @param {number} paper */
function put(sets, node, paper) {
  const set = sets.get(node);
  if (set) set.add(paper);
  else sets.set(node, new Set([paper]));
}

/** @param {Map<number, Set<number>>} sets @param {number} most @returns {[number, Set<number>][]} */
function busiest(sets, most) {
  return [...sets].sort((a, b) => b[1].size - a[1].size || a[0] - b[0]).slice(0, most);
}
