// The reviewer's page: the queue of cases, one case with its map, decisions; beside it the findings of all checks.
import { ask, showError } from "./service.js";
import { say, startMap } from "./live-map.js";
import { hashOf, readAddress, writeAddress } from "./review-address.js";
import { startBatch } from "./review-batch.js";
import { caseParts, toggleEvidence } from "./review-case.js";
import { openDecision, reopenDraft } from "./review-decide.js";
import { caseDocuments, documentKinds, listDocuments } from "./review-documents.js";
import { filterValues, setFilters, startFilters } from "./review-filters.js";
import { startFindings } from "./review-findings.js";
import { startHelp, startKeys } from "./review-keys.js";
import { clearCase, drawCase, fitCase } from "./review-map.js";
import { startQueue } from "./review-queue.js";
import { loadTally } from "./review-tally.js";
import { pick, stepLabel } from "./review-words.js";

const { el, text } = fangyu;
const NARROW = matchMedia("(max-width: 760px)");
const SAID_MS = 7000;
const byId = (id) => document.getElementById(id);
const body = byId("fy-case-body");
let mode = "";
let page = 1;
let shown = null;
let machine = null;
let kinds = [];
let infos = new Map();
let queue = null;
let batch = null;
let findings = null;
let opening = 0;
let saying = 0;

const tell = (message) => {
  clearTimeout(saying);
  byId("fy-said").textContent = message;
  saying = setTimeout(() => { byId("fy-said").textContent = ""; }, SAID_MS);
};

const address = (caseId = shown ? shown.id : "") => (mode === "findings"
  ? { mode, filters: findings.filters() } : { mode: "cases", filters: filterValues(), page, caseId });

// --- one case ------------------------------------------------------------------------------------------------------
// On a narrow screen queue and case are two views, and the way back leads to the queue.
const setView = (view) => {
  document.body.dataset.view = view;
  if (view === "case" && NARROW.matches) scrollTo(0, 0);
};

const onAction = (action) => openDecision(action, { shown, machine, onDone: decided, onLook: lookAgain });

const drawSheet = (detail) => {
  shown = detail;
  byId("fy-case-error").hidden = true;
  body.replaceChildren(...caseParts(shown, { machine, infos, onAction, documents: caseDocuments(kinds, shown) }));
  byId("fy-case").scrollTop = 0;
  byId("fy-now").textContent = text("case_now", { name: shown.new_name || shown.name, state: stepLabel(shown.state), n: queue.position() });
  reopenDraft({ shown, machine, onDone: decided, onLook: lookAgain });
  drawCase(shown);
};

const openCase = async (id, { byHand = false, scroll = false, step = false, focus = false } = {}) => {
  const mine = (opening += 1);
  queue.markOpen(id, { scroll });
  setView("case");
  writeAddress(address(id), { step: step || (byHand && NARROW.matches) });
  try {
    const detail = await ask(`/api/cases/${encodeURIComponent(id)}`);
    if (mine !== opening) return;
    drawSheet(detail);
    if (focus || (byHand && NARROW.matches)) byId("fy-case-name").focus({ preventScroll: true });
  } catch (error) {
    if (mine !== opening) return;
    closeCase();
    showError(byId("fy-case-error"), error);
  }
};

const closeCase = () => {
  shown = null;
  clearCase();
  body.replaceChildren(el("p", { class: "fy-note" }, text("case_choose")));
};

// Back in the queue one is where one was.
const showRow = () => {
  const current = NARROW.matches && document.querySelector("#fy-cases [aria-current]");
  if (!current) return;
  current.focus({ preventScroll: true });
  current.scrollIntoView({ block: "center" });
};

const backToQueue = () => {
  setView("queue");
  writeAddress(address(""), { step: true });
  showRow();
};

// --- after a decision ----------------------------------------------------------------------------------------------
const refresh = () => Promise.all([queue.load(filterValues(), { page }), loadTally().catch(() => null)]);

const decided = async (detail, action) => {
  drawSheet(detail);
  byId("fy-case-name").focus({ preventScroll: true });
  tell(text("case_decided", { name: detail.new_name || detail.name, action: pick(action.label), state: stepLabel(detail.state) }));
  await refresh();
};

const lookAgain = async () => {
  await openCase(shown.id, { focus: true });
  await refresh();
};

const batchDone = async (answer) => {
  queue.forget(answer.done.map((one) => one.id));
  await refresh();
  if (shown && [...answer.done, ...answer.refused].some((one) => one.id === shown.id)) await openCase(shown.id);
};

// --- the view that the address asks for ------------------------------------------------------------------------------
const setMode = (wanted) => {
  if (mode === wanted) return;
  mode = wanted;
  document.body.dataset.mode = mode;
  for (const part of document.querySelectorAll("[data-mode]")) if (part !== document.body) part.hidden = part.dataset.mode !== mode;
  byId("fy-tally").dataset.off = mode === "cases" ? "no" : "yes";
  if (mode === "cases") byId("fy-tally").hidden = !byId("fy-tally").children.length;
  for (const button of document.querySelectorAll("[data-to]")) button.setAttribute("aria-pressed", String(button.dataset.to === mode));
};

const loadQueue = async (wanted = 1) => {
  page = wanted;
  page = await queue.load(filterValues(), { page });
};

const follow = async () => {
  const wanted = readAddress();
  setMode(wanted.mode);
  if (mode === "findings") {
    clearCase();
    await findings.enter(wanted.filters);
    return;
  }
  findings.leave();
  const before = JSON.stringify(filterValues());
  setFilters(wanted.filters);
  if (JSON.stringify(filterValues()) !== before) queue.clear();
  await Promise.all([loadQueue(wanted.page), loadTally()]);
  const id = wanted.caseId || (NARROW.matches ? "" : queue.first());
  if (id) await openCase(id, { scroll: Boolean(wanted.caseId) });
  else { closeCase(); setView("queue"); showRow(); }
};

const changed = async ({ step }) => {
  queue.clear();
  page = 1;
  writeAddress(address(""), { step });
  await loadQueue();
  if (NARROW.matches || !queue.first()) closeCase();
  else await openCase(queue.first());
};

const turnPage = async (wanted) => {
  await loadQueue(wanted);
  writeAddress(address(), { step: true });
  byId("fy-queue").scrollTop = 0;
};

const switchMode = async (wanted) => {
  if (wanted === mode) return;
  history.pushState(null, "", `${location.pathname}${location.search}${wanted === "findings" ? "#mode=findings" : "#"}`);
  await follow();
};

// --- keys ------------------------------------------------------------------------------------------------------------
const step = (by) => {
  if (mode === "cases") queue.step(by);
  else findings.step(by);
};

// With several chosen a letter is for all of them, and the dialog shows which; else for the case that is open.
const act = (id) => () => {
  if (mode !== "cases") return false;
  if (queue.chosen().length) {
    if (!batch.byKey(id)) tell(text("batch_cannot"));
    return true;
  }
  const action = shown && shown.actions.find((one) => one.id === id);
  if (action) onAction(action);
  else if (shown) tell(text("case_cannot", { state: stepLabel(shown.state) }));
  return Boolean(shown);
};

const searchNow = () => {
  if (mode !== "cases") return false;
  if (NARROW.matches) setView("queue");
  byId("fy-case-q").focus();
  byId("fy-case-q").select();
  return true;
};

const escape = () => {
  if (mode !== "cases" || document.body.dataset.view !== "case" || !NARROW.matches) return false;
  backToQueue();
  return true;
};

const startParts = () => {
  queue = startQueue({ machine, hrefOf: (id) => hashOf(address(id)), onOpen: openCase, onPage: turnPage, onChosen: () => batch && batch.draw() });
  batch = startBatch({ machine, chosen: queue.chosen, clear: queue.clear, onDone: batchDone });
  findings = startFindings({ infos, onFilters: () => writeAddress(address(), { step: true }) });
  startFilters({ machine, onChange: changed });
  listDocuments(kinds, () => ({ filters: filterValues(), chosen: queue.chosen() }));
  startKeys({ j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1), x: () => mode === "cases" && queue.toggle(),
    e: act("exclude"), v: act("verify"), c: act("confirm"), o: () => mode === "cases" && toggleEvidence(), "/": searchNow, "?": startHelp(), Escape: escape });
};

// --- paper: nothing folded away --------------------------------------------------------------------------------------
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("#fy-grounds details:not([open])")];
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => { for (const one of folded) one.open = false; });

byId("fy-back").addEventListener("click", backToQueue);
for (const button of document.querySelectorAll("[data-to]")) button.addEventListener("click", () => switchMode(button.dataset.to));
addEventListener("popstate", () => follow().catch((error) => showError(byId("fy-queue-error"), error)));
NARROW.addEventListener("change", () => { if (shown) fitCase(shown); });
try {
  [{ infos }, machine, kinds] = await Promise.all([startMap(), ask("/api/cases/states"), documentKinds()]);
  startParts();
  await follow();
  document.body.dataset.ready = "yes";
} catch (error) {
  say("");
  showError(byId("fy-queue-error"), error);
}
