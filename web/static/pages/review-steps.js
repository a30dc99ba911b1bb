// Where a case stands: the way through the states, the clocks that run, and who decided what.
import { categoryLabel, pick, stepLabel } from "./review-words.js";

const { el, text } = fangyu;
const WAY = ["suspected", "verifying", "confirmed", "argued", "noticed", "ordered", "renamed", "replacing", "filed", "archived"];

// What was done since the case was last taken up anew: state -> its day.
const visited = (shown) => {
  const days = new Map();
  for (const step of shown.history) {
    if (step.action === "reopen") days.clear();
    days.set(step.to, step.on);
  }
  return days;
};

// The side ways are on it only when they were taken: an objection after the notice, an exclusion as the end.
const wayOf = (shown, days) => {
  if (shown.state === "excluded") return [...WAY.filter((state) => state === "suspected" || days.has(state)), "excluded"];
  if (shown.state !== "objected" && !days.has("objected")) return WAY;
  return WAY.flatMap((state) => (state === "noticed" ? [state, "objected"] : [state]));
};

const stepItem = (state, shown, days) => {
  const isNow = state === shown.state;
  const isDone = !isNow && (days.has(state) || (state === "suspected" && shown.history.length > 0));
  const kind = isNow ? "now" : isDone ? "done" : "ahead";
  const said = isNow ? text("step_now") : isDone ? text("step_done") : text("step_ahead");
  return el("li", { class: `fy-step fy-step-${kind}`, "aria-current": isNow ? "step" : null },
    el("i", { "aria-hidden": "true" }), el("span", {}, stepLabel(state)), el("small", {}, days.has(state) && (isNow || isDone) ? days.get(state).slice(5) : ""),
    el("span", { class: "fy-sr" }, said));
};

export const stepper = (shown) => {
  const days = visited(shown);
  return el("ol", { class: "fy-steps", "aria-label": text("case_way") }, wayOf(shown, days).map((state) => stepItem(state, shown, days)));
};

// --- clocks --------------------------------------------------------------------------------------------------------
const normOf = (norm) => (norm ? text("clock_norm", { value: norm.value, source: fangyu.oneLanguage(norm.source || norm.clause || "") || norm.param || "" }) : text("clock_no_norm"));

// What was done in time is over; what was done late stays to be seen.
const matters = (one) => !one.done_on || one.late;
const lateness = (one) => (one.late ? text("clock_done_late", { on: one.done_on }) : text("queue_overdue"));

const clock = (one) => el("li", { class: one.overdue || one.late ? "fy-clock fy-clock-late" : "fy-clock" },
  el("b", {}, pick(one.label)), one.overdue || one.late ? el("span", { class: "fy-late" }, lateness(one)) : null,
  el("span", {}, one.known ? text("clock_due", { started: one.started, due: one.due }) : text("clock_unknown", { started: one.started })),
  el("small", {}, normOf(one.norm), one.norm && one.norm.verified === false ? ` ${text("plan_unverified")}` : ""));

export const clockList = (shown) => (shown.clocks.some(matters)
  ? el("ul", { class: "fy-clocks", "aria-label": text("case_clocks") }, shown.clocks.filter(matters).map(clock)) : null);

// --- history -------------------------------------------------------------------------------------------------------
const pad = (number) => String(number).padStart(2, "0");
export const localTime = (said) => {
  const at = new Date(said);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
};

const saidWith = (step, machine) => {
  const reason = machine.reasons.find((one) => one.id === step.reason);
  const { category, new_name: newName, new_findings: fresh, implied } = step.values || {};
  return [
    reason ? text("history_reason", { reason: pick(reason.label) }) : null,
    category ? text("history_category", { category: categoryLabel(category) }) : null,
    newName ? text("history_new_name", { name: newName }) : null,
    fresh ? text("history_new_findings", { n: fresh.length }) : null,
    implied ? text("history_implied") : null,
  ].filter(Boolean);
};

const historyItem = (step, machine) => el("li", {},
  el("p", {}, el("b", {}, pick(step.label)), pick(step.label) === pick(step.to_label) ? null : el("span", {}, ` → ${pick(step.to_label)}`)),
  el("p", { class: "fy-note" }, text("history_who", { who: step.who, on: step.on, at: localTime(step.at) })),
  ...saidWith(step, machine).map((said) => el("p", {}, said)),
  step.note ? el("p", { class: "fy-history-note" }, step.note) : null);

export const historySection = (shown, machine) => el("section", {}, el("h3", {}, text("case_history", { n: shown.history.length })),
  shown.history.length
    ? el("ol", { class: "fy-history", id: "fy-history" }, [...shown.history].reverse().map((step) => historyItem(step, machine)))
    : el("p", { class: "fy-note" }, text("case_no_history")));
