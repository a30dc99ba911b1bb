// Words that queue, case and decisions share: states, categories, ages, marks.
import { categoryLabel, severityTag } from "./finding.js";

const { el, text, pick } = fangyu;

const SHORT = {
  suspected: "step_suspected", verifying: "step_verifying", confirmed: "step_confirmed", excluded: "step_excluded",
  argued: "step_argued", noticed: "step_noticed", objected: "step_objected", ordered: "step_ordered",
  renamed: "step_renamed", replacing: "step_replacing", filed: "step_filed", archived: "step_archived",
};
const KIND = { suspected: "new", verifying: "work", confirmed: "held", argued: "held", noticed: "held", objected: "held", ordered: "held", excluded: "out" };

export const stepLabel = (state) => text(SHORT[state]);
export const stateChip = (state) => el("span", { class: `fy-state fy-state-${KIND[state] || "done"}` }, stepLabel(state));
export const categoriesOf = (one) => (one.category ? [one.category] : one.categories);
export const categoryTags = (one) => categoriesOf(one).map((name) => el("span", { class: "fy-category" }, categoryLabel(name)));
export const lateMark = (one) => (one.overdue ? el("span", { class: "fy-late" }, text("queue_overdue")) : null);
export const newMark = (one) => (one.new_findings.length ? el("span", { class: "fy-fresh" }, text("case_new_findings")) : null);
export const goneMark = (one) => (one.present ? null : el("span", { class: "fy-tag" }, text("case_gone")));
export const ageOf = (one) => (one.age_days ? text("case_age", { n: one.age_days }) : text("case_today"));
export const townOf = (one) => one.town.name || one.town.code || text("queue_town_unknown");

// Old and new name stay together: whoever knows one finds the other.
export const nameParts = (one) => (one.new_name
  ? [el("del", {}, one.name), el("span", { "aria-hidden": "true" }, " → "), el("b", {}, one.new_name)] : [el("b", {}, one.name)]);

export { categoryLabel, pick, severityTag };
