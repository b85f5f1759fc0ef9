/* Adds comfort to a page that is whole without it: theme, copying, filtering, sorting, keys. Asks for nothing. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, text, parent) => {
    const element = document.createElement(tag);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  const button = (text, parent, action) => {
    const element = make("button", text, parent);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  };

  /* Theme: the system's, until somebody chooses; remembered where the browser allows it. */
  const root = document.documentElement;
  const isDark = () => (root.style.colorScheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const toggleTheme = () => {
    root.style.colorScheme = isDark() ? "light" : "dark";
    try { localStorage.setItem("whyhung-theme", root.style.colorScheme); } catch { /* not for files in every browser */ }
  };
  try { root.style.colorScheme = localStorage.getItem("whyhung-theme") || ""; } catch { /* likewise */ }

  /* Copying, and saving the diagnosis. */
  const copy = (text, element) => {
    const said = element.textContent;
    navigator.clipboard.writeText(text).then(
      () => { element.textContent = "Copied"; },
      () => { element.textContent = "Not allowed here"; }
    ).finally(() => setTimeout(() => { element.textContent = said; }, 1500));
  };
  for (const pre of all("pre[data-copy]")) {
    const place = document.createElement("p");
    pre.before(place);
    const it = button("Copy " + pre.dataset.copy, place, () => copy(pre.textContent, it));
  }
  const json = document.getElementById("json");
  button("Save JSON", json.previousElementSibling, () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([json.textContent], { type: "application/json" }));
    link.download = "whyhung.json";
    link.click();
    URL.revokeObjectURL(link.href);
  });

  /* Filtering and sorting the tables of threads and resources. */
  const enhance = (table) => {
    const chunks = all(".chunk", table);
    const rows = all(".chunk > [role=row]", table);
    const filter = document.createElement("input");
    const count = document.createElement("output");
    let texts = null;
    const apply = () => {
      texts ??= rows.map((row) => row.textContent.toLowerCase());
      const words = filter.value.toLowerCase().split(" ").filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !words.every((word) => texts[i].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = words.length ? shown + " of " + rows.length : "";
      chunks.forEach((chunk) => { chunk.style.containIntrinsicSize = words.length ? "auto 0px" : "auto " + chunk.children.length * 32 + "px"; });
    };
    filter.type = "search";
    filter.placeholder = "Filter";
    filter.setAttribute("aria-label", "Filter " + table.dataset.rows);
    filter.addEventListener("input", apply);
    const bar = document.createElement("p");
    bar.className = "filter";
    bar.append(filter, count);
    table.before(bar);

    const units = { h: 3600000, min: 60000, s: 1000, ms: 1 };
    const key = (row, column) => {
      const text = row.children[column].textContent.trim();
      const number = parseFloat(text);
      if (!/^\d/.test(text)) { return text.toLowerCase(); }
      const spans = [...text.matchAll(/([\d.]+) (h|min|ms|s)\b/g)];
      return spans.length ? spans.reduce((sum, [, value, unit]) => sum + value * units[unit], 0) : number;
    };
    all("[role=columnheader]", table).forEach((head, column) => {
      const name = head.textContent;
      head.textContent = "";
      button(name, head, () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        all("[role=columnheader]", table).forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keyed = rows.map((row) => [key(row, column), row]);
        keyed.sort(([a], [b]) => {
          if (a === "" || b === "") { return a === b ? 0 : a === "" ? 1 : -1; }
          const order = typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1;
          return down ? -order : order;
        });
        rows.splice(0, rows.length, ...keyed.map(([, row]) => row));
        texts = null;
        let at = 0;
        for (const chunk of chunks) {
          const size = chunk.children.length;
          chunk.replaceChildren(...rows.slice(at, at += size));
        }
      });
    });
  };
  all("[data-rows]").forEach(enhance);

  /* A link into a closed part opens it, and paper shows the findings, in browsers that do neither by themselves. */
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") { at.open = true; }
    }
    target?.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) { reveal(); }
  addEventListener("beforeprint", () => all("details.card").forEach((card) => { card.open = true; }));

  /* Keys. */
  const help = make("dialog", "", document.body);
  help.setAttribute("aria-label", "Keys");
  const cards = () => all("details.card").filter((card) => card.checkVisibility());
  const step = (by) => {
    const list = cards();
    const at = list.findIndex((card) => card.contains(document.activeElement));
    const next = list[Math.min(list.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    next?.querySelector("summary").focus();
    next?.scrollIntoView({ block: "start" });
  };
  const find = () => {
    const first = document.querySelector("[data-rows=threads]")?.previousElementSibling.querySelector("input");
    first?.closest("details")?.setAttribute("open", "");
    first?.focus();
  };
  const keys = {
    "/": ["filter the threads", find],
    j: ["next finding", () => step(1)],
    k: ["finding before", () => step(-1)],
    e: ["open or close all findings", () => { const open = !cards().every((card) => card.open); cards().forEach((card) => { card.open = open; }); }],
    d: ["dark or light", toggleTheme],
    "?": ["these keys", () => help.showModal()],
  };
  const list = make("dl", "", help);
  for (const [name, [does]] of Object.entries(keys)) {
    make("kbd", name, make("dt", "", list));
    make("dd", does, list);
  }
  button("Close", help, () => help.close());
  addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key] || help.open) { return; }
    event.preventDefault();
    keys[event.key][1]();
  });
  const tools = document.querySelector(".brand");
  button("Dark or light", tools, toggleTheme);
  button("Keys", tools, () => help.showModal());
})();
