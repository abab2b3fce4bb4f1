/** @import { Graph, State } from "./types.js" */
import { label } from "./data.js";

/** A Cypher string literal. @param {string} text */
export function literal(text) {
  const signs = /** @type {{ [sign: string]: string }} */ ({ "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t" });
  return `'${text.replace(/[\\'\n\r\t]/g, (sign) => signs[sign])}'`;
}

/** @param {Graph} graph @param {string} variable @param {number} node */
function pattern(graph, variable, node) {
  return `(${variable}:${label(graph, node)} {key: ${literal(graph.key[node])}})`;
}

/**
 * The statement that asks the store for what is on screen. Dates of the address narrow it as they narrow the view.
 * @param {Graph} graph @param {State} state @param {number} node @param {number} to
 */
export function statement(graph, state, node, to) {
  const dates = (/** @type {string} */ paper, /** @type {string} */ word) => {
    const day = `coalesce(${paper}.published, ${paper}.listed)`;
    const parts = [state.since && `${day} >= date(${literal(state.since)})`, state.until && `${day} <= date(${literal(state.until)})`].filter(Boolean);
    return parts.length ? `${word} ${parts.join(" AND ")}\n` : "";
  };
  const views = /** @type {{ [view: string]: () => string }} */ ({
    node: () => `MATCH ${pattern(graph, "n", node)}-[r]-(m)\nRETURN n, r, m`,
    board: () => `MATCH (p:Paper)-[:REPORTS]->(r:Result)-[:ON]->${pattern(graph, "b", node)}\n${dates("p", "WHERE")}OPTIONAL MATCH (r)-[:MEASURED_BY]->(m:Metric)\nOPTIONAL MATCH (r)-[:OF]->(s)\nOPTIONAL MATCH (r)-[:AGAINST]->(a)\n`
      + "RETURN r.kind AS kind, coalesce(m.name, r.metric) AS metric, r.value AS value, r.unit AS unit, s.name AS of, a.name AS against,\n       p.title AS paper, r.evidence AS sentence\nORDER BY kind, metric, value DESC, sentence",
    time: () => node < 0 || label(graph, node) === "Paper"
      ? `MATCH (p:Paper)\n${dates("p", "WHERE")}RETURN coalesce(p.published, p.listed) AS date, p.title AS paper\nORDER BY date DESC, paper`
      : `MATCH (p:Paper)-[r]->${pattern(graph, "n", node)}\n${dates("p", "WHERE")}RETURN coalesce(p.published, p.listed) AS date, p.title AS paper, type(r) AS says, r.evidence AS sentence\nORDER BY date DESC, paper, says, sentence`,
    matrix: () => `MATCH (t)<-[:PROPOSES|USES|COMPARED_WITH]-(p:Paper)-[:EVALUATED_ON]->(b:Benchmark)\nWHERE (t:Method OR t:Model)\n${dates("p", "  AND")}RETURN t.name AS thing, b.name AS benchmark, count(DISTINCT p) AS papers\nORDER BY papers DESC, thing, benchmark\nLIMIT 200`,
    path: () => `MATCH way = shortestPath(${pattern(graph, "a", node)}-[*..6]-${pattern(graph, "b", to)})\nRETURN way`,
    list: () => "MATCH (n:PaperKG)\nRETURN labels(n) AS labels, coalesce(n.title, n.name, n.url, n.quote) AS name, COUNT { (n)--() } AS links\nORDER BY links DESC, name\nLIMIT 1000",
  });
  const known = state.view === "path" ? node >= 0 && to >= 0 : state.view === "time" || state.view === "matrix" || state.view === "list" || node >= 0;
  const benchmark = state.view !== "board" || (node >= 0 && label(graph, node) === "Benchmark");
  const make = known && benchmark ? views[state.view] : undefined;
  return make ? make() : "MATCH (n:PaperKG)-[r]->(m:PaperKG)\nRETURN n, r, m\nLIMIT 500";
}
