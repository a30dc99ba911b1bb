// The findings of every check, one after another, with what each rests on and where it lies.
import { ask, showError } from "./service.js";
import { categoryLabel, detailOf, severityTag } from "./finding.js";
import { say } from "./live-map.js";

const { el, text, pick } = fangyu;
const PAGE = 100;
const SHOWN_FIRST = ["cemetery", "boundary_marker"];
const byId = (id) => document.getElementById(id);

export const startFindings = ({ infos, onFilters }) => {
  const form = byId("fy-filters");
  const list = byId("fy-findings");
  let findings = [];
  let total = 0;
  let chosen = -1;
  let marker = null;
  let entered = false;

  const filters = () => Object.fromEntries(new FormData(form));

  // --- the queue -------------------------------------------------------------------------------------------------
  const row = (finding, i) => el("li", { role: "option", id: `fy-finding-${i}`, "aria-selected": "false", "data-key": finding.key, onclick: () => choose(i) },
    severityTag(finding.severity), finding.category ? el("b", {}, `${categoryLabel(finding.category)} `) : null,
    el("b", {}, finding.feature_name || finding.feature_id), finding.dismissed ? el("span", { class: "fy-tag" }, text("finding_dismissed")) : null,
    el("small", {}, pick(finding.message)));

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
      fillCounts(page.counts || {});
      byId("fy-total").textContent = total ? text("review_total", { total, shown: findings.length }) : text("review_none");
      byId("fy-more").hidden = findings.length >= total;
      if (!more && findings.length) choose(0, { scroll: false });
    } catch (error) {
      showError(byId("fy-error"), error);
    } finally { say(""); }
  };

  const fillCounts = (counts) => {
    const keep = form.elements.category.value;
    form.elements.category.replaceChildren(el("option", { value: "" }, text("review_all")),
      ...Object.entries(counts.category || {}).map(([name, count]) => el("option", { value: name }, `${categoryLabel(name)} (${count})`)));
    form.elements.category.value = keep;
    for (const option of form.elements.severity.options) {
      if (option.value) option.textContent = `${text(`severity_${option.value}`)} (${(counts.severity || {})[option.value] || 0})`;
    }
  };

  // --- one finding -----------------------------------------------------------------------------------------------
  const switchLayer = (id, wanted) => {
    const box = document.querySelector(`#fy-panel input[data-layer=${id}]`);
    if (box && box.checked !== wanted) box.click();
  };

  const hide = () => {
    if (marker) marker.remove();
    marker = null;
  };

  const showPlace = (finding) => {
    hide();
    if (finding.lon === null || finding.lon === undefined) return;
    const at = L.latLng(finding.lat, finding.lon);
    marker = L.circleMarker(at, { radius: 13, color: "#9b2423", weight: 3.5, fill: false, pane: "fy-marks" })
      .bindTooltip(el("span", {}, finding.feature_name || finding.feature_id), { permanent: true, direction: "top", offset: [0, -12], className: "fy-here" }).addTo(fangyu.map);
    fangyu.map.setView(at, Math.max(14, fangyu.map.getZoom()), { animate: false });
  };

  const choose = (i, { scroll = true } = {}) => {
    if (!findings.length) return;
    chosen = Math.max(0, Math.min(findings.length - 1, i));
    [...list.children].forEach((line, at) => line.setAttribute("aria-selected", String(at === chosen)));
    const line = list.children[chosen];
    list.setAttribute("aria-activedescendant", line.id);
    if (scroll) line.scrollIntoView({ block: "nearest" });
    byId("fy-detail").replaceChildren(...detailOf(findings[chosen], infos));
    switchLayer("no_burial_zone", findings[chosen].layer === "cemetery"); // judged by the zones around it
    showPlace(findings[chosen]);
  };

  form.addEventListener("change", (event) => {
    if (event.target.name === "check") form.elements.category.value = "";
    onFilters(filters());
    load();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("fy-more").addEventListener("click", () => load({ more: true }));

  // A category that is not listed yet is listed, so that it can be asked for.
  const apply = (wanted) => {
    const { category } = form.elements;
    if (wanted.category && ![...category.options].some((one) => one.value === wanted.category)) category.append(el("option", { value: wanted.category }, categoryLabel(wanted.category)));
    form.elements.check.value = wanted.check || "all";
    category.value = wanted.category || "";
    form.elements.severity.value = wanted.severity || "";
  };

  const enter = async (wanted) => {
    if (!entered) for (const id of SHOWN_FIRST) switchLayer(id, true);
    entered = true;
    apply(wanted);
    await load();
  };
  return { enter, leave: hide, filters, step: (by) => choose(chosen + by) };
};
