/** @import { Pen } from "./types.js" */

/** Corners of each sign in a circle of radius 1; those not here are circles. @type {{ [shape: string]: [number, number][] }} */
const CORNERS = {
  square: ring(4, Math.PI / 4, 1.2),
  box: [[-1.2, -0.75], [1.2, -0.75], [1.2, 0.75], [-1.2, 0.75]],
  diamond: ring(4, 0, 1.25),
  triangle: ring(3, -Math.PI / 2, 1.35),
  drop: ring(3, Math.PI / 2, 1.3),
  hexagon: ring(6, 0, 1.12),
  bar: [[-0.55, -1.2], [0.55, -1.2], [0.55, 1.2], [-0.55, 1.2]],
  star: star(),
};
const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";

/** @param {number} corners @param {number} turn @param {number} radius @returns {[number, number][]} */
function ring(corners, turn, radius) {
  return Array.from({ length: corners }, (_, at) => {
    const angle = turn + (2 * Math.PI * at) / corners;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** @returns {[number, number][]} */
function star() {
  return Array.from({ length: 10 }, (_, at) => {
    const angle = -Math.PI / 2 + (Math.PI * at) / 5;
    const radius = at % 2 ? 0.6 : 1.35;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

/** How far a curve goes straight on at both its ends. @param {number} x1 @param {number} x2 */
function bend(x1, x2) {
  return Math.max(20, Math.min(80, (x2 - x1) / 2));
}

/** @param {number} size @param {boolean} [bold] */
function font(size, bold) {
  return `${bold ? "600 " : ""}${size}px ${FONT}`;
}

/** Draws on a canvas. Spots are x, y, radius in turn. @param {CanvasRenderingContext2D} context @returns {Pen} */
export function canvasPen(context) {
  /** @type {Map<string, number>} */
  const widths = new Map();
  return {
    lines(ends, colour, width, alpha) {
      context.globalAlpha = alpha;
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      for (let at = 0; at < ends.length; at += 4) {
        context.moveTo(ends[at], ends[at + 1]);
        context.lineTo(ends[at + 2], ends[at + 3]);
      }
      context.stroke();
      context.globalAlpha = 1;
    },
    curve(x1, y1, x2, y2, colour, width, alpha) {
      context.globalAlpha = alpha;
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      context.moveTo(x1, y1);
      context.bezierCurveTo(x1 + bend(x1, x2), y1, x2 - bend(x1, x2), y2, x2, y2);
      context.stroke();
      context.globalAlpha = 1;
    },
    shapes(shape, spots, colour, edge) {
      context.fillStyle = colour;
      context.beginPath();
      for (let at = 0; at < spots.length; at += 3) trace(context, shape, spots[at], spots[at + 1], spots[at + 2]);
      context.fill();
      if (edge) {
        context.strokeStyle = edge;
        context.lineWidth = 1;
        context.stroke();
      }
    },
    box(x, y, width, height, fill, edge, corner) {
      context.beginPath();
      context.roundRect(x, y, width, height, corner);
      if (fill) {
        context.fillStyle = fill;
        context.fill();
      }
      if (edge) {
        context.strokeStyle = edge;
        context.lineWidth = 1;
        context.stroke();
      }
    },
    text(words, x, y, style) {
      context.font = font(style.size, style.bold);
      context.textBaseline = "middle";
      context.textAlign = style.middle ? "center" : "left";
      context.globalAlpha = style.alpha ?? 1;
      if (style.halo) {
        context.strokeStyle = style.halo;
        context.lineWidth = 3.5;
        context.lineJoin = "round";
        context.strokeText(words, x, y);
      }
      context.fillStyle = style.colour;
      context.fillText(words, x, y);
      context.globalAlpha = 1;
    },
    width(words, size, bold) {
      const known = `${size}${bold ? "b" : ""}${words}`;
      let width = widths.get(known);
      if (width === undefined) {
        context.font = font(size, bold);
        width = context.measureText(words).width;
        widths.set(known, width);
      }
      return width;
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {string} shape @param {number} x @param {number} y @param {number} radius */
function trace(context, shape, x, y, radius) {
  const corners = CORNERS[shape];
  if (radius < 2) context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  else if (!corners) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  } else {
    context.moveTo(x + corners[0][0] * radius, y + corners[0][1] * radius);
    for (let at = 1; at < corners.length; at++) context.lineTo(x + corners[at][0] * radius, y + corners[at][1] * radius);
    context.closePath();
  }
}

/** @param {number} number */
function short(number) {
  return String(Math.round(number * 10) / 10);
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, "\ufffd").replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/**
 * Writes what is drawn as SVG. Widths of words are asked of `ruler`.
 * @param {Pen} ruler
 * @returns {Pen & { page(width: number, height: number, ground: string, title: string): string }}
 */
export function svgPen(ruler) {
  /** @type {string[]} */
  const parts = [];
  return {
    lines(ends, colour, width, alpha) {
      let path = "";
      for (let at = 0; at < ends.length; at += 4) path += `M${short(ends[at])} ${short(ends[at + 1])}L${short(ends[at + 2])} ${short(ends[at + 3])}`;
      if (path) parts.push(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-opacity="${alpha}"/>`);
    },
    curve(x1, y1, x2, y2, colour, width, alpha) {
      const path = `M${short(x1)} ${short(y1)}C${short(x1 + bend(x1, x2))} ${short(y1)} ${short(x2 - bend(x1, x2))} ${short(y2)} ${short(x2)} ${short(y2)}`;
      parts.push(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-opacity="${alpha}"/>`);
    },
    shapes(shape, spots, colour, edge) {
      const line = edge ? ` stroke="${edge}"` : "";
      for (let at = 0; at < spots.length; at += 3) {
        const [x, y, radius] = [spots[at], spots[at + 1], spots[at + 2]];
        const corners = CORNERS[shape];
        const points = corners?.map(([a, b]) => `${short(x + a * radius)},${short(y + b * radius)}`).join(" ");
        if (points) parts.push(`<polygon points="${points}" fill="${colour}"${line}/>`);
        else parts.push(`<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${colour}"${line}/>`);
      }
    },
    box(x, y, width, height, fill, edge, corner) {
      const line = edge ? ` stroke="${edge}"` : "";
      parts.push(`<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" rx="${short(corner)}" fill="${fill || "none"}"${line}/>`);
    },
    text(words, x, y, style) {
      const halo = style.halo ? ` stroke="${style.halo}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke"` : "";
      const weight = style.bold ? ' font-weight="600"' : "";
      const place = `x="${short(x)}" y="${short(y)}" font-size="${style.size}" fill="${style.colour}" fill-opacity="${style.alpha ?? 1}"`;
      parts.push(`<text ${place}${weight}${halo} dominant-baseline="central"${style.middle ? ' text-anchor="middle"' : ""}>${escaped(words)}</text>`);
    },
    width: ruler.width,
    page(width, height, ground, title) {
      const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`;
      const font = FONT.replaceAll("'", "");
      return `${head}<title>${escaped(title)}</title><rect width="100%" height="100%" fill="${ground}"/><g font-family="${font}">${parts.join("\n")}</g></svg>\n`;
    },
  };
}
