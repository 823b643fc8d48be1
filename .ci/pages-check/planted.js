// Pages with one fault of every kind, and what has to be said of each: a check that sees nothing proves nothing.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const markdown = `# Title

### Skipped

[gone](gone.md) [ignored](index.html) [nowhere](#nowhere) [line](README.md#L999) ![](drawing.svg)

A price of $5. A star * left over. A ~~struck~~ word. &zeta is a letter, \\&zeta; its name. \`\`\` a fence

$\`\\nocommand\`$, $\`\\operatorname{tr}\`$, $\`x^2^3\`$

| a | b |
|--|--|
| one | two | three |

| no | table |
| because | there is no rule |

\`\`\`math
\\begin{aligned} a
\`\`\`

<details>
<summary>open</summary>
**never rendered**

# Second
`;

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100" font-size="12">
<title>planted</title>
<rect width="200" height="100" fill="#ffffff"/>
<text x="10" y="20" fill="#000000">first</text><text x="20" y="22" fill="#000000">second</text>
<text x="190" y="50" fill="#000000">outside</text>
<text x="10" y="70" fill="#bbbbbb">pale</text>
<text x="10" y="90" fill="#000000" font-size="5">tiny</text>
<rect x="100" y="60" width="40" height="30" fill="#222222"/><path d="M110 70h20" stroke="#000000"/>
<script>1</script><image href="missing.png"/>
</svg>`;

function slider(id, frames) {
  const input = '<input type="range" min="0" max="1" value="0" aria-label="x">';
  const frame = '<div class="frame"><div style="height: 60px">picture</div></div>';
  return `<figure id="${id}"><div class="slider">${input}<output>0</output></div>${frame.repeat(frames)}</figure>`;
}

const html = `<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title></title>
<style>
.cut { overflow: hidden; height: 5px; width: 50px } .wide { width: 1300px } .columns { display: flex }
.pale { color: #999 } p:nonsense { color: red } p { colour: red } .faint { opacity: .5 }
</style></head><body><main>
<h1>Title</h1><h3>Skipped</h3><h2 id="twice">Word</h2><h2 id="twice">Word</h2>
<img src="drawing.svg"> <input type="range"> <a href="#nowhere">x</a> <a href="gone.html">x</a>
<math><merror><mtext>wrong</mtext></merror></math> <math></math>
<div class="cut">More than fits into this box</div><div class="wide">wide</div>
<div class="columns">Text with <b>bold</b> in it</div>
<p class="pale">too pale</p><p class="faint">too faint</p>
${slider("double", 2)}${slider("stuck", 1)}
${drawing.replace("<svg", '<svg role="img"')}<svg role="img" viewBox="0 0 9 9" width="9"></svg>
<input id="search" aria-label="Search"><ul id="found"></ul>
</main><script>console.error("complaint"); missing();</script></body></html>`;

const expected = {
  "README.md": [
    "heading of level 1", "level 3 follows 1", "nothing is at gone.md", "nothing is at index.html",
    "no anchor for #nowhere", "no anchor for README.md#L999", "no alternative text", '"$" is left', '"*" is left',
    '"**" is left', '"&zeta;" is left', '"```" is left', '"|" is left', "struck through", "\\nocommand",
    "refuses \\operatorname", "Double superscript", "MathJax: Undefined control sequence", "MathJax: Double exponent",
    "begin{aligned}", "3 cells under a head of 2", "<details> is not closed",
  ],
  "drawing.svg": [
    "no role=img", "no desc", "more than shapes", "reaches outside: href", "“first” and “second” overlap",
    "“outside” reaches", "nothing is painted behind “outside”", "contrast 1.92 of “pale”", "letters of 5.0 px",
    "contrast 1.32 of <path",
  ],
  "index.html": [
    "no lang", "no title", "level 3 skips one", "two elements are #twice", "no alternative text: <img",
    "no title: <svg", "no label", "an error in MathML", "drops: p:nonsense", "drops: colour", "nothing is at #nowhere",
    "nothing is at gone.html", "#skipped of README.md is not in it", "a formula of 0", "cut off: More",
    'scrolls sideways, 1308 px wide: <div class="wide"', "laid out as columns: Text", "contrast 2.85 of p.pale",
    "of p.faint", "double shows 2 pictures at once", "stuck shows 1 pictures at 2", "the search does not find",
    "“first” and “second” overlap", "ERR_FILE_NOT_FOUND", "complaint", "missing is not defined",
  ],
};

/** Writes the pages into the folder `root`. */
function write(root) {
  fs.mkdirSync(root);
  const files = { "README.md": markdown, "drawing.svg": drawing, "index.html": html };
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(root, name), text);
  return {
    root,
    files: { markdown: ["README.md"], html: ["index.html"], drawings: ["drawing.svg"] },
    expected: Object.entries(expected).flatMap(([file, texts]) => texts.map(text => [file, text])),
  };
}

module.exports = { write };
