// The filter of the ledger: by report and by kind, with the choice in the address. Its form is in ledger-filter.html.j2.
import { t } from "./atlas.js";

export function start() {
  const form = document.querySelector(".er-filter");
  const entries = [...document.querySelectorAll(".er[data-kind]")];
  const headings = [...document.querySelectorAll("article h2[id]:not(#wrong-numbers)")];
  const overview = [];
  for (let next = document.querySelector("#wrong-numbers"); next && !(overview.length && next.matches("h2")); next = next.nextElementSibling) overview.push(next);

  function show() {
    const chosen = [...new FormData(form)].filter(([, value]) => value);
    for (const entry of entries) entry.hidden = chosen.some(([key, value]) => entry.dataset[key] !== value);
    const shown = entries.filter(entry => !entry.hidden);
    const reports = new Set(shown.map(entry => entry.dataset.report.replace(/\./g, "-")));
    for (const heading of headings) heading.style.display = reports.has(heading.id) ? "" : "none";
    for (const one of overview) one.style.display = chosen.length ? "none" : "";
    form.querySelector("output").textContent = t("entries", { shown: shown.length, all: entries.length });
  }

  const asked = new URLSearchParams(location.search);
  for (const box of form.querySelectorAll("select")) box.value = asked.get(box.name) ?? "";
  form.addEventListener("change", () => {
    const url = new URL(location.href);
    url.hash = "";
    for (const [key, value] of new FormData(form)) value ? url.searchParams.set(key, value) : url.searchParams.delete(key);
    history.replaceState(history.state, "", url);
    show();
  });
  show();
}
