// Contrast of colours by WCAG 2. These run within Chromium, where every page has them.
"use strict";

/** Red, green, blue of 255 and, if it is not 1, the opacity. */
function components(color) {
  return color.match(/[\d.]+/g).map(Number);
}

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map(value => value / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

module.exports = { source: [components, luminance, contrast].join("\n") };
