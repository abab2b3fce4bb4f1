/** @import { Graph } from "./types.js" */
import { edgesAt, label } from "./data.js";
import { amount, same } from "./words.js";

/**
 * The things that a result is about, by node: what was measured, on what, by which metric, against what, and the paper.
 * @param {Graph} graph @param {number} result
 */
export function resultEnds(graph, result) {
  const ends = { of: /** @type {number[]} */ ([]), on: /** @type {number[]} */ ([]), by: /** @type {number[]} */ ([]), against: /** @type {number[]} */ ([]), paper: -1, edge: -1 };
  for (const edge of edgesAt(graph, result)) {
    const type = graph.types[graph.type[edge]];
    if (type === "REPORTS") {
      ends.paper = graph.from[edge];
      ends.edge = edge;
    } else if (type === "OF") ends.of.push(graph.to[edge]);
    else if (type === "ON") ends.on.push(graph.to[edge]);
    else if (type === "MEASURED_BY") ends.by.push(graph.to[edge]);
    else if (type === "AGAINST") ends.against.push(graph.to[edge]);
  }
  return ends;
}

/** The results at a node. @param {Graph} graph @param {number} node */
export function resultsAt(graph, node) {
  const found = new Set();
  for (const edge of edgesAt(graph, node)) {
    for (const end of [graph.from[edge], graph.to[edge]]) if (end !== node && label(graph, end) === "Result") found.add(end);
  }
  return /** @type {number[]} */ ([...found]);
}

/** The metric as the graph names it, else as the paper does. @param {Graph} graph @param {number} result */
export function metricOf(graph, result) {
  const [metric] = resultEnds(graph, result).by;
  return metric === undefined ? graph.more[result].metric || "" : graph.name[metric];
}

/**
 * A result in words: number, metric, what was measured, on what, against what; what the reader looks at is left out.
 * @param {Graph} graph @param {number} result @param {number} [except]
 */
export function resultWords(graph, result, except = -1) {
  const ends = resultEnds(graph, result);
  const names = (/** @type {number[]} */ nodes) => nodes.filter((node) => node !== except).map((node) => graph.name[node]).join(", ");
  const [of, on, against] = [names(ends.of), names(ends.on), names(ends.against)];
  const more = graph.more[result];
  const metric = metricOf(graph, result);
  const value = [amount(more), same(metric, more.unit || "") ? "" : metric, more.kind === "relative" ? "(relative)" : ""].filter(Boolean).join(" ");
  return [value, of && ` · ${of}`, on && ` on ${on}`, against && `, against ${against}`].filter(Boolean).join("");
}

/** "higher" or "lower" where the graph knows which is better, else empty. @param {Graph} graph @param {number} result */
export function better(graph, result) {
  const [metric] = resultEnds(graph, result).by;
  return metric === undefined ? "" : String(graph.more[metric].direction || "");
}
