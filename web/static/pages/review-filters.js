// The filters of the queue: what may be chosen, with how many cases each choice would give.
import { FILTERS } from "./review-address.js";
import { categoryLabel, pick } from "./review-words.js";

const { el, text, config } = fangyu;
const AGES = [30, 90, 180, 365];
const WAIT_MS = 250;
const form = document.getElementById("fy-case-filters");

const option = (value, label, count) => el("option", { value }, count === undefined ? label : `${label} (${count})`);
const setOptions = (select, options) => {
  const keep = select.value;
  select.replaceChildren(...options);
  select.value = keep;
};

const severityLabel = (code) => config.texts[`severity_${code}`] || code;

const facet = (name, label) => el("label", { class: "fy-facet", "data-facet": name },
  el("input", { type: "radio", name: "category", value: name }), el("span", {}, label), el("b", {}));

export const filterValues = () => {
  const said = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
  return Object.fromEntries(FILTERS.map((name) => [name, said[name] || ""]));
};

// A value that no option has yet gets one, so that a link keeps its meaning.
const setSelect = (select, value) => {
  if (value && ![...select.options].some((one) => one.value === value)) select.append(option(value, value));
  select.value = value;
};

export const setFilters = (wanted) => {
  form.elements.q.value = wanted.q || "";
  for (const name of ["town", "state", "severity", "older_than_days"]) setSelect(form.elements[name], wanted[name] || "");
  const radio = [...form.elements.category].find((one) => one.value === (wanted.category || ""));
  (radio || form.elements.category[0]).checked = true;
  form.elements.overdue.checked = wanted.overdue === "true";
};

const sum = (counts) => Object.values(counts).reduce((all, one) => all + one, 0);

export const setCounts = (counts, machine) => {
  for (const label of form.querySelectorAll("[data-facet]")) {
    const name = label.dataset.facet;
    const count = counts.category[name] || 0;
    label.querySelector("b").textContent = name ? count : "";
    label.hidden = Boolean(name) && !count && !label.querySelector("input").checked;
  }
  setOptions(form.elements.state, [option("open", text("queue_open"), counts.open), option("", text("review_all"), sum(counts.state)),
    ...machine.states.map((one) => option(one.id, pick(one.label), counts.state[one.id] || 0))]);
  setOptions(form.elements.town, [option("", text("review_all")),
    ...counts.town.map((one) => option(one.code, one.name || (one.code === "-" ? text("queue_town_unknown") : one.code), one.count)),
    ...missing(form.elements.town.value, counts.town.map((one) => one.code))]);
  setOptions(form.elements.severity, [option("", text("review_all")),
    ...Object.entries(counts.severity).map(([code, count]) => option(code, severityLabel(code), count)),
    ...missing(form.elements.severity.value, Object.keys(counts.severity), severityLabel)]);
  document.getElementById("fy-late-count").textContent = counts.overdue;
};

const missing = (value, known, label = (one) => one) => (value && !known.includes(value) ? [option(value, label(value), 0)] : []);

export const isFiltered = (values) => FILTERS.some((name) => (name === "state" ? values[name] !== "open" : values[name]));

export const startFilters = ({ machine, onChange }) => {
  document.getElementById("fy-categories").replaceChildren(facet("", text("review_all")), ...machine.categories.map((name) => facet(name, categoryLabel(name))));
  setOptions(form.elements.older_than_days, [option("", text("review_all")), ...AGES.map((n) => option(String(n), text("queue_older", { n })))]);
  setOptions(form.elements.state, [option("open", text("queue_open")), option("", text("review_all")), ...machine.states.map((one) => option(one.id, pick(one.label)))]);
  let timer = 0;
  form.addEventListener("input", (event) => {
    if (event.target.name !== "q") return;
    clearTimeout(timer);
    timer = setTimeout(() => onChange({ step: false }), WAIT_MS);
  });
  form.addEventListener("change", (event) => { if (event.target.name !== "q") onChange({ step: true }); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); onChange({ step: true }); });
  document.getElementById("fy-clear-filters").addEventListener("click", () => { setFilters({ state: "open" }); onChange({ step: true }); form.elements.q.focus(); });
  form.elements.q.addEventListener("keydown", (event) => { if (event.key === "Escape") form.elements.q.blur(); });
};
