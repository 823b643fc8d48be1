// A page of the offline edition in Chromium: what a reader would stumble over, by the browser's own measures.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const { drawingFaults } = require("./drawing.js");

/** What can be asked of a page once, at any width. Runs within Chromium. */
function structure() {
  const all = selector => [...document.querySelectorAll(selector)];
  const start = element => element.outerHTML.slice(0, 80);
  const faults = [];
  if (!document.documentElement.lang) faults.push("<html> has no lang");
  if (!document.title) faults.push("no title");
  const levels = all("h1, h2, h3, h4, h5, h6").map(heading => [Number(heading.tagName[1]), heading.textContent]);
  if (levels.filter(([level]) => level === 1).length !== 1) faults.push("not one heading of level 1");
  levels.forEach(([level, title], i) => {
    if (level > (levels[i - 1]?.[0] ?? 0) + 1) faults.push(`level ${level} skips one: ${title}`);
  });
  const ids = all("[id]").map(element => element.id);
  ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => faults.push(`two elements are #${id}`));
  all("img:not([alt]), img[alt='']").forEach(image => faults.push(`no alternative text: ${start(image)}`));
  all("svg[role=img]:not(:has(> title))").forEach(drawing => faults.push(`no title: ${start(drawing)}`));
  for (const field of all("input, button, select")) {
    if (!field.labels?.length && !field.getAttribute("aria-label")) faults.push(`no label: ${start(field)}`);
  }
  all("merror").forEach(error => faults.push(`an error in MathML: ${error.textContent}`));
  const styles = all("style").map(style => style.textContent).join("\n");
  for (const [, selector, declarations] of styles.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    try { document.querySelector(selector); } catch { faults.push(`CSS that Chromium drops: ${selector.trim()}`); }
    for (const declaration of declarations.split(";").filter(text => text.trim())) {
      if (!CSS.supports(`(${declaration})`)) faults.push(`CSS that Chromium drops: ${declaration.trim()}`);
    }
  }
  const links = all("a[href]").map(link => link.getAttribute("href"));
  return { faults, ids, links, formulaCount: all("math").length };
}

/** What depends on width and scheme, with everything unfolded. Runs within Chromium. */
function appearance(width) {
  const all = selector => [...document.querySelectorAll(selector)];
  const start = element => element.textContent.replace(/\s+/g, " ").trim().slice(0, 60);
  const faults = [];
  all("details").forEach(box => { box.open = true; });

  const page = document.documentElement;
  if (page.scrollWidth > width) {
    const isWide = element => element.getBoundingClientRect().right > width + 0.5;
    const scrolls = element => getComputedStyle(element).overflowX !== "visible";
    const isHeld = element => element !== page && (scrolls(element.parentElement) || isHeld(element.parentElement));
    const culprit = all("body *").find(element => isWide(element) && !isHeld(element));
    faults.push(`scrolls sideways, ${page.scrollWidth} px wide: ${culprit?.outerHTML.slice(0, 80)}`);
  }
  const em = element => parseFloat(getComputedStyle(element).fontSize);
  for (const formula of all("math")) {
    const { width, height } = formula.getBoundingClientRect();
    const isSane = width > 1 && height > 0.3 * em(formula) && height < 25 * em(formula);
    if (formula.checkVisibility() && !isSane) faults.push(`a formula of ${width} × ${height} px: ${start(formula)}`);
  }
  for (const element of all("body *:not(svg, svg *)")) {
    const { overflowX, overflowY, display } = getComputedStyle(element);
    const rows = overflowY === "hidden" ? element.scrollHeight - element.clientHeight : 0;
    const columns = overflowX === "hidden" ? element.scrollWidth - element.clientWidth : 0;
    if (rows > 1 || columns > 1) faults.push(`${Math.max(rows, columns)} px are cut off: ${start(element)}`);
    // Text and the elements in it would each become a column, the blanks between them gaps.
    const words = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (/flex|grid/.test(display) && words.length > 0 && element.children.length > 0) {
      faults.push(`a sentence is laid out as columns: ${start(element)}`);
    }
  }
  return faults;
}

/** Contrast by WCAG 2, level AA, of each text with what is painted behind it. Runs within Chromium. */
function contrasts() {
  const over = (above, opacity, below) => below.map((value, i) => opacity * above[i] + (1 - opacity) * value);
  const poor = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const element = text.parentElement;
    if (!text.data.trim() || element.closest("svg") || !element.checkVisibility()) continue;
    let opacity = 1;
    let below = [255, 255, 255];
    const boxes = [];
    for (let box = element; box; box = box.parentElement) boxes.unshift(getComputedStyle(box));
    for (const box of boxes) {
      const paint = components(box.backgroundColor);
      below = over(paint, paint[3] ?? 1, below);
      opacity *= Number(box.opacity);
    }
    const { color, fontSize, fontWeight } = boxes.pop();
    const ink = components(color);
    const clear = contrast(over(ink, (ink[3] ?? 1) * opacity, below), below);
    const isLarge = parseFloat(fontSize) >= (Number(fontWeight) >= 700 ? 18.66 : 24);
    const kind = `${element.tagName.toLowerCase()}.${element.className}`;
    if (clear < (isLarge ? 3 : 4.5)) poor.set(kind, `contrast ${clear.toFixed(2)} of ${kind}: ${text.data}`);
  }
  return [...poor.values()];
}

/** Sliders and the search. Runs within Chromium. */
function movements() {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const faults = [];
  for (const slider of all(".slider input")) {
    const box = slider.closest("figure");
    const seen = new Set();
    for (let place = Number(slider.min); place <= Number(slider.max); place++) {
      slider.value = place;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      const shown = all(".frame", box).filter(frame => frame.getBoundingClientRect().height > 50);
      if (shown.length !== 1) faults.push(`${box.id} shows ${shown.length} pictures at once`);
      seen.add(box.querySelector("output").textContent + shown[0]?.innerHTML);
    }
    const places = Number(slider.max) - Number(slider.min) + 1;
    if (seen.size !== places) faults.push(`${box.id} shows ${seen.size} pictures at ${places} places`);
  }
  const field = document.querySelector("#search");
  if (!field) return [...faults, "no search"];
  field.value = document.querySelector("main h2").textContent.split(" ")[0];
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const hits = all("#found a");
  if (hits.length === 0) faults.push(`the search does not find ${field.value}`);
  for (const hit of hits) {
    if (!document.getElementById(decodeURIComponent(hit.hash.slice(1)))) faults.push(`the search leads to ${hit.hash}`);
  }
  return faults;
}

class HTMLPage {
  constructor(root, file) { [this.root, this.file, this.faults] = [root, file, []]; }

  /** `views` are tabs of Chromium, each with its width and scheme. */
  async read(views) {
    const seen = new Map();
    for (const { width, scheme, tab } of views) {
      await tab.open(pathToFileURL(path.join(this.root, this.file)).href);
      if (!this.ids) {
        const { faults, ...parts } = await tab.run(structure);
        Object.assign(this, parts).faults.push(...faults.map(fault => `${this.file}: ${fault}`));
      }
      // The search's hits stay open, and are a part of what may be too wide or too pale.
      const faults = [
        ...await tab.run(movements), ...await tab.run(appearance, width), ...await tab.run(contrasts),
        ...await tab.run(drawingFaults, "main svg[role=img]"), ...tab.complaints,
      ];
      for (const fault of faults) seen.set(fault, (seen.get(fault) ?? new Set()).add(`${width} px ${scheme}`));
    }
    for (const [fault, places] of seen) {
      const where = places.size === views.length ? "" : ` (${[...places].join(", ")})`;
      this.faults.push(`${this.file}: ${fault}${where}`);
    }
    this.anchors = new Set(this.ids);
  }

  /** Links lead to a file, and what stands behind # to an id of it; a section has the same address in Markdown. */
  checkLinks(pages) {
    for (const link of this.links.filter(link => !/^[a-z]+:/.test(link))) {
      const [name, anchor] = link.split("#").map(decodeURIComponent);
      const file = name === "" ? this.file : path.normalize(path.join(path.dirname(this.file), name));
      const isThere = fs.existsSync(path.join(this.root, file));
      const leads = anchor === undefined || pages.get(file)?.anchors.has(anchor);
      if (!isThere || !leads) this.faults.push(`${this.file}: nothing is at ${link}`);
    }
    const twin = pages.get(this.file.replace(/index\.html$/, "README.md"));
    for (const anchor of twin?.anchors ?? []) {
      if (!this.anchors.has(anchor)) this.faults.push(`${this.file}: #${anchor} of ${twin.file} is not in it`);
    }
  }
}

module.exports = { HTMLPage };
