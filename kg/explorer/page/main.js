/** @import { Graph, Shell, State } from "./types.d.ts" */
import { handle, openGraph, readBlock } from "./data.js";
import { byId, glyph, h } from "./dom.js";
import { showEgo } from "./egoview.js";
import { keys } from "./keys.js";
import { mapView } from "./mapview.js";
import { showAbout, showPanel } from "./panel.js";
import { searchBox } from "./searchbox.js";
import { changed, format, parse } from "./state.js";
import { clean } from "./words.js";

const TABS = [["map", "Map"], ["node", "Around"]];

/** @param {Graph} graph */
function start(graph) {
  let state = parse(location.hash);
  const canvas = /** @type {HTMLCanvasElement} */ (byId("map"));
  const [view, panel, main] = [byId("view"), byId("panel"), byId("main")];
  /** @type {Shell} */
  const shell = {
    graph,
    get state() { return state; },
    go(change) {
      const next = changed(state, change);
      if (format(next) === format(state)) return;
      location.hash = format(next);
    },
    open: (node) => shell.go({ view: "node", node: handle(graph, node) }),
    say: (words) => { byId("live").textContent = words; },
    theme: () => colours(),
  };
  const map = mapView(shell, canvas, byId("tip"), (node, double) => {
    if (node >= 0 && double) shell.open(node);
    else if (node >= 0) shell.go({ node: handle(graph, node) });
    else shell.go({ node: "" });
  });
  byId("title").textContent = clean(graph.title);
  document.title = clean(graph.title);
  const show = () => {
    const node = graph.byKey.get(state.node) ?? -1;
    const wanted = kindsWanted(graph, state);
    tabs(shell);
    chips(shell, wanted);
    const flat = state.view === "map";
    canvas.hidden = !flat;
    view.hidden = flat;
    main.classList.toggle("flowing", !flat);
    if (state.view === "node" && node >= 0) showEgo(shell, view, node, (kind) => wanted[kind]);
    map.update(shownNodes(graph, wanted, state), node);
    if (node >= 0) showPanel(shell, panel, node);
    else showAbout(shell, panel);
    canvas.setAttribute("aria-label", `A map of ${graph.count} nodes; the list and the details beside it say the same in words.`);
    panel.scrollTop = 0;
  };
  searchBox(shell, /** @type {HTMLInputElement} */ (byId("search")), byId("hits"), shell.open);
  tools(shell, () => { show(); });
  keys(shell, map);
  window.addEventListener("hashchange", () => {
    state = parse(location.hash);
    show();
  });
  show();
}

/** Which kinds are shown: those named in the address, else all but the folded ones on the map, all elsewhere. @param {Graph} graph @param {State} state */
function kindsWanted(graph, state) {
  const named = state.kinds ? new Set(state.kinds.split(",")) : null;
  return graph.kinds.map((kind) => (named ? named.has(kind.label) : state.view !== "map" || !kind.folded));
}

/** @param {Graph} graph @param {boolean[]} wanted @param {State} state */
function shownNodes(graph, wanted, state) {
  const shown = new Uint8Array(graph.count);
  for (let at = 0; at < graph.count; at++) {
    const date = graph.date[at];
    const inside = (!state.since || !date || date >= state.since) && (!state.until || !date || date <= state.until);
    shown[at] = wanted[graph.kind[at]] && inside ? 1 : 0;
  }
  return shown;
}

/** @param {Shell} shell */
function tabs(shell) {
  const { state } = shell;
  byId("tabs").replaceChildren(...TABS.filter(([name]) => name !== "node" || state.node).map(([name, words]) =>
    h("button", { "aria-current": state.view === name ? "page" : undefined, click: () => shell.go({ view: name }) }, words)));
}

/** The legend, which filters. @param {Shell} shell @param {boolean[]} wanted */
function chips(shell, wanted) {
  const { graph } = shell;
  const counts = graph.kinds.map(() => 0);
  for (const kind of graph.kind) counts[kind]++;
  byId("chips").replaceChildren(...graph.kinds.flatMap((kind, at) => (counts[at] ? [h("button", {
    "aria-pressed": String(wanted[at]), "data-kind": kind.label,
    click: () => {
      const next = graph.kinds.filter((_, other) => (other === at ? !wanted[other] : wanted[other])).map((other) => other.label);
      shell.go({ kinds: next.join(",") || "none" });
    },
  }, glyph(graph, at), `${kind.plural} ${counts[at].toLocaleString("en")}`)] : [])));
}

/** @param {Shell} shell @param {() => void} redraw */
function tools(shell, redraw) {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const set = (/** @type {boolean} */ on) => {
    root.dataset["theme"] = on ? "dark" : "light";
    paintKinds(shell.graph, on);
    redraw();
  };
  byId("tools").append(h("button", { id: "theme", click: () => set(root.dataset["theme"] !== "dark") }, "Dark / light"));
  dark.addEventListener("change", () => set(dark.matches));
  root.dataset["theme"] = dark.matches ? "dark" : "light";
  paintKinds(shell.graph, dark.matches);
}

/** Colours of kinds as a style sheet of the page's own making. @param {Graph} graph @param {boolean} dark */
function paintKinds(graph, dark) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(graph.kinds.map((kind, at) => `.k${at} { color: ${dark ? kind.dark : kind.light}; }`).join("\n"));
  document.adoptedStyleSheets = [sheet];
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const get = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: get("ink"), soft: get("soft"), ground: get("ground"), line: get("edge"), accent: get("accent"), mark: get("mark"),
    dark: document.documentElement.dataset["theme"] === "dark",
  };
}

readBlock(byId("data")).then((raw) => start(openGraph(raw)));
