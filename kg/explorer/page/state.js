/** @import { State } from "./types.js" */

/** @type {State} */
const START = { view: "map", node: "", to: "", kinds: "", since: "", until: "", text: "", sort: "", more: "" };
const VIEWS = new Set(["map", "node", "board", "time", "matrix", "list", "path"]);

/** What the address says; what it does not say is as at the start. @param {string} hash @returns {State} */
export function parse(hash) {
  const state = { ...START };
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  for (const name of /** @type {(keyof State)[]} */ (Object.keys(START))) state[name] = given.get(name) || START[name];
  if (!VIEWS.has(state.view)) state.view = START.view;
  return state;
}

/** The address of a state: short, and the same for the same state. @param {State} state */
export function format(state) {
  const said = new URLSearchParams();
  for (const name of /** @type {(keyof State)[]} */ (Object.keys(START))) if (state[name] !== START[name]) said.set(name, state[name]);
  return `#${said}`;
}

/**
 * The next state: another view starts with its own kinds, sorting and opened parts.
 * @param {State} state @param {Partial<State>} change
 * @returns {State}
 */
export function changed(state, change) {
  const moved = (change.view !== undefined && change.view !== state.view) || (change.node !== undefined && change.node !== state.node);
  const fresh = moved ? { kinds: change.view === undefined || change.view === state.view ? state.kinds : "", sort: "", more: "" } : {};
  return { ...state, ...fresh, ...change };
}
