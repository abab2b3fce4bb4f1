/** @import { Filter, Graph, Step } from "./types.js" */
import { across, edgesAt, label } from "./data.js";

/** What going through a kind of node costs beside the step: a metric or an organisation joins almost anything. @type {{ [label: string]: number }} */
const TOLL = { Metric: 3, Organization: 2.5, Author: 1.6, Task: 0.4 };

/**
 * The most telling ways from one node to another: few steps, and not through what everything is joined to.
 * Each further way avoids the nodes of those before it.
 * @param {Graph} graph @param {number} from @param {number} to @param {Filter} shown @param {number} [most]
 * @returns {Step[][]}
 */
export function paths(graph, from, to, shown, most = 3) {
  /** @type {Set<number>} */
  const avoided = new Set();
  const found = [];
  while (found.length < most) {
    const steps = cheapest(graph, from, to, shown, avoided);
    if (!steps) break;
    found.push(steps);
    const inner = steps.slice(1, -1).map((step) => step.node);
    if (!inner.length) break;
    for (const node of inner) avoided.add(node);
  }
  return found;
}

/** @param {Graph} graph @param {number} from @param {number} to @param {Filter} shown @param {Set<number>} avoided @returns {Step[] | null} */
function cheapest(graph, from, to, shown, avoided) {
  const cost = new Float64Array(graph.count).fill(Infinity);
  const came = new Int32Array(graph.count).fill(-1);
  const heap = new Heap();
  cost[from] = 0;
  heap.push(from, 0);
  while (heap.size) {
    const [node, spent] = heap.pop();
    if (node === to) break;
    if (spent > cost[node]) continue;
    for (const edge of edgesAt(graph, node)) {
      const next = across(graph, edge, node);
      if (!shown.edges[edge] || avoided.has(next) || (next !== to && !shown.kinds[graph.kind[next]])) continue;
      const price = spent + (graph.types[graph.type[edge]] === "MENTIONS" ? 1.4 : 1) + (next === to ? 0 : through(graph, next));
      if (price < cost[next]) {
        cost[next] = price;
        came[next] = edge;
        heap.push(next, price);
      }
    }
  }
  return came[to] < 0 ? null : trace(graph, from, to, came);
}

/** @param {Graph} graph @param {number} node */
function through(graph, node) {
  return (TOLL[label(graph, node)] || 0) + 0.06 * Math.log2(1 + graph.degree[node]);
}

/** @param {Graph} graph @param {number} from @param {number} to @param {Int32Array} came @returns {Step[]} */
function trace(graph, from, to, came) {
  /** @type {Step[]} */
  const steps = [];
  for (let at = to; at !== from; ) {
    const edge = came[at];
    const before = across(graph, edge, at);
    steps.unshift({ node: at, edge, outward: graph.from[edge] === before });
    at = before;
  }
  return [{ node: from, edge: -1, outward: true }, ...steps];
}

/** The least first. */
class Heap {
  constructor() {
    /** @type {[number, number][]} */
    this.items = [];
  }

  get size() {
    return this.items.length;
  }

  /** @param {number} node @param {number} cost */
  push(node, cost) {
    const { items } = this;
    let at = items.length;
    items.push([node, cost]);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (items[above][1] <= cost) break;
      items[at] = items[above];
      at = above;
    }
    items[at] = [node, cost];
  }

  /** @returns {[number, number]} */
  pop() {
    const { items } = this;
    const top = items[0];
    const last = /** @type {[number, number]} */ (items.pop());
    if (!items.length) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= items.length) break;
      if (below + 1 < items.length && items[below + 1][1] < items[below][1]) below++;
      if (items[below][1] >= last[1]) break;
      items[at] = items[below];
      at = below;
    }
    items[at] = last;
    return top;
  }
}
