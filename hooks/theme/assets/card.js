// The card of a number: where it was printed, what it measures, how it ranks, who cites it.
import { copy, escape, number, popover, root, show, t, viewOf } from "./atlas.js";

const data = new Map();
let anchor, pinned, timer, quiet;

/** The card data of a page, asked for once. */
function load(page) {
  const url = new URL("card.json", page.split(/[?#]/)[0].replace(/[^/]*$/, "")).href;
  if (!data.has(url)) data.set(url, fetch(url).then(answer => (answer.ok ? answer.json() : {}), () => ({})));
  return data.get(url);
}

/** The data that knows these numbers: the page's own, else that of their report. */
async function dataOf(ids) {
  const own = document.querySelector("[data-card]") ? await load(location.href) : {};
  const [id] = ids;
  if (factOf(id, own) || own.q?.[id] || id.split("/").length < 4) return own;
  return load(new URL(`reports/${id.split("/")[0]}/`, root).href);
}

const link = (address, text) => (address ? `<a href="${escape(new URL(address, root))}">${escape(text)}</a>` : escape(text));
const row = (label, html) => (html ? `<dt>${label}</dt><dd>${html}</dd>` : "");

/** The ids that an element of the page stands for. */
function idsOf(element) {
  if (element.dataset.ids) return element.dataset.ids.split(" ");
  if (element.tagName === "TD") {
    const view = viewOf(element);
    const at = view?.at(element);
    return at ? [view.fact(...at)] : [];
  }
  const href = element.getAttribute("href") ?? element.getAttribute("xlink:href") ?? "";
  return [decodeURIComponent(href.split("#")[1] ?? "").replace(/^q-/, "")];
}

/** All that the page's data says of a fact. */
function factOf(id, { t: tables = {}, v = {}, r = {}, b = {}, c = {}, o = {}, m = {}, e = [], p = [] }) {
  const [report, table, line, column] = id.split("/");
  const source = `${report}/${table}`;
  const entry = v[`${source}/${line}`], head = r[line], model = c[column];
  if (!entry || !head || !model) return null;
  const [label, , keys, turned, marks, medium] = tables[source];
  const columns = keys.split(" "), printed = entry[1].split("|");
  const index = columns.indexOf(column);
  const used = Object.keys(marks).filter(mark => printed[index].endsWith(mark));
  const plain = text => {
    for (const mark of Object.keys(marks)) text = text.endsWith(mark) ? text.slice(0, -mark.length).trim() : text;
    const fraction = /^(\d+)\/(\d+)$/.exec(text);
    return fraction ? fraction[1] / fraction[2] : number(text.replace(/[%x]$/, ""));
  };
  const direction = { higher: 1, lower: -1 }[head[4]];
  const mine = plain(printed[index]);
  const rivals = printed.map(plain).filter((value, i) => value !== null && (c[columns[i]]?.[4] ?? model[4]) === model[4]);
  const known = columns.every((key, i) => c[key] || plain(printed[i]) === null);
  const rank = direction && mine !== null && known && rivals.length > 1
    ? t("rank-of", { n: rivals.length, rank: 1 + rivals.filter(value => (value - mine) * direction > 0).length }) : "";
  const [place, other] = turned ? [index + 1, entry[0]] : [entry[0], index + 1];
  return {
    id, value: printed[index], used: used.map(mark => [mark, marks[mark]]), unit: head[3], report: o[report], label, medium, rank,
    benchmark: b[head[0]], split: [head[1], head[2]].filter(Boolean).join(" "), direction: head[4], metric: head[5] ?? b[head[0]][2], model, meaning: m[model[1]],
    place: t("place", { row: place, column: other }), address: `reports/${report}/#${id}`,
    errata: (entry[3][index] ?? []).map(i => e[i]), cited: (entry[2][index] ?? []).map(i => p[i]),
  };
}

/** "235B/22B" in words. */
function size(text) {
  const [total, activated] = (text ?? "").split("/");
  return activated ? t("activated", { total, activated }) : total;
}

function factCard(fact) {
  const { benchmark, model, report } = fact;
  const marks = fact.used.map(([mark, meaning]) => `<p><small><sup>${escape(mark)}</sup> ${escape(meaning)}</small></p>`).join("");
  return `<p><b>${escape(fact.value)}</b> ${escape(fact.unit)}</p>${marks}<dl>` +
    row(t("benchmark"), `${link(benchmark[3], benchmark[0])} ${escape(fact.split)}` + (benchmark[1] ? `<br><small>${escape(benchmark[1])}</small>` : "")) +
    row(t("metric"), [fact.metric, fact.direction !== "none" && t(fact.direction)].filter(Boolean).map(escape).join(" · ")) +
    row(t("model"), `${link(model[5], model[0])} ${escape([model[1], model[2]].filter(Boolean).join(" · "))}` +
      ([model[3], fact.meaning].some(Boolean) ? `<br><small>${[size(model[3]), fact.meaning].filter(Boolean).map(escape).join(" · ")}</small>` : "")) +
    row(t("rank"), fact.rank) +
    row(t("source"), `<a href="${escape(report[5])}">${escape(report[0])} ${escape(fact.label)}</a> ${fact.place}` + (fact.medium ? `<br><small>${t("medium")}</small>` : "")) +
    row(t("cited"), fact.cited.map(([address, title]) => link(address, title)).join("、")) + "</dl>" +
    fact.errata.map(([address, title]) => `<p class="warn">${t("erratum")}：${link(address, title)}</p>`).join("") + buttons(fact);
}

function quantityCard(id, [name, value, unit, subject, locator, source, url, cited], pages) {
  const report = id.split("/")[0];
  return `<p><b>${escape(value)}</b> ${escape(unit)}</p><p>${escape(name)}</p><dl>` +
    row(t("model"), subject !== source && escape(subject)) +
    row(t("source"), `${url ? `<a href="${escape(url)}">${escape(source)}</a>` : escape(source)} ${escape(locator)}`) +
    row(t("cited"), cited.map(i => link(...pages[i])).join("、")) + "</dl>" + buttons({ id, quantity: report });
}

const buttons = fact => `<p class="row">` +
  [["link", t("copy-link")], ...(fact.quantity ? [] : [["row", t("copy-row")], ["bibtex", "BibTeX"], ["markdown", "Markdown"]])]
    .map(([name, text]) => `<button type="button" name="${name}">${text}</button>`).join("") + original(fact) + wrong(fact) + "</p>";

const original = fact => (fact.address ? link(fact.address, t("original")) : "");

/** A form of the repository, filled in with what is known of the number. */
function wrong(fact) {
  const repository = document.querySelector("a.md-source")?.href;
  if (!repository?.includes("github.com")) return "";
  const query = new URLSearchParams({ template: "wrong-number.yml", title: `[数字] ${fact.id}`, page: location.href, shown: fact.value ?? "", place: fact.id });
  return ` <a href="${escape(`${repository.replace(/\/$/, "")}/issues/new?${query}`)}">${t("report-wrong")}</a>`;
}

/** The page's own address of a fact, with the view that is shown. */
const addressOf = id => location.href.split("#")[0] + "#" + id;

function cite(fact, kind) {
  const [name, title, arxiv, authors, year, url] = fact.report;
  const what = `${fact.benchmark[0]}${fact.split ? " " + fact.split : ""}, ${fact.model[0]}${fact.model[1] ? ` (${fact.model[1]})` : ""}: ${fact.value}`;
  if (kind === "markdown") return `[${what}](${new URL(fact.address, root)}) — [${name}](${url}), ${fact.label}`;
  const key = name.toLowerCase().replace(/[^a-z0-9]/g, "");
  return `@misc{${key},\n  title = {${title}},\n  author = {${authors}},\n  year = {${year}},\n  eprint = {${arxiv}},\n  archivePrefix = {arXiv},\n  url = {${url}},\n  note = {${fact.label}; ${what}}\n}\n`;
}

async function open(element) {
  anchor = element;
  const ids = idsOf(element);
  if (!ids[0]) return;
  const page = await dataOf(ids);
  if (anchor !== element) return;
  const claim = element.closest("span.c, data.d");
  const operands = claim && (claim.dataset.ids ?? "").split(" ");
  const single = element === claim ? null : factOf(ids[0], page);
  let html = "";
  if (single) html = factCard(single);
  else if (page.q?.[ids[0]] && element !== claim) html = quantityCard(ids[0], page.q[ids[0]], page.p ?? []);
  else if (element !== claim) return;
  if (claim) {
    const list = operands.slice(0, 12).map(id => {
      const fact = factOf(id, page), quantity = page.q?.[id];
      if (fact) return `<li>${link(fact.address, fact.value)} ${escape([fact.model[0], fact.model[1], fact.benchmark[0], fact.split].filter(Boolean).join(" "))} <small>${escape(fact.report[0])} ${escape(fact.label)}</small></li>`;
      return quantity ? `<li>${escape(quantity[1])} ${escape(quantity[0])}</li>` : "";
    }).join("");
    const title = claim.title || claim.dataset.title || t(claim.matches(".d") ? "derived" : "claim");
    html += `<div class="${html ? "row" : ""}"><p>${escape(title)}</p><ul>${list}${operands.length > 12 ? "<li>…</li>" : ""}</ul></div>`;
  }
  if (claim?.title) (claim.dataset.title = claim.title, claim.removeAttribute("title"));
  const pop = popover("a-card", t("card"), html);
  pop.onclick = ({ target }) => {
    if (target.name === "link") copy(addressOf(element.tagName === "TD" || single ? ids[0] : "q-" + ids[0]), target);
    if (target.name === "row") copy(addressOf(ids[0].split("/").slice(0, 3).join("/")), target);
    if (target.name === "bibtex" || target.name === "markdown") copy(cite(single, target.name), target);
  };
  pop.onpointerenter = () => clearTimeout(timer);
  pop.onpointerleave = () => pinned || close(250);
  show(pop, element);
}

function close(wait = 0) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    anchor = null;
    pinned = false;
    const pop = document.getElementById("a-card");
    if (pop?.matches(":popover-open")) pop.hidePopover();
  }, wait);
}

export function on(how, element, event) {
  const inside = event.target.closest?.(".a-card");
  if (how === "away") return inside || close();
  if (!element) return inside || (pinned && how === "over") || (how === "focus" && event.target === document.body) ? clearTimeout(timer) : close(how === "focus" ? 0 : 250);
  if (how === "focus" && element === quiet) return (quiet = null);
  if (how === "over" && (pinned || element === anchor)) return clearTimeout(timer);
  clearTimeout(timer);
  pinned = how !== "over";
  timer = setTimeout(() => open(element), how === "over" ? 220 : 0);
}

export function key(event) {
  const pop = document.getElementById("a-card");
  if (!pop?.matches(":popover-open")) return;
  if (event.key === "Escape") {
    const back = pop.contains(document.activeElement) && anchor;
    close();
    quiet = back; // the focus comes back: that asks for nothing
    if (back) back.focus();
  } else if (anchor && event.target === anchor && (event.key === "Enter" && !anchor.matches("a") || event.key === "ArrowDown" && anchor.tagName !== "TD")) {
    event.preventDefault();
    pop.querySelector("button, a")?.focus();
  }
}
