/** @import { Column, Filter, Graph, Row, Section } from "./types.js" */
import { across, edgesAt, label } from "./data.js";
import { phrase } from "./words.js";

/** Which kinds share a column, in the order in which a reader asks. @type {[string, string[]][]} */
const COLUMNS = [
  ["Papers", ["Paper"]],
  ["Methods and models", ["Model", "Method"]],
  ["Benchmarks and results", ["Benchmark", "Result"]],
  ["Tasks, code and people", ["Task", "Repository", "Resource", "Metric", "Organization", "Author"]],
];
/** The relations that say most come first. */
const ORDER = ["PROPOSES", "OUTPERFORMS", "BASED_ON", "VARIANT_OF", "USES", "EVALUATED_ON", "REPORTS", "ON", "OF", "TRAINED_ON", "COMPARED_WITH", "AGAINST",
  "ADDRESSES", "APPLIED_TO", "HAS_CODE", "LINKS_TO", "MEASURES", "MEASURED_BY", "AUTHORED", "FROM", "MENTIONS"];

/**
 * Everything at a node in columns by kind, sections by relation; each neighbour once in a section, the best supported first.
 * @param {Graph} graph @param {number} node @param {Filter} shown
 * @returns {Column[]}
 */
export function columns(graph, node, shown) {
  /** @type {Map<string, Section>} */
  const sections = new Map();
  /** @type {Map<string, Row>} */
  const rows = new Map();
  for (const edge of edgesAt(graph, node)) {
    const other = across(graph, edge, node);
    const kind = graph.kind[other];
    if (!shown.kinds[kind] || !shown.edges[edge] || other === node) continue;
    const outward = graph.from[edge] === node;
    const type = graph.types[graph.type[edge]];
    const name = `${type} ${outward} ${kind}`;
    let section = sections.get(name);
    if (!section) sections.set(name, (section = { title: phrase(type, outward), type, outward, kind, rows: [] }));
    const strength = graph.said[edge * 6 + 5];
    const row = rows.get(`${name} ${other}`);
    if (!row) {
      const fresh = { node: other, edge, strength, edges: [edge] };
      rows.set(`${name} ${other}`, fresh);
      section.rows.push(fresh);
    } else {
      row.edges.push(edge);
      if (strength > row.strength) Object.assign(row, { edge, strength });
    }
  }
  const sorted = [...sections.values()].sort((a, b) => rank(a.type) - rank(b.type) || Number(b.outward) - Number(a.outward));
  for (const section of sorted) section.rows.sort((a, b) => compare(graph, a, b));
  return COLUMNS.map(([title, kinds]) => ({ title, sections: sorted.filter((section) => kinds.includes(graph.kinds[section.kind].label)) }))
    .filter((column) => column.sections.length);
}

/** @param {string} type */
function rank(type) {
  const at = ORDER.indexOf(type);
  return at < 0 ? ORDER.length : at;
}

/** Papers from the newest; anything else by how many papers say so, then how surely. @param {Graph} graph @param {Row} a @param {Row} b */
function compare(graph, a, b) {
  if (label(graph, a.node) === "Paper") {
    if (graph.date[a.node] !== graph.date[b.node]) return graph.date[a.node] > graph.date[b.node] ? -1 : 1;
  }
  return b.edges.length - a.edges.length || b.strength - a.strength || (graph.name[a.node] < graph.name[b.node] ? -1 : 1) || a.node - b.node;
}

/** The neighbours that a neighbour is itself joined to. @param {Graph} graph @param {number} node */
export function joined(graph, node) {
  const beside = new Set();
  for (const edge of edgesAt(graph, node)) beside.add(across(graph, edge, node));
  return beside;
}
