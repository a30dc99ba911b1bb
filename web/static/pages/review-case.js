// One case as a sheet: name, state, clocks, what can be done, evidence rule by rule, namesakes, history.
import { evidenceList } from "./evidence.js";
import { farAway, goTo, gradeColour, gradeLabel, hasPlace, toMap } from "./review-map.js";
import { clockList, historySection, stepper } from "./review-steps.js";
import { ageOf, categoryLabel, categoryTags, goneMark, lateMark, nameParts, newMark, pick, severityTag, stateChip, townOf } from "./review-words.js";

const { el, text, oneLanguage } = fangyu;
const OUTCOMES = { applies: ["✓", "exception_applies"], "does-not-apply": ["✗", "exception_not"], unknown: ["?", "exception_unknown"] };
const KEYS = { verify: "v", confirm: "c", exclude: "e" };
const SHOWN_ELSEWHERE = new Set(["namesakes", "namesake_count"]);

const heading = (shown, infos) => el("header", { class: "fy-case-head" },
  el("p", { class: "fy-case-marks" }, stateChip(shown.state), ...categoryTags(shown), lateMark(shown), newMark(shown), goneMark(shown)),
  el("h2", { class: "fy-case-name", id: "fy-case-name", tabindex: "-1" }, ...nameParts(shown)),
  el("p", { class: "fy-note" }, [...(shown.number ? [shown.number] : []), townOf(shown), infos.has(shown.layer) ? pick(infos.get(shown.layer).label) : shown.layer, shown.feature_id,
    text("case_opened", { on: shown.opened_on, age: ageOf(shown) })].join(" · ")),
  shown.reason_label ? el("p", { class: "fy-verdict-line" }, text("case_excluded_for", { reason: pick(shown.reason_label) })) : null,
  shown.category ? el("p", { class: "fy-verdict-line" }, text("case_confirmed_as", { category: categoryLabel(shown.category) })) : null,
  hasPlace(shown) ? el("button", { type: "button", class: "fy-to-map", onclick: toMap }, text("case_to_map")) : null);

// --- findings ------------------------------------------------------------------------------------------------------
const exceptionItem = (one, outcome) => {
  const [sign, label] = OUTCOMES[outcome] || ["·", "exception_unknown"];
  return el("li", { class: `fy-exception-${outcome || "unknown"}` }, el("b", { "aria-hidden": "true", title: text(label) }, sign), el("span", {}, pick(one)));
};

// The outcomes stand in the evidence, in the same order as the sentences.
const exceptionList = (finding) => {
  const outcomes = (finding.evidence || {}).exceptions || [];
  return (finding.exceptions || []).length ? [el("h4", {}, text("review_exceptions")),
    el("ul", { class: "fy-exceptions" }, finding.exceptions.map((one, i) => exceptionItem(one, (outcomes[i] || {}).outcome)))] : [];
};

const findingArticle = (finding, infos, { isNew, open }) => {
  const evidence = Object.fromEntries(Object.entries(finding.evidence || {}).filter(([name]) => !SHOWN_ELSEWHERE.has(name)));
  return el("article", { class: finding.dismissed ? "fy-ground fy-ground-dismissed" : "fy-ground", "data-key": finding.key },
    el("p", { class: "fy-ground-head" }, severityTag(finding.severity), finding.category ? el("span", { class: "fy-category" }, categoryLabel(finding.category)) : null,
      isNew ? el("span", { class: "fy-fresh" }, text("case_new_findings")) : null,
      finding.dismissed ? el("span", { class: "fy-tag" }, text("finding_dismissed")) : null),
    el("p", { class: "fy-ground-said" }, pick(finding.message)),
    el("p", { class: "fy-cited" }, finding.citation ? oneLanguage(finding.citation) : "–"),
    el("details", { open: open && !finding.dismissed }, el("summary", {}, text("case_evidence")),
      ...exceptionList(finding), el("h4", {}, text("review_evidence")), evidenceList(infos.get(finding.layer), evidence),
      el("p", { class: "fy-note" }, el("code", {}, finding.code))));
};

const grounds = (shown, infos) => {
  const fresh = new Set(shown.new_findings);
  const few = shown.findings.length <= 2;
  return el("section", { id: "fy-grounds" }, el("h3", {}, text("case_grounds", { n: shown.findings.length })),
    el("p", { class: "fy-note" }, text("review_not_verdict")),
    shown.present ? null : el("p", { class: "fy-other" }, text("case_gone_explained")),
    shown.findings.map((one) => findingArticle(one, infos, { isNew: fresh.has(one.key), open: few })));
};

// --- namesakes -----------------------------------------------------------------------------------------------------
const namesakeRow = (same) => el("li", {}, el("button", { type: "button", disabled: !hasPlace(same), onclick: () => goTo(same) },
  el("i", { style: `background:${gradeColour(same.grade)}`, "aria-hidden": "true" }), el("b", {}, same.name), el("span", {}, farAway(same.distance_m)),
  el("small", {}, `${gradeLabel(same.grade)} · ${same.id}${hasPlace(same) ? "" : ` · ${text("review_no_place")}`}`)));

const namesakes = (shown) => (shown.namesakes.length
  ? el("section", {}, el("h3", {}, text("naming_namesakes", { n: shown.namesakes.length })),
    el("ul", { class: "fy-same", id: "fy-same" }, shown.namesakes.map(namesakeRow))) : null);

// --- what can be done ----------------------------------------------------------------------------------------------
const actionButton = (action, onAction) => el("button", { type: "button", "data-action": action.id, class: `fy-act fy-act-${action.id}`,
  "aria-keyshortcuts": KEYS[action.id] || null, "aria-expanded": "false", onclick: () => onAction(action) },
pick(action.label), KEYS[action.id] ? el("kbd", { "aria-hidden": "true" }, KEYS[action.id]) : null);

const actionBar = (shown, onAction) => el("div", { class: "fy-acts" },
  el("div", { class: "fy-act-row", role: "group", "aria-label": text("case_actions") }, shown.actions.length
    ? shown.actions.map((action) => actionButton(action, onAction)) : el("p", { class: "fy-note" }, text("case_no_actions"))),
  el("div", { id: "fy-decision" }));

export const caseParts = (shown, { machine, infos, onAction, documents }) => [
  heading(shown, infos), stepper(shown), clockList(shown), actionBar(shown, onAction),
  grounds(shown, infos), namesakes(shown), historySection(shown, machine),
  el("div", { class: "fy-row fy-case-more" }, documents, el("button", { type: "button", onclick: () => print() }, text("case_print"))),
  hasPlace(shown) ? null : el("p", { class: "fy-note" }, text("review_no_place")),
].filter(Boolean);

export const toggleEvidence = () => {
  const all = [...document.querySelectorAll("#fy-grounds details")];
  const open = all.some((one) => !one.open);
  for (const one of all) one.open = open;
  if (all.length) all[0].querySelector("summary").focus();
  return all.length > 0;
};
