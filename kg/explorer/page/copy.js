/** @import { Graph, Sheet } from "./types.js" */
import { label } from "./data.js";
import { clean } from "./words.js";

/** What a spreadsheet takes for a formula gets an apostrophe, since these cells are pasted into one. @param {string} text @param {boolean} number */
function cell(text, number) {
  const safe = !number && /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {Sheet} sheet */
export function csv(sheet) {
  const rows = [sheet.heads.map((head) => cell(head, false)), ...sheet.rows.map((row) => row.map((part) => cell(part.text, part.number === true)))];
  return rows.map((row) => `${row.join(",")}\r\n`).join("");
}

/** @param {Sheet} sheet */
export function markdown(sheet) {
  const plain = (/** @type {string} */ text) => clean(text).replace(/[\\`*_[\]<>|#~&]/g, (sign) => (sign === "<" ? "&lt;" : sign === ">" ? "&gt;" : sign === "&" ? "&amp;" : `\\${sign}`));
  const line = (/** @type {string[]} */ parts) => `| ${parts.join(" | ")} |\n`;
  return line(sheet.heads.map(plain)) + line(sheet.heads.map(() => "---")) + sheet.rows.map((row) => line(row.map((part) => plain(part.text)))).join("");
}

/** The papers of a sheet as BibTeX, each once. @param {Graph} graph @param {Sheet} sheet */
export function bibtex(graph, sheet) {
  const column = sheet.bibtex ?? 0;
  const papers = new Set(sheet.rows.map((row) => row[column]?.node ?? -1).filter((node) => node >= 0 && label(graph, node) === "Paper"));
  return [...papers].map((paper) => entry(graph, paper)).join("\n");
}

/** @param {Graph} graph @param {number} paper */
function entry(graph, paper) {
  const more = graph.more[paper];
  const fields = [
    ["title", `{${tex(more.title || graph.name[paper])}}`],
    ["author", Array.isArray(more["authors"]) ? more["authors"].map(tex).join(" and ") : ""],
    ["year", graph.date[paper].slice(0, 4)],
    ["eprint", tex(more.arxiv_id || "")],
    ["archiveprefix", more.arxiv_id ? "arXiv" : ""],
    ["url", more.url ? clean(more.url).replace(/[{}\\\s]/g, (sign) => encodeURIComponent(sign)) : ""],
  ];
  const key = graph.key[paper].replace(/[^A-Za-z0-9.:-]/g, "");
  const lines = fields.filter(([, text]) => text && text !== "{}").map(([name, text]) => `  ${name} = {${text}}`);
  return `@misc{${key},\n${lines.join(",\n")}\n}\n`;
}

/** @param {string} text */
function tex(text) {
  const signs = /** @type {{ [sign: string]: string }} */ ({ "\\": "\\textbackslash ", "~": "\\textasciitilde ", "^": "\\textasciicircum " });
  return clean(text).replace(/[\\~^{}$&%#_]/g, (sign) => signs[sign] || `\\${sign}`);
}
