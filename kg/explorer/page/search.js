/** @import { Graph, Hit } from "./types.js" */
import { label } from "./data.js";

/**
 * @typedef {{ node: number, text: string, squeezed: string, said: string }} Entry
 * @typedef {{ letters: number, entries: number[] }} Word
 * @typedef {{ entries: Entry[], words: Map<string, Word>, graph: Graph }} Index
 */

/** Lower case without accents and signs, words by single spaces. @param {string} text */
export function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}+]+/gu, " ").trim();
}

/** An index over names, titles, keys and aliases. Results are found through what they belong to. @param {Graph} graph @returns {Index} */
export function index(graph) {
  /** @type {Entry[]} */
  const entries = [];
  /** @type {Map<string, Word>} */
  const words = new Map();
  for (let node = 0; node < graph.count; node++) {
    if (label(graph, node) === "Result") continue;
    const more = graph.more[node];
    const names = new Set([graph.name[node], ...(more.aliases || []), ...(more.arxiv_id ? [more.arxiv_id] : [])]);
    for (const said of names) {
      const text = folded(said);
      if (!text) continue;
      for (const word of new Set(text.split(" "))) {
        const found = words.get(word);
        if (found) found.entries.push(entries.length);
        else words.set(word, { letters: letters(word), entries: [entries.length] });
      }
      entries.push({ node, text, squeezed: text.replaceAll(" ", ""), said });
    }
  }
  return { entries, words, graph };
}

/** @type {WeakMap<Graph, Index>} */
const INDEXES = new WeakMap();

/** The index of a graph, made once. @param {Graph} graph */
export function indexOf(graph) {
  const found = INDEXES.get(graph) ?? index(graph);
  INDEXES.set(graph, found);
  return found;
}

/** Which letters a word has, as bits; several letters share a bit. @param {string} word */
function letters(word) {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << word.charCodeAt(at) % 31;
  return bits;
}

/** @param {number} bits */
function bitCount(bits) {
  let count = 0;
  for (let left = bits; left; left &= left - 1) count++;
  return count;
}

/**
 * The best nodes for what somebody types, misspellings included.
 * @param {Index} found @param {string} typed @param {number} [most]
 * @returns {Hit[]}
 */
export function search(found, typed, most = 12) {
  const wanted = folded(typed);
  if (!wanted) return [];
  /** @type {Map<number, Hit>} */
  const best = new Map();
  const squeezed = wanted.replaceAll(" ", "");
  for (const entry of found.entries) {
    const score = closeness(entry, wanted, squeezed);
    if (score) keep(best, found, entry, score);
  }
  if (best.size < 5) for (const [at, score] of misspelt(found, wanted)) keep(best, found, found.entries[at], score);
  const graph = found.graph;
  return [...best.values()]
    .sort((a, b) => b.score - a.score || (graph.name[a.node] < graph.name[b.node] ? -1 : 1) || a.node - b.node)
    .slice(0, most);
}

/** @param {Map<number, Hit>} best @param {Index} found @param {Entry} entry @param {number} score */
function keep(best, found, entry, score) {
  const total = score + Math.log2(1 + found.graph.degree[entry.node]);
  const before = best.get(entry.node);
  if (!before || before.score < total) best.set(entry.node, { node: entry.node, score: total, alias: entry.said });
}

/** @param {Entry} entry @param {string} wanted @param {string} squeezed */
function closeness(entry, wanted, squeezed) {
  if (entry.text === wanted) return 100;
  if (entry.squeezed === squeezed) return 95;
  if (entry.text.startsWith(wanted)) return 80;
  if (entry.squeezed.startsWith(squeezed)) return 75;
  const at = entry.text.indexOf(wanted);
  if (at > 0) return entry.text[at - 1] === " " ? 65 : 45;
  const words = wanted.split(" ");
  if (words.length > 1 && words.every((word) => starts(entry.text, word))) return 55;
  return 0;
}

/** @param {string} text @param {string} word */
function starts(text, word) {
  return text.startsWith(word) || text.includes(` ${word}`);
}

/** Entries whose words are each a slip or two away from the words typed, names of as many words before longer ones. @param {Index} found @param {string} wanted */
function misspelt(found, wanted) {
  /** @type {Map<number, number> | null} */
  let kept = null;
  for (const word of wanted.split(" ")) {
    /** @type {Map<number, number>} */
    const near = new Map();
    const allowed = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    const has = letters(word);
    for (const [other, { letters: their, entries }] of found.words) {
      if (bitCount(has & ~their) > allowed) continue;
      const slips = other.startsWith(word) ? 0 : distance(word, other, allowed);
      if (slips > allowed) continue;
      for (const at of entries) near.set(at, Math.min(near.get(at) ?? 9, slips));
    }
    /** @type {Map<number, number>} */
    const both = new Map();
    for (const [at, slips] of near) {
      const before = kept ? kept.get(at) : 0;
      if (before !== undefined) both.set(at, before + slips);
    }
    kept = both;
  }
  const count = wanted.split(" ").length;
  const whole = (/** @type {number} */ at) => (found.entries[at].text.split(" ").length === count ? 15 : 0);
  return [...(kept || [])].map(([at, slips]) => /** @type {[number, number]} */ ([at, 40 - 10 * slips + whole(at)]));
}

/**
 * Slips between two words: letters missing, added, changed or swapped; `other` may go on after `word`. Above `most` any larger number.
 * @param {string} word @param {string} other @param {number} most
 */
export function distance(word, other, most) {
  if (!most || other.length < word.length - most) return word === other ? 0 : most + 1;
  const end = Math.min(other.length, word.length + most);
  let before = /** @type {number[]} */ ([]);
  let row = Array.from({ length: end + 1 }, (_, at) => at);
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= end; j++) {
      const change = word[i - 1] === other[j - 1] ? 0 : 1;
      let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + change);
      if (i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      next.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return Math.min(...row.slice(Math.max(0, word.length - most)));
}
