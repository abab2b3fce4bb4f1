/** @import { Camera } from "./types.js" */

/** The camera that shows a box of the world in a window. @param {{ left: number, right: number, top: number, bottom: number }} box @param {number} width @param {number} height @returns {Camera} */
export function fit(box, width, height) {
  const scale = Math.min((width - 60) / Math.max(1, box.right - box.left), (height - 70) / Math.max(1, box.bottom - box.top), 6);
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale: Math.max(scale, 0.01) };
}

/** Zoomed by a factor about a point of the window, given from its middle. @param {Camera} camera @param {number} factor @param {number} dx @param {number} dy @returns {Camera} */
export function zoomed(camera, factor, dx, dy) {
  const scale = Math.min(40, Math.max(0.02, camera.scale * factor));
  return { x: camera.x + dx / camera.scale - dx / scale, y: camera.y + dy / camera.scale - dy / scale, scale };
}

/**
 * Dragging, wheel and two fingers on an element.
 * @param {HTMLElement} element
 * @param {{ camera(): Camera, move(camera: Camera, busy: boolean): void, click(x: number, y: number, double: boolean): void, hover(x: number, y: number): void }} hands
 */
export function handle(element, hands) {
  /** @type {Map<number, { x: number, y: number }>} */
  const fingers = new Map();
  let travelled = 0;
  let clicked = 0;
  /** @param {PointerEvent | WheelEvent} event */
  const spot = (event) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const middle = () => ({ x: element.clientWidth / 2, y: element.clientHeight / 2 });
  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, spot(event));
    if (fingers.size === 1) travelled = 0;
  });
  element.addEventListener("pointermove", (event) => {
    const now = spot(event);
    const before = fingers.get(event.pointerId);
    if (!before) return hands.hover(now.x, now.y);
    const camera = hands.camera();
    travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (fingers.size === 1 && travelled > 4) {
      hands.move({ ...camera, x: camera.x - (now.x - before.x) / camera.scale, y: camera.y - (now.y - before.y) / camera.scale }, true);
    } else if (fingers.size === 2) {
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      hands.move(zoomed(camera, factor, (now.x + other.x) / 2 - middle().x, (now.y + other.y) / 2 - middle().y), true);
    }
    if (travelled > 4 || fingers.size > 1) fingers.set(event.pointerId, now);
  });
  /** @param {PointerEvent} event */
  const up = (event) => {
    const was = fingers.delete(event.pointerId);
    if (!was || fingers.size) return;
    hands.move(hands.camera(), false);
    if (travelled > 4 || event.type === "pointercancel") return;
    const { x, y } = spot(event);
    hands.click(x, y, event.timeStamp - clicked < 350);
    clicked = event.timeStamp;
  };
  element.addEventListener("pointerup", up);
  element.addEventListener("pointercancel", up);
  element.addEventListener("pointerleave", () => hands.hover(-1, -1));
  let settle = 0;
  element.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = spot(event);
    const factor = Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016));
    hands.move(zoomed(hands.camera(), factor, x - middle().x, y - middle().y), true);
    clearTimeout(settle);
    settle = setTimeout(() => hands.move(hands.camera(), false), 160);
  }, { passive: false });
}
