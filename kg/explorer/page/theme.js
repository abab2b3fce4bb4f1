/** @import { Graph, Theme } from "./types.js" */

const ROOT = document.documentElement;

/** Starts with what the reader's system prefers and follows it. @param {Graph} graph @param {() => void} changed */
export function startTheme(graph, changed) {
  const preferred = window.matchMedia("(prefers-color-scheme: dark)");
  const set = (/** @type {boolean} */ dark) => {
    ROOT.dataset["theme"] = dark ? "dark" : "light";
    paintKinds(graph, dark);
  };
  set(preferred.matches);
  preferred.addEventListener("change", () => {
    set(preferred.matches);
    changed();
  });
  window.addEventListener("beforeprint", () => {
    set(false);
    changed();
  });
  return () => {
    set(ROOT.dataset["theme"] !== "dark");
    changed();
  };
}

/** Colours of kinds as a style sheet of the page's own making. @param {Graph} graph @param {boolean} dark */
function paintKinds(graph, dark) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(graph.kinds.map((kind, at) => `.k${at} { color: ${dark ? kind.dark : kind.light}; }`).join("\n"));
  document.adoptedStyleSheets = [sheet];
}

/** The colours in force. @returns {Theme} */
export function theme() {
  const style = getComputedStyle(ROOT);
  const get = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: get("ink"), soft: get("soft"), ground: get("ground"), line: get("edge"), accent: get("accent"), mark: get("mark"),
    dark: ROOT.dataset["theme"] === "dark",
  };
}
