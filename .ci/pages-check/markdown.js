// A Markdown page as GitHub shows it: through cmark-gfm with GitHub's extensions, its HTML parsed by Chromium.
"use strict";
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const extensions = ["table", "strikethrough", "autolink", "tagfilter", "tasklist"].flatMap(name => ["-e", name]);

/** What the HTML of a page holds; runs within Chromium. */
function contents(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const all = selector => [...page.body.querySelectorAll(selector)];
  // GitHub's form of a formula in running text is a code span between two dollars.
  const formulas = [];
  for (const code of all("code")) {
    const [before, after] = [code.previousSibling, code.nextSibling];
    if (code.parentElement.tagName === "PRE" || !(before?.nodeType === 3 && before.data.endsWith("$"))) continue;
    if (!(after?.nodeType === 3 && after.data.startsWith("$"))) continue;
    before.data = before.data.slice(0, -1);
    after.data = after.data.slice(1);
    formulas.push({ tex: code.textContent, displayed: false });
    code.remove();
  }
  for (const block of all("pre[lang=math]")) formulas.push({ tex: block.textContent, displayed: true });
  const texts = [];
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest("pre, code")) texts.push(walker.currentNode.data);
  }
  return {
    formulas, texts,
    headings: all("h1, h2, h3, h4, h5, h6").map(heading => [Number(heading.tagName[1]), heading.textContent]),
    ids: all("[id], a[name]").map(element => element.id || element.getAttribute("name")),
    links: all("a[href]").map(link => link.getAttribute("href")),
    images: all("img").map(image => [image.getAttribute("src"), image.getAttribute("alt") ?? ""]),
    tables: all("table").map(table => [...table.rows].map(row => [row.dataset.sourcepos, row.cells.length])),
    struck: all("del").map(element => element.textContent),
  };
}

/** Runs of characters that are markup somewhere, and that a reader should not see. */
const raw = /\$|^\s*\||\*+|`+|~~|\]\(|\[\[|^\s*#{1,6} |<\/?[a-z]|&[a-z]+;|\\[()[\]]/gm;

class MarkdownPage {
  /** `formulaFaults` is a function of a formula to what is wrong with it. */
  constructor(root, file, formulaFaults) {
    [this.root, this.file, this.formulaFaults, this.faults] = [root, file, formulaFaults, []];
  }

  async read([{ tab }]) {
    const source = fs.readFileSync(path.join(this.root, this.file), "utf8");
    const html = execFileSync("cmark-gfm", ["--unsafe", "--github-pre-lang", "--sourcepos", ...extensions],
      { input: source, encoding: "utf8" });
    Object.assign(this, await tab.run(contents, html));
    this.anchors = new Set([...githubAnchors(this.headings.map(([, title]) => title)), ...this.ids]);
    this.checkFolds(html);
    this.checkTables(source.split("\n"));
    this.checkTexts();
    this.checkHeadings();
    this.formulas.flatMap(this.formulaFaults).forEach(fault => this.fault(fault));
  }

  fault(text) { this.faults.push(`${this.file}: ${text}`); }

  /** `<details>` and `<summary>` open and close in order, and Markdown begins behind an empty line. */
  checkFolds(html) {
    const open = [];
    for (const [tag, slash, name] of html.matchAll(/<(\/?)(details|summary)\b[^>]*>/g)) {
      if (!slash) open.push(name); else if (open.pop() !== name) return this.fault(`${tag} closes what is not open`);
    }
    if (open.length > 0) this.fault(`<${open[0]}> is not closed`);
  }

  /** cmark-gfm cuts a row at the width of its head and fills it up: so the cells are counted in the source. */
  checkTables(lines) {
    for (const table of this.tables) {
      const columns = table[0][1];
      for (const [position] of table) {
        const line = lines[Number(position.split(":")[0]) - 1];
        const cells = line.trim().replace(/^\||(?<!\\)\|$/g, "").split(/(?<!\\)\|/).length;
        if (cells !== columns) this.fault(`${cells} cells under a head of ${columns}: ${line.slice(0, 90)}`);
      }
    }
  }

  checkTexts() {
    for (const text of this.texts) {
      for (const { 0: mark, index } of text.matchAll(raw)) {
        this.fault(`${JSON.stringify(mark)} is left as text: ${around(text, index)}`);
      }
    }
    for (const text of this.struck) this.fault(`struck through: ${text}`);
    for (const [source, alternative] of this.images) {
      if (alternative.trim() === "") this.fault(`the image ${source} has no alternative text`);
    }
  }

  checkHeadings() {
    const levels = this.headings.map(([level]) => level);
    if (levels[0] !== 1 || levels.lastIndexOf(1) !== 0) this.fault("a page begins with its one heading of level 1");
    this.headings.forEach(([level, title], i) => {
      if (i > 0 && level > levels[i - 1] + 1) this.fault(`level ${level} follows ${levels[i - 1]}: ${title}`);
    });
  }

  /** Relative links and images lead to a file that git has, what is behind # to a heading, an id or a line of it. */
  checkLinks(pages) {
    const targets = [...this.links, ...this.images.map(([source]) => source)];
    for (const target of targets.filter(target => !/^[a-z]+:/.test(target))) {
      const [name, anchor] = decodeURI(target).split("#");
      const file = name === "" ? this.file : path.normalize(path.join(path.dirname(this.file), name));
      const isThere = fs.existsSync(path.join(this.root, file)) && path.basename(file) !== "index.html";
      if (!isThere) this.fault(`nothing is at ${target}`);
      else if (anchor !== undefined && !leads(this.root, file, anchor, pages)) this.fault(`no anchor for ${target}`);
    }
  }
}

function leads(root, file, anchor, pages) {
  const line = anchor.match(/^L(\d+)$/);
  if (line) return Number(line[1]) <= fs.readFileSync(path.join(root, file), "utf8").split("\n").length;
  return pages.get(file)?.anchors.has(anchor) ?? false;
}

/** Small letters, hyphens for blanks, nothing else but letters, marks, decimal digits and _; repeated ones numbered. */
function githubAnchors(titles) {
  const counts = new Map();
  return titles.map(title => {
    const anchor = title.toLowerCase().replace(/[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]/gu, "").replaceAll(" ", "-");
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

function around(text, index) { return text.slice(Math.max(0, index - 40), index + 40).replace(/\s+/g, " "); }

module.exports = { MarkdownPage };
