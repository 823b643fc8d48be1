// Formulas by two programs that set them: KaTeX in strict mode, and MathJax, which GitHub uses, with few extensions.
"use strict";
const path = require("node:path");
const katex = require("/usr/share/javascript/katex/katex.js");

/** GitHub refuses these: they would define, load or style something. */
const refused = /\\(operatorname|newcommand|renewcommand|def|let|require|href|url|class|style|cssId|unicode|html\w*)\b/;

const extensions = ["ams", "boldsymbol"];

/** A function of a formula and whether it is displayed, to what is wrong with it; MathJax is in the folder `tools`. */
async function reader(tools) {
  const { init } = require(path.join(tools, "mathjax/static/mathjax/es5/node-main.js"));
  const mathjax = await init({
    loader: { load: ["input/tex-base", ...extensions.map(name => `[tex]/${name}`)] },
    tex: { packages: ["base", ...extensions] },
  });
  return ({ tex, displayed }) => {
    const faults = [];
    const command = tex.match(refused);
    if (command) faults.push(`GitHub refuses ${command[0]}`);
    try {
      katex.renderToString(tex, { displayMode: displayed, throwOnError: true, strict: "error", trust: false });
    } catch (error) {
      faults.push(error.message);
    }
    const error = mathjax.tex2mml(tex, { display: displayed }).match(/data-mjx-error="([^"]*)"/);
    if (error) faults.push(`MathJax: ${error[1]}`);
    return faults.map(fault => `${fault}: ${tex}`);
  };
}

module.exports = { reader };
