// Two to four scenarios side by side: totals, units, and a map of the differences between any two of them.
import { showError } from "./service.js";
import { clearDifference, differenceLegend, differenceTable, drawDifference } from "./plan-difference.js";
import { runJob } from "./plan-jobs.js";
import { searchOf } from "./plan-question.js";
import { points, shareAndCount, signed, tableOf } from "./plan-words.js";

const { el, text, percent } = fangyu;
const byId = (id) => document.getElementById(id);
const MOST = 4;
const ROWS = 30;
const button = byId("fy-compare");
let doing = null;
let redraw = null; // of the comparison that is open

const chosen = () => [...document.querySelectorAll("#fy-scenarios input:checked")].map((box) => box.value);

const fit = () => {
  const names = chosen();
  button.disabled = names.length < 2;
  for (const box of document.querySelectorAll("#fy-scenarios input")) box.disabled = !box.checked && names.length >= MOST;
};

const totals = (said) => tableOf(
  [text("plan_scenario"), text("plan_share"), text("plan_difference"), text("plan_gained"), text("plan_lost")],
  [[text("plan_as_it_is"), shareAndCount(said.base.share, said.base.numerator), "–", "–", "–"],
    ...said.scenarios.map((one) => [one.scenario.name, shareAndCount(one.totals.share, one.totals.numerator), points(one.share_difference),
      signed(one.gained), one.lost ? signed(-one.lost) : "0"])], { id: "fy-compare-totals" });

const movement = (row) => Math.max(...row.scenarios.map((one) => one.gained + one.lost));

const units = (said) => {
  const rows = said.rows.filter((row) => movement(row) > 0).sort((one, other) => movement(other) - movement(one));
  return el("details", { open: true }, el("summary", {}, text("plan_rows_changed", { n: rows.length })),
    tableOf([text("plan_unit"), text("plan_as_it_is"), ...said.scenarios.map((one) => one.scenario.name)],
      rows.slice(0, ROWS).map((row) => [row.name || row.code, percent(row.share), ...row.scenarios.map((one) => text("plan_with_count", { share: percent(one.share), n: signed(one.gained - one.lost) }))]),
      { id: "fy-compare-units" }),
    rows.length > ROWS ? el("p", { class: "fy-note" }, text("plan_more_rows", { n: rows.length - ROWS })) : null);
};

// -1 is the situation as it is.
const between = (said, from, to) => said.rows.map((row) => {
  const [one, other] = [from, to].map((at) => (at < 0 ? row : row.scenarios[at]));
  return { code: row.code, name: row.name, people: other.numerator - one.numerator,
    difference: one.share === null || other.share === null ? null : other.share - one.share };
});

const mapChooser = (said) => {
  const options = () => [el("option", { value: "-1" }, text("plan_as_it_is")), ...said.scenarios.map((one, at) => el("option", { value: String(at) }, one.scenario.name))];
  const from = el("select", { name: "from" }, options());
  const to = el("select", { name: "to" }, options());
  const table = el("div");
  const draw = async () => {
    const rows = between(said, Number(from.value), Number(to.value));
    const shapes = await doing.shapes(said.request.by);
    if (redraw !== draw) return;
    const [first, second] = [from, to].map((one) => one.selectedOptions[0].textContent);
    drawDifference(rows, shapes, text("plan_difference_title", { from: first, to: second }));
    doing.showMarks(Number(to.value) < 0 ? [] : said.scenarios[Number(to.value)].scenario.changes);
    const lines = differenceTable(rows);
    table.replaceChildren(el("details", {}, el("summary", {}, text("plan_as_table")),
      tableOf([text("plan_unit"), text("plan_people"), text("plan_difference")], lines)));
  };
  to.value = String(said.scenarios.length - 1);
  for (const one of [from, to]) one.addEventListener("change", draw);
  return { part: el("section", { id: "fy-difference" }, el("h3", {}, text("plan_difference_map")),
    el("div", { class: "fy-row" }, el("label", {}, text("plan_from"), " ", from), el("label", {}, text("plan_to"), " ", to)),
    differenceLegend(), table), draw };
};

const close = () => {
  redraw = null;
  byId("fy-comparison").replaceChildren();
  clearDifference();
  doing.onClosed();
  button.focus();
};

const run = async () => {
  doing.problem.hidden = true;
  button.setAttribute("aria-busy", "true");
  button.disabled = true;
  try {
    const search = searchOf(doing.asked(), [], { name: chosen() });
    const said = await runJob(`/api/scenarios/compare/jobs?${search}`, { box: byId("fy-compare-progress"), back: button });
    if (!said) { doing.tell(text("plan_cancelled")); return; }
    const chooser = mapChooser(said);
    byId("fy-comparison").replaceChildren(
      el("h2", { tabindex: "-1", id: "fy-comparison-heading" }, text("plan_comparison")),
      el("p", { class: "fy-definition" }, el("b", {}, said.definition.id), fangyu.pick(said.definition.label)),
      el("div", { class: "fy-scroll", tabindex: "0", role: "region", "aria-label": text("plan_comparison") }, totals(said)), chooser.part,
      el("div", { class: "fy-scroll", tabindex: "0", role: "region", "aria-label": text("plan_rows_changed_label") }, units(said)),
      el("p", {}, text("plan_command"), el("br"), el("code", {}, said.command)),
      el("button", { type: "button", id: "fy-compare-close", onclick: close }, text("plan_compare_close")));
    redraw = chooser.draw;
    await redraw();
    byId("fy-comparison-heading").focus({ preventScroll: true });
    byId("fy-comparison-heading").scrollIntoView({ block: "start" });
  } catch (error) {
    showError(doing.problem, error);
  } finally {
    button.removeAttribute("aria-busy");
    fit();
  }
};

// The map of differences belongs to the comparison: it comes and goes with it.
export const showComparison = () => { if (redraw) redraw(); };
export const hasComparison = () => redraw !== null;

export const startCompare = (given) => {
  doing = given;
  button.addEventListener("click", run);
  return { fit };
};
