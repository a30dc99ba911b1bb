// The planner's page: ask, change facilities on the map, see at once what that buys, keep and compare scenarios.
import { allItems, ask, saveCsv, send, showError } from "./service.js";
import { say, startMap } from "./live-map.js";
import { plainName, startChanges } from "./plan-changes.js";
import { hasComparison, showComparison } from "./plan-compare.js";
import { clearDifference, drawDifference } from "./plan-difference.js";
import { startExport } from "./plan-export.js";
import { actsFor, amountField, fitAmount, startAdding, startFacilities } from "./plan-facilities.js";
import { runJob } from "./plan-jobs.js";
import { drawChanges, drawFlips } from "./plan-marks.js";
import { startPicking } from "./plan-pick.js";
import { dateNotice, inWords, layerId, parameters, readAddress, searchOf, setBusy, startQuestion, writeAddress } from "./plan-question.js";
import { csvOf, printParts, reportParts, sentenceOf } from "./plan-report.js";
import { loadList, startScenarios } from "./plan-scenarios.js";
import { setSheet, startSheet } from "./plan-sheet.js";
import { clearSites, startSites } from "./plan-sites.js";
import { changeWords, startTable } from "./plan-table.js";
import { startTabs } from "./plan-tabs.js";

const { el, text, percent } = fangyu;
const byId = (id) => document.getElementById(id);
const problem = byId("fy-error");
const LEVELS = new Set(["village", "town", "county"]);
const BUSY_AFTER_MS = 300;
const BAD_QUESTION = 400;
let live = null;
let table = null;
let tabs = null;
let facilities = null;
let scenarios = null;
let exporting = null;
let question = null;
let asking = 0;
let waiting = null;
let running = null; // the question that is being answered anew
let state = null; // {asked, report, whatIf, remedies, seconds, dateNotice}
let scenario = null; // {name, changes} as opened or saved
const ownShapes = new Map();

const tell = (message) => { byId("fy-said").textContent = message; };

// --- the map --------------------------------------------------------------------------------------------------------
// Areas of the rows by code: administrative units, or a layer of areas of one's own.
const shapes = async (by) => {
  if (LEVELS.has(by)) {
    const units = fangyu.drawn.get("admin_unit");
    return new Map(units ? [...units.features.values()].map((one) => [one.properties.code, one]) : []);
  }
  if (!ownShapes.has(by)) {
    const { features } = await allItems(by);
    ownShapes.set(by, new Map(features.map((one) => [one.properties.code ?? String(one.id), one])));
  }
  return ownShapes.get(by);
};

const pressed = (id, on) => { const button = byId(id); if (button) button.setAttribute("aria-pressed", String(on)); };

const drawReport = async () => {
  clearDifference();
  for (const id of ["fy-reach", "fy-show-change", "fy-flips-map"]) pressed(id, false);
  drawFlips([]);
  if (!state) { fangyu.clearCoverage(); fangyu.setQuiet(false); return; }
  const { report } = state;
  fangyu.drawCoverage(report, null, await shapes(report.request.by));
};

// Each part has its map: the comparison that of differences, the others coverage.
const showPart = (name) => {
  if (name === "export") exporting.fit();
  if (!hasComparison()) return;
  if (name === "scenarios") { showComparison(); return; }
  drawOwn();
  drawReport();
};

const toggleReach = async (button) => {
  if (button.getAttribute("aria-pressed") === "true") { await drawReport(); return; }
  setReportBusy(true);
  try {
    fangyu.drawReach(await ask(`/api/coverage/areas?${searchOf(state.asked, changes.all())}`));
    pressed("fy-reach", true);
  } catch (error) { showError(problem, error); } finally { setReportBusy(false); }
};

const toggleDifference = async (button) => {
  if (button.getAttribute("aria-pressed") === "true") { await drawReport(); return; }
  const of = new Map(state.whatIf.rows_changed.map((row) => [row.code, row]));
  const rows = state.report.rows.map((row) => ({ code: row.code, name: row.name, people: of.has(row.code) ? of.get(row.code).gained - of.get(row.code).lost : 0,
    difference: of.has(row.code) ? of.get(row.code).difference : 0 }));
  drawDifference(rows, await shapes(state.report.request.by), text("plan_difference_title", { from: text("plan_before"), to: text("plan_after") }));
  pressed("fy-show-change", true);
};

const toggleFlips = (button) => {
  const on = button.getAttribute("aria-pressed") !== "true";
  drawFlips(on ? state.report.flips.points : []);
  pressed("fy-flips-map", on);
};

// --- the report -----------------------------------------------------------------------------------------------------
const takeRemedy = (one) => {
  if (one.kind === "open_facility") { changes.put({ action: "open", id: one.facility_id }); return; }
  const id = changes.freeId((taken) => fangyu.drawn.get(layerId()).features.has(taken));
  changes.put({ action: "add", id, lon: one.lon, lat: one.lat, name: plainName(one.facility || "") || text("plan_new_name", { n: id.replace("new-", "") }), amounts: {} });
};

const loadRemedies = async () => {
  const of = state;
  byId("fy-remedies").disabled = true;
  try {
    const said = await ask(`/api/coverage/gaps?${searchOf(of.asked, changes.all())}`);
    if (of !== state) return;
    state.remedies = new Map(said.gaps.map((one) => [one.code, one]));
    drawWords();
    tell(text("plan_remedies_said", { n: said.gaps.length }));
  } catch (error) { showError(problem, error); }
};

const doing = {
  onReach: toggleReach, onDifference: toggleDifference, onFlips: toggleFlips, onTake: takeRemedy, onRemedies: loadRemedies,
  onExport: () => { tabs.show("export"); byId("fy-export-heading").focus(); },
  onCsv: () => saveCsv(`fangyu-${state.report.definition.id}.csv`, csvOf(state)),
};

const drawWords = () => {
  const open = [...document.querySelectorAll("#fy-report details[open][id]")].map((one) => one.id);
  byId("fy-report").replaceChildren(...(state ? reportParts(state, doing) : []));
  for (const id of open) if (byId(id)) byId(id).open = true;
  byId("fy-paper").replaceChildren(...(state ? printParts(state, changes.all().map((one) => changeWords(live.infos, layerId(), one))) : []));
  const legend = byId("fy-share-legend");
  if (legend) legend.hidden = !state;
  byId("fy-peek").textContent = state ? peekWords() : text("plan_heading");
};

const peekWords = () => (state.whatIf && changes.all().length
  ? text("plan_peek_change", { before: percent(state.whatIf.before.share), after: percent(state.report.share) })
  : text("plan_peek", { share: percent(state.report.share) }));

const show = async (next) => {
  const drawn = fangyu.drawn.get(next.asked.layer);
  state = { ...next, dateNotice: dateNotice(next.asked, drawn ? [...drawn.features.values()] : []) };
  drawWords();
  await drawReport();
  tell(sentenceOf(state));
};

// An old figure must not stand beside a new question.
const clear = async () => {
  state = null;
  drawWords();
  await drawReport();
};

// --- asking ---------------------------------------------------------------------------------------------------------
const bodyOf = (asked) => ({ ...asked, changes: changes.all() });

const begin = () => {
  if (waiting) waiting.abort();
  waiting = new AbortController();
  asking += 1;
  problem.hidden = true;
  return { mine: asking, signal: waiting.signal };
};

const setReportBusy = (on) => {
  if (on) byId("fy-report").setAttribute("aria-busy", "true");
  else byId("fy-report").removeAttribute("aria-busy");
};

// The first answer goes on the server's own pace, with progress; it also makes the next ones quick.
// Where there are changes, nothing is shown before they are in it.
const run = async (asked = parameters()) => {
  const { mine, signal } = begin();
  running = asked;
  fangyu.map.closePopup();
  setBusy(true);
  setReportBusy(true);
  remember(asked);
  try {
    showOnly(asked.layer);
    await live.fetchLayer(asked.layer);
    const submit = byId("fy-plan").querySelector("[type=submit]");
    const report = await runJob(`/api/coverage/jobs?${searchOf(asked)}`, { box: byId("fy-progress"), back: submit, isWanted: () => mine === asking });
    if (mine !== asking) return;
    if (!report) { await calledOff(); return; }
    if (changes.all().length) say(text("plan_change_busy"));
    const said = changes.all().length ? await send("/api/whatif", bodyOf(asked), { signal }) : null;
    if (mine !== asking) return;
    running = null;
    await show({ asked, report: said ? said.after : report, whatIf: said, remedies: null, seconds: said ? said.seconds : 0 });
    exporting.fit();
    byId("fy-question").open = false;
    byId("fy-asked").textContent = inWords(asked, state.report.definition.id);
    byId("fy-plan-body").scrollTop = 0;
    byId("fy-result").focus({ preventScroll: true });
    if (!said) send("/api/whatif", bodyOf(asked), { signal }).catch(() => null);
  } catch (error) {
    if (error.name === "AbortError" || mine !== asking) return;
    if (error.status === BAD_QUESTION && state) remember(state.asked); // nothing was asked: the last answer stands
    else await clear();
    byId("fy-question").open = true;
    showError(problem, error);
  } finally {
    if (mine === asking) { running = null; setBusy(false); setReportBusy(false); say(""); }
  }
};

const calledOff = async () => {
  await clear();
  byId("fy-question").open = true;
  tell(text("plan_cancelled"));
};

// A change is answered at once; a newer change leaves the older answer behind.
const change = async () => {
  if (!state) return;
  const { asked } = state;
  const { mine, signal } = begin();
  const slow = setTimeout(() => setReportBusy(true), BUSY_AFTER_MS);
  try {
    const said = await send("/api/whatif", bodyOf(asked), { signal });
    if (mine !== asking) return;
    const moved = changes.all().length > 0;
    await show({ asked, report: said.after, whatIf: moved ? said : null, remedies: null, seconds: said.seconds });
  } catch (error) {
    if (error.name === "AbortError" || mine !== asking) return;
    byId("fy-report").replaceChildren();
    showError(problem, error);
  } finally {
    clearTimeout(slow);
    if (mine === asking) { setReportBusy(false); setBusy(false); }
  }
};

// The scenario on the page, as long as its changes are the ones it was kept with.
const scenarioName = () => (scenario && JSON.stringify(scenario.changes) === JSON.stringify(changes.all()) ? scenario.name : null);

const remember = (asked) => writeAddress(asked, changes.all(), scenarioName());

const onMove = (one, { lng, lat }) => changes.put({ action: "move", id: one.id, lon: Math.round(lng * 1e7) / 1e7, lat: Math.round(lat * 1e7) / 1e7 });

const popupOf = (one) => el("article", { class: "fy-popup" }, el("h3", {}, changeWords(live.infos, layerId(), one)),
  one.action === "add" ? actsFor({ id: one.id, closed: false, added: true, field: amountField(live.infos, layerId()), value: one.amounts[(amountField(live.infos, layerId()) || {}).name] },
    { put: (next) => { fangyu.map.closePopup(); changes.put(next); }, remove: () => changes.remove(one.id, one.action) })
    : el("button", { type: "button", onclick: () => changes.remove(one.id, one.action) }, text("plan_remove")));

const wordsOf = (one) => changeWords(live.infos, layerId(), one);
const drawOwn = () => drawChanges(layerId(), changes.all(), { words: wordsOf, onMove, content: popupOf });

// The changes of a scenario that is compared: to be looked at, not to be moved.
const showMarks = (list) => drawChanges(layerId(), list, { words: wordsOf, fixed: true, content: (one) => el("article", { class: "fy-popup" }, el("h3", {}, wordsOf(one))) });

const changes = startChanges(() => {
  if (!live) return;
  table.draw();
  drawOwn();
  remember(running || (state ? state.asked : parameters()));
  exporting.fit();
  if (running) run(running);
  else if (state) change();
});

// --- another service, a scenario ------------------------------------------------------------------------------------
const showOnly = (wanted) => {
  const services = [...byId("fy-plan").elements.layer.options].map((option) => option.value);
  for (const box of document.querySelectorAll("#fy-panel input[data-layer]")) {
    if (services.includes(box.dataset.layer) && box.checked !== (box.dataset.layer === wanted)) box.click();
  }
};

const fitLayer = async () => {
  showOnly(layerId());
  await live.fetchLayer(layerId());
  facilities.list();
  fitAmount(live.infos, layerId());
  scenarios.redraw();
};

// An answer under way is not wanted any more.
const leave = () => {
  begin();
  running = null;
  setBusy(false);
  setReportBusy(false);
};

// Changes belong to one layer: another service starts without any.
const changeLayer = async () => {
  leave();
  scenario = null;
  state = null;
  changes.reset();
  clearSites();
  await clear();
  await fitLayer();
};

const openScenario = async (one) => {
  scenario = { name: one.name, changes: one.changes };
  const anew = layerId() !== one.layer;
  if (anew) { leave(); question.chooseLayer(one.layer); state = null; }
  changes.replace(one.changes);
  tabs.show("table");
  if (anew) await fitLayer();
  if (!state && !running) await run();
};

const takeSites = (list) => {
  changes.putAll(list);
  clearSites();
  tabs.show("table");
  byId("fy-changes-heading").focus();
};

// --- the beginning --------------------------------------------------------------------------------------------------
const startParts = () => {
  table = startTable({ layerId, infos: live.infos, changes });
  facilities = startFacilities({ layerId, infos: live.infos, changes });
  facilities.start();
  startPicking();
  startAdding({ layerId, infos: live.infos, changes });
  tabs = startTabs({ onShow: showPart });
  document.querySelector(".fy-map-box").append(byId("fy-plan-tools"));
  scenarios = startScenarios({ layerId, changes: () => changes.all(), asked: parameters, shapes, tell, onOpen: openScenario,
    onSaved: (saved) => { scenario = { name: saved.name, changes: changes.all() }; remember(parameters()); tell(text("plan_saved", { name: saved.name })); },
    onDeleted: (one) => { if (scenario && scenario.name === one.name) { scenario = null; remember(parameters()); } },
    showMarks, onClosed: () => { drawOwn(); drawReport(); } });
  exporting = startExport({ asked: () => (state ? state.asked : parameters()), definition: () => (state ? state.report.definition.id : ""), changes: () => changes.all(), scenarioName });
  startSites({ asked: parameters, changes: () => changes.all(), onTake: takeSites, tell });
};

const start = async () => {
  question = startQuestion({ onAsk: () => run(), onLayer: changeLayer, onEdit: () => { problem.hidden = true; } });
  startSheet();
  const wanted = readAddress();
  question.fit();
  if (wanted.problem) showError(problem, wanted.problem);
  live = await startMap();
  startParts();
  await fitLayer();
  table.draw();
  await loadList();
  if (wanted.changes.length) changes.reset(wanted.changes);
  document.body.dataset.ready = "yes";
  if (wanted.scenario) await openScenario(await ask(`/api/scenarios/${encodeURIComponent(wanted.scenario)}`));
  else if (wanted.wanted) await run();
};

// A link pasted over the address of the open page asks anew.
addEventListener("hashchange", () => location.reload());

try {
  await start();
} catch (error) {
  say("");
  setSheet("half");
  showError(problem, error);
}
