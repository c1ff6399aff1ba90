// The compare page: chosen models side by side over all reports. What it reads is described in hooks/atlas/comparing.py.
import { copy, escape, format, number, places, root, save, t } from "./atlas.js";

const MOST = 24;
let data, box, state, all, drawn = 0;

const label = c => [data.models[data.columns[c][0]][1], data.columns[c][1], data.columns[c][2]].filter(Boolean).join(" ");
const named = row => [data.benchmarks[row[1]][1], row[2], row[3]].filter(Boolean).join(" ");
const arrow = way => ({ 1: "↑", "-1": "↓" })[way] ?? "";
const plain = text => number(String(text).replace(/[^\d.,-]+$/, "").replace(/[%x]$/, ""));

/** Columns by key, or by model: all plain columns of it. */
function columnsOf(words) {
  const found = words.flatMap(word => {
    const exact = data.columns.findIndex(column => column[4] === word);
    if (exact >= 0) return [exact];
    return data.columns.flatMap((column, i) => (data.models[column[0]][0] === word && !column[2] ? [i] : []));
  });
  return [...new Set(found)];
}

function read() {
  const query = new URLSearchParams(location.search);
  const models = (query.get("m") ?? box.dataset.models.replace(/ /g, ",")).split(",").filter(Boolean);
  state = { columns: columnsOf(models), k: query.get("k") ?? "", b: query.get("b") ?? "", s: query.get("s") ?? "", p: query.get("p") ?? "" };
}

function write(step = true) {
  const url = new URL(location.href);
  url.searchParams.set("m", state.columns.map(c => data.columns[c][4]).join(","));
  for (const key of ["k", "b", "s", "p"]) state[key] ? url.searchParams.set(key, state[key]) : url.searchParams.delete(key);
  url.search = url.search.replace(/%40/g, "@").replace(/%2C/g, ",");
  step ? history.pushState({ x: scrollX, y: scrollY }, "", url) : history.replaceState({ x: scrollX, y: scrollY }, "", url);
}

/** The columns to show: with the other kind of reasoning beside each where that is asked for. */
function shown() {
  if (!state.p) return state.columns;
  return [...new Set(state.columns.flatMap(c => {
    const mine = data.columns.flatMap((column, i) => (column[0] === data.columns[c][0] && !column[2] && "td".includes(column[3]) ? [i] : []));
    return mine.length ? mine.sort((a, b) => data.columns[b][3].localeCompare(data.columns[a][3])) : [c];
  }))];
}

/** One line per benchmark, split and unit; `main` is the report that most of its cells come from. */
function lines(columns) {
  const groups = new Map();
  for (const row of data.rows) {
    const benchmark = data.benchmarks[row[1]];
    if (state.k && data.capabilities[benchmark[2]]?.[0] !== state.k) continue;
    if (state.b && !named(row).toLowerCase().includes(state.b)) continue;
    if (!columns.some(c => c in row[6])) continue;
    const key = [row[1], row[2], row[3], row[4]].join("|");
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const found = [];
  for (const rows of groups.values()) {
    const count = new Map();
    for (const row of rows) {
      const report = data.tables[row[0]][0];
      const own = count.get(report) ?? new Set();
      columns.forEach(c => c in row[6] && own.add(c));
      count.set(report, own);
    }
    const main = [...count].sort((a, b) => b[1].size - a[1].size)[0][0];
    const cells = columns.map(c => {
      const mine = rows.filter(row => c in row[6]);
      const row = mine.find(one => data.tables[one[0]][0] === main) ?? mine[0];
      if (!row) return null;
      const table = data.tables[row[0]], benchmark = data.benchmarks[row[1]];
      return { text: row[6][c], value: plain(row[6][c]), other: table[0] !== main, table, row, benchmark };
    });
    const some = cells.filter(Boolean).length;
    if (state.s ? some < columns.length : !some) continue;
    const sets = cells.map((cell, i) => (cell && !cell.other ? data.columns[columns[i]][3] : null));
    const ranks = places(cells.map(cell => cell?.value ?? null), rows[0][5], sets);
    found.push({ head: rows[0], cells, ranks });
  }
  const some = ({ cells }) => cells.filter(cell => cell && !cell.other).length;
  return found.sort((a, b) => some(b) - some(a));
}

/** How many lines there are at most: every benchmark, split and unit. */
const everything = () => new Set(data.rows.map(row => row.slice(1, 5).join("|"))).size;

const address = (cell, c) => `reports/${cell.table[2].split("/")[0]}/#${cell.table[2]}/${cell.row[7]}/${data.columns[c][4]}`;

const head = columns => {
  const heads = columns.map(c => {
    const [id, name, , , qwen] = data.models[data.columns[c][0]];
    return `<th scope="col"${qwen ? ' class="q"' : ""}>${escape(name)}<small class="m">${escape([data.columns[c][1], data.columns[c][2]].filter(Boolean).join(" "))}</small></th>`;
  });
  return `<thead><tr class="st-models"><th scope="col">${t("benchmark")}</th>${heads.join("")}</tr></thead>`;
};

const line = (columns, { head, cells, ranks }) => {
  const [, name, , page] = data.benchmarks[head[1]];
  const title = page ? `<a href="${escape(new URL(page, root))}">${escape(name)}</a>` : escape(name);
  const tds = cells.map((cell, i) => {
    if (!cell) return '<td class="e">–</td>';
    const text = escape(cell.text), marked = { 1: `<b>${text}</b>`, 2: `<u>${text}</u>` }[ranks[i]] ?? text;
    const where = `${data.reports[cell.table[0]][0]} ${cell.table[1]}`;
    const note = cell.other ? t("compare-other", { report: where }) : where;
    return `<td${cell.other ? ' class="x"' : ""}><a class="n" href="${escape(new URL(address(cell, columns[i]), root))}" aria-description="${escape(note)}">${marked}</a>${cell.other ? `<sup title="${escape(note)}">≠</sup>` : ""}</td>`;
  });
  return `<tr><th scope="row">${title}${[head[2], head[3]].filter(Boolean).map(text => ` <small>${escape(text)}</small>`).join("")} <span class="u">${escape(head[4])}${arrow(head[5])}</span></th>${tds.join("")}</tr>`;
};

const frame = () => new Promise(requestAnimationFrame);

/** The table, and below it the chart in a frame of its own; of many rows the first, and all on demand. */
async function show(out, columns, rows) {
  const mine = ++drawn, few = rows.slice(0, MOST), body = some => some.map(row => line(columns, row)).join("");
  const other = rows.some(row => row.cells.some(cell => cell?.other));
  out.innerHTML = `<div class="scores" role="region" aria-label="${t("compare-table")}" tabindex="0"><table class="st-table">${head(columns)}<tbody>${body(few)}</tbody></table></div>` +
    (few.length < rows.length ? `<button type="button" name="all">${t("compare-all", { count: rows.length })}</button>` : "") +
    (other ? `<p class="cmp-note">${t("compare-note")}</p>` : "") + `<div></div>`;
  const button = out.querySelector("[name=all]");
  if (button) button.onclick = () => {
    out.querySelector("tbody").insertAdjacentHTML("beforeend", body(rows.slice(MOST)));
    out.querySelector(".scores").focus({ preventScroll: true });
    button.remove();
  };
  await frame();
  if (mine === drawn) out.lastChild.innerHTML = chart(columns, rows);
}

/** Percentages on one axis: a line per benchmark, a mark per model. */
function chart(columns, rows) {
  const drawn = rows.filter(({ head, cells }) => head[4] === "%" && head[5] === 1 && cells.filter(cell => cell?.value != null).length > 1).slice(0, MOST);
  if (!drawn.length) return "";
  const values = drawn.flatMap(({ cells }) => cells.map(cell => cell?.value).filter(value => value != null));
  const low = Math.max(0, Math.floor(Math.min(...values) / 10) * 10), high = Math.min(100, Math.ceil(Math.max(...values) / 10) * 10);
  const left = 132, right = 350, top = 8, step = 22, foot = top + drawn.length * step;
  const x = value => (left + ((value - low) / (high - low || 1)) * (right - left)).toFixed(1);
  const mark = (i, cx, y, hollow) => {
    const style = `class="p s${(i % 8) + 1}${hollow ? " o" : ""}"`;
    return [`<circle ${style} cx="${cx}" cy="${y}" r="4"/>`, `<rect ${style} x="${cx - 3.5}" y="${y - 3.5}" width="7" height="7"/>`,
      `<path ${style} d="M${cx} ${y - 5}l5 5-5 5-5-5z"/>`, `<path ${style} d="M${cx} ${y - 5}l5 8.5h-10z"/>`][(i + (i >> 3)) % 4];
  };
  const ticks = [];
  for (let value = low; value <= high; value += high - low > 50 ? 20 : 10) ticks.push(value);
  const grid = ticks.map(value => `<path class="g" d="M${x(value)} ${top}V${foot}"/><text class="k" x="${x(value)}" y="${foot + 14}" text-anchor="middle">${value}</text>`);
  const short = text => (text.length > 21 ? text.slice(0, 20) + "…" : text);
  const bodies = drawn.map(({ head, cells }, n) => {
    const y = top + (n + 0.5) * step;
    const own = cells.map(cell => cell?.value).filter(value => value != null);
    return `<text x="${left - 8}" y="${y}" dy=".35em" text-anchor="end">${escape(short(named(head)))}</text><path class="j" d="M${x(Math.min(...own))} ${y}H${x(Math.max(...own))}"/>` +
      cells.map((cell, i) => (cell?.value == null ? "" : mark(i, x(cell.value), y, cell.other).replace("/>", `><title>${escape(`${label(columns[i])} · ${named(head)} · ${cell.text}`)}</title></${{ 0: "circle", 1: "rect" }[(i + (i >> 3)) % 4] ?? "path"}>`))).join("");
  });
  const key = columns.map((c, i) => `<li><svg class="ch" viewBox="-6 -6 12 12" aria-hidden="true">${mark(i, 0, 0)}</svg>${escape(label(c))}</li>`);
  return `<h2>${t("compare-chart")}</h2><ul class="cmp-key">${key.join("")}</ul><svg class="ch" viewBox="0 0 360 ${foot + 20}" font-size="12" role="img" aria-label="${t("compare-chart")}">${grid.join("")}${bodies.join("")}</svg><p class="cmp-note">${t("compare-chart-note")}</p>`;
}

function draw() {
  const columns = shown(), rows = lines(columns);
  const chips = state.columns.map((c, i) => `<button type="button" name="drop" value="${i}" aria-label="${escape(t("compare-remove", { name: label(c) }))}">${escape(label(c))} ×</button>`);
  box.querySelector(".cmp-chips").innerHTML = chips.join("");
  for (const name of ["s", "p"]) box.querySelector(`[name=${name}]`).setAttribute("aria-pressed", Boolean(state[name]));
  box.querySelector("[name=k]").value = state.k;
  const filter = box.querySelector("[name=b]");
  if (filter.value.trim().toLowerCase() !== state.b) filter.value = state.b;
  box.querySelector("output").textContent = t("rows", { shown: rows.length, all: all });
  const out = box.querySelector(".cmp-out");
  if (rows.length && columns.length) show(out, columns, rows);
  else out.innerHTML = `<p>${t("compare-none")}</p>`;
  box.text = kind => format([[t("benchmark"), ...columns.map(label)], ...rows.map(({ head, cells }) =>
    [`${named(head)} ${head[4]}${arrow(head[5])}`, ...cells.map(cell => (cell ? cell.text + (cell.other ? " ≠" : "") : ""))])], kind, rows.map(row => [0, ...row.ranks]));
}

function change(changes, step = true) {
  Object.assign(state, changes);
  write(step);
  draw();
}

function build() {
  const capabilities = data.capabilities.filter((_, i) => data.benchmarks.some(benchmark => benchmark[2] === i));
  box.innerHTML = `<form class="cmp"><div class="cmp-chips"></div>` +
    `<input name="add" list="cmp-list" placeholder="${t("compare-add")}" aria-label="${t("compare-add")}"><datalist id="cmp-list"></datalist>` +
    `<label>${t("compare-capability")} <select name="k"><option value="">${t("all")}</option>${capabilities.map(([id, name]) => `<option value="${id}">${escape(name)}</option>`).join("")}</select></label>` +
    `<input type="search" name="b" placeholder="${t("compare-benchmark")}" aria-label="${t("compare-benchmark")}">` +
    `<button type="button" name="s">${t("compare-shared")}</button><button type="button" name="p">${t("compare-pairs")}</button><output></output>` +
    `<span class="cmp-save"><button type="button" name="link">${t("copy-link")}</button><button type="button" name="md">Markdown</button><button type="button" name="csv">CSV</button></span></form><div class="cmp-out"></div>`;
  const form = box.firstChild;
  form.onsubmit = event => event.preventDefault();
  form.add.onfocus = () => (form.add.list.innerHTML ||= data.columns.map((_, c) => `<option value="${escape(label(c))}">`).join(""));
  form.oninput = ({ target }) => {
    if (target.name === "b") change({ b: target.value.trim().toLowerCase() }, false);
    if (target.name === "k") change({ k: target.value });
    if (target.name !== "add") return;
    add(i => label(i) === target.value);
  };
  const add = fits => {
    const c = data.columns.findIndex((_, i) => fits(i));
    if (c < 0) return;
    form.add.value = "";
    change({ columns: [...new Set([...state.columns, c])] });
  };
  // Enter takes the first that is not there yet, after the list has had the key.
  form.add.onkeydown = ({ key, target }) => key === "Enter" && setTimeout(() => {
    const typed = target.value.trim().toLowerCase();
    if (typed) add(i => !state.columns.includes(i) && label(i).toLowerCase().includes(typed));
  });
  form.onclick = ({ target }) => {
    if (target.name === "drop") {
      change({ columns: state.columns.filter((_, i) => i !== Number(target.value)) });
      form.add.focus();
    }
    if (target.name === "s" || target.name === "p") change({ [target.name]: state[target.name] ? "" : "1" });
    if (target.name === "link") copy(location.href, target);
    if (target.name === "md") copy(box.text("markdown"), target);
    if (target.name === "csv") save(box.text("csv"), "compare.csv", "text/csv");
  };
}

export async function start() {
  box = document.querySelector(".compare");
  data = await (await fetch(new URL("assets/compare.json", root))).json();
  all = everything();
  build();
  read();
  await frame();
  draw();
}

addEventListener("popstate", () => data && (read(), draw()));
