/** @param {Element} place */
function stops(place) {
  return /** @type {HTMLElement[]} */ ([...place.querySelectorAll("a, button:not([disabled]), input, summary, [tabindex='0']")]);
}

/**
 * Draws anew without losing the reader's keyboard: where what had the focus is gone, what stands in its place gets it, or the first thing of a new view.
 * @param {HTMLElement[]} places the parts that are drawn anew @param {() => void} draw @param {() => boolean} same whether they show the same thing as before
 */
export function keepingFocus(places, draw, same) {
  const at = document.activeElement;
  const place = places.find((one) => one.contains(at));
  const before = place && at?.matches(":focus-visible") ? stops(place).findIndex((one) => one === at) : -1;
  draw();
  if (!place || before < 0 || document.activeElement !== document.body) return;
  const now = stops(place);
  const first = /** @type {HTMLElement | null} */ (place.querySelector(".row, h2[tabindex]"));
  const next = same() || !first ? now[Math.min(before, now.length - 1)] : first;
  next?.focus();
}
