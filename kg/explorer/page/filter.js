/** @import { Filter, Graph, State } from "./types.js" */
import { label } from "./data.js";

/**
 * What the state lets through: kinds by the legend, relationships and nodes by the days of the papers that say so.
 * @param {Graph} graph @param {State} state
 * @returns {Filter}
 */
export function filter(graph, state) {
  const named = state.kinds ? new Set(state.kinds.split(",")) : null;
  const kinds = graph.kinds.map((kind) => (named ? named.has(kind.label) : state.view !== "map" || !kind.folded));
  const inside = (/** @type {string} */ day) => !day || ((!state.since || day >= state.since) && (!state.until || day <= state.until));
  const edges = new Uint8Array(graph.edges);
  const nodes = new Uint8Array(graph.count);
  const ranged = Boolean(state.since || state.until);
  const papers = Uint8Array.from(graph.date, (day) => Number(inside(day)));
  for (let edge = 0; edge < graph.edges; edge++) {
    const paper = graph.paper[edge];
    edges[edge] = paper < 0 || papers[paper] ? 1 : 0;
    if (edges[edge]) nodes[graph.from[edge]] = nodes[graph.to[edge]] = 1;
  }
  for (let at = 0; at < graph.count; at++) {
    const own = label(graph, at) === "Paper" ? papers[at] : !ranged || nodes[at];
    nodes[at] = own && kinds[graph.kind[at]] ? 1 : 0;
  }
  return { kinds, edges, nodes };
}
