/** @import { Pen, Shell, Theme } from "./types.js" */
import { clean } from "./words.js";

/**
 * Draws what an element shows: its words where they stand, its signs, marks, bars, cards and lines. So any view becomes a picture.
 * @param {Shell} shell @param {HTMLElement} root @param {Pen} pen @param {Theme} theme
 */
export function drawElement(shell, root, pen, theme) {
  const frame = root.getBoundingClientRect();
  const place = (/** @type {DOMRect} */ box) => ({ x: box.left - frame.left, y: box.top - frame.top, width: box.width, height: box.height });
  for (const element of root.querySelectorAll(".card, mark, .fill, td, th, .link")) box(element, place, pen, theme);
  for (const sign of root.querySelectorAll(".glyph")) {
    const { x, y, width, height } = place(sign.getBoundingClientRect());
    const kind = shell.graph.kinds[Number(/\bk(\d+)/.exec(sign.className)?.[1] ?? 0)];
    if (width) pen.shapes(kind.shape, [x + width / 2, y + height / 2, 4.6], theme.dark ? kind.dark : kind.light, "");
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) words(/** @type {Text} */ (text), place, pen, theme);
}

/** @param {Element} element @param {(box: DOMRect) => { x: number, y: number, width: number, height: number }} place @param {Pen} pen @param {Theme} theme */
function box(element, place, pen, theme) {
  for (const rect of element.getClientRects()) {
    const { x, y, width, height } = place(rect);
    if (element.matches(".card")) pen.box(x, y, width, height, theme.ground, theme.accent, 10);
    else if (element.matches("mark")) pen.box(x, y, width, height, theme.mark, "", 2);
    else if (element.matches(".fill")) pen.box(x, y, width, height, theme.accent, "", 2);
    else if (element.matches(".link")) pen.lines([x, y, x, y + height], theme.line, 2, 0.5);
    else pen.lines([x, y + height, x + width, y + height], theme.line, 0.7, 0.4);
  }
}

/** The words of one text node, line by line. @param {Text} text @param {(box: DOMRect) => { x: number, y: number, width: number, height: number }} place @param {Pen} pen @param {Theme} theme */
function words(text, place, pen, theme) {
  const parent = text.parentElement;
  if (!parent || !text.data.trim() || parent.closest(".unseen, textarea, option") || !parent.offsetParent) return;
  const style = getComputedStyle(parent);
  const range = document.createRange();
  let line = "";
  let at = { x: 0, y: -1, width: 0, height: 0 };
  const look = { size: parseFloat(style.fontSize), bold: Number(style.fontWeight) >= 600, colour: hex(style.color, theme.ink) };
  const flush = () => {
    if (line) pen.text(clean(line), at.x, at.y + at.height / 2, { ...look });
    line = "";
  };
  for (const found of text.data.matchAll(/\S+\s*/g)) {
    range.setStart(text, found.index);
    range.setEnd(text, found.index + found[0].trimEnd().length);
    const [rect] = range.getClientRects();
    if (!rect) continue;
    const spot = place(rect);
    if (Math.abs(spot.y - at.y) > 2) {
      flush();
      at = spot;
    }
    line += found[0];
  }
  flush();
}

/** A computed colour as a pen takes it. @param {string} colour @param {string} otherwise */
function hex(colour, otherwise) {
  const parts = /^rgba?\((\d+), (\d+), (\d+)/.exec(colour);
  return parts ? `#${parts.slice(1, 4).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}` : otherwise;
}

/** Hands a file to the reader. @param {string} name @param {Blob} content */
export function save(name, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
