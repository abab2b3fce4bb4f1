/** @import { Shell } from "./types.js" */
import { across, evidence, label } from "./data.js";
import { anchor, h, quote, said } from "./dom.js";
import { counted, phrase } from "./words.js";

/** Sentences shown at once. */
const MOST = 3;

/**
 * The evidence for what joins two nodes: who says so, where, the sentence with the words marked, how sure the extractor is.
 * @param {Shell} shell @param {number[]} edges @param {number} from
 */
export function why(shell, edges, from) {
  const { graph } = shell;
  const [first] = edges;
  const other = across(graph, first, from);
  const head = h("p", { class: "claim" }, said(graph.name[graph.from[first]]), " ",
    h("b", {}, phrase(graph.types[graph.type[first]], true)), " ", said(graph.name[graph.to[first]]));
  const items = edges.slice(0, MOST).map((edge) => sentence(shell, edge));
  const rest = edges.length > MOST ? h("p", { class: "soft" }, `and ${counted(edges.length - MOST, "more sentence")}`) : null;
  return h("div", { class: "why", "data-from": from, "data-to": other }, head, ...items, rest);
}

/** One sentence with its source. @param {Shell} shell @param {number} edge */
export function sentence(shell, edge) {
  const { graph } = shell;
  const words = evidence(graph, edge);
  if (!words) return h("p", { class: "soft" }, graph.types[graph.type[edge]] === "VARIANT_OF" ? "No sentence: the names themselves say it." : "No sentence: this comes from the record of the paper itself.");
  const official = graph.official.has(edge) ? " · official" : "";
  const paper = words.paper;
  return h("div", { class: "said" }, quote(words),
    h("p", { class: "source" },
      paper >= 0 && h("a", { href: shell.linkTo(paper) }, said(graph.name[paper])),
      paper >= 0 && graph.date[paper] ? ` ${graph.date[paper]}` : "",
      ` · ${words.where} · confidence ${words.confidence.toFixed(2)}${official} `,
      paper >= 0 && graph.more[paper].url ? anchor(graph.more[paper].url, "open paper") : null));
}

/** Papers that say something of a relationship. @param {Shell} shell @param {number} edge */
export function saidBy(shell, edge) {
  const paper = shell.graph.paper[edge];
  return paper >= 0 && label(shell.graph, paper) === "Paper" ? paper : -1;
}
