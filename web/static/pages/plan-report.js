// The answer in words: headline with what changed, gaps with reason and remedy, whose answer hangs on the speed, grounds.
import { curveFigure } from "./plan-curve.js";
import { WITHOUT_REACH } from "./plan-question.js";
import { count, fact, gapsOf, missingIn, mostMissingFirst, nearestLine, points, shareAndCount, signed, tableOf } from "./plan-words.js";

const { el, text, pick, percent } = fangyu;
const SLOW_S = 1.5;
const FLIPS_LISTED = 15;

// --- headline -------------------------------------------------------------------------------------------------------
const beforeAfter = ({ report, whatIf }) => (whatIf ? el("dl", { class: "fy-change", id: "fy-change" },
  fact(text("plan_before"), shareAndCount(whatIf.before.share, whatIf.before.numerator)),
  fact(text("plan_after"), shareAndCount(report.share, report.numerator)),
  fact(text("plan_difference"), points(whatIf.before.share === null || report.share === null ? null : report.share - whatIf.before.share)),
  fact(text("plan_gained"), signed(whatIf.gained), "fy-gained"),
  fact(text("plan_lost"), whatIf.lost ? signed(-whatIf.lost) : "0", "fy-lost")) : null);

const bandLine = (said) => {
  const known = (said.band || []).filter((one) => one.share !== null).sort((one, other) => one.share - other.share);
  if (known.length < 2) return null;
  const names = [text("plan_band_min"), ...known.slice(1, -1).map(() => text("plan_band_median")), text("plan_band_max")];
  return el("div", { id: "fy-band" }, el("b", {}, text("plan_band")), el("dl", { class: "fy-change" },
    known.map((one, at) => fact(text("plan_band_row", { which: names[at], speed: one.speed_m_s }), percent(one.share)))));
};

const peopleLine = ({ people }) => (people ? el("p", { class: "fy-note", id: "fy-people" }, text("plan_adds_up", {
  served: count(people.served), unserved: count(people.unserved), unknown: count(people.unknown), total: count(people.total) })) : null);

const headline = (state) => {
  const said = state.report;
  return el("section", { "aria-labelledby": "fy-result" },
    el("h2", { id: "fy-result", tabindex: "-1" }, text("plan_result")),
    el("p", { class: "fy-big", id: "fy-figure" }, percent(said.share)),
    state.dateNotice ? el("p", { class: "fy-other", id: "fy-date-notice" }, state.dateNotice) : null,
    beforeAfter(state),
    el("p", { class: "fy-definition" }, el("b", {}, said.definition.id), pick(said.definition.label)),
    state.asked.definition ? null : el("p", { class: "fy-note", id: "fy-auto" }, text("plan_auto_said", { id: said.definition.id })),
    said.request.definition && state.asked.definition && state.asked.definition !== said.definition.id
      ? el("p", { class: "fy-other", id: "fy-other" }, text("plan_other_definition", { asked: state.asked.definition, done: said.definition.id })) : null,
    el("p", { class: "fy-note" }, pick(said.definition.formula)),
    el("p", { id: "fy-fraction" }, text("plan_measure", { measure: pick(said.measure.label), unit: fangyu.unit(said.measure.unit),
      fraction: text("plan_figure", { numerator: count(said.numerator), denominator: count(said.denominator) }) })),
    peopleLine(said), bandLine(said),
    state.seconds > SLOW_S ? el("p", { class: "fy-note" }, text("plan_slow", { s: fangyu.number(state.seconds, 1) })) : null);
};

// --- gaps -----------------------------------------------------------------------------------------------------------
const remedyLine = (gap, onTake) => {
  const one = gap && gap.remedy;
  if (!one) return null;
  const can = (["build", "host_in_stock"].includes(one.kind) && one.lon !== null) || (one.kind === "open_facility" && one.facility_id);
  return el("div", { class: "fy-remedy" }, el("b", {}, text("plan_remedy")), " ", pick(one.text),
    one.partial ? ` ${text("plan_remedy_partial")}` : "",
    can ? el("button", { type: "button", onclick: () => onTake(one, gap) }, text("plan_remedy_take")) : null);
};

const missingWords = (row, unit) => {
  const n = missingIn(row);
  return n === null || row.denominator <= 1 ? "" : text("plan_missing", { n: count(n), unit });
};

const unitList = (rows, { id, unit, remedies = null, onTake = null }) => el("ul", { class: "fy-uncovered", id }, rows.map((row) => el("li", {},
  el("button", { type: "button", onclick: () => fangyu.focusUnit(row) },
    el("b", {}, row.name || row.code || text("no_name")), el("span", {}, percent(row.share)),
    el("small", {}, [missingWords(row, unit), row.reason ? pick(row.reason.text) : nearestLine(row)].filter(Boolean).join(" · "))),
  remedies ? remedyLine(remedies.get(row.code), onTake) : null)));

const gapSection = (state, { onTake, onRemedies }) => {
  const gaps = gapsOf(state.report);
  const partly = mostMissingFirst(state.report.rows.filter((row) => row.covered && row.share < 1));
  const unit = fangyu.unit(state.report.measure.unit);
  return el("section", {},
    el("h2", {}, text("plan_uncovered", { n: gaps.length, all: state.report.rows.length })),
    gaps.length > 1 ? el("p", { class: "fy-note" }, text("plan_gap_order")) : null,
    gaps.length && !state.remedies ? el("button", { type: "button", id: "fy-remedies", onclick: onRemedies }, text("plan_remedies")) : null,
    gaps.length ? unitList(gaps, { id: "fy-uncovered", unit, remedies: state.remedies, onTake }) : el("p", {}, text("plan_uncovered_none")),
    partly.length ? el("details", {}, el("summary", {}, text("plan_partly", { n: partly.length })), unitList(partly, { id: "fy-partly", unit })) : null);
};

// --- flips, totals, grounds -----------------------------------------------------------------------------------------
const flipSection = ({ report }, { onFlips }) => {
  const { flips } = report;
  if (!flips || !flips.by_unit.length) return null;
  return el("details", { id: "fy-flips" },
    el("summary", {}, text("plan_flips", { n: count(flips.total) })),
    el("p", { class: "fy-note" }, text("plan_flips_note")),
    el("button", { type: "button", id: "fy-flips-map", "aria-pressed": "false", onclick: (event) => onFlips(event.currentTarget) }, text("plan_flips_map")),
    tableOf([text("plan_unit"), text("plan_people")], flips.by_unit.slice(0, FLIPS_LISTED).map((one) => [one.name || one.code, count(one.people)])),
    flips.by_unit.length > FLIPS_LISTED ? el("p", { class: "fy-note" }, text("plan_more_rows", { n: flips.by_unit.length - FLIPS_LISTED })) : null);
};

const changedRows = ({ whatIf }) => (whatIf && whatIf.rows_changed.length ? el("details", { id: "fy-rows-changed" },
  el("summary", {}, text("plan_rows_changed", { n: whatIf.rows_changed.length })),
  tableOf([text("plan_unit"), text("plan_before"), text("plan_after"), text("plan_gained"), text("plan_lost")],
    whatIf.rows_changed.map((row) => [row.name || row.code, percent(row.before), percent(row.after), signed(row.gained), row.lost ? signed(-row.lost) : "0"]))) : null);

const totals = ({ report }) => {
  const rows = (report.totals_by && report.totals_by.town) || [];
  if (!rows.length || report.request.by !== "village") return null;
  return el("details", {}, el("summary", {}, text("plan_by_town_heading")),
    tableOf([text("plan_unit"), text("plan_numerator"), text("plan_denominator"), text("plan_share")],
      rows.map((row) => [row.name || row.code, count(row.numerator), count(row.denominator), percent(row.share)])));
};

const normLine = (one) => text("plan_norm_row", {
  label: pick(one.label) || one.param, value: [one.value, fangyu.unit(one.unit)].filter(Boolean).join(" "),
  source: fangyu.oneLanguage([one.source, one.clause].filter(Boolean).join(" ")) });

const grounds = ({ report }) => el("details", { id: "fy-grounds" }, el("summary", {}, text("plan_assumptions")),
  el("ul", {}, (report.assumptions || []).map((one) => el("li", {}, pick(one)))),
  report.norms ? el("p", {}, el("b", {}, `${text("plan_norms")} ${pick(report.norms.label)}`), el("small", {}, text("plan_norm_id", { id: report.norms.profile }))) : null,
  el("ul", {}, ((report.norms && report.norms.values) || []).map((one) => el("li", {},
    normLine(one), one.verified ? "" : ` (${text("plan_unverified")})`, el("small", { class: "fy-id" }, text("plan_norm_id", { id: one.param }))))),
  report.command ? el("p", {}, text("plan_command"), el("br"), el("code", {}, report.command)) : null);

const actions = (state, { onReach, onCsv, onDifference, onExport }) => el("div", { class: "fy-row" },
  WITHOUT_REACH.has(state.report.definition.id) ? null
    : el("button", { type: "button", id: "fy-reach", "aria-pressed": "false", onclick: (event) => onReach(event.currentTarget) }, text("plan_show_areas")),
  state.whatIf && state.whatIf.rows_changed.length
    ? el("button", { type: "button", id: "fy-show-change", "aria-pressed": "false", onclick: (event) => onDifference(event.currentTarget) }, text("plan_show_change")) : null,
  el("button", { type: "button", id: "fy-csv", onclick: onCsv }, text("download_csv")),
  el("button", { type: "button", id: "fy-export-open", onclick: onExport }, text("plan_export_run")),
  el("button", { type: "button", onclick: () => print() }, text("print")));

// --- what the page shows --------------------------------------------------------------------------------------------
export const reportParts = (state, doing) => [
  headline(state), actions(state, doing),
  state.whatIf ? curveFigure(state.whatIf.curve, { id: "fy-curve", title: text("plan_curve"), axis: text("plan_curve_sites") }) : null,
  changedRows(state), gapSection(state, doing), flipSection(state, doing), totals(state), grounds(state),
].filter(Boolean);

export const sentenceOf = ({ report, whatIf }) => (whatIf ? text("plan_said_change", {
  before: percent(whatIf.before.share), after: percent(report.share), gained: count(whatIf.gained), lost: count(whatIf.lost) })
  : text("plan_said", { definition: report.definition.id, share: percent(report.share), n: gapsOf(report).length }));

export const csvOf = ({ report, remedies }) => {
  const head = ["plan_level_code", "plan_unit", "plan_numerator", "plan_denominator", "plan_share", "plan_reason", "plan_nearest", "plan_remedy"].map((key) => text(key));
  const lines = report.rows.map((row) => {
    const gap = remedies && remedies.get(row.code);
    return [row.code, row.name, row.numerator, row.denominator, row.share === null ? "" : Math.round(row.share * 10000) / 10000,
      row.reason ? pick(row.reason.text) : "", nearestLine(row), gap && gap.remedy ? pick(gap.remedy.text) : ""];
  });
  return [[report.definition.id, pick(report.definition.label), report.command || ""], head, ...lines];
};

// The sheets of paper behind the map: every gap, every change, and how it was made.
export const printParts = (state, changesInWords) => {
  const { report } = state;
  const layers = Object.entries((report.provenance && report.provenance.layers) || {}).map(([id, one]) => `${id} ${one.version}`);
  return [
    changesInWords.length ? el("section", {}, el("h2", {}, text("plan_changes")), el("ol", {}, changesInWords.map((one) => el("li", {}, one)))) : null,
    el("section", {}, el("h2", {}, text("plan_uncovered", { n: gapsOf(report).length, all: report.rows.length })),
      tableOf([text("plan_unit"), text("plan_numerator"), text("plan_denominator"), text("plan_share"), text("plan_reason"), ...(state.remedies ? [text("plan_remedy")] : [])],
        gapsOf(report).map((row) => {
          const gap = state.remedies && state.remedies.get(row.code);
          return [row.name || row.code, count(row.numerator), count(row.denominator), percent(row.share), row.reason ? pick(row.reason.text) : nearestLine(row),
            ...(state.remedies ? [gap && gap.remedy ? pick(gap.remedy.text) : ""] : [])];
        }))),
    el("section", {}, el("h2", {}, text("plan_made")),
      el("p", {}, pick(report.definition.formula)),
      el("ul", {}, (report.assumptions || []).map((one) => el("li", {}, pick(one)))),
      el("p", {}, [report.provenance && report.provenance.program, ...layers].filter(Boolean).join("; ")),
      el("p", {}, el("code", {}, report.command || "")),
      el("p", {}, text("printed_on", { date: new Date().toLocaleDateString("sv") }))),
  ].filter(Boolean);
};
