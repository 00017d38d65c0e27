// Adds to pages that work without it: search as one types, and words that are lit where a range is cut in pieces.
// On a server it asks for JSON; in a folder of files it looks in an index that it loads when somebody begins to type.
"use strict";
(() => {
  const root = document.body.dataset.root || "";
  const fromFile = document.body.dataset.search === "file";
  const SHOWN = 9;

  // The address of what has an identifier: as `place` in the program has it.
  const address = (id) => {
    const parts = id.split("/");
    const at = id.startsWith("meeting/") ? parts.findIndex((part, i) => i > 1 && /^(item|decision|action)$/.test(part)) : -1;
    const page = at < 0 ? id : parts.slice(0, at).join("/");
    return root + encodeURI(page) + ".html" + (at < 0 ? "" : "#" + parts.slice(at).join("/"));
  };

  // As names are compared: lower case, without accents and punctuation.
  const folded = (text) =>
    text.replace(/&/g, " and ").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/['’]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  // How many slips lie between two words, up to a limit.
  const slips = (a, b, limit) => {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let before = [], last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        least = Math.min(least, cost);
      }
      if (least > limit) return limit + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  };

  let index = null;
  const loaded = () => (index ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = root + "assets/search-index.js";
    script.onload = () => {
      const { kinds, entries } = window.quorateIndex;
      const words = new Map();
      entries.forEach((entry, number) => {
        const add = (text, named) => folded(text).split(" ").forEach((word, i) => {
          if (!word) return;
          if (!words.has(word)) words.set(word, []);
          words.get(word).push([number, named ? (i === 0 ? 1.05 : 1) : 0.7]);
        });
        add(entry[2], true);
        entry[4].split("; ").forEach((alias) => add(alias, false));
      });
      done({ kinds, entries, words });
    };
    script.onerror = failed;
    document.head.append(script);
  }));

  // The same order of things as `search` in the program.
  const find = async (typed, most) => {
    const { kinds, entries, words } = await loaded();
    const wanted = folded(typed).split(" ").filter(Boolean).slice(0, 12);
    const scores = new Map();
    for (const word of wanted) {
      const best = new Map();
      const limit = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
      for (const [known, places] of words) {
        let like = 0;
        if (known.startsWith(word)) like = known === word ? 1 : 0.6 + (0.3 * word.length) / known.length;
        else if (limit) {
          const apart = slips(word, known, limit);
          if (apart <= limit) like = apart === 1 ? 0.62 : 0.45;
        }
        if (!like) continue;
        const rarity = 1 + 2 / (1 + Math.log1p(places.length));
        for (const [number, named] of places) best.set(number, Math.max(best.get(number) || 0, like * rarity * named));
      }
      for (const [number, score] of best) {
        const sum = scores.get(number) || [0, 0];
        scores.set(number, [sum[0] + score, sum[1] + 1]);
      }
    }
    const needed = wanted.length > 2 ? wanted.length - 1 : wanted.length;
    const whole = wanted.join(" ");
    const hits = [];
    for (const [number, [sum, count]] of scores) {
      if (count < needed) continue;
      const [id, kind, name, detail, , weight] = entries[number];
      const score = (sum * count) / wanted.length * kinds[kind][1] * (1 + 0.04 * Math.log1p(weight)) *
        (folded(name) === whole ? 1.6 : 1) / Math.sqrt(1 + 0.02 * name.length);
      hits.push({ score, id, kind: kinds[kind][0], name, detail });
    }
    hits.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
    return hits.slice(0, most);
  };

  const ask = async (typed, most) => {
    if (fromFile) return find(typed, most);
    const reply = await fetch(`${root}search.json?limit=${most}&q=${encodeURIComponent(typed)}`);
    if (!reply.ok) return [];
    const { results = [] } = await reply.json();
    return results.map((row) => ({ id: row.name_id, name: row.name, kind: row.kind, detail: row.detail || "" }));
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  // A field with suggestions, as WAI-ARIA describes a combobox.
  const suggest = (form) => {
    const input = form.querySelector("input");
    const box = form.querySelector(".found");
    const said = element("p", "");
    said.setAttribute("aria-live", "polite");
    said.className = "spoken";
    form.append(said);
    const listId = input.dataset.list;
    let rows = [], chosen = -1, asked = 0;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", listId);
    const list = element("ul");
    list.id = listId;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    list.hidden = true;
    box.append(list);
    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (at) => {
      chosen = at;
      [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === at)));
      if (at < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", list.children[at].id);
        list.children[at].scrollIntoView({ block: "nearest" });
      }
    };
    const show = async () => {
      const typed = input.value.trim();
      const mine = ++asked;
      if (!typed) { said.textContent = ""; return close(); }
      let found = [];
      try { found = await ask(typed, SHOWN); } catch { return close(); }
      if (mine !== asked) return;
      rows = found;
      list.replaceChildren(...rows.map((row, i) => {
        const item = element("li");
        item.id = `${listId}-${i}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(element("span", "kind", row.kind), element("span", "name", row.name));
        if (row.detail) item.append(element("span", "detail", row.detail));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = address(row.id); });
        return item;
      }));
      chosen = -1;
      list.hidden = rows.length === 0;
      input.setAttribute("aria-expanded", String(rows.length > 0));
      said.textContent = rows.length === 0 ? "Nothing found" : `${rows.length} suggestions; use the arrow keys`;
    };
    let waiting = 0;
    input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 90); });
    input.addEventListener("focus", () => { if (fromFile) loaded().catch(() => {}); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      const open = !list.hidden;
      if (event.key === "ArrowDown" && open) choose((chosen + 1) % rows.length);
      else if (event.key === "ArrowUp" && open) choose((chosen + rows.length - 1) % rows.length);
      else if (event.key === "Escape" && open) close();
      else if (event.key === "Enter" && open && chosen >= 0) location.href = address(rows[chosen].id);
      else return;
      event.preventDefault();
    });
  };
  document.querySelectorAll("form.search").forEach(suggest);

  // The page of search in a folder of files: there is no server to ask.
  const results = document.getElementById("results");
  const typed = new URLSearchParams(location.search).get("q");
  if (results && fromFile && typed) {
    document.getElementById("q-page").value = typed;
    find(typed, 60).then((hits) => {
      const list = element("ul", "hits");
      list.append(...hits.map((hit) => {
        const item = element("li");
        const link = element("a", "", hit.name);
        link.href = address(hit.id);
        item.append(link, element("span", "count", ` ${hit.kind}${hit.detail ? ", " + hit.detail : ""}`));
        return item;
      }));
      results.replaceChildren(element("h2", "", hits.length ? `Results for ${typed}` : "Nothing is called so, nor nearly so."), list);
    });
  }

  // A range that crosses another is in pieces; all of them are lit with the first.
  const light = () => {
    document.querySelectorAll("mark.lit").forEach((mark) => mark.classList.remove("lit"));
    const name = decodeURIComponent(location.hash.slice(1));
    if (/^c\d+-\d+$/.test(name)) document.querySelectorAll(`mark[data-of="${name}"]`).forEach((mark) => mark.classList.add("lit"));
  };
  addEventListener("hashchange", light);
  light();
})();
