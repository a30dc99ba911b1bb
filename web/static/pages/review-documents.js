// Documents of a case, or of everything the filters leave: asked for when pressed, errors said in place.
import { ask, ServiceError, showError } from "./service.js";
import { pick } from "./review-words.js";

const { el, text, config } = fangyu;
const MOST_CASES = 500;
const OF_EVERY_STATE = "summary"; // its figures have to add up

// Without that route there is no menu.
export const documentKinds = () => ask("/api/documents").catch(() => []);

const fileName = (answer) => {
  const said = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") || "");
  return said ? decodeURIComponent(said[1]) : "";
};

const fetchFile = async (kind, form, ids) => {
  const listed = new URLSearchParams([["form", form], ["lang", config.lang], ...ids.map((id) => ["case", id])]);
  const answer = await fetch(`/api/documents/${encodeURIComponent(kind.id)}?${listed}`).catch(() => { throw new ServiceError(text("failed_offline"), "", 0); });
  if (!answer.ok) {
    const said = await answer.json().catch(() => null);
    throw new ServiceError((said && pick(said.message)) || `${text("failed")} (${answer.status})`, said ? pick(said.hint) : "", answer.status);
  }
  const link = el("a", { href: URL.createObjectURL(await answer.blob()), download: fileName(answer) || `${kind.id}.${form}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

const kindRow = (kind, take) => el("li", {}, el("span", {}, pick(kind.label)),
  kind.forms.map((form) => el("button", { type: "button", "data-kind": kind.id, "data-form": form, "aria-label": `${pick(kind.label)} .${form}`, onclick: (event) => take(kind, form, event.currentTarget) }, `.${form}`)));

const rows = (kinds, problem, idsFor) => {
  const take = async (kind, form, button) => {
    problem.hidden = true;
    button.disabled = true;
    try { await fetchFile(kind, form, await idsFor(kind)); } catch (error) { showError(problem, error); } finally { button.disabled = false; }
  };
  return el("ul", {}, kinds.map((kind) => kindRow(kind, take)));
};

// --- of one case ---------------------------------------------------------------------------------------------------
export const caseDocuments = (kinds, shown) => {
  const fitting = kinds.filter((kind) => !kind.states || kind.states.includes(shown.state));
  if (!fitting.length) return null;
  const problem = el("div", { class: "fy-error", role: "alert", hidden: true });
  return el("details", { class: "fy-menu fy-menu-up", id: "fy-case-documents" }, el("summary", {}, text("documents_case")),
    el("div", { class: "fy-menu-body" }, rows(fitting, problem, () => [shown.id]), problem));
};

// --- of the list ---------------------------------------------------------------------------------------------------
// Of the filtered list only those cases go in that may stand in such a document; chosen cases go in as chosen.
const idsOfList = async (kind, wanted) => {
  const filters = kind.id === OF_EVERY_STATE ? { ...wanted.filters, state: "" } : wanted.filters;
  if (!wanted.chosen.length && !kind.per_case && Object.values(filters).every((value) => !value)) return []; // all there are
  const listed = wanted.chosen.length ? wanted.chosen : (await ask("/api/cases", { ...filters, limit: 1000 })).cases;
  const ids = listed.filter((one) => wanted.chosen.length || !kind.states || kind.states.includes(one.state)).map((one) => one.id);
  if (!ids.length) throw new ServiceError(text("documents_none"), text("documents_none_hint"), 0);
  if (ids.length > MOST_CASES) throw new ServiceError(text("documents_many", { n: MOST_CASES }), text("documents_many_hint"), 0);
  return ids;
};

export const listDocuments = (kinds, wanted) => {
  const menu = document.getElementById("fy-list-documents");
  if (!kinds.length) return;
  const problem = el("div", { class: "fy-error", role: "alert", hidden: true });
  menu.querySelector(".fy-menu-body").replaceChildren(
    el("p", { class: "fy-note" }, text("documents_list_note")), rows(kinds, problem, (kind) => idsOfList(kind, wanted())), problem);
  menu.hidden = false;
};

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".fy-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest(".fy-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
