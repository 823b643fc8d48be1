// Reads the pages of the course in a folder, the first argument, and prints what is wrong with them; MathJax is in the
// folder that is the second.
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { Browser } = require("./browser.js");
const { reader } = require("./formulas.js");
const { MarkdownPage } = require("./markdown.js");
const { HTMLPage } = require("./html.js");
const { drawingFaults, fileFaults } = require("./drawing.js");
const planted = require("./planted.js");

/** A desk's and a telephone's widths; code beside the text; the least at which the contents stand beside it. */
const shown = [[1280, "light"], [1280, "dark"], [390, "light"], [390, "dark"], [1600, "light"], [960, "light"]];

/** The pages below `root`; runs with a knob turned, in folders `NN-slug+knob=value`, are left out. */
function pagesOfCourse(root) {
  const below = folder => fs.readdirSync(path.join(root, folder), { recursive: true }).sort()
    .map(name => path.join(folder, name)).filter(name => !name.includes("+"));
  const outputs = below("Outputs");
  const isMarkdown = name => path.basename(name) === "README.md";
  return {
    markdown: ["README.md", ...below("Sources").filter(isMarkdown), ...outputs.filter(isMarkdown)],
    html: outputs.filter(name => path.basename(name) === "index.html"),
    drawings: outputs.filter(name => name.endsWith(".svg")),
  };
}

/** Every fault of the files, and the pages as they were read. */
async function faultsOf(root, { markdown, html, drawings }, views, formulaFaults) {
  const { tab } = views[0];
  const faults = [];
  await tab.open("about:blank");
  for (const file of drawings) {
    const source = fs.readFileSync(path.join(root, file), "utf8");
    const found = [...await tab.run(fileFaults, source), ...await tab.run(drawingFaults, "body > svg")];
    faults.push(...found.map(fault => `${file}: ${fault}`));
  }
  const pages = new Map();
  for (const file of markdown) pages.set(file, new MarkdownPage(root, file, formulaFaults));
  for (const file of html) pages.set(file, new HTMLPage(root, file));
  for (const page of pages.values()) await page.read(views);
  for (const page of pages.values()) page.checkLinks(pages);
  return { faults: [...faults, ...[...pages.values()].flatMap(page => page.faults)], pages: [...pages.values()] };
}

async function main(root, tools) {
  const files = pagesOfCourse(root);
  const missing = files.markdown.filter(name => name.startsWith("Outputs"))
    .map(name => path.join(path.dirname(name), "index.html")).filter(name => !files.html.includes(name));
  if (missing.length > 0) {
    console.error(`${missing[0]} is missing, and ${missing.length - 1} more: 'swift run course' writes them`);
    process.exit(66);
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "pages-"));
  const browser = new Browser("chromium", path.join(folder, "profile"));
  try {
    const formulaFaults = await reader(tools);
    const views = [];
    for (const [width, scheme] of shown) views.push({ width, scheme, tab: await browser.tab(width, scheme) });
    const trial = planted.write(path.join(folder, "planted"));
    const reported = (await faultsOf(trial.root, trial.files, views, formulaFaults)).faults;
    const isSeen = ([file, text]) => reported.some(fault => fault.startsWith(`${file}: `) && fault.includes(text));
    const unseen = trial.expected.filter(expected => !isSeen(expected));
    unseen.forEach(expected => console.log(`a planted fault is not seen: ${expected.join(": ")}`));

    const { faults, pages } = await faultsOf(root, files, views, formulaFaults);
    faults.forEach(fault => console.log(fault));
    const formulas = pages.flatMap(page => page.formulas ?? []).length;
    const tables = pages.flatMap(page => page.tables ?? []).length;
    const elements = pages.map(page => page.formulaCount ?? 0).reduce((a, b) => a + b);
    console.log(`${trial.expected.length} planted faults, ${unseen.length} not seen`);
    console.log(`${files.markdown.length} pages of Markdown with ${formulas} formulas and ${tables} tables, `
      + `${files.drawings.length} drawings, ${files.html.length} HTML pages with ${elements} MathML elements, `
      + `each in ${views.length} widths and schemes: ${faults.length} faults`);
    process.exitCode = faults.length + unseen.length > 0 ? 1 : 0;
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

main(...process.argv.slice(2).map(folder => path.resolve(folder)));
