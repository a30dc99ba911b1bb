// The reviewer's queue: one finding after another, with what it rests on and where it lies.
import { ask, showError } from "./service.js";
import { categoryLabel, detailOf, severityTag } from "./finding.js";
import { say, startMap } from "./live-map.js";

const { el, text, pick } = fangyu;
const PAGE = 100;
const byId = (id) => document.getElementById(id);
const form = byId("fy-filters");
const list = byId("fy-findings");
let findings = [];
let total = 0;
let chosen = -1;
let marker = null;
let infos = new Map();

const filters = () => Object.fromEntries(new FormData(form));

// --- the queue ---------------------------------------------------------------------------------------------------
const row = (finding, i) => el("li", { role: "option", id: `fy-finding-${i}`, "aria-selected": "false", "data-key": finding.key, onclick: () => choose(i) },
  severityTag(finding.severity), finding.category ? el("b", {}, `${categoryLabel(finding.category)} `) : null,
  el("b", {}, finding.feature_name || finding.feature_id), el("small", {}, pick(finding.message)));

const load = async ({ more = false } = {}) => {
  byId("fy-error").hidden = true;
  say(text("loading"));
  try {
    const page = await ask("/api/findings", { ...filters(), limit: PAGE, offset: more ? findings.length : 0 });
    if (!more) { findings = []; list.replaceChildren(); chosen = -1; }
    const start = findings.length;
    findings.push(...page.findings);
    total = page.total;
    list.append(...page.findings.map((finding, i) => row(finding, start + i)));
    fillCategories(page.counts || {});
    byId("fy-total").textContent = total ? text("review_total", { total, shown: findings.length }) : text("review_none");
    byId("fy-more").hidden = findings.length >= total;
    if (!more && findings.length) choose(0, { focus: false });
  } catch (error) {
    showError(byId("fy-error"), error);
  } finally { say(""); }
};

const fillCategories = (counts) => {
  const keep = form.elements.category.value;
  const known = Object.entries(counts.category || {});
  form.elements.category.replaceChildren(el("option", { value: "" }, text("review_all")),
    ...known.map(([name, count]) => el("option", { value: name }, `${categoryLabel(name)} (${count})`)));
  form.elements.category.value = keep;
  for (const option of form.elements.severity.options) {
    if (!option.value) continue;
    const count = (counts.severity || {})[option.value] || 0;
    option.textContent = `${text(`severity_${option.value}`)} (${count})`;
  }
};

// --- one finding -------------------------------------------------------------------------------------------------
// A cemetery is judged by the zones around it: they come with it.
const showContext = (finding) => {
  const box = document.querySelector("#fy-panel input[data-layer=no_burial_zone]");
  if (box && box.checked !== (finding.layer === "cemetery")) box.click();
};

const showPlace = (finding) => {
  if (marker) marker.remove();
  marker = null;
  if (finding.lon === null || finding.lon === undefined) return;
  const at = L.latLng(finding.lat, finding.lon);
  const name = el("span", {}, finding.feature_name || finding.feature_id);
  marker = L.circleMarker(at, { radius: 13, color: "#9b2423", weight: 3.5, fill: false, pane: "fy-marks" })
    .bindTooltip(name, { permanent: true, direction: "top", offset: [0, -12], className: "fy-here" }).addTo(fangyu.map);
  fangyu.map.setView(at, Math.max(14, fangyu.map.getZoom()), { animate: false });
};

const choose = (i, { focus = true } = {}) => {
  if (!findings.length) return;
  chosen = Math.max(0, Math.min(findings.length - 1, i));
  [...list.children].forEach((line, at) => line.setAttribute("aria-selected", String(at === chosen)));
  const line = list.children[chosen];
  list.setAttribute("aria-activedescendant", line.id);
  if (focus) line.scrollIntoView({ block: "nearest" });
  byId("fy-detail").replaceChildren(...detailOf(findings[chosen], infos));
  showContext(findings[chosen]);
  showPlace(findings[chosen]);
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const step = { j: 1, k: -1, ArrowDown: event.target === list ? 1 : 0, ArrowUp: event.target === list ? -1 : 0 }[event.key];
  if (!step) return;
  event.preventDefault();
  choose(chosen + step);
});
form.addEventListener("change", (event) => {
  if (event.target.name === "check") form.elements.category.value = "";
  load();
});
form.addEventListener("submit", (event) => event.preventDefault());
byId("fy-more").addEventListener("click", () => load({ more: true }));
try {
  const wanted = new URLSearchParams(location.hash.slice(1));
  for (const name of ["check", "severity"]) if (wanted.has(name)) form.elements[name].value = wanted.get(name);
  ({ infos } = await startMap());
  await load();
  document.body.dataset.ready = "yes";
} catch (error) {
  showError(byId("fy-error"), error);
}
