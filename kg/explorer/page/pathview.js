/** @import { Filter, Shell, Step } from "./types.js" */
import { handle, label } from "./data.js";
import { glyph, h, said } from "./dom.js";
import { paths } from "./pathfind.js";
import { resultWords } from "./results.js";
import { searchBox } from "./searchbox.js";
import { sentence } from "./why.js";
import { clean, counted, phrase, shorten } from "./words.js";

/**
 * How two things are connected: the ways between them, each step with its sentence.
 * @param {Shell} shell @param {HTMLElement} place @param {number} from @param {number} to @param {Filter} shown
 */
export function showPath(shell, place, from, to, shown) {
  const { graph } = shell;
  const content = h("div", { class: "scroller tables" }, h("div", { class: "heading" }, h("h2", {}, "How are two things connected?")),
    h("div", { class: "ends" }, end(shell, "From", "from", from, (node) => shell.go({ node: handle(graph, node) })), end(shell, "To", "to", to, (node) => shell.go({ to: handle(graph, node) }))));
  if (from >= 0 && to >= 0) content.append(...found(shell, from, to, shown));
  else content.append(...examples(shell, from));
  place.replaceChildren(content);
}

/** Two kinds whose best known members make an example. @type {[string, string][]} */
const PAIRS = [["Model", "Benchmark"], ["Method", "Task"], ["Method", "Model"], ["Paper", "Benchmark"]];

/** What to do while an end is missing, and ways to start. @param {Shell} shell @param {number} from */
function examples(shell, from) {
  const { graph } = shell;
  const best = (/** @type {string} */ kind) => {
    let found = -1;
    for (let at = 0; at < graph.count; at++) if (label(graph, at) === kind && at !== from && (found < 0 || graph.degree[at] > graph.degree[found])) found = at;
    return found;
  };
  const pairs = PAIRS.map(([one, other]) => [from < 0 ? best(one) : from, best(other)]).filter(([a, b]) => a >= 0 && b >= 0);
  const apart = pairs.filter(([a, b], at) => pairs.findIndex(([c, d]) => c === a && d === b) === at);
  const items = apart.map(([a, b]) => h("li", {}, h("a", { href: shell.link({ view: "path", node: handle(graph, a), to: handle(graph, b) }) }, said(shorten(clean(graph.name[a]), 60)), " and ", said(shorten(clean(graph.name[b]), 60)))));
  return [h("p", { class: "hint" }, from < 0 ? "Choose both ends: type a name and press Enter. The ways between them come with the sentences behind every step." : "Choose the other end: type a name and press Enter."),
    ...(items.length ? [h("h3", {}, "For example"), h("ul", { class: "examples" }, ...items)] : [])];
}

/** @param {Shell} shell @param {number} from @param {number} to @param {Filter} shown */
function found(shell, from, to, shown) {
  const { graph } = shell;
  if (from === to) return [h("p", { class: "none" }, "Both ends are the same.")];
  const ways = paths(graph, from, to, shown);
  if (!ways.length) return [h("p", { class: "none" }, "Nothing shown joins them. More kinds or a wider range of dates may.")];
  const names = `${clean(graph.name[from])} and ${clean(graph.name[to])}`;
  shell.say(`${counted(ways.length, "way")} between ${names}`);
  return ways.map((steps, at) => h("section", { class: "way", "aria-label": `Way ${at + 1} between ${names}` },
    h("h3", {}, at === 0 ? "The most telling way" : "Another way", h("span", { class: "soft" }, ` ${counted(steps.length - 1, "step")}`)),
    h("ol", { class: "steps" }, ...steps.map((step) => stepOf(shell, step)))));
}

/** @param {Shell} shell @param {Step} step */
function stepOf(shell, step) {
  const { graph } = shell;
  const { node, edge, outward } = step;
  const words = label(graph, node) === "Result" ? resultWords(graph, node) : graph.name[node];
  return h("li", {},
    edge >= 0 && h("div", { class: "link" }, h("p", {}, h("b", {}, outward ? `↓ ${phrase(graph.types[graph.type[edge]], true)}` : `↑ ${phrase(graph.types[graph.type[edge]], false)}`)), sentence(shell, edge)),
    h("div", { class: "stop" }, glyph(graph, graph.kind[node]), h("a", { href: shell.linkTo(node) }, said(words)),
      h("span", { class: "soft" }, ` ${label(graph, node)}${graph.date[node] ? ` · ${graph.date[node]}` : ""}`)));
}

/** @param {Shell} shell @param {string} words @param {string} id @param {number} node @param {(node: number) => void} take */
function end(shell, words, id, node, take) {
  const list = h("ul", { id: `hits-${id}`, role: "listbox", "aria-label": `${words}: search results`, hidden: true });
  const input = h("input", {
    type: "text", role: "combobox", id: `end-${id}`, class: node >= 0 ? "set" : undefined, "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", autocomplete: "off",
    placeholder: node >= 0 ? clean(shell.graph.name[node]) : "Type a name", "aria-label": node >= 0 ? `${words}: ${clean(shell.graph.name[node])}` : words,
  });
  searchBox(shell, input, list, take);
  return h("div", { class: "end" }, h("span", { class: "soft" }, words), h("div", { class: "searching" }, input, list));
}
