// Where the next sites go: asked as a job, drawn in order on the map, said with how sure it is, and taken over.
import { showError } from "./service.js";
import { curveFigure } from "./plan-curve.js";
import { runJob } from "./plan-jobs.js";
import { drawSites } from "./plan-marks.js";
import { openForFaults, searchOf } from "./plan-question.js";
import { count, fact, points, signed, siteName, tableOf } from "./plan-words.js";

const { el, text, pick, percent } = fangyu;
const byId = (id) => document.getElementById(id);
const form = byId("fy-sites");
const problem = byId("fy-sites-error");
const LISTED = 10;
let doing = null;
let asking = 0;
let showsCost = false;
let chosenGoal = "sites"; // comes back after a model with a goal of its own

// A model without a goal of its own is not refused here: what does not go together, the service says.
const fitGoal = () => {
  const { model, goal } = form.elements;
  if (model.value === "lscp") {
    if (goal.value !== "all") chosenGoal = goal.value;
    goal.value = "all";
  } else if (goal.value === "all") goal.value = chosenGoal;
};

const fit = () => {
  const goal = form.elements.goal.value;
  for (const name of ["sites", "target_share", "budget"]) {
    byId(`fy-goal-${name}`).hidden = goal !== name;
    form.elements[name].disabled = goal !== name; // what is not seen must not stop the form
  }
  byId("fy-budget-too").hidden = goal === "budget";
  byId("fy-site-capacity").hidden = form.elements.model.value !== "capacitated";
  byId("fy-spacing").hidden = form.elements.candidates.value !== "grid";
  byId("fy-cost-field").hidden = ["grid", "stock"].includes(form.elements.candidates.value);
};

const GIVEN = ["apart_m", "cost_new", "cost_stock"];

const parameters = () => {
  const said = new FormData(form);
  const asked = { model: said.get("model"), candidates: said.get("candidates") };
  const goal = said.get("goal");
  if (goal === "target_share") asked.target_share = Number(said.get("target_share")) / 100;
  else if (goal !== "all") asked[goal] = said.get(goal);
  if (asked.model === "capacitated" && said.get("capacity")) asked.capacity = said.get("capacity");
  if (asked.candidates === "grid") asked.spacing_m = said.get("spacing_m");
  if (goal !== "budget" && said.get("budget_too")) asked.budget = said.get("budget_too");
  for (const name of GIVEN) if (said.get(name)) asked[name] = said.get(name);
  if (!byId("fy-cost-field").hidden && said.get("cost_field").trim()) asked.cost_field = said.get("cost_field").trim();
  for (const name of ["at_most_per", "at_least_per"]) if (said.get(name)) Object.assign(asked, { per: said.get("per"), [name]: said.get(name) });
  const exclude = said.getAll("exclude");
  if (exclude.length) Object.assign(asked, { exclude, review_buffer_m: said.get("review_buffer_m") || 0 });
  return asked;
};

const STANDING = { review: () => text("plan_standing_review"), unknown: () => text("plan_standing_unknown") };
const standing = (one) => [...new Set(Object.values(one.standing || {}))].filter((state) => STANDING[state]).map((state) => STANDING[state]()).join(text("list_comma"));

const siteRow = (one) => el("li", {},
  el("button", { type: "button", onclick: () => fangyu.map.setView([one.lat, one.lon], Math.max(fangyu.map.getZoom(), 14), { animate: false }) },
    el("b", {}, `${one.order}. ${one.unit || one.name || one.id}`), el("span", {}, text("plan_site_adds", { n: signed(one.adds) })),
    el("small", {}, [siteName(one), one.capacity === null ? "" : text("plan_site_holds", { n: count(one.capacity) }),
      showsCost && one.cost !== null ? text("plan_site_costs", { n: count(one.cost) }) : "", standing(one)].filter(Boolean).join(" · "))));

const proof = (said) => (said.proven ? text("plan_proven")
  : said.gap === null || said.gap >= 1 ? text("plan_no_bound") : text("plan_gap", { gap: percent(said.gap) }));

const names = (list) => list.map((one) => [one.unit, siteName(one)].filter(Boolean).join(" ")).join(text("list_comma"));

const alternatives = ({ alternatives: other }) => {
  const rows = [...other.swaps, ...other.plans];
  return rows.length ? el("details", {}, el("summary", {}, text("plan_alternatives", { n: rows.length })),
    tableOf([text("plan_drop"), text("plan_take"), text("plan_loss")], rows.slice(0, LISTED).map((one) => [names(one.dropped), names(one.added), percent(one.loss)]))) : null;
};

const unserved = (said) => (said.unserved_by_unit.length ? el("details", {}, el("summary", {}, text("plan_still_unserved", { n: count(said.unserved) })),
  tableOf([text("plan_unit"), text("plan_people"), text("plan_reason")],
    said.unserved_by_unit.slice(0, LISTED * 2).map((one) => [one.unit || one.code, count(one.people), pick(one.reason.text)]))) : null);

const curveOf = (said) => said.curve.map((one) => ({ ...one, upper: said.people > 0 ? Math.min(one.bound / said.people, 1) : one.share }));

const parts = (said) => [
  el("h2", { id: "fy-sites-heading", tabindex: "-1" }, text("plan_sites_result", { n: said.new_sites.length })),
  el("dl", { class: "fy-change" },
    fact(text("plan_before"), percent(said.before.share)), fact(text("plan_after"), percent(said.after.share), "fy-sites-after"),
    fact(text("plan_difference"), points(said.after.share === null ? null : said.after.share - said.before.share))),
  el("p", { id: "fy-proof" }, proof(said)),
  el("ul", {}, said.notes.map((one) => el("li", {}, pick(one)))),
  said.changes.length ? el("button", { type: "button", id: "fy-take", class: "fy-primary", onclick: () => doing.onTake(namedChanges(said)) }, text("plan_take_over")) : null,
  el("ul", { class: "fy-uncovered", id: "fy-new-sites" }, said.new_sites.map(siteRow)),
  curveFigure(curveOf(said), { id: "fy-sites-curve", title: text("plan_sites_curve"), axis: text("plan_site_number"), chosen: said.new_sites.length }),
  alternatives(said), unserved(said),
  el("details", {}, el("summary", {}, text("plan_assumptions")), el("ul", {}, said.assumptions.map((one) => el("li", {}, pick(one)))),
    el("p", {}, text("plan_command"), el("br"), el("code", {}, said.command))),
].filter(Boolean);

// A point of the grid has no name of its own: it is called by its order and its unit.
const namedChanges = (said) => said.changes.map((one, at) => {
  const site = said.new_sites[at];
  return site && site.layer === "grid" ? { ...one, name: text("plan_site_name", { n: site.order, unit: site.unit }) } : one;
});

const run = async (event) => {
  event.preventDefault();
  const mine = (asking += 1);
  problem.hidden = true;
  const submit = form.querySelector("[type=submit]");
  submit.disabled = true;
  try {
    const wanted = parameters();
    const search = searchOf(doing.asked(), doing.changes(), wanted);
    const said = await runJob(`/api/sites/jobs?${search}`, { box: byId("fy-sites-progress"), back: submit, isWanted: () => mine === asking });
    if (!said) { doing.tell(text("plan_cancelled")); return; }
    showsCost = ["budget", "cost_new", "cost_stock", "cost_field"].some((name) => name in wanted);
    byId("fy-sites-report").replaceChildren(...parts(said));
    drawSites(said.new_sites);
    doing.tell(text("plan_sites_said", { n: said.new_sites.length, share: percent(said.after.share) }));
    byId("fy-sites-heading").focus({ preventScroll: true });
  } catch (error) {
    clearSites();
    showError(problem, error);
  } finally {
    if (mine === asking) submit.disabled = false;
  }
};

export const clearSites = () => {
  byId("fy-sites-report").replaceChildren();
  drawSites([]);
};

// doing: {asked, changes, onTake, tell}.
export const startSites = (given) => {
  doing = given;
  form.addEventListener("submit", run);
  form.elements.model.addEventListener("change", fitGoal);
  form.addEventListener("change", fit);
  openForFaults(form);
  fit();
};
