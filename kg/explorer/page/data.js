/** @import { Graph, Raw, Said } from "./types.js" */

/**
 * The page's data block as an object, unpacked where it is compressed.
 * @param {HTMLElement} block
 * @returns {Promise<Raw>}
 */
export async function readBlock(block) {
  const text = block.textContent || "";
  if (block.dataset["packed"] !== "gzip") return JSON.parse(text);
  const signs = atob(text);
  const bytes = new Uint8Array(signs.length);
  for (let at = 0; at < signs.length; at++) bytes[at] = signs.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/**
 * The graph with what every view asks for: neighbours, dates, numbers by key.
 * @param {Raw} raw
 * @returns {Graph}
 */
export function openGraph(raw) {
  const { nodes, edges } = raw;
  const count = nodes.key.length;
  const kinds = raw.kinds.map(([label, plural, light, dark, shape, folded]) => ({ label, plural, light, dark, shape, folded }));
  const graph = {
    title: raw.title, note: raw.note, kinds,
    fields: raw.groups.map(([caption, x, y, radius, nodes]) => ({ caption, x, y, radius, nodes })),
    count, kind: Uint8Array.from(nodes.kind), key: nodes.key, name: nodes.name,
    x: Float32Array.from(nodes.x), y: Float32Array.from(nodes.y), size: Float32Array.from(nodes.size), field: Uint16Array.from(nodes.group),
    more: nodes.more, date: new Array(count).fill(""), degree: new Uint32Array(count),
    edges: edges.type.length, types: raw.types, type: Uint8Array.from(edges.type),
    from: Uint32Array.from(edges.from), to: Uint32Array.from(edges.to), paper: Int32Array.from(edges.paper),
    extractor: edges.extractor.map((at) => raw.extractors[at] || ""), official: new Set(edges.official),
    said: Int32Array.from(edges.said), text: edges.text,
    offsets: new Uint32Array(count + 1), arcs: new Uint32Array(edges.type.length * 2),
    byKey: new Map(nodes.key.map((key, at) => [`${kinds[nodes.kind[at]].label}:${key}`, at])),
  };
  join(graph);
  dates(graph);
  return graph;
}

/** @param {Graph} graph */
function join(graph) {
  for (let edge = 0; edge < graph.edges; edge++) {
    graph.offsets[graph.from[edge] + 1]++;
    graph.offsets[graph.to[edge] + 1]++;
  }
  for (let at = 0; at < graph.count; at++) {
    graph.degree[at] = graph.offsets[at + 1];
    graph.offsets[at + 1] += graph.offsets[at];
  }
  const next = graph.offsets.slice();
  for (let edge = 0; edge < graph.edges; edge++) {
    graph.arcs[next[graph.from[edge]]++] = edge;
    graph.arcs[next[graph.to[edge]]++] = edge;
  }
}

/**
 * A paper's own day; anything else is as old as the first paper that names it.
 * @param {Graph} graph
 */
function dates(graph) {
  for (let at = 0; at < graph.count; at++) {
    const more = graph.more[at];
    graph.date[at] = String(more.published || more.listed || "");
  }
  for (let edge = 0; edge < graph.edges; edge++) {
    const day = graph.paper[edge] >= 0 ? graph.date[graph.paper[edge]] : "";
    if (!day) continue;
    for (const end of [graph.from[edge], graph.to[edge]]) {
      if (label(graph, end) !== "Paper" && (!graph.date[end] || day < graph.date[end])) graph.date[end] = day;
    }
  }
}

/** @param {Graph} graph @param {number} node */
export function label(graph, node) {
  return graph.kinds[graph.kind[node]].label;
}

/** What the address names the node by. @param {Graph} graph @param {number} node */
export function handle(graph, node) {
  return `${label(graph, node)}:${graph.key[node]}`;
}

/** The relationships at a node. @param {Graph} graph @param {number} node */
export function edgesAt(graph, node) {
  return graph.arcs.subarray(graph.offsets[node], graph.offsets[node + 1]);
}

/** The other end. @param {Graph} graph @param {number} edge @param {number} node */
export function across(graph, edge, node) {
  return graph.from[edge] === node ? graph.to[edge] : graph.from[edge];
}

/**
 * The sentence that says so, with the words that are meant; null where nothing was said.
 * Offsets count code points, JavaScript counts UTF-16 units: texts with astral characters are cut by code points.
 * @param {Graph} graph @param {number} edge
 * @returns {Said | null}
 */
export function evidence(graph, edge) {
  const [field, start, end, first, last, hundredths] = graph.said.subarray(edge * 6, edge * 6 + 6);
  if (field < 0) return null;
  const paper = graph.paper[edge];
  const own = graph.text[edge];
  const whole = own !== undefined ? own : published(graph, paper, field);
  const shift = own !== undefined ? start : 0;
  const cut = cutter(whole);
  return {
    before: cut(start - shift, first - shift), mention: cut(first - shift, last - shift), after: cut(last - shift, end - shift),
    where: field === 0 ? "title" : "abstract", paper, confidence: hundredths / 100, extractor: graph.extractor[edge],
  };
}

/** @param {Graph} graph @param {number} paper @param {number} field */
function published(graph, paper, field) {
  if (paper < 0) return "";
  const more = graph.more[paper];
  return field === 0 ? more.title || graph.name[paper] : more.abstract || "";
}

/** @param {string} text @returns {(start: number, end: number) => string} */
function cutter(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (start, end) => text.slice(start, end);
  const points = Array.from(text);
  return (start, end) => points.slice(start, end).join("");
}
