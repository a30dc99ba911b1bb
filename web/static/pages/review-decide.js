// The small form of a decision: it asks just what the action needs, and keeps what was typed when it is refused.
import { ServiceError, send, showError } from "./service.js";
import { categoryLabel, pick, stepLabel } from "./review-words.js";

const { el, text } = fangyu;
const WHO = "fangyu-who";
const drafts = new Map();

const remembered = () => { try { return localStorage.getItem(WHO) || ""; } catch { return ""; } };
const remember = (who) => { try { localStorage.setItem(WHO, who); } catch { /* a browser may forbid it */ } };

// --- the fields ----------------------------------------------------------------------------------------------------
const choice = (value, label) => el("option", { value }, label);
const select = (name, label, options) => el("label", {}, label,
  el("select", { name, required: true }, choice("", text("decide_choose")), options));

const reasonField = (machine) => select("reason", text("decide_reason"), machine.reasons.map((one) => choice(one.id, pick(one.label))));
const categoryField = (machine) => select("category", text("decide_category"), machine.categories.map((one) => choice(one, categoryLabel(one))));

const newNameField = (shown) => {
  const check = el("a", { target: "_blank", rel: "noopener" }, text("decide_try_name"));
  const aim = (name) => { check.href = `/naming${location.search}#${new URLSearchParams({ name, ...(shown.lon === null ? {} : { lon: shown.lon, lat: shown.lat }) })}`; };
  aim("");
  return el("label", {}, text("decide_new_name"),
    el("input", { name: "new_name", type: "text", required: true, maxlength: "100", autocomplete: "off", spellcheck: "false", oninput: (event) => aim(event.target.value.trim()) }),
    el("small", {}, text("decide_rename_explained", { name: shown.new_name || shown.name }), " ", check));
};

const noteField = (isNeeded) => el("label", {}, isNeeded ? text("decide_note_needed") : text("decide_note"),
  el("textarea", { name: "note", rows: "2", maxlength: "2000", required: isNeeded }));

const whoAndDay = () => el("div", { class: "fy-pair" },
  el("label", {}, text("decide_who"), el("input", { name: "who", type: "text", required: true, maxlength: "50", autocomplete: "name", value: remembered() })),
  el("label", {}, text("decide_on"), el("input", { name: "on", type: "date", title: text("decide_on_hint") })));

const fieldsOf = (action, machine, shown) => [
  action.needs.includes("reason") ? reasonField(machine) : null,
  action.needs.includes("category") ? categoryField(machine) : null,
  action.needs.includes("new_name") && shown ? newNameField(shown) : null,
  noteField(action.needs.includes("note")), whoAndDay(),
].filter(Boolean);

// --- the form ------------------------------------------------------------------------------------------------------
const valuesOf = (form) => Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
export const bodyOf = (action, values) => ({ action: action.id, who: values.who, note: values.note || "",
  reason: values.reason || null, category: values.category || null, new_name: values.new_name || null, on: values.on || null });

const fill = (form, values) => {
  for (const [name, value] of Object.entries(values || {})) if (form.elements[name] && value) form.elements[name].value = value;
};

const firstEmpty = (form) => [...form.elements].find((one) => one.required && !one.value) || form.querySelector("[type=submit]");

// onSend(body, values) does the sending; what it throws is shown in the form.
export const decisionForm = ({ action, machine, shown = null, values = {}, title, onSend, onCancel, onTyping = () => {} }) => {
  const problem = el("div", { class: "fy-error", role: "alert", hidden: true });
  const submit = el("button", { type: "submit", class: "fy-primary" }, text("decide_submit", { action: pick(action.label) }));
  const form = el("form", { class: "fy-form fy-decision", "aria-label": title },
    el("p", { class: "fy-decision-title" }, el("b", {}, title)), ...fieldsOf(action, machine, shown), problem,
    el("div", { class: "fy-row" }, submit, el("button", { type: "button", onclick: onCancel }, text("decide_cancel"))));
  fill(form, values);
  form.addEventListener("input", () => onTyping(valuesOf(form)));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.stopPropagation(); onCancel(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(submit);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    problem.hidden = true;
    const said = valuesOf(form);
    remember(said.who);
    try {
      await onSend(bodyOf(action, said), said, problem);
    } catch (error) { showError(problem, error); } finally { submit.disabled = false; }
  });
  return { form, problem, focus: () => firstEmpty(form).focus() };
};

// --- one case ------------------------------------------------------------------------------------------------------
// Another person was faster: what they did is said, what was typed stays, and one may look and decide again.
const showConflict = (problem, error, onLook) => {
  showError(problem, error);
  problem.append(el("button", { type: "button", "data-look": true, onclick: onLook }, text("conflict_look")));
  problem.querySelector("button").focus();
};

const closeForms = (box) => {
  box.replaceChildren();
  for (const button of document.querySelectorAll("[data-action]")) button.setAttribute("aria-expanded", "false");
};

// onDone(detail) after a decision, onLook() to show the case as it is now; both draw the sheet anew.
export const openDecision = (action, { shown, machine, onDone, onLook, focus = true }) => {
  const box = document.getElementById("fy-decision");
  const button = document.querySelector(`#fy-case-body [data-action="${action.id}"]`);
  closeForms(box);
  if (button) button.setAttribute("aria-expanded", "true");
  const draft = { ...drafts.get(shown.id), action: action.id };
  drafts.set(shown.id, draft);
  const deciding = async (body, values, problem) => {
    try {
      const detail = await send(`/api/cases/${encodeURIComponent(shown.id)}/decisions`, { ...body, version: shown.version });
      drafts.delete(shown.id);
      onDone(detail, action);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.status !== 409 || !error.body || !error.body.current) throw error;
      drafts.set(shown.id, { values, action: action.id });
      showConflict(problem, error, onLook);
    }
  };
  const { form, focus: focusFirst } = decisionForm({
    action, machine, shown, values: { ...suggested(action, shown), ...draft.values },
    title: text("decide_title", { action: pick(action.label), from: stepLabel(shown.state), to: stepLabel(action.to) }), onSend: deciding,
    onTyping: (values) => drafts.set(shown.id, { values, action: action.id }),
    onCancel: () => { drafts.delete(shown.id); closeForms(box); if (button) button.focus(); } });
  box.append(form);
  if (focus) focusFirst();
  form.scrollIntoView({ block: "nearest" });
};

// When everything found is of one category, that is the one proposed.
const suggested = (action, shown) => (action.needs.includes("category") && shown.categories.length === 1 ? { category: shown.categories[0] } : {});

// What was typed and not sent comes back with the case; with another action when the first is no longer possible.
export const reopenDraft = (options) => {
  const { shown } = options;
  const draft = drafts.get(shown.id);
  if (!draft || !draft.values) return;
  const action = shown.actions.find((one) => one.id === draft.action);
  if (action) openDecision(action, { ...options, focus: false });
  else document.getElementById("fy-decision").replaceChildren(el("p", { class: "fy-other", role: "status" },
    text("conflict_other_action"), draft.values.note ? el("q", { class: "fy-kept" }, draft.values.note) : ""));
};
