/** @import { Camera, Graph, Pen, Theme } from "./types.js" */
import { across, edgesAt } from "./data.js";
import { clean, shorten } from "./words.js";

/** More relationships than this are hidden while the picture moves. */
const MANY = 12000;
/** More nodes than this show relationships between fields as one line, and of those inside fields no more than a reader can tell apart. */
const CROWDED = 5000;

/** Above this many nodes and below this scale a dot is no larger than a pixel: discs stand for the fields until the reader comes nearer. */
const VAST = 30000;
export const FAR = 0.2;

/**
 * @typedef {{ graph: Graph, shown: Uint8Array, camera: Camera, width: number, height: number, chosen: number, hover: number, busy: boolean }} Scene
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 */

/** The box round what is shown. @param {Graph} graph @param {Uint8Array} shown @returns {Box} */
export function bounds(graph, shown) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let at = 0; at < graph.count; at++) {
    if (!shown[at]) continue;
    box.left = Math.min(box.left, graph.x[at] - graph.size[at]);
    box.right = Math.max(box.right, graph.x[at] + graph.size[at]);
    box.top = Math.min(box.top, graph.y[at] - graph.size[at]);
    box.bottom = Math.max(box.bottom, graph.y[at] + graph.size[at]);
  }
  for (const field of graph.count > VAST ? graph.fields : []) {
    box.left = Math.min(box.left, field.x - field.radius);
    box.right = Math.max(box.right, field.x + field.radius);
    box.top = Math.min(box.top, field.y - field.radius);
    box.bottom = Math.max(box.bottom, field.y + field.radius);
  }
  return box.left > box.right ? { left: -10, right: 10, top: -10, bottom: 10 } : box;
}

/** @param {Scene} scene @param {number} x @param {number} y */
function screen(scene, x, y) {
  const { camera, width, height } = scene;
  return { x: (x - camera.x) * camera.scale + width / 2, y: (y - camera.y) * camera.scale + height / 2 };
}

/** The size of a node in the window: it grows slower than the distances, so zooming in makes room. @param {Scene} scene @param {number} node */
export function radius(scene, node) {
  const scale = scene.camera.scale;
  return Math.max(0.8, scene.graph.size[node] * (scale < 1.5 ? scale : 1.5 * Math.sqrt(scale / 1.5)));
}

/** Draws the whole picture. @param {Scene} scene @param {Pen} pen @param {Theme} theme */
export function draw(scene, pen, theme) {
  const centre = scene.hover >= 0 ? scene.hover : scene.chosen;
  const near = centre >= 0 ? neighbours(scene, centre) : null;
  const far = isFar(scene);
  discs(scene, pen, theme, far);
  relationships(scene, pen, theme, near !== null);
  if (near) spokes(scene, pen, theme, centre);
  if (!far || near) nodes(scene, pen, theme, near, far);
  labels(scene, pen, theme, near, centre);
}

/** Whether the picture shows fields in place of their nodes. @param {Scene} scene */
function isFar(scene) {
  return scene.graph.count > VAST && scene.camera.scale < FAR;
}

/** A disc for each field: in place of its nodes where they are far away, else a shade behind them. @param {Scene} scene @param {Pen} pen @param {Theme} theme @param {boolean} far */
function discs(scene, pen, theme, far) {
  const shade = mixed(theme.line, theme.ground, theme.dark ? 0.2 : 0.13);
  for (const field of scene.graph.fields) {
    const middle = screen(scene, field.x, field.y);
    const away = field.radius * scene.camera.scale;
    if (middle.x < -away || middle.y < -away || middle.x > scene.width + away || middle.y > scene.height + away) continue;
    if (far) pen.box(middle.x - away, middle.y - away, 2 * away, 2 * away, mixed(theme.accent, theme.ground), theme.accent, away);
    else if (field.caption) pen.box(middle.x - away, middle.y - away, 2 * away, 2 * away, shade, shade, away);
  }
}

/** @param {Scene} scene @param {number} centre */
function neighbours(scene, centre) {
  const near = new Set([centre]);
  for (const edge of edgesAt(scene.graph, centre)) near.add(across(scene.graph, edge, centre));
  return near;
}

/** @param {Scene} scene @param {Pen} pen @param {Theme} theme @param {boolean} faint */
function relationships(scene, pen, theme, faint) {
  const { graph, shown } = scene;
  if (scene.busy && graph.edges > MANY) return;
  const crowded = graph.count > CROWDED && scene.camera.scale < 2.5;
  /** @type {number[]} */
  const ends = [];
  /** @type {Map<number, number>} */
  const bundles = new Map();
  const far = isFar(scene);
  const step = crowded ? Math.ceil(graph.edges / (2 * MANY)) : 1;
  for (let edge = 0; edge < graph.edges; edge++) {
    const [a, b] = [graph.from[edge], graph.to[edge]];
    if (!shown[a] || !shown[b]) continue;
    if (crowded && graph.field[a] !== graph.field[b]) {
      const pair = Math.min(graph.field[a], graph.field[b]) * 65536 + Math.max(graph.field[a], graph.field[b]);
      bundles.set(pair, (bundles.get(pair) || 0) + 1);
      continue;
    }
    if (far || edge % step) continue;
    const start = screen(scene, graph.x[a], graph.y[a]);
    const end = screen(scene, graph.x[b], graph.y[b]);
    if (Math.max(start.x, end.x) < 0 || Math.max(start.y, end.y) < 0 || Math.min(start.x, end.x) > scene.width || Math.min(start.y, end.y) > scene.height) continue;
    ends.push(start.x, start.y, end.x, end.y);
  }
  const ink = Math.min(0.4, Math.max(0.05, 160 / Math.sqrt(ends.length + 1) / 12));
  const most = Math.max(1, ...bundles.values());
  for (const [pair, weight] of bundles) {
    const [a, b] = [graph.fields[Math.floor(pair / 65536)], graph.fields[pair % 65536]];
    const [start, end] = [screen(scene, a.x, a.y), screen(scene, b.x, b.y)];
    if (weight > most * 0.05) pen.lines([start.x, start.y, end.x, end.y], theme.line, 1 + 9 * (weight / most), faint ? 0.12 : 0.3);
  }
  pen.lines(ends, theme.line, 0.7, faint ? ink * 0.4 : ink);
}

/** The relationships of one node, dark. @param {Scene} scene @param {Pen} pen @param {Theme} theme @param {number} centre */
function spokes(scene, pen, theme, centre) {
  const { graph, shown } = scene;
  const from = screen(scene, graph.x[centre], graph.y[centre]);
  /** @type {number[]} */
  const ends = [];
  for (const edge of edgesAt(graph, centre)) {
    const other = across(graph, edge, centre);
    if (!shown[other]) continue;
    const to = screen(scene, graph.x[other], graph.y[other]);
    ends.push(from.x, from.y, to.x, to.y);
  }
  pen.lines(ends, theme.accent, 1.2, 0.6);
}

/** @param {Scene} scene @param {Pen} pen @param {Theme} theme @param {Set<number> | null} near @param {boolean} only those near */
function nodes(scene, pen, theme, near, only) {
  const { graph, shown } = scene;
  const faint = graph.kinds.map(() => /** @type {number[]} */ ([]));
  const full = graph.kinds.map(() => /** @type {number[]} */ ([]));
  for (let at = 0; at < graph.count; at++) {
    if (!shown[at] || (only && !near?.has(at))) continue;
    const spot = screen(scene, graph.x[at], graph.y[at]);
    const size = radius(scene, at);
    if (spot.x < -size || spot.y < -size || spot.x > scene.width + size || spot.y > scene.height + size) continue;
    (near && !near.has(at) ? faint : full)[graph.kind[at]].push(spot.x, spot.y, size);
  }
  for (const [at, kind] of graph.kinds.entries()) {
    const colour = theme.dark ? kind.dark : kind.light;
    if (faint[at].length) pen.shapes(kind.shape, faint[at], mixed(colour, theme.ground), "");
  }
  for (const [at, kind] of graph.kinds.entries()) {
    const edge = scene.camera.scale > 0.5 && full[at].length < 6000 ? theme.ground : "";
    if (full[at].length) pen.shapes(kind.shape, full[at], theme.dark ? kind.dark : kind.light, edge);
  }
}

/** A colour mixed into the ground. @param {string} colour @param {string} ground */
export function mixed(colour, ground, share = 0.22) {
  const part = (/** @type {string} */ text, /** @type {number} */ at) => parseInt(text.slice(at, at + 2), 16);
  const hex = [1, 3, 5].map((at) => Math.round(part(colour, at) * share + part(ground, at) * (1 - share)).toString(16).padStart(2, "0"));
  return `#${hex.join("")}`;
}

/** Captions of fields, then names of nodes from the most connected, as far as there is room for each. @param {Scene} scene @param {Pen} pen @param {Theme} theme @param {Set<number> | null} near @param {number} centre */
function labels(scene, pen, theme, near, centre) {
  const { graph, camera } = scene;
  const far = isFar(scene);
  const room = new Room(scene.width, scene.height);
  if (centre >= 0 && scene.shown[centre]) name(scene, pen, theme, room, centre, 15, true, 60);
  if (!near) {
    for (const field of graph.fields) {
      if (!field.caption || field.radius * camera.scale < 14) continue;
      const seen = field.radius * camera.scale;
      const size = seen > 60 ? 16 : seen > 28 ? 13 : 11;
      const caption = pen.width(field.caption, size, true) > 2 * seen + 40 ? field.caption.split(" · ")[0] : field.caption;
      const words = far ? `${caption} ${field.nodes.toLocaleString("en")}` : caption;
      const half = pen.width(words, size, true) / 2 + 3;
      const middle = screen(scene, field.x, field.y);
      const away = field.radius * camera.scale;
      if (middle.x < -away || middle.y < -away || middle.x > scene.width + away || middle.y > scene.height + away) continue;
      const x = Math.max(half + 2, Math.min(scene.width - half - 2, middle.x));
      for (const y of far && away > 12 ? [middle.y] : [Math.max(middle.y - away - 4, 14), middle.y + away * 0.97, middle.y]) {
        if (!room.take(x - half, y - size * 0.7, x + half, y + size * 0.7)) continue;
        pen.text(words, x, y, { size, bold: true, colour: theme.ink, halo: theme.ground, middle: true });
        break;
      }
    }
  }
  let left = near ? 60 : far ? 0 : Math.round((scene.width * scene.height) / 26000);
  for (const at of near ? [...near].sort((a, b) => graph.degree[b] - graph.degree[a]) : ranked(graph)) {
    if (left <= 0) break;
    if (scene.shown[at] && at !== centre && name(scene, pen, theme, room, at, 12, false, 34)) left--;
  }
}

/** @type {WeakMap<Graph, number[]>} */
const RANKS = new WeakMap();

/** Nodes from the most connected; a paper counts less, since its title is long. @param {Graph} graph */
function ranked(graph) {
  let ranks = RANKS.get(graph);
  if (!ranks) {
    const weight = (/** @type {number} */ at) => graph.degree[at] * (graph.kind[at] === 0 ? 0.6 : 1);
    ranks = Array.from({ length: graph.count }, (_, at) => at).sort((a, b) => weight(b) - weight(a) || a - b).slice(0, 4000);
    RANKS.set(graph, ranks);
  }
  return ranks;
}

/** @param {Scene} scene @param {Pen} pen @param {Theme} theme @param {Room} room @param {number} at @param {number} size @param {boolean} bold @param {number} length */
function name(scene, pen, theme, room, at, size, bold, length) {
  const { graph } = scene;
  const spot = screen(scene, graph.x[at], graph.y[at]);
  if (spot.x < 0 || spot.y < 0 || spot.x > scene.width || spot.y > scene.height) return false;
  const words = shorten(clean(graph.name[at]), length);
  const away = radius(scene, at) + 4;
  const width = pen.width(words, size, bold);
  const left = spot.x + away + width > scene.width ? spot.x - away - width : spot.x + away;
  if (!room.take(left - 2, spot.y - size * 0.62, left + width + 2, spot.y + size * 0.62)) return false;
  pen.text(words, left, spot.y, { size, bold, colour: theme.ink, halo: theme.ground });
  return true;
}

/** Remembers which parts of the window hold words. */
class Room {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.columns = Math.ceil(width / 64) + 2;
    this.rows = Math.ceil(height / 24) + 2;
    /** @type {Map<number, [number, number, number, number][]>} */
    this.cells = new Map();
  }

  /** Takes a box if none of it is taken. @param {number} left @param {number} top @param {number} right @param {number} bottom */
  take(left, top, right, bottom) {
    const touched = [];
    for (let row = Math.floor(top / 24); row <= Math.floor(bottom / 24); row++) {
      for (let column = Math.floor(left / 64); column <= Math.floor(right / 64); column++) {
        const cell = (row + 1) * this.columns + column + 1;
        const boxes = this.cells.get(cell) || [];
        if (boxes.some(([l, t, r, b]) => l < right && left < r && t < bottom && top < b)) return false;
        touched.push(cell);
      }
    }
    for (const cell of touched) {
      const boxes = this.cells.get(cell);
      if (boxes) boxes.push([left, top, right, bottom]);
      else this.cells.set(cell, [[left, top, right, bottom]]);
    }
    return true;
  }
}

/** The box of the field at a point of the window while fields stand for their nodes, else null. @param {Scene} scene @param {number} x @param {number} y @returns {Box | null} */
export function fieldAt(scene, x, y) {
  if (!isFar(scene)) return null;
  const at = world(scene, x, y);
  const field = scene.graph.fields.find((one) => Math.hypot(one.x - at.x, one.y - at.y) < one.radius);
  return field ? { left: field.x - field.radius, right: field.x + field.radius, top: field.y - field.radius, bottom: field.y + field.radius } : null;
}

/** @param {Scene} scene @param {number} x @param {number} y */
function world(scene, x, y) {
  const { camera } = scene;
  return { x: (x - scene.width / 2) / camera.scale + camera.x, y: (y - scene.height / 2) / camera.scale + camera.y };
}

/** The node at a point of the window, -1 for none; the nearest where several are in reach. @param {Scene} scene @param {number} x @param {number} y */
export function nodeAt(scene, x, y) {
  const { graph, camera } = scene;
  if (isFar(scene)) return -1;
  const { x: worldX, y: worldY } = world(scene, x, y);
  let best = -1;
  let nearest = Infinity;
  for (let at = 0; at < graph.count; at++) {
    if (!scene.shown[at]) continue;
    const away = Math.hypot(graph.x[at] - worldX, graph.y[at] - worldY) * camera.scale - radius(scene, at);
    if (away < 6 && away < nearest) [best, nearest] = [at, away];
  }
  return best;
}
