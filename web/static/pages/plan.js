// The coverage page: ask, wait, draw, and say exactly what the figure means.
import { ask, query, saveCsv, showError } from "./service.js";
import { say, startMap } from "./live-map.js";

const { el, text, pick, percent, number } = fangyu;
const form = document.getElementById("fy-plan");
const report = document.getElementById("fy-report");
const progress = document.getElementById("fy-progress");
const problem = document.getElementById("fy-error");
const WITHOUT_REACH = new Set(["C1", "C2"]);
let ticking = 0;
let current = null;
let answered = {};
let reachShown = false;

const parameters = () => {
  const said = Object.fromEntries(new FormData(form));
  const asked = { layer: said.layer, definition: said.definition, travel: said.travel, by: said.by, on: said.on };
  if (!WITHOUT_REACH.has(said.definition)) asked[said.unit] = said.threshold;
  return asked;
};

const busy = (working) => {
  form.querySelector("[type=submit]").disabled = working;
  progress.hidden = !working;
  clearInterval(ticking);
  if (!working) return;
  const began = performance.now();
  const tick = () => { progress.querySelector("span").textContent = text("plan_running", { s: Math.round((performance.now() - began) / 1000) }); };
  tick();
  ticking = setInterval(tick, 500);
};

// --- the report --------------------------------------------------------------------------------------------------
const count = (value) => (value === null || value === undefined ? "–" : number(value, Number.isInteger(value) ? 0 : 1));

const headline = (said) => el("section", { "aria-live": "polite" },
  el("h2", {}, text("plan_result")),
  el("p", { class: "fy-big", id: "fy-figure" }, percent(said.share)),
  el("p", { class: "fy-definition" }, el("b", {}, said.definition.id), pick(said.definition.label)),
  said.request.definition && said.request.definition !== said.definition.id
    ? el("p", { class: "fy-other", id: "fy-other" }, text("plan_other_definition", { asked: said.request.definition, done: said.definition.id })) : null,
  el("p", { class: "fy-note" }, pick(said.definition.formula)),
  el("p", { id: "fy-fraction" }, text("plan_measure", { measure: pick(said.measure.label), unit: fangyu.unit(said.measure.unit),
    fraction: text("plan_figure", { numerator: count(said.numerator), denominator: count(said.denominator) }) })),
  said.band && said.band.length ? el("ul", { class: "fy-bands" }, el("li", {}, el("b", {}, text("plan_band"))),
    said.band.map((one) => el("li", {}, text("plan_band_row", { speed: one.speed_m_s, share: percent(one.share) })))) : null);

const worstFirst = (rows) => rows
  .sort((one, other) => (one.share ?? -1) - (other.share ?? -1) || other.denominator - one.denominator);

const nearestLine = (row) => row.nearest ? text("nearest_is", {
  name: row.nearest.name || row.nearest.id,
  road: row.nearest.network_m === null || row.nearest.network_m === undefined ? text("not_connected") : fangyu.metres(row.nearest.network_m),
  straight: fangyu.metres(row.nearest.straight_m) }) : "";

const unitList = (rows, id) => el("ul", { class: "fy-uncovered", id }, rows.map((row) => el("li", {},
  el("button", { type: "button", onclick: () => fangyu.focusUnit(row) },
    el("b", {}, row.name || row.code), el("span", {}, percent(row.share)),
    el("small", {}, row.reason ? pick(row.reason.text) : nearestLine(row))))));

const uncovered = (said) => {
  const gaps = worstFirst(said.rows.filter((row) => !row.covered));
  const partly = worstFirst(said.rows.filter((row) => row.covered && row.share < 1));
  return el("section", {},
    el("h2", {}, text("plan_uncovered", { n: gaps.length, all: said.rows.length })),
    gaps.length ? unitList(gaps, "fy-uncovered") : el("p", {}, text("plan_uncovered_none")),
    partly.length ? el("details", {}, el("summary", {}, text("plan_partly", { n: partly.length })), unitList(partly, "fy-partly")) : null);
};

const totals = (said) => {
  const rows = (said.totals_by && said.totals_by.town) || [];
  if (!rows.length || said.request.by !== "village") return null;
  return el("details", {}, el("summary", {}, text("plan_by_town_heading")),
    el("table", { class: "fy-table" },
      el("thead", {}, el("tr", {}, ["plan_unit", "plan_numerator", "plan_denominator", "plan_share"].map((key) => el("th", { scope: "col" }, text(key))))),
      el("tbody", {}, rows.map((row) => el("tr", {}, el("td", {}, row.name || row.code), el("td", {}, count(row.numerator)),
        el("td", {}, count(row.denominator)), el("td", {}, percent(row.share)))))));
};

const normLine = (one) => text("plan_norm_row", {
  label: pick(one.label) || one.param, value: [one.value, fangyu.unit(one.unit)].filter(Boolean).join(" "),
  source: fangyu.oneLanguage([one.source, one.clause].filter(Boolean).join(" ")) });

const grounds = (said) => el("details", {}, el("summary", {}, text("plan_assumptions")),
  el("ul", {}, (said.assumptions || []).map((one) => el("li", {}, pick(one)))),
  said.norms ? el("p", {}, el("b", {}, `${text("plan_norms")} ${pick(said.norms.label)}`), el("small", {}, text("plan_norm_id", { id: said.norms.profile }))) : null,
  el("ul", {}, ((said.norms && said.norms.values) || []).map((one) => el("li", {},
    normLine(one), one.verified ? "" : ` (${text("plan_unverified")})`, el("small", { class: "fy-id" }, text("plan_norm_id", { id: one.param }))))),
  said.command ? el("p", {}, text("plan_command"), el("br"), el("code", {}, said.command)) : null);

const table = (said) => {
  const head = ["plan_level_code", "plan_unit", "plan_numerator", "plan_denominator", "plan_share", "plan_reason", "plan_nearest"].map((key) => text(key));
  const lines = said.rows.map((row) => [row.code, row.name, row.numerator, row.denominator,
    row.share === null ? "" : Math.round(row.share * 10000) / 10000, row.reason ? pick(row.reason.text) : "", nearestLine(row)]);
  const about = [said.definition.id, pick(said.definition.label), said.command || ""];
  return [about, head, ...lines];
};

const toggleReach = async (button) => {
  if (reachShown) {
    reachShown = false;
    fangyu.drawCoverage(current);
  } else {
    busy(true);
    try {
      fangyu.drawReach(await ask("/api/coverage/areas", answered));
      reachShown = true;
    } catch (error) { showError(problem, error); } finally { busy(false); }
  }
  button.setAttribute("aria-pressed", String(reachShown));
};

const actions = () => {
  const reach = el("button", { type: "button", id: "fy-reach", "aria-pressed": "false" }, text("plan_show_areas"));
  reach.addEventListener("click", () => toggleReach(reach));
  return el("div", { class: "fy-row" }, WITHOUT_REACH.has(current.definition.id) ? null : reach,
    el("button", { type: "button", id: "fy-csv", onclick: () => saveCsv(`fangyu-${current.definition.id}.csv`, table(current)) }, text("download_csv")),
    el("button", { type: "button", onclick: () => print() }, text("print")));
};

const show = (said) => {
  current = said;
  reachShown = false;
  const note = el("p", { class: "fy-print-only" }, `${said.command || ""} · ${text("printed_on", { date: new Date().toLocaleDateString("sv") })}`);
  report.replaceChildren(headline(said), actions(), uncovered(said), totals(said) || "", grounds(said), note);
  fangyu.drawCoverage(said);
  const legend = document.getElementById("fy-share-legend");
  if (legend) legend.hidden = false;
};

// An old figure must not stand beside a new question.
const clear = () => {
  current = null;
  reachShown = false;
  report.replaceChildren();
  fangyu.clearCoverage();
  fangyu.setQuiet(false);
  const legend = document.getElementById("fy-share-legend");
  if (legend) legend.hidden = true;
};

const showOnly = (layerId) => {
  for (const box of document.querySelectorAll("#fy-panel input[data-layer]")) {
    const isService = [...form.elements.layer.options].some((option) => option.value === box.dataset.layer);
    if (isService && box.checked !== (box.dataset.layer === layerId)) box.click();
  }
};

const run = async (event) => {
  if (event) event.preventDefault();
  problem.hidden = true;
  fangyu.map.closePopup();
  busy(true);
  const asked = parameters();
  history.replaceState(null, "", `${location.pathname}${location.search}#${query(asked).slice(1)}`);
  try {
    showOnly(asked.layer);
    const said = await ask("/api/coverage", asked);
    answered = asked;
    show(said);
  } catch (error) {
    clear();
    showError(problem, error);
  } finally {
    busy(false);
  }
};

const readHash = () => {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const name of ["layer", "definition", "travel", "by", "on"]) {
    if (!said.has(name)) continue;
    const control = form.elements[name];
    const before = control.value;
    control.value = said.get(name);
    if (control.value === said.get(name)) continue;
    control.value = before;
    showError(problem, { message: text("plan_bad_link", { name, value: said.get(name) }), hint: text("plan_bad_link_hint") });
  }
  for (const unit of ["within_min", "within_m"]) {
    if (said.has(unit)) { form.elements.unit.value = unit; form.elements.threshold.value = said.get(unit); }
  }
  return said.has("layer") && problem.hidden;
};

const TRAVEL_AGAINST = { C3: "network", C5: "network", C6: "straight" };
const fitDefinition = () => {
  const definition = form.elements.definition.value;
  document.getElementById("fy-threshold").hidden = WITHOUT_REACH.has(definition);
  const travel = form.elements.travel;
  for (const option of travel.options) option.disabled = option.value === TRAVEL_AGAINST[definition];
  if (travel.selectedOptions[0].disabled) travel.value = "";
};

form.addEventListener("submit", run);
form.elements.definition.addEventListener("change", fitDefinition);
form.elements.unit.addEventListener("change", (event) => { form.elements.threshold.value = event.target.value === "within_m" ? 500 : 15; });
try {
  const wanted = readHash();
  fitDefinition();
  await startMap();
  document.body.dataset.ready = "yes";
  if (wanted) await run();
} catch (error) {
  say("");
  showError(problem, error);
}
