// Scenarios by name: saved, listed, opened, deleted after a question, and passed on as an address.
import { ask, send, showError } from "./service.js";
import { startCompare } from "./plan-compare.js";

const { el, text } = fangyu;
const byId = (id) => document.getElementById(id);
const problem = byId("fy-scenario-error");
const at = (name) => `/api/scenarios/${encodeURIComponent(name)}`;
let listed = [];
let doing = null;
let compare = null;

const sure = (question) => new Promise((done) => {
  const dialog = byId("fy-sure");
  byId("fy-sure-question").textContent = question;
  dialog.onclose = () => done(dialog.returnValue === "yes");
  dialog.returnValue = "";
  dialog.showModal();
});

const tried = (work) => async (...given) => {
  problem.hidden = true;
  try {
    return await work(...given);
  } catch (error) {
    showError(problem, error);
    return null;
  }
};

export const loadList = tried(async () => {
  listed = (await ask("/api/scenarios")).scenarios;
  draw();
});

const usable = () => listed.filter((one) => !one.problem && one.layer === doing.layerId());

const row = (one) => el("li", { "data-scenario": one.name },
  el("label", { class: "fy-check" }, el("input", { type: "checkbox", name: "compare", value: one.name, "aria-label": text("plan_choose_to_compare", { name: one.name }) }),
    el("span", {}, el("b", {}, one.name), el("small", {}, text("plan_scenario_says", { n: one.changes.length, date: one.made_on || "–" }), one.note ? ` ${one.note}` : ""))),
  el("span", { class: "fy-row" },
    el("button", { type: "button", "data-act": "open", onclick: () => doing.onOpen(one) }, text("plan_scenario_open")),
    el("button", { type: "button", "data-act": "delete", onclick: () => remove(one) }, text("plan_scenario_delete"))));

const draw = () => {
  const own = usable();
  const checked = new Set([...document.querySelectorAll("#fy-scenarios input:checked")].map((box) => box.value));
  byId("fy-scenarios").replaceChildren(...own.map(row), ...listed.filter((one) => one.problem).map((one) =>
    el("li", { class: "fy-error" }, `${one.name}：${fangyu.pick(one.problem)}`)));
  for (const box of document.querySelectorAll("#fy-scenarios input")) box.checked = checked.has(box.value);
  byId("fy-no-scenarios").hidden = own.length > 0;
  compare.fit();
};

const save = tried(async (name, note) => {
  const body = { layer: doing.layerId(), changes: doing.changes(), note };
  if (!body.changes.length) {
    doing.tell(text("plan_nothing_to_save"));
    return;
  }
  const before = listed.find((one) => one.name === name);
  if (before && !await sure(text("plan_scenario_replace", { name }))) return;
  const saved = before
    ? await ask(at(name), {}, { method: "PUT", headers: { Accept: "application/json", "Content-Type": "application/json" }, body: JSON.stringify({ ...body, version: before.version }) })
    : await send("/api/scenarios", { ...body, name });
  await loadList();
  doing.onSaved(saved);
});

const remove = tried(async (one) => {
  if (!await sure(text("plan_scenario_delete_sure", { name: one.name }))) return;
  await ask(at(one.name), { version: one.version }, { method: "DELETE" });
  await loadList();
  byId("fy-scenario-heading").focus();
  doing.onDeleted(one);
});

// What the service takes as a name: it is the name of a file on every system.
const nameFault = (name) => {
  const said = name.trim();
  const [wrong] = /[<>:"/\\|?*\p{C}]/u.exec(said) || [];
  if (wrong) return text("plan_name_sign", { sign: wrong });
  if (/^[.-]|\.$/.test(said)) return text("plan_name_edge");
  return name && !said ? text("plan_name_blank") : "";
};

const copy = async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    doing.tell(text("link_copied"));
  } catch {
    doing.tell(text("link_shown"));
  }
};

// doing: {layerId, changes, asked, shapes, onOpen, onSaved, onDeleted, tell}.
export const startScenarios = (given) => {
  doing = given;
  compare = startCompare({ ...given, problem });
  byId("fy-save").addEventListener("submit", (event) => {
    event.preventDefault();
    const { name, note } = event.target.elements;
    save(name.value.trim().normalize("NFC"), note.value.trim());
  });
  const { name: named } = byId("fy-save").elements;
  named.addEventListener("input", () => named.setCustomValidity(nameFault(named.value)));
  byId("fy-copy").addEventListener("click", copy);
  byId("fy-scenarios").addEventListener("change", () => compare.fit());
  return { load: loadList, redraw: draw };
};
