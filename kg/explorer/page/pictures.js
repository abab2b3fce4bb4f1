/** @import { Pen, Shell } from "./types.js" */
import { byId } from "./dom.js";
import { strokes } from "./egoview.js";
import { draw } from "./overview.js";
import { canvasPen, svgPen } from "./pens.js";
import { drawElement, save } from "./picture.js";
import { clean } from "./words.js";

/** Pixels of a picture's longest side at most. */
const LARGEST = 12000;
const LEGEND = 34;

/**
 * What is on screen as PNG or SVG, with its title and legend.
 * @param {Shell} shell @param {import("./overview.js").Scene} scene
 */
export function pictures(shell, scene) {
  const content = () => (shell.state.view === "map" ? null : /** @type {HTMLElement | null} */ (document.querySelector("#view .ego, #view .tables")));
  const size = () => {
    const element = content();
    return element ? { width: element.scrollWidth, height: element.scrollHeight + LEGEND } : { width: scene.width, height: scene.height + LEGEND };
  };
  const drawAll = (/** @type {Pen} */ pen, /** @type {number} */ width, /** @type {number} */ height) => {
    const theme = shell.theme();
    const element = content();
    if (element) {
      if (element.classList.contains("ego")) strokes(element, pen, theme);
      drawElement(shell, element, pen, theme);
    } else draw({ ...scene, hover: -1, busy: false }, pen, theme);
    legend(shell, pen, width, height);
  };
  return {
    svg() {
      const { width, height } = size();
      const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
      const pen = svgPen(canvasPen(context));
      drawAll(pen, width, height);
      const text = pen.page(width, height, shell.theme().ground, clean(shell.graph.title));
      save(`${name(shell)}.svg`, new Blob([text], { type: "image/svg+xml" }));
    },
    png() {
      const { width, height } = size();
      const ratio = Math.min(2, LARGEST / Math.max(width, height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      context.scale(ratio, ratio);
      context.fillStyle = shell.theme().ground;
      context.fillRect(0, 0, width, height);
      drawAll(canvasPen(context), width, height);
      canvas.toBlob((blob) => blob && save(`${name(shell)}.png`, blob), "image/png");
    },
  };
}

/** @param {Shell} shell @param {Pen} pen @param {number} width @param {number} height */
function legend(shell, pen, width, height) {
  const theme = shell.theme();
  const y = height - LEGEND / 2;
  pen.box(0, height - LEGEND, width, LEGEND, theme.ground, "", 0);
  const title = clean(shell.graph.title);
  pen.text(title, 14, y, { size: 12, bold: true, colour: theme.ink });
  let x = 14 + pen.width(title, 12, true) + 22;
  for (const chip of byId("chips").querySelectorAll('[aria-pressed="true"]')) {
    const kind = shell.graph.kinds.find((one) => one.label === chip.getAttribute("data-kind"));
    if (!kind) continue;
    pen.shapes(kind.shape, [x, y, 4.6], theme.dark ? kind.dark : kind.light, "");
    pen.text(kind.plural, x + 9, y, { size: 12, colour: theme.soft });
    x += 9 + pen.width(kind.plural, 12) + 16;
  }
}

/** @param {Shell} shell */
function name(shell) {
  const words = `${shell.graph.title} ${shell.state.view} ${shell.state.node.split(":").slice(1).join(" ")}`;
  return clean(words).replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80) || "graph";
}
