// Drawings in Chromium: their texts, by the boxes that the browser's own fonts give them.
"use strict";

/** Faults of the drawings that `selector` finds. Runs within Chromium. */
function drawingFaults(selector) {
  const faults = [];

  /** The four corners of the ink of a text: its box, less the room that a font leaves above and below. */
  function corners(text) {
    const { x, y, width, height } = text.getBBox();
    const [left, right, top, bottom] = [x, x + width, y + 0.2 * height, y + 0.85 * height];
    return [[left, top], [right, top], [right, bottom], [left, bottom]]
      .map(([x, y]) => new DOMPoint(x, y).matrixTransform(text.getScreenCTM()));
  }

  /** How deep two convex quadrangles are in each other, along the direction in which that is least. */
  function overlap(a, b) {
    let least = Infinity;
    for (const shape of [a, b]) {
      for (let i = 0; i < 2; i++) {
        const [dx, dy] = [shape[i + 1].x - shape[i].x, shape[i + 1].y - shape[i].y];
        const length = Math.hypot(dx, dy);
        const [p, q] = [a, b].map(points => points.map(point => (point.x * dx + point.y * dy) / length));
        least = Math.min(least, Math.max(...p) - Math.min(...q), Math.max(...q) - Math.min(...p));
      }
    }
    return least;
  }

  /** The colour behind an element at a point: of the last thing painted there before it, a cell of a raster or an area. */
  function ground(drawing, element, point) {
    let color = null;
    for (const shape of drawing.querySelectorAll("rect, path, circle")) {
      if (!(shape.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
      const style = getComputedStyle(shape);
      const place = point.matrixTransform(shape.getScreenCTM().inverse());
      const isArea = style.fill !== "none" && Number(style.fillOpacity) > 0.5;
      if (isArea && shape.isPointInFill(place)) color = components(style.fill);
      if (shape.closest("[shape-rendering]") && shape.isPointInStroke(place)) color = components(style.stroke);
    }
    return color;
  }

  for (const drawing of document.querySelectorAll(selector)) {
    const name = drawing.querySelector("title")?.textContent ?? "a drawing without a title";
    if (!drawing.checkVisibility()) continue;
    const frame = drawing.getBoundingClientRect();
    const scale = frame.width / drawing.viewBox.baseVal.width;
    if (!(scale > 0)) faults.push(`${name}: no viewBox, or no width`);
    const texts = [...drawing.querySelectorAll("text")].map(element => ({ element, corners: corners(element) }));
    const size = scale * Math.min(...texts.map(({ element }) => parseFloat(getComputedStyle(element).fontSize)));
    if (size < 9) faults.push(`${name}: letters of ${size.toFixed(1)} px`);
    texts.forEach(({ element, corners }, i) => {
      const words = element.textContent;
      const [xs, ys] = [corners.map(point => point.x), corners.map(point => point.y)];
      const beyond = Math.max(frame.left - Math.min(...xs), Math.max(...xs) - frame.right,
        frame.top - Math.min(...ys), Math.max(...ys) - frame.bottom) / scale;
      if (beyond > 0.5) faults.push(`${name}: “${words}” reaches ${beyond.toFixed(1)} beyond the edge`);
      for (const other of texts.slice(i + 1)) {
        const depth = overlap(corners, other.corners) / scale;
        const both = `“${words}” and “${other.element.textContent}”`;
        if (depth > 1) faults.push(`${name}: ${both} overlap by ${depth.toFixed(1)}`);
      }
      const middle = new DOMPoint((corners[0].x + corners[2].x) / 2, (corners[0].y + corners[2].y) / 2);
      const below = ground(drawing, element, middle);
      if (!below) return faults.push(`${name}: nothing is painted behind “${words}”`);
      const clear = contrast(components(getComputedStyle(element).fill), below);
      if (clear < 4.5) faults.push(`${name}: contrast ${clear.toFixed(2)} of “${words}”`);
    });
    // What is black has to be seen, also upon colours, and in the dark, where a page turns it.
    for (const mark of drawing.querySelectorAll('path:is([stroke="#000000"], [fill="#000000"])')) {
      if (mark.closest("[shape-rendering]")) continue;
      const { stroke, fill } = getComputedStyle(mark);
      const below = ground(drawing, mark, mark.getPointAtLength(0).matrixTransform(mark.getScreenCTM()));
      const clear = below ? contrast(components(fill === "none" ? stroke : fill), below) : 0;
      if (clear < 3) faults.push(`${name}: contrast ${clear.toFixed(2)} of ${mark.outerHTML.slice(0, 60)}`);
    }
  }
  return faults;
}

/** Faults of a file: what a drawing has to say about itself, and what it must not reach for. Runs within Chromium. */
function fileFaults(source) {
  const faults = [];
  document.body.innerHTML = source;
  const drawing = document.querySelector("svg");
  if (drawing?.getAttribute("role") !== "img") faults.push("no role=img");
  for (const part of ["title", "desc"]) {
    if (!drawing?.querySelector(`:scope > ${part}`)?.textContent) faults.push(`no ${part}`);
  }
  if (drawing?.querySelector("script, filter, foreignObject, style")) faults.push("more than shapes and texts");
  for (const element of drawing?.querySelectorAll("*") ?? []) {
    for (const { name, value } of element.attributes) {
      const isLink = /href$/.test(name) && !/^(#|data:image)/.test(value);
      const isOutside = isLink || /^on/.test(name) || /url\((?!#)/.test(value);
      if (isOutside) faults.push(`reaches outside: ${name}="${value.slice(0, 60)}"`);
    }
  }
  return faults;
}

module.exports = { drawingFaults, fileFaults };
