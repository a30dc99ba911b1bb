// One decision for many cases: what is asked, for which names, and afterwards what was done and what was refused.
import { send } from "./service.js";
import { decisionForm } from "./review-decide.js";
import { categoriesOf, categoryLabel, pick, stateChip } from "./review-words.js";

const { el, text } = fangyu;
const ONE_BY_ONE = new Set(["rename"]); // one new name is not for many
const FOR_KEYS = ["verify", "confirm", "exclude"];
const dialog = document.getElementById("fy-batch");
const title = document.getElementById("fy-batch-title");
const body = document.getElementById("fy-batch-body");

const possible = (action, cases) => cases.filter((one) => action.from.includes(one.state));

const nameRow = (one) => el("li", {}, el("b", {}, one.new_name || one.name), " ", stateChip(one.state),
  el("small", {}, categoriesOf(one).map(categoryLabel).join(text("list_comma"))));

const close = () => dialog.close();
const closeButton = () => el("div", { class: "fy-row" }, el("button", { type: "button", class: "fy-primary", onclick: close }, text("close")));

// --- what came of it -----------------------------------------------------------------------------------------------
const refusedRow = (refused, names) => el("li", { "data-id": refused.id }, el("b", {}, names.get(refused.id) || refused.id),
  el("p", {}, pick(refused.problem.message)), refused.problem.hint ? el("p", { class: "fy-note" }, pick(refused.problem.hint)) : null);

const showOutcome = (action, answer, names) => {
  title.textContent = text("batch_outcome", { action: pick(action.label) });
  body.replaceChildren(
    el("p", { role: "status", class: answer.refused.length ? "fy-other" : "fy-done" }, text("batch_counts", { done: answer.done.length, refused: answer.refused.length })),
    answer.refused.length ? el("section", {}, el("h3", {}, text("batch_refused", { n: answer.refused.length })),
      el("ul", { class: "fy-batch-list", id: "fy-refused" }, answer.refused.map((one) => refusedRow(one, names)))) : "",
    answer.done.length ? el("section", {}, el("h3", {}, text("batch_done", { n: answer.done.length })),
      el("ul", { class: "fy-batch-list", id: "fy-done" }, answer.done.map(nameRow))) : "",
    closeButton());
  body.querySelector(".fy-primary").focus();
};

// --- asking --------------------------------------------------------------------------------------------------------
const ask = (action, cases, machine, onDone) => {
  const names = new Map(cases.map((one) => [one.id, one.new_name || one.name]));
  const able = possible(action, cases).length;
  title.textContent = text("batch_title", { action: pick(action.label), n: cases.length });
  const sending = async (decision) => {
    const answer = await send("/api/cases/decisions", { ...decision, cases: cases.map(({ id, version }) => ({ id, version })) });
    showOutcome(action, answer, names);
    onDone(answer);
  };
  const { form, focus } = decisionForm({ action, machine, title: text("batch_form"), onSend: sending, onCancel: close });
  body.replaceChildren(
    el("ul", { class: "fy-batch-list", tabindex: "0", "aria-label": text("batch_names") }, cases.map(nameRow)),
    able < cases.length ? el("p", { class: "fy-other" }, text("batch_some_cannot", { n: cases.length - able })) : "", form);
  dialog.showModal();
  focus();
};

// --- the bar below the queue ---------------------------------------------------------------------------------------
export const startBatch = ({ machine, chosen, clear, onDone }) => {
  const bar = document.getElementById("fy-chosen");
  const actionsFor = (cases) => machine.actions.filter((one) => !ONE_BY_ONE.has(one.id) && possible(one, cases).length);
  const open = (id) => {
    const cases = chosen();
    const action = machine.actions.find((one) => one.id === id);
    if (!cases.length || !possible(action, cases).length) return false;
    ask(action, cases, machine, onDone);
    return true;
  };
  const draw = () => {
    const cases = chosen();
    bar.hidden = !cases.length;
    bar.replaceChildren(el("p", { role: "status" }, el("b", {}, text("batch_chosen", { n: cases.length })),
      el("button", { type: "button", class: "fy-link", onclick: clear }, text("batch_clear"))),
    el("div", { class: "fy-act-row" }, actionsFor(cases).map((one) => el("button", { type: "button", "data-batch": one.id, class: `fy-act fy-act-${one.id}`,
      onclick: () => open(one.id) }, pick(one.label), possible(one, cases).length < cases.length ? ` (${possible(one, cases).length})` : ""))));
  };
  dialog.addEventListener("click", (event) => { if (event.target === dialog && !body.querySelector("form")) close(); });
  return { draw, open, byKey: (id) => FOR_KEYS.includes(id) && open(id) };
};
