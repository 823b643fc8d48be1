/// What moves in the offline edition. Everything can be read without it.
enum HTMLScript {
  static let text = #"""
    "use strict";
    const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

    // Which code is shown holds for the next page, too, where the browser remembers anything of files.
    function remembered(value) {
      try {
        if (value) localStorage.setItem("code", value);
        return localStorage.getItem("code");
      } catch (error) { return null; }
    }
    for (const button of all("[name=code]")) {
      if (button.id === remembered()) button.checked = true;
      button.addEventListener("change", () => remembered(button.id));
    }

    // A link into something folded unfolds it.
    function unfold() {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target) return;
      let isFolded = false;
      for (let box = target.parentElement; box; box = box.parentElement) {
        if (box.tagName === "DETAILS" && !box.open) isFolded = box.open = true;
      }
      if (isFolded) target.scrollIntoView();
    }
    addEventListener("hashchange", unfold);
    unfold();

    // Paper cannot be unfolded. What the page folds of its code is not printed.
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all("details:not([open], .code)");
      for (const box of opened) box.open = true;
    });
    addEventListener("afterprint", () => { for (const box of opened) box.open = false; });

    // The contents show where the reader is, and close behind a choice.
    const links = new Map(all(".contents li a").map(link => [link.getAttribute("href").slice(1), link]));
    const headings = all("main h2[id]");
    function here() {
      const current = headings.filter(heading => heading.getBoundingClientRect().top < 120).pop();
      for (const link of links.values()) link.classList.remove("here");
      if (current && links.has(current.id)) links.get(current.id).classList.add("here");
    }
    let isDue = false;
    addEventListener("scroll", () => {
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(() => { isDue = false; here(); });
    }, { passive: true });
    here();
    for (const link of links.values()) link.addEventListener("click", () => { document.getElementById("menu").checked = false; });

    // Search: headings, symbols, captions, lines of derivations and checks.
    const field = document.getElementById("search");
    const list = document.getElementById("found");
    const kinds = [["h2[id], h3[id]", "section"], [".symbols tr", "symbol"], ["figure[id] figcaption", "figure"],
      [".table figcaption", "table"], [".derivation > .title", "derivation"], [".check", "check"], [".question", "question"]];
    let entries = null;
    function index() {
      let unnamed = 0;
      return kinds.flatMap(([selector, kind]) => all(selector).map(element => {
        const place = element.closest("[id]");
        const own = kind === "symbol" || kind === "table";
        if (own) element.id = "place." + (++unnamed);
        const cells = kind === "symbol" ? Array.from(element.children, cell => cell.textContent).join(": ") : element.textContent;
        const text = cells.replace(/\s+/g, " ").replace(/ #$/, "").trim();
        return { kind, text, key: text.toLowerCase().normalize("NFKD"), id: own ? element.id : place.id };
      }));
    }
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().normalize("NFKD").split(/\s+/).filter(word => word);
      entries = entries || index();
      const hits = words.length === 0 ? [] : entries.filter(entry => words.every(word => entry.key.includes(word)));
      list.replaceChildren(...hits.slice(0, 30).map(hit => {
        const item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("small");
        kind.textContent = " " + hit.kind;
        link.textContent = hit.text.length > 110 ? hit.text.slice(0, 110) + "…" : hit.text;
        link.href = "#" + encodeURIComponent(hit.id);
        link.append(kind);
        item.append(link);
        return item;
      }));
    });
    list.addEventListener("click", () => { field.value = ""; list.replaceChildren(); });
    field.addEventListener("keydown", event => {
      if (event.key === "Escape") { field.value = ""; list.replaceChildren(); }
      if (event.key === "Enter" && list.firstChild) list.firstChild.firstChild.click();
    });

    // What a symbol means, under the pointer or the finger: the page's table of symbols says it.
    const meanings = new Map();
    for (const row of all(".symbols tr")) {
      for (const symbol of all("th math > *", row)) {
        // A symbol with an index explains its letter with any other one.
        const keys = symbol.localName === "mo" ? [] : [symbol, symbol.firstElementChild || symbol];
        for (const key of keys.map(part => part.textContent)) {
          if (!meanings.has(key)) meanings.set(key, row.querySelector("td").textContent);
        }
      }
    }
    const tip = document.body.appendChild(document.createElement("div"));
    tip.id = "meaning";
    tip.hidden = true;
    function explain(event) {
      let symbol = event.target.closest("mi"), meaning = null;
      // The largest part of the formula that the table has: σ with its index before σ.
      for (let part = symbol; part && part.localName !== "math"; part = part.parentElement) {
        meaning = meanings.get(part.textContent) || meaning;
      }
      tip.hidden = !meaning || symbol.closest(".symbols") !== null;
      if (tip.hidden) return;
      const place = symbol.getBoundingClientRect();
      tip.textContent = symbol.textContent + ": " + meaning;
      tip.style.left = Math.max(4, Math.min(place.left, innerWidth - tip.offsetWidth - 8)) + scrollX + "px";
      tip.style.top = place.bottom + scrollY + 6 + "px";
    }
    if (meanings.size > 0) for (const kind of ["pointerover", "click"]) document.addEventListener(kind, explain);

    // Sliders: one of several figures that were drawn when the page was computed.
    for (const slider of all(".slider input")) {
      const box = slider.closest("figure"), frames = all(".frame", box), value = box.querySelector("output");
      slider.addEventListener("input", () => {
        frames.forEach((frame, i) => { frame.hidden = i !== Number(slider.value); });
        value.textContent = frames[slider.value].dataset.value;
      });
    }
    """#
}
