/** @import { Graph, Said } from "./types.js" */
import { webAddress } from "./words.js";

/**
 * An element. Text only ever goes in as text; handlers are functions.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {{ [name: string]: string | number | boolean | undefined | ((event: any) => void) }} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** Text from a paper: kept apart from its surroundings in direction. @param {string} text @param {string} [name] */
export function said(text, name) {
  return h("bdi", { class: name }, text);
}

/** A link if the address is one of the web's, else its text. @param {unknown} address @param {string} [words] */
export function anchor(address, words) {
  const url = webAddress(address);
  const text = words || String(address ?? "");
  return url ? h("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, said(text)) : said(text);
}

/** The sign of a kind. @param {Graph} graph @param {number} kind */
export function glyph(graph, kind) {
  return h("span", { class: `glyph s-${graph.kinds[kind].shape} k${kind}`, "aria-hidden": "true" });
}

/** A sentence with the words that are meant. @param {Said} words */
export function quote(words) {
  return h("q", { class: "quote", dir: "auto" }, words.before, h("mark", {}, words.mention), words.after);
}

/** @param {string} id */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}
