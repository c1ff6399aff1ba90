// Score tables that sort, filter and compare, with their state in the address; cards and the compare page load on
// demand. The markup it relies on is described in hooks/atlas/tables.py.
import words from "./words.js";

export const root = new URL("..", import.meta.url);
export const t = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
export const escape = text => String(text ?? "").replace(/[&<>"]/g, c => `&#${c.charCodeAt()};`);
export const number = text => {
  const value = text && Number(text.replace(/,/g, ""));
  return text && Number.isFinite(value) ? value : null;
};
export const copy = async (text, button) => {
  await navigator.clipboard.writeText(text);
  const before = button.textContent;
  button.textContent = t("copied");
  setTimeout(() => (button.textContent = before), 1200);
};
export const save = (text, name, type) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
const SIZES = [[0, 4.5], [4.5, 16], [16, 45], [45, 1e9]];
const sizeNames = ["≤ 4B", "5–16B", "17–45B", "> 45B"];
const KEYS = ["s", "q", "f", "m", "z", "o", "c", "d", "e", "x"];
const views = new Map();

/** Which of these values is best and second: [1, 0, 2]. As `hooks/atlas/rows.py`: a set of two has no second. */
export function places(values, direction, sets) {
  const found = values.map(() => 0);
  const groups = new Map();
  values.forEach((value, i) => {
    if (value !== null && sets[i] !== null) groups.set(sets[i], [...(groups.get(sets[i]) ?? []), i]);
  });
  for (const group of direction ? groups.values() : []) {
    if (new Set(group.map(i => values[i])).size < 2) continue;
    for (const i of group) {
      const place = 1 + group.filter(j => (values[j] - values[i]) * direction > 0).length;
      if (place <= Math.min(2, group.length - 1)) found[i] = place;
    }
  }
  return found;
}

export class View {
  constructor(figure, key) {
    Object.assign(this, { figure, key, state: {}, table: figure.querySelector(".st-table") });
    this.tools = figure.querySelector(".st-tools");
    this.region = figure.querySelector(".scores");
    this.flat = this.printed = this.table.classList.contains("st-flat");
  }

  /** Read the table once: models, benchmarks and cells[benchmark][model]. */
  read() {
    if (this.cells) return;
    const heads = [...this.table.tHead.rows].at(-1).cells;
    const lines = [...this.table.tBodies[0].rows];
    const source = this.table.dataset.table.split(" ")[0];
    const across = [...heads].slice(1).map(th => ({ th, data: { ...th.dataset }, id: th.id }));
    const down = lines.map(tr => ({ th: tr.cells[0], data: { ...tr.dataset }, id: tr.id }));
    this.corner = heads[0];
    [this.models, this.benchmarks] = this.flat ? [down, across] : [across, down];
    for (const one of [...across, ...down]) {
      one.name = [...one.th.childNodes].filter(node => node.tagName !== "BUTTON" && node.className !== "u")
        .map(node => node.textContent.trim()).filter(Boolean).join(" ");
      one.text = one.th.textContent.toLowerCase();
    }
    for (const model of this.models) {
      const { model: id, mode, variant, t: table } = model.data;
      model.key = id + (mode ? "@" + mode : "") + (variant ? "+" + variant : "");
      model.table = table ?? source;
    }
    for (const row of this.benchmarks) {
      const { benchmark, split, variant, direction } = row.data;
      row.key = benchmark + (split ? "." + split : "") + (variant ? "+" + variant : "");
      row.direction = { lower: -1, none: 0 }[direction] ?? 1;
    }
    const cell = td => {
      const digits = td.firstChild?.textContent ?? "";
      const element = td.firstElementChild?.tagName;
      const value = number(td.dataset.v ?? digits);
      return { td, digits, value, text: td.textContent, place: { B: 1, U: 2 }[element] ?? 0, empty: td.className[0] === "e" };
    };
    const grid = lines.map(tr => [...tr.cells].slice(1).map(cell));
    this.cells = this.flat ? this.benchmarks.map((_, b) => grid.map(line => line[b])) : grid;
    for (const row of this.cells) for (const one of row) one.first = one.place;
    this.groups = this.table.tHead.querySelector(".st-groups");
    let from = 0;
    this.spans = [...(this.groups?.cells ?? [])].slice(1).map(th => ({ th, from, to: (from += th.colSpan) }));
    this.ranked = "";
  }

  fact(b, m) {
    const { td } = this.cells[b][m];
    return td.dataset.f ?? (td.id || `${this.models[m].table}/${this.benchmarks[b].key}/${this.models[m].key}`);
  }

  /** The place of a cell in `cells`: [benchmark, model]. */
  at(td) {
    this.read();
    for (let b = 0; b < this.cells.length; b++) {
      const m = this.cells[b].findIndex(cell => cell.td === td);
      if (m >= 0) return [b, m];
    }
    return null;
  }

  shownModels() {
    const { q, f, m, z, o } = this.state;
    return this.models.map(({ data, text }) =>
      (!o || "qwen" in data) && (!f || data.family === f) && (!m || (data.mode ?? "") === m) &&
      (!z || (data.size && data.size >= SIZES[z][0] && data.size < SIZES[z][1])) && (!this.flat || !q || text.includes(q)));
  }

  apply() {
    this.read();
    const { s, q, e, c, d, x } = this.state;
    const flat = this.printed !== Boolean(x);
    if (flat !== this.flat) this.turn(flat);
    let models = this.shownModels();
    let rows = this.benchmarks.map(row => flat || !q || row.text.includes(q));
    if (e) {
      const some = models;
      models = models.map((on, m) => on && this.cells.some((row, b) => rows[b] && !row[m].empty));
      rows = rows.map((on, b) => on && this.cells[b].some((cell, m) => some[m] && !cell.empty));
    }
    this.rank(models, c, d);
    const [across, down, acrossOn, downOn] = flat ? [this.benchmarks, this.models, rows, models] : [this.models, this.benchmarks, models, rows];
    across.forEach((one, i) => {
      if ((one.off ?? false) === !acrossOn[i]) return;
      one.off = one.th.hidden = !acrossOn[i];
      for (let j = 0; j < down.length; j++) (flat ? this.cells[i][j] : this.cells[j][i]).td.hidden = one.off;
    });
    for (const { th, from, to } of this.spans) {
      const span = acrossOn.slice(from, to).filter(Boolean).length;
      th.hidden = !span;
      if (span) th.colSpan = span;
    }
    const order = this.order(across, down, flat);
    const body = this.table.tBodies[0];
    down.forEach((one, i) => {
      if ((one.off ?? false) !== !downOn[i]) one.off = one.th.parentNode.hidden = !downOn[i];
    });
    if (order.some((j, i) => j !== (this.last?.[i] ?? i))) {
      const move = body.moveBefore ?? body.insertBefore; // where the browser has it, three times as fast
      for (const j of order) move.call(body, down[j].th.parentNode, null);
    }
    this.last = order;
    const count = (key, list, on) => t(key, { shown: on.filter(Boolean).length, all: list.length });
    if (this.output) {
      const narrowed = acrossOn.includes(false);
      this.output.textContent = Object.keys(this.state).length
        ? count("rows", down, downOn) + (narrowed ? " · " + count("columns", across, acrossOn) : "") : "";
      this.tools.querySelector("[name=q]").value !== (q ?? "") && (this.tools.querySelector("[name=q]").value = q ?? "");
      this.tools.querySelector("[name=o]")?.setAttribute("aria-pressed", Boolean(this.state.o));
    }
    this.corner.removeAttribute("aria-sort");
    for (const { th } of across) th.removeAttribute("aria-sort");
    const [key, way] = this.sorting(s);
    const sorted = key === "name" ? this.corner : across[this.find(across, key)]?.th;
    sorted?.setAttribute("aria-sort", way);
  }

  sorting(s) {
    const [, key, way] = /^(.*):(asc|desc)$/.exec(s ?? "") ?? [];
    return [key, way && way + "ending"];
  }

  find(list, key) {
    const [name, n = 0] = (key ?? "").split("~");
    return list.map((one, i) => [one, i]).filter(([one]) => one.key === name)[n]?.[1] ?? -1;
  }

  /** The column's name in the address; a column that stands twice has ~1. */
  nameOf(list, i) {
    const n = list.slice(0, i).filter(one => one.key === list[i].key).length;
    return list[i].key + (n ? "~" + n : "");
  }

  order(across, down, flat) {
    const [key, way] = this.sorting(this.state.s);
    const order = down.map((_, i) => i);
    const sign = way === "ascending" ? 1 : -1;
    if (key === "name") return order.sort((a, b) => sign * down[a].name.localeCompare(down[b].name, undefined, { numeric: true }));
    const column = this.find(across, key);
    if (column < 0) return order;
    const values = order.map(i => (flat ? this.cells[column][i] : this.cells[i][column]).value);
    return order.sort((a, b) => (values[a] === null) - (values[b] === null) || sign * (values[a] - values[b]) || a - b);
  }

  /** Best and second among the visible columns of the set that the reader chose, and the distance to the best. */
  rank(models, set, difference) {
    const all = !set && models.every(Boolean);
    const key = `${set}|${difference}|${models}`;
    if (key === this.ranked || (all && !difference && !this.ranked)) return;
    this.ranked = key;
    const sets = this.models.map(({ data }, m) =>
      !models[m] || (set === "qwen" && !("qwen" in data)) ? null : (data.report ?? "") + (set === "all" ? "" : "|" + data.reasoning));
    this.cells.forEach((row, b) => {
      const { direction } = this.benchmarks[b];
      const values = row.map(({ td, value }) => (td.classList.contains("x") ? null : value));
      const found = all ? row.map(cell => cell.first) : places(values, direction, sets);
      row.forEach((cell, m) => {
        if (cell.place !== found[m]) this.mark(cell, found[m]);
        let gap = "";
        if (difference && direction && values[m] !== null && sets[m] !== null) {
          const rivals = values.filter((value, n) => value !== null && sets[n] === sets[m]);
          const best = direction > 0 ? Math.max(...rivals) : Math.min(...rivals);
          const digits = Math.max(...row.map(one => (one.digits.split(".")[1] ?? "").length));
          if (best !== cell.value) gap = (cell.value > best ? "+" : "−") + Math.abs(cell.value - best).toFixed(Math.min(digits, 4));
        }
        if ((cell.gap ?? "") !== gap) (cell.gap = gap) ? (cell.td.dataset.d = gap) : delete cell.td.dataset.d;
      });
    });
  }

  mark(cell, place) {
    cell.place = place;
    const text = document.createTextNode(cell.digits);
    cell.td.firstChild.replaceWith(text);
    if (!place) return;
    const element = document.createElement(place === 1 ? "b" : "u");
    text.replaceWith(element);
    element.append(text);
  }

  /** Swap rows and columns: the same heads and cells in other rows. */
  turn(flat) {
    this.flat = flat;
    this.table.classList.toggle("st-flat", flat);
    const [across, down] = flat ? [this.benchmarks, this.models] : [this.models, this.benchmarks];
    const head = [...this.table.tHead.rows].at(-1);
    for (const one of [...across, ...down]) {
      one.off = one.th.hidden = false;
      one.th.scope = across.includes(one) ? "col" : "row";
      one.th.querySelector(".st-sort")?.remove();
    }
    for (const row of this.cells) for (const { td } of row) td.hidden = false;
    head.replaceChildren(this.corner, ...across.map(({ th }) => th));
    this.table.tBodies[0].replaceChildren(...down.map((one, i) => {
      const tr = document.createElement("tr");
      tr.append(one.th, ...across.map((_, j) => (flat ? this.cells[j][i] : this.cells[i][j]).td));
      return tr;
    }));
    for (const one of this.benchmarks) if (one.id) (flat ? one.th : one.th.parentNode).id = one.id;
    if (flat) this.models.forEach(({ th, id }) => id && (th.parentNode.id = id));
    else this.benchmarks.forEach(one => one.th.removeAttribute("id"));
    if (this.groups) this.groups.hidden = flat !== this.printed;
    if (this.groups && flat === this.printed) this.table.tHead.prepend(this.groups);
    this.last = null;
    this.sorters();
  }

  sorters() {
    const across = this.flat ? this.benchmarks : this.models;
    for (const { th, name } of [{ th: this.corner, name: this.corner.textContent.replace("⇅", "") }, ...across]) {
      if (th.querySelector(".st-sort")) continue;
      const label = escape(t("sort", { name }));
      th.insertAdjacentHTML("beforeend", `<button class="st-sort" type="button" title="${label}" aria-label="${label}">⇅</button>`);
    }
  }

  /** Make the controls; done when the table comes near the screen. */
  ready() {
    if (this.output || !this.tools) return;
    this.read();
    this.sorters();
    const mixed = new Set(this.models.map(({ data }) => "qwen" in data)).size > 1;
    this.tools.innerHTML = `<input type="search" name="q" placeholder="${t("filter")}" aria-label="${t("filter")}">` +
      (mixed ? `<button type="button" name="o" aria-pressed="false">${t("qwen")}</button>` : "") +
      `<button type="button" name="menu" aria-haspopup="dialog" title="${t("more-label")}">${t("more")} ▾</button><output></output>`;
    this.output = this.tools.querySelector("output");
    this.region.setAttribute("aria-description", t("cells"));
    this.tools.addEventListener("input", ({ target }) => this.set({ q: target.value.trim().toLowerCase() }, false));
    this.tools.addEventListener("click", ({ target }) => {
      if (target.name === "o") this.set({ o: this.state.o ? "" : "1" });
      if (target.name === "menu") this.menu(target);
    });
    this.table.tHead.addEventListener("click", ({ target }) => {
      const button = target.closest(".st-sort");
      if (button) this.sort(button.parentNode);
    });
    this.region.addEventListener("keydown", event => this.walk(event));
    this.apply();
  }

  sort(th) {
    const across = this.flat ? this.benchmarks : this.models;
    const i = across.findIndex(one => one.th === th);
    const key = i < 0 ? "name" : this.nameOf(across, i);
    const ways = i < 0 || (this.flat && across[i].direction < 0) ? ["asc", "desc"] : ["desc", "asc"];
    const [now, way] = this.sorting(this.state.s);
    const next = now !== key ? ways[0] : way === ways[0] + "ending" ? ways[1] : "";
    this.set({ s: next && `${key}:${next}` });
  }

  set(changes, step = true) {
    for (const [key, value] of Object.entries(changes)) value ? (this.state[key] = value) : delete this.state[key];
    this.apply();
    const url = new URL(location.href);
    const packed = KEYS.filter(key => this.state[key]).map(key => key + this.state[key]).join(";");
    packed ? url.searchParams.set(this.key, packed) : url.searchParams.delete(this.key);
    url.search = url.search.replace(/%40/g, "@").replace(/%3A/g, ":").replace(/%3B/g, ";").replace(/%2F/g, "/");
    const place = { x: scrollX, y: scrollY };
    step ? history.pushState(place, "", url) : history.replaceState(place, "", url);
  }

  /** The state that the address gives. */
  load(packed) {
    const state = {};
    for (const part of (packed ?? "").split(";")) if (KEYS.includes(part[0])) state[part[0]] = part.slice(1);
    if (JSON.stringify(state) === JSON.stringify(this.state)) return;
    this.state = state;
    this.ready();
    this.apply();
  }

  menu(button) {
    const options = (name, label, entries) => entries.length < 2 ? "" :
      `<label>${label} <select name="${name}"><option value="">${t("all")}</option>${entries.map(([value, text]) =>
        `<option value="${escape(value)}"${this.state[name] === value ? " selected" : ""}>${escape(text)}</option>`).join("")}</select></label>`;
    const several = (key, text) => [...new Map(this.models.filter(({ data }) => data[key]).map(one => [one.data[key], text(one)]))];
    const family = {};
    for (const { th, from, to } of this.spans) for (let i = from; i < to; i++) family[this.models[i]?.data.family] = th.textContent;
    const sizes = SIZES.map((range, i) => [String(i), sizeNames[i]]).filter(([i]) =>
      this.models.some(({ data }) => data.size && data.size >= SIZES[i][0] && data.size < SIZES[i][1]));
    const box = (name, label, on) => `<label><input type="checkbox" name="${name}"${on ? " checked" : ""}>${label}</label>`;
    const radio = (value, label) => `<label><input type="radio" name="c" value="${value}"${(this.state.c ?? "") === value ? " checked" : ""}>${label}</label>`;
    const wide = document.body.classList.contains("a-wide");
    const pop = popover("a-menu", t("more-label"), `<fieldset><legend class="a-sr">${t("filter")}</legend>` +
      options("f", t("family"), several("family", one => family[one.data.family] ?? one.data.family)) +
      options("m", t("mode"), several("mode", one => one.th.querySelector(".m")?.textContent)) + options("z", t("size"), sizes) +
      `</fieldset><fieldset><legend>${t("compare")}</legend>${radio("", t("set-kind"))}${radio("all", t("set-all"))}${radio("qwen", t("set-qwen"))}</fieldset>` +
      `<fieldset><legend>${t("show")}</legend>${box("d", t("diff"), this.state.d)}${box("e", t("hide-empty"), this.state.e)}` +
      `${box("x", t("transpose"), this.state.x)}${box("wide", t("wide"), wide)}</fieldset>` +
      `<p class="row">${t("copy")} ${["Markdown", "CSV", "LaTeX"].map(kind => `<button type="button" name="copy">${kind}</button>`).join("")}</p>` +
      `<p class="row">${t("download")} ${["CSV", "JSON"].map(kind => `<button type="button" name="save">${kind}</button>`).join("")}</p>` +
      `<p class="row"><button type="button" name="link">${t("view-link")}</button><button type="button" name="reset">${t("reset")}</button></p>`);
    pop.onchange = ({ target }) => {
      if (target.name === "wide") document.body.classList.toggle("a-wide", target.checked);
      else this.set({ [target.name]: target.type === "checkbox" ? (target.checked ? "1" : "") : target.value });
    };
    pop.onclick = ({ target }) => {
      const kind = target.textContent.toLowerCase();
      if (target.name === "copy") copy(this.as(kind), target);
      if (target.name === "save") save(this.as(kind), this.table.dataset.table.replace(/[ /]/g, "-") + "." + kind, kind === "csv" ? "text/csv" : "application/json");
      if (target.name === "link") copy(location.href, target);
      if (target.name === "reset") {
        this.set(Object.fromEntries(KEYS.map(key => [key, ""])));
        pop.hidePopover();
        button.focus();
      }
    };
    show(pop, button);
    pop.querySelector("select, input").focus();
  }

  /** What is shown, as text. */
  as(kind) {
    this.read();
    const flat = this.flat;
    const [across, down] = (flat ? [this.benchmarks, this.models] : [this.models, this.benchmarks]).map(list => list.map((one, i) => i).filter(i => !list[i].off));
    const [acrossAll, downAll] = flat ? [this.benchmarks, this.models] : [this.models, this.benchmarks];
    const rows = (this.last ?? downAll.map((_, i) => i)).filter(i => down.includes(i));
    const cell = (i, j) => (flat ? this.cells[j][i] : this.cells[i][j]);
    if (kind === "json")
      return JSON.stringify(rows.flatMap(i => across.flatMap(j => {
        const [b, m] = flat ? [j, i] : [i, j];
        const { benchmark, split } = this.benchmarks[b].data, { model, mode, variant } = this.models[m].data;
        return this.cells[b][m].empty ? [] : [{ id: this.fact(b, m), benchmark, split, model, mode, variant, value: this.cells[b][m].text, number: this.cells[b][m].value }];
      })), null, 1);
    const lines = [[this.corner.childNodes[0].textContent, ...across.map(j => acrossAll[j].name)],
      ...rows.map(i => [downAll[i].name, ...across.map(j => cell(i, j).text)])];
    return format(lines, kind, rows.map(i => [0, ...across.map(j => cell(i, j).place)]));
  }

  /** Enter steps from the region into its cells; arrows move, Escape leads back. */
  walk(event) {
    const { key, target } = event;
    const td = target.closest("td");
    if (key === "Enter" && target === this.region) {
      event.preventDefault();
      return this.focus(this.table.querySelector("tbody tr:not([hidden]) td:not([hidden])"));
    }
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -1e3], End: [0, 1e3] }[key];
    if (!td || !(step || key === "Escape")) return;
    event.preventDefault();
    if (key === "Escape") return this.region.focus();
    const rows = [...this.table.tBodies[0].rows].filter(row => !row.hidden);
    const cells = row => [...row.cells].filter(one => one.tagName === "TD" && !one.hidden);
    const clamp = (value, list) => list[Math.max(0, Math.min(list.length - 1, value))];
    const at = cells(td.parentNode).indexOf(td);
    this.focus(clamp(at + step[1], cells(clamp(rows.indexOf(td.parentNode) + step[0], rows))));
  }

  focus(td) {
    if (!td) return;
    td.tabIndex = -1;
    td.focus();
    td.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

/** Lines of cells as Markdown, CSV or LaTeX; `marks` says which cells are best and second. */
export function format(lines, kind, marks = []) {
  const clean = text => text.replace(/\s+/g, " ").trim();
  if (kind === "csv") return lines.map(line => line.map(text => (/[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : clean(text))).join(",")).join("\n") + "\n";
  const marked = (wrap, quote) => lines.map((line, i) => line.map((text, j) => wrap(quote(clean(text)), i && marks[i - 1]?.[j])));
  if (kind === "markdown") {
    const rows = marked((text, place) => (place === 1 ? `**${text}**` : text), text => text.replace(/[|*]/g, "\\$&"));
    return rows.map((row, i) => `| ${row.join(" | ")} |${i ? "" : `\n|${row.map((_, j) => (j ? " --: " : " :-- ")).join("|")}|`}`).join("\n") + "\n";
  }
  const rows = marked((text, place) => (place ? `\\${place === 1 ? "textbf" : "underline"}{${text}}` : text),
    text => text.replace(/[\\&%$#_{}]/g, c => (c === "\\" ? "\\textbackslash{}" : "\\" + c)).replace(/–/g, "--"));
  const body = rows.map(row => row.join(" & ") + " \\\\");
  return `\\begin{tabular}{l${"r".repeat(lines[0].length - 1)}}\n\\toprule\n${body[0]}\n\\midrule\n${body.slice(1).join("\n")}\n\\bottomrule\n\\end{tabular}\n`;
}

/** The element `id` as a popover of this content. */
export function popover(id, label, html) {
  let pop = document.getElementById(id);
  if (!pop) {
    pop = document.createElement("div");
    Object.assign(pop, { id, className: `a-pop ${id}`, popover: id === "a-menu" ? "auto" : "manual" });
    pop.setAttribute("role", "dialog");
    document.body.append(pop);
  }
  pop.setAttribute("aria-label", label);
  pop.innerHTML = html;
  return pop;
}

/** Show a popover below or above an element, within the window. */
export function show(pop, anchor) {
  const box = anchor.getBoundingClientRect();
  if (!pop.matches(":popover-open")) pop.showPopover({ source: anchor });
  const left = Math.max(8, Math.min(box.left, innerWidth - pop.offsetWidth - 8));
  const below = box.bottom + 6 + pop.offsetHeight < innerHeight || box.top < pop.offsetHeight + 6;
  pop.style.left = left + "px";
  pop.style.top = Math.max(8, below ? Math.min(box.bottom + 6, innerHeight - pop.offsetHeight - 8) : box.top - pop.offsetHeight - 6) + "px";
}

export const viewOf = element => views.get(element.closest("figure.st"));

/** What the address names: an element with this id, else the cell of a fact in a table that shows it. */
function named() {
  const id = decodeURIComponent(location.hash.slice(1));
  const own = id ? document.getElementById(id) : null;
  if (own || !id.includes("/")) return own;
  const [table, row, column] = [id.split("/").slice(0, 2).join("/"), ...id.split("/").slice(2)];
  for (const view of views.values()) {
    if (!view.table.dataset.table.split(" ").includes(table)) continue;
    view.read();
    const b = view.benchmarks.findIndex(one => one.key === row);
    const m = view.models.findIndex((one, i) => one.key === column && b >= 0 && view.fact(b, i) === id);
    if (m >= 0) return view.cells[b][m].td;
  }
}

function target(jump) {
  document.querySelector(".hit")?.classList.remove("hit");
  const found = named();
  for (let folded = found; (folded = folded?.parentElement.closest("details")); ) folded.open = true;
  if (found?.matches(".st-table *") && !found.matches(":target")) found.classList.add("hit");
  if (found && jump) keep(found);
}

/** Tables are laid out when they come near: lead to an element until the page has come to rest, or the reader moves. */
let leading;
function keep(element) {
  clearInterval(leading);
  let times = 30;
  lead(element);
  leading = setInterval(() => {
    lead(element);
    if (document.readyState === "complete" && !--times) clearInterval(leading);
  }, 30);
}
for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(kind, () => clearInterval(leading), { passive: true });

/** Scroll to an element below the bar; a cell below the head of its table and beside its first column. */
function lead(element) {
  const region = element.closest(".scores"), box = one => one.getBoundingClientRect();
  const bar = box(document.querySelector(".md-header")).bottom + 12;
  let by = box(element).top - bar;
  if (region) {
    const first = element.closest("tr").cells[0], inner = box(region);
    const off = (low, high, from, to) => (low < from || high > to ? (low + high - from - to) / 2 : 0);
    region.scrollTop += off(box(element).top, box(element).bottom, box([...region.querySelector("thead").rows].at(-1).cells[0]).bottom, inner.bottom);
    if (element.matches("td")) region.scrollLeft += off(box(element).left, box(element).right, box(first).right, inner.right);
    by = box(region.closest("figure") ?? region).top - bar;
    if (box(element).bottom - by > innerHeight - 8) by = inner.top - bar;
  }
  if (Math.abs(by) > 1) scrollBy({ top: by, behavior: "instant" });
}

function restore() {
  const query = new URLSearchParams(location.search);
  for (const view of views.values()) view.load(query.get(view.key));
}

function start() {
  const near = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) views.get(entry.target)?.ready();
  }, { rootMargin: "400px" });
  document.querySelectorAll("figure.st").forEach((figure, i) => {
    if (!figure.querySelector(".st-table[data-table]")) return;
    views.set(figure, new View(figure, "t" + (i + 1)));
    near.observe(figure);
  });
  for (const one of document.querySelectorAll("data.d, span.c"))
    if (!one.querySelector("a") && !one.closest("a")) Object.assign(one, { tabIndex: 0, role: "button" });
  restore();
  target(true);
  if (document.querySelector(".compare")) import("./compare.js").then(module => module.start());
  if (document.querySelector(".er-filter")) import("./ledger.js").then(module => module.start());
}

// A card is asked for by pointer, focus or tap; its module comes with the first.
const NUMBERS = ".n[href], data.d, span.c, .st tbody td:not(.e), .ch a";
let cards;
const ask = (event, how) => {
  const element = event.target.closest?.(NUMBERS);
  if (element || cards) (cards ??= import("./card.js")).then(module => module.on(how, element, event));
};
// What comes under a pointer at rest, as after a jump, is not asked for until the pointer moves.
let rest, waiting;
const spot = ({ screenX, screenY }) => screenX + "," + screenY;
addEventListener("pointerover", event => {
  if (event.pointerType !== "mouse") return;
  waiting = spot(event) === rest;
  waiting ? cards?.then(module => module.on("over", null, event)) : ask(event, "over");
});
addEventListener("pointermove", event => {
  if (spot(event) === rest) return;
  rest = spot(event);
  if (waiting) ask(event, "over");
  waiting = false;
}, { passive: true });
addEventListener("focusin", event => event.target.matches?.(":focus-visible") && ask(event, "focus"));
addEventListener("click", event => {
  if (event.target.closest?.("[data-find], .md-header__button[for=__search]")) document.querySelector(".md-search__input").focus();
  if (event.target.closest?.("a")?.href === location.href && location.hash) setTimeout(target, 0, true);
  const number = event.target.closest?.(NUMBERS);
  const touch = event.pointerType === "touch" || event.pointerType === "pen";
  if (number && (touch || !number.matches("a"))) {
    if (touch && number.matches("a")) {
      event.preventDefault();
      event.stopPropagation();
    }
    ask(event, "click");
  } else if (!event.target.closest?.(".a-card")) ask(event, "away");
}, true);
addEventListener("keydown", event => cards && cards.then(module => module.key(event)));
// On paper nothing is folded, and a link is a number and a note with its address.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) folded.open = folded.paper = true;
  const article = document.querySelector(".md-content__inner"), notes = new Map();
  for (const link of article.querySelectorAll(":is(p, li, dd, cite) > a:not([class], .a-notes a)")) {
    if (link.href.split("#")[0] === location.href.split("#")[0] || !link.checkVisibility()) continue;
    if (!notes.has(link.href)) notes.set(link.href, link.textContent);
    link.insertAdjacentHTML("afterend", `<sup class="a-note">${[...notes.keys()].indexOf(link.href) + 1}</sup>`);
  }
  if (notes.size) article.insertAdjacentHTML("beforeend", `<section class="a-note"><h2>${t("links")}</h2><ol>` +
    [...notes].map(([href, text]) => `<li>${escape(text)} ${escape(decodeURI(href))}</li>`).join("") + "</ol></section>");
});
addEventListener("afterprint", () => {
  document.querySelectorAll(".a-note").forEach(note => note.remove());
  for (const folded of document.querySelectorAll("details")) if (folded.paper) folded.open = folded.paper = false;
});
// Who opens the menu of a narrow window by its button goes on in it, and comes back when it is closed, also by Escape.
const drawer = document.getElementById("__drawer"), opener = document.querySelector(".md-header [for=__drawer]");
drawer.addEventListener("change", () => {
  if (!drawer.checked) return opener.focus();
  const entries = [...document.querySelectorAll(".md-sidebar--primary .md-nav__link")];
  const shown = one => ((box = one.getBoundingClientRect()) => one.contains(document.elementFromPoint(box.left + 20, box.top + 9)))();
  if (document.activeElement === opener) setTimeout(() => entries.find(one => one.tabIndex >= 0 && shown(one))?.focus(), 300);
});
addEventListener("keydown", ({ key }) => key === "Escape" && drawer.checked && drawer.click());
// Back and forward lead to where the reader was, a new address to what it names.
let travelled;
addEventListener("popstate", ({ state }) => (restore(), target(), (travelled = state)));
addEventListener("hashchange", () => travelled || target(true));
start();
