// Headless Chromium, driven by its DevTools protocol over a pair of pipes: nothing but Node is needed.
"use strict";
const { spawn } = require("node:child_process");
const contrast = require("./contrast.js");

class Browser {
  constructor(executable, profile) {
    this.process = spawn(executable, [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
      "--allow-file-access-from-files", "--no-first-run", `--user-data-dir=${profile}`, "about:blank",
    ], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.waiting = new Map();
    this.listeners = [];
    this.sent = 0;
    let rest = "";
    this.process.stdio[4].setEncoding("utf8").on("data", text => {
      const messages = (rest + text).split("\0");
      rest = messages.pop();
      messages.forEach(message => this.receive(JSON.parse(message)));
    });
    this.ended = new Promise(resolve => this.process.on("exit", resolve));
    this.ended.then(code => {
      for (const { reject } of this.waiting.values()) reject(new Error(`Chromium ended with ${code}`));
    });
  }

  receive(message) {
    if (message.id === undefined) return this.listeners.forEach(listener => listener(message));
    const { resolve, reject, method } = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error) reject(new Error(`${method}: ${message.error.message}`)); else resolve(message.result);
  }

  send(method, params = {}, sessionId = undefined) {
    this.sent += 1;
    this.process.stdio[3].write(JSON.stringify({ id: this.sent, method, params, sessionId }) + "\0");
    return new Promise((resolve, reject) => this.waiting.set(this.sent, { resolve, reject, method }));
  }

  /** A tab of its own, `width` pixels wide, in the light or the dark scheme. */
  async tab(width, scheme) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const tab = new Tab(this, sessionId);
    for (const domain of ["Page", "Runtime", "Log"]) await tab.send(`${domain}.enable`);
    await tab.send("Page.addScriptToEvaluateOnNewDocument", { source: contrast.source });
    await tab.send("Emulation.setDeviceMetricsOverride",
      { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 });
    await tab.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    return tab;
  }

  async close() {
    await this.send("Browser.close");
    await this.ended;
  }
}

class Tab {
  constructor(browser, session) {
    [this.browser, this.session] = [browser, session];
    /** What the page complained of since it was opened. */
    this.complaints = [];
    browser.listeners.push(({ method, params, sessionId }) => {
      if (sessionId !== session) return;
      if (method === "Page.loadEventFired") this.loaded();
      if (method === "Runtime.exceptionThrown") {
        this.complaints.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      }
      if (method === "Log.entryAdded" && params.entry.level !== "verbose") {
        this.complaints.push(`${params.entry.text} ${params.entry.url ?? ""}`);
      }
      if (method === "Runtime.consoleAPICalled" && ["error", "warning", "assert"].includes(params.type)) {
        this.complaints.push(params.args.map(argument => argument.value).join(" "));
      }
    });
  }

  send(method, params) { return this.browser.send(method, params, this.session); }

  async open(url) {
    this.complaints = [];
    const loaded = new Promise(resolve => { this.loaded = resolve; });
    await this.send("Page.navigate", { url });
    await loaded;
  }

  /** The result of `work(...values)`, run within the page; `work` sees nothing of what stands around it here. */
  async run(work, ...values) {
    const expression = `(${work})(${values.map(value => JSON.stringify(value)).join(", ")})`;
    const answer = await this.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception.description);
    return answer.result.value;
  }
}

module.exports = { Browser };
