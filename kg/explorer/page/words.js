/** @import { Graph, More } from "./types.js" */
import { label } from "./data.js";

/** Relationship type -> what it says outward, what it says inward. @type {{ [type: string]: [string, string] }} */
const PHRASES = {
  PROPOSES: ["proposes", "proposed by"],
  USES: ["uses", "used by"],
  COMPARED_WITH: ["compares with", "compared with by"],
  MENTIONS: ["mentions", "mentioned by"],
  EVALUATED_ON: ["evaluated on", "evaluated here"],
  TRAINED_ON: ["trained on", "used for training by"],
  ADDRESSES: ["addresses", "addressed by"],
  MEASURES: ["measures", "measured by"],
  BASED_ON: ["based on", "basis of"],
  OUTPERFORMS: ["outperforms", "outperformed by"],
  APPLIED_TO: ["applied to", "approached with"],
  REPORTS: ["reports", "reported by"],
  OF: ["result of", "results"],
  ON: ["on", "results on it"],
  MEASURED_BY: ["measured by", "results in it"],
  AGAINST: ["against", "results against it"],
  HAS_CODE: ["code", "code of"],
  LINKS_TO: ["links to", "linked by"],
  AUTHORED: ["wrote", "written by"],
  FROM: ["from", "posted"],
  VARIANT_OF: ["variant of", "variants"],
};

/** What a relationship says, seen from one of its ends. @param {string} type @param {boolean} outward */
export function phrase(type, outward) {
  const words = PHRASES[type];
  return words ? words[outward ? 0 : 1] : `${type.toLowerCase().replaceAll("_", " ")}${outward ? "" : " (from)"}`;
}

const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]+/g;

/** Text on one line and in one direction, for canvas and attributes; data stay as they are. @param {string} text */
export function clean(text) {
  return text.replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
}

/** At most `length` characters, cut at a word where one ends near. @param {string} text @param {number} length */
export function shorten(text, length) {
  const points = Array.from(text);
  if (points.length <= length) return text;
  const cut = points.slice(0, length - 1).join("");
  const space = cut.lastIndexOf(" ");
  return (space > cut.length * 0.6 ? cut.slice(0, space) : cut).replace(/[\s,;:–-]+$/, "") + "…";
}

/** @param {number} number @param {string} one @param {string} many */
export function counted(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** The number of a result with its unit. @param {More} more */
export function amount(more) {
  const high = more.value_high === undefined ? "" : `–${more.value_high}`;
  const unit = more.unit ? (/^[%×x°]/.test(more.unit) ? more.unit : ` ${more.unit}`) : "";
  return more.value === undefined ? "" : `${more.value}${high}${unit}`;
}

/** Whether a metric and a unit are the same words: "tokens/s" and "tokens per second". @param {string} metric @param {string} unit */
export function same(metric, unit) {
  const plain = (/** @type {string} */ text) => text.toLowerCase().replace(/\/s(ec(ond)?)?$/, " per second").replace(/s\b/g, "").trim();
  return Boolean(unit) && plain(metric) === plain(unit);
}

/** What a node is called in a sentence. @param {Graph} graph @param {number} node */
export function spoken(graph, node) {
  return `${label(graph, node).toLowerCase()} ${clean(graph.name[node])}`;
}

/** A paper's or a result's day, or since when papers name it. @param {Graph} graph @param {number} node */
export function dated(graph, node) {
  if (!graph.date[node]) return "";
  return label(graph, node) === "Paper" || label(graph, node) === "Result" ? ` · ${graph.date[node]}` : ` · since ${graph.date[node]}`;
}

/** The address if it is one of the web's, else null: nothing else ever becomes a link. @param {unknown} text */
export function webAddress(text) {
  if (typeof text !== "string" || !/^https?:\/\//i.test(text)) return null;
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
