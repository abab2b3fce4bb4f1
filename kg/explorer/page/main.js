/** @import { Graph, Shell } from "./types.js" */
import { chips, dialog, help, tabs, tools } from "./chrome.js";
import { statement } from "./cypher.js";
import { handle, label, openGraph, readBlock } from "./data.js";
import { dateFields } from "./dates.js";
import { byId, h } from "./dom.js";
import { showEgo } from "./egoview.js";
import { filter } from "./filter.js";
import { keepingFocus } from "./focus.js";
import { keys } from "./keys.js";
import { mapView } from "./mapview.js";
import { showAbout, showPanel } from "./panel.js";
import { showPath } from "./pathview.js";
import { pictures } from "./pictures.js";
import { searchBox } from "./searchbox.js";
import { copy } from "./sheet.js";
import { changed, format, parse } from "./state.js";
import { showBoard, showList, showMatrix, showTimeline } from "./tableviews.js";
import { startTheme, theme } from "./theme.js";
import { clean } from "./words.js";

const TABLES = { board: showBoard, time: showTimeline, matrix: showMatrix, list: showList };

/** @param {Graph} graph */
function start(graph) {
  let state = parse(location.hash);
  const [view, panel, main] = [byId("view"), byId("panel"), byId("main")];
  const canvas = /** @type {HTMLCanvasElement} */ (byId("map"));
  const nodeOf = (/** @type {string} */ name) => graph.byKey.get(name) ?? -1;
  /** @type {Shell} */
  const shell = {
    graph,
    get state() { return state; },
    go(change, replace = false) {
      const next = format(changed(state, change));
      if (next === format(state)) return;
      if (!replace) location.hash = next;
      else {
        try {
          history.replaceState(null, "", next);
        } catch {
          // the frame of a notebook has no address that may be replaced
        }
        arrive(next);
      }
    },
    open: (node) => shell.go({ view: "node", node: handle(graph, node) }),
    link: (change) => format(changed(state, change)),
    linkTo: (node) => shell.link({ view: "node", node: handle(graph, node) }),
    say: (words) => { byId("live").textContent = words; },
    dialog,
    theme,
  };
  const map = mapView(shell, canvas, (node, double) => {
    if (node >= 0 && double) shell.open(node);
    else shell.go({ node: node >= 0 ? handle(graph, node) : "" });
  });
  const show = () => {
    if (state.view === "node" && nodeOf(state.node) < 0) state = { ...state, view: "map" };
    const node = nodeOf(state.node);
    const shown = filter(graph, state);
    tabs(shell);
    chips(shell, shown);
    dateFields(shell, byId("dates"));
    const flat = state.view === "map";
    canvas.hidden = !flat;
    view.hidden = flat;
    main.classList.toggle("flowing", !flat);
    map.update(shown.nodes, node);
    if (state.view === "node") showEgo(shell, view, node, shown);
    else if (state.view === "path") showPath(shell, view, node, nodeOf(state.to), shown);
    else TABLES[/** @type {keyof typeof TABLES} */ (state.view)]?.(shell, view, node, shown);
    if (node >= 0) showPanel(shell, panel, node, shown);
    else showAbout(shell, panel, state.node);
    document.title = clean(node >= 0 ? `${graph.name[node]} · ${graph.title}` : graph.title);
  };
  const arrive = (/** @type {string} */ address) => {
    const before = state;
    state = parse(address);
    keepingFocus([view, panel, byId("tabs")], show, () => before.view === state.view && before.node === state.node);
    if (before.view !== state.view || before.node !== state.node) arrived(before.view === state.view);
  };
  const arrived = (/** @type {boolean} */ same) => {
    panel.scrollTop = 0;
    window.scrollTo(0, 0);
    const node = nodeOf(state.node);
    const words = node >= 0 ? `${label(graph, node)} ${clean(graph.name[node])}` : clean(graph.title);
    shell.say(`${same ? "" : `${state.view} view. `}${words}`);
  };
  byId("title").textContent = clean(graph.title);
  canvas.setAttribute("aria-label", `A map of ${graph.count} nodes and ${graph.edges} relationships. The view List and the details beside it say the same in words.`);
  searchBox(shell, /** @type {HTMLInputElement} */ (byId("search")), byId("hits"), shell.open);
  const picture = pictures(shell, map.scene);
  const cypher = () => {
    const text = statement(graph, state, nodeOf(state.node), nodeOf(state.to));
    shell.dialog("The Cypher for what is on screen", h("pre", { tabindex: 0 }, text), h("p", { class: "actions" }, h("button", { click: () => copy(shell, text, "Cypher") }, "Copy")));
  };
  tools({ cypher: ["Cypher", cypher], png: ["PNG", picture.png], svg: ["SVG", picture.svg], theme: ["Dark / light", startTheme(graph, show)], help: ["?", () => help(shell)] });
  byId("help").setAttribute("aria-label", "Help: keys");
  keys(shell, map);
  window.addEventListener("hashchange", () => arrive(location.hash));
  show();
}

readBlock(byId("data")).then((raw) => start(openGraph(raw)));
