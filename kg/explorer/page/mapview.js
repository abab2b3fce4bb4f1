/** @import { Camera, Shell } from "./types.js" */
import { fit, handle, zoomed } from "./camera.js";
import { FAR, bounds, draw, fieldAt, nodeAt } from "./overview.js";
import { canvasPen } from "./pens.js";

/**
 * The overview on its canvas. Draws only when something changed, at most once a frame.
 * @param {Shell} shell @param {HTMLCanvasElement} canvas @param {(node: number, double: boolean) => void} pick
 */
export function mapView(shell, canvas, pick) {
  const { graph } = shell;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws no canvas");
  const pen = canvasPen(context);
  const scene = {
    graph, shown: /** @type {Uint8Array} */ (new Uint8Array(graph.count)), camera: /** @type {Camera} */ ({ x: 0, y: 0, scale: 1 }), width: 0, height: 0,
    chosen: -1, hover: -1, busy: false,
  };
  let asked = 0;
  let fitted = false;
  let steered = false;
  const paint = () => {
    asked = 0;
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const { clientWidth: width, clientHeight: height } = canvas;
    if (!width || !height) return;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    [scene.width, scene.height] = [width, height];
    if (!fitted) {
      scene.camera = fit(bounds(graph, scene.shown), width, height);
      fitted = true;
    }
    const theme = shell.theme();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = theme.ground;
    context.fillRect(0, 0, width, height);
    draw(scene, pen, theme);
    canvas.dataset["drawn"] = String(Number(canvas.dataset["drawn"] || 0) + 1);
  };
  const ask = () => {
    if (!asked) asked = requestAnimationFrame(paint);
  };
  const move = (/** @type {Camera} */ camera, /** @type {boolean} */ busy) => {
    steered = true;
    scene.camera = camera;
    scene.busy = busy;
    scene.hover = -1;
    ask();
  };
  handle(canvas, {
    camera: () => scene.camera,
    move,
    click(x, y, double) {
      const box = fieldAt(scene, x, y);
      if (box) {
        const near = fit(box, scene.width, scene.height);
        move({ ...near, scale: Math.max(near.scale, FAR) }, false);
      } else pick(nodeAt(scene, x, y), double);
    },
    hover(x, y) {
      const node = x < 0 ? -1 : nodeAt(scene, x, y);
      if (node === scene.hover) return;
      scene.hover = node;
      canvas.style.cursor = node >= 0 ? "pointer" : "grab";
      ask();
    },
  });
  new ResizeObserver(() => {
    if (!steered) fitted = false;
    ask();
  }).observe(canvas);
  return {
    scene,
    paint,
    /** @param {Uint8Array} shown @param {number} chosen */
    update(shown, chosen) {
      scene.shown = shown;
      scene.chosen = chosen;
      ask();
    },
    fit() {
      fitted = steered = false;
      ask();
    },
    /** @param {number} factor */
    zoom(factor) {
      move(zoomed(scene.camera, factor, 0, 0), false);
    },
    /** @param {number} dx @param {number} dy */
    pan(dx, dy) {
      move({ ...scene.camera, x: scene.camera.x + dx / scene.camera.scale, y: scene.camera.y + dy / scene.camera.scale }, false);
    },
    /** Brings a node into the window. @param {number} node */
    centre(node) {
      move({ x: graph.x[node], y: graph.y[node], scale: Math.max(scene.camera.scale, 1.6) }, false);
    },
  };
}
