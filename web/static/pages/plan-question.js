// What is asked: the form, as parameters of the service and as the address of the page.
import { readChange, written } from "./plan-changes.js";
import { count } from "./plan-words.js";

const { text } = fangyu;
const form = document.getElementById("fy-plan");
export const WITHOUT_REACH = new Set(["C1", "C2"]);
const TRAVEL_AGAINST = { C3: "network", C4: "straight", C5: "network", C6: "straight", C7: "straight", C8: "straight" };
const DATED = ["opened_on", "suspended_on", "closed_on", "as_of"];
const MOST = { within_min: 600, within_m: 100_000 }; // what the service takes
const CHOICES = ["layer", "definition", "travel", "by", "on", "mode", "norms"];

export const layerId = () => form.elements.layer.value;
export const layerLabel = () => form.elements.layer.selectedOptions[0].textContent;

export const parameters = () => {
  const said = new FormData(form);
  const asked = {};
  for (const name of CHOICES) if (said.get(name)) asked[name] = said.get(name);
  if (said.get("mode") === "walk") delete asked.mode;
  if (!WITHOUT_REACH.has(asked.definition)) asked[said.get("unit")] = said.get("threshold");
  if (said.get("need_per_1000")) asked.need_per_1000 = said.get("need_per_1000");
  const barriers = said.getAll("barrier");
  if (barriers.length) asked.barrier = barriers;
  return asked;
};

// Parameters as the part of an address behind “?” or “#”; lists are repeated.
export const searchOf = (asked, changes = [], more = {}) => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, ...more })) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== "" && one !== null && one !== undefined) search.append(name, one);
  }
  for (const one of changes) search.append("change", written(one));
  return String(search);
};

// done: the definition that was computed, where none was asked for.
export const inWords = (asked, done = "") => [layerLabel(), asked.definition || (done ? text("plan_auto_done", { id: done }) : text("def_auto")),
  asked.within_min ? text("plan_in_minutes", { n: asked.within_min }) : asked.within_m ? text("metres", { n: count(Number(asked.within_m)) }) : "",
  form.elements.mode.selectedOptions[0].textContent, form.elements.by.selectedOptions[0].textContent,
].filter(Boolean).join(" · ");

const bad = (name, value) => ({ message: text("plan_bad_link", { name, value }), hint: text("plan_bad_link_hint") });

const choose = (name, value) => {
  const control = form.elements[name];
  const before = control.value;
  control.value = value;
  if (control.value === value) return true;
  control.value = before;
  return false;
};

const fitThreshold = () => {
  const { threshold, unit } = form.elements;
  const most = MOST[unit.value];
  const isTooMuch = !threshold.disabled && Number(threshold.value) > most;
  threshold.max = most;
  threshold.setCustomValidity(isTooMuch ? text("plan_threshold_most", { n: count(most), unit: unit.selectedOptions[0].textContent }) : "");
};

const readNumbers = (said) => {
  for (const unit of ["within_min", "within_m"]) {
    if (said.has(unit)) { form.elements.unit.value = unit; form.elements.threshold.value = said.get(unit); }
  }
  if (said.has("need_per_1000")) form.elements.need_per_1000.value = said.get("need_per_1000");
  const barriers = said.getAll("barrier");
  for (const box of form.querySelectorAll("[name=barrier]")) box.checked = barriers.includes(box.value);
};

// What the address asks for: {wanted, changes, scenario, problem}.
export const readAddress = () => {
  const said = new URLSearchParams(location.hash.slice(1));
  let problem = null;
  for (const name of CHOICES) if (said.has(name) && !choose(name, said.get(name))) problem = bad(name, said.get(name));
  readNumbers(said);
  fitThreshold();
  const { threshold } = form.elements;
  if (threshold.validity.customError) problem = { message: threshold.validationMessage, hint: text("plan_bad_link_hint") };
  const changes = said.getAll("change").map((one) => [one, readChange(one)]);
  const wrong = changes.find(([, change]) => change === null);
  if (wrong) problem = bad("change", wrong[0]);
  return { wanted: said.has("layer") && !problem, changes: wrong ? [] : changes.map(([, one]) => one), scenario: said.get("scenario"), problem };
};

export const writeAddress = (asked, changes, scenario) => {
  const hash = scenario ? searchOf(asked, [], { scenario }) : searchOf(asked, changes);
  history.replaceState(null, "", `${location.pathname}${location.search}#${hash}`);
};

const fitDefinition = () => {
  const definition = form.elements.definition.value;
  document.getElementById("fy-threshold").hidden = WITHOUT_REACH.has(definition);
  form.elements.threshold.disabled = WITHOUT_REACH.has(definition); // what is not seen must not stop the form
  fitThreshold();
  const travel = form.elements.travel;
  for (const option of travel.options) option.disabled = option.value !== "" && option.value === TRAVEL_AGAINST[definition];
  if (travel.selectedOptions[0].disabled) travel.value = "";
};

// A field that stops its form must be seen.
export const openForFaults = (one) => one.addEventListener("invalid", (event) => {
  const folded = event.target.closest("details:not([open])");
  if (folded) folded.open = true;
}, true);

// A day on which the data cannot say how things were; empty where it can.
export const dateNotice = ({ on }, features) => {
  if (!on) return "";
  const last = form.elements.on.defaultValue;
  if (last && on > last) return text("plan_after_data", { on, last });
  const days = features.flatMap(({ properties }) => DATED.map((name) => properties[name])).filter(Boolean).map((day) => String(day).slice(0, 10)).sort();
  return days.length && on < days[0] ? text("plan_before_data", { on, first: days[0] }) : "";
};

// onAsk, onLayer: what happens then; onEdit: something in the form was touched.
export const startQuestion = ({ onAsk, onLayer, onEdit }) => {
  form.addEventListener("submit", (event) => { event.preventDefault(); onAsk(); });
  for (const kind of ["input", "change"]) form.addEventListener(kind, onEdit);
  form.addEventListener("invalid", onEdit, true);
  form.elements.layer.addEventListener("change", onLayer);
  form.elements.definition.addEventListener("change", fitDefinition);
  form.elements.unit.addEventListener("change", (event) => { form.elements.threshold.value = event.target.value === "within_m" ? 500 : 15; fitThreshold(); });
  form.elements.threshold.addEventListener("input", fitThreshold);
  openForFaults(form);
  fitDefinition();
  return { fit: fitDefinition, chooseLayer: (id) => choose("layer", id) };
};

export const setBusy = (working) => { form.querySelector("[type=submit]").disabled = working; };
