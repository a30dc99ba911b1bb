// The queue of cases: one page of rows, which is open, which are chosen.
import { ask, showError } from "./service.js";
import { isFiltered, setCounts } from "./review-filters.js";
import { ageOf, categoryTags, goneMark, lateMark, nameParts, newMark, severityTag, stateChip, townOf } from "./review-words.js";

const { el, text } = fangyu;
const PAGE = 50;
const SLOW_MS = 300;
const byId = (id) => document.getElementById(id);

// Most cases are only suspected: the state is said of the others.
const marksOf = (one) => el("span", { class: "fy-row-marks" }, one.state === "suspected" ? null : stateChip(one.state), ...categoryTags(one),
  lateMark(one), newMark(one), goneMark(one), el("small", {}, `${townOf(one)} · ${ageOf(one)}`));

export const startQueue = ({ machine, hrefOf, onOpen, onPage, onChosen }) => {
  const list = byId("fy-cases");
  const whole = byId("fy-select-all");
  const chosen = new Map();
  let cases = [];
  let at = -1;
  let openId = "";
  let pages = 1;
  let page = 1;
  let anchor = -1;
  let asking = null;

  // --- choosing --------------------------------------------------------------------------------------------------
  const drawChosen = () => {
    [...list.children].forEach((line, i) => {
      line.querySelector("input").checked = chosen.has(cases[i].id);
      line.classList.toggle("fy-chosen-row", chosen.has(cases[i].id));
    });
    const here = cases.filter((one) => chosen.has(one.id)).length;
    whole.checked = cases.length > 0 && here === cases.length;
    whole.indeterminate = here > 0 && here < cases.length;
    onChosen();
  };

  const select = (one, wanted) => (wanted ? chosen.set(one.id, one) : chosen.delete(one.id));

  const tick = (i, wanted, { range = false } = {}) => {
    const from = range && anchor >= 0 ? Math.min(anchor, i) : i;
    const to = range && anchor >= 0 ? Math.max(anchor, i) : i;
    for (const one of cases.slice(from, to + 1)) select(one, wanted);
    anchor = i;
    drawChosen();
  };

  whole.addEventListener("change", () => { for (const one of cases) select(one, whole.checked); drawChosen(); });

  // --- rows ------------------------------------------------------------------------------------------------------
  const opened = (event, i) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a link of its own window
    event.preventDefault();
    onOpen(cases[i].id, { byHand: true });
  };

  const row = (one, i) => el("li", { "data-id": one.id },
    el("input", { type: "checkbox", "aria-label": text("queue_select", { name: one.new_name || one.name }), onclick: (event) => tick(i, event.target.checked, { range: event.shiftKey }) }),
    el("a", { href: hrefOf(one.id), onclick: (event) => opened(event, i) },
      el("span", { class: "fy-row-name" }, ...nameParts(one), severityTag(one.severity)), marksOf(one)));

  const drawCurrent = ({ scroll = false } = {}) => {
    [...list.children].forEach((line, i) => {
      line.querySelector("a").toggleAttribute("aria-current", cases[i].id === openId);
      if (cases[i].id === openId) line.querySelector("a").setAttribute("aria-current", "true");
    });
    if (scroll && list.children[at] && cases[at].id === openId) list.children[at].scrollIntoView({ block: "nearest" });
  };

  const markOpen = (id, options) => {
    openId = id;
    const found = cases.findIndex((one) => one.id === id);
    if (found >= 0) at = found;
    drawCurrent(options);
  };

  // --- loading ---------------------------------------------------------------------------------------------------
  const drawPages = (total) => {
    pages = Math.max(1, Math.ceil(total / PAGE));
    byId("fy-pages").hidden = pages < 2;
    byId("fy-page-now").textContent = text("queue_page", { page, pages });
    byId("fy-page-before").disabled = page <= 1;
    byId("fy-page-after").disabled = page >= pages;
  };

  const show = (answer, filters) => {
    cases = answer.cases;
    for (const one of cases) if (chosen.has(one.id)) chosen.set(one.id, one); // with the version of now
    list.replaceChildren(...cases.map(row));
    setCounts(answer.counts, machine);
    byId("fy-case-total").textContent = answer.total ? text("queue_total", { n: answer.total, late: answer.counts.matching_overdue }) : text("queue_none");
    byId("fy-clear-filters").hidden = !isFiltered(filters);
    whole.disabled = !cases.length;
    anchor = -1;
    drawPages(answer.total);
    markOpen(openId);
    drawChosen();
  };

  // The first question after a change of the data has every name checked anew.
  const sayWorking = () => { if (!cases.length) byId("fy-case-total").textContent = text("queue_working"); };
  const sayStopped = () => { if (!cases.length) byId("fy-case-total").textContent = ""; };

  // Of two questions only the later one is answered; a page behind the last one becomes the last.
  const load = async (filters, { page: wanted = 1 } = {}) => {
    if (asking) asking.abort();
    const mine = (asking = new AbortController());
    byId("fy-queue-error").hidden = true;
    list.setAttribute("aria-busy", "true");
    const slow = setTimeout(sayWorking, SLOW_MS);
    page = wanted;
    try {
      const answer = await ask("/api/cases", { ...filters, limit: PAGE, offset: (page - 1) * PAGE }, { signal: mine.signal });
      if (!answer.cases.length && answer.total) return await load(filters, { page: Math.ceil(answer.total / PAGE) });
      show(answer, filters);
    } catch (error) {
      if (error.name !== "AbortError") { sayStopped(); showError(byId("fy-queue-error"), error); }
    } finally {
      clearTimeout(slow);
      if (asking === mine) list.removeAttribute("aria-busy");
    }
    return page;
  };

  byId("fy-page-before").addEventListener("click", () => onPage(page - 1));
  byId("fy-page-after").addEventListener("click", () => onPage(page + 1));

  // A decided case may have left the list: the next one then stands where it stood.
  const step = async (by) => {
    const gone = !cases.some((one) => one.id === openId);
    const next = gone && openId && by > 0 ? at : at + by;
    if (next >= cases.length && page < pages) { await onPage(page + 1); at = -1; return step(1); }
    if (next < 0 && page > 1) { await onPage(page - 1); at = cases.length; return step(-1); }
    const one = cases[Math.max(0, Math.min(cases.length - 1, next))];
    if (one) onOpen(one.id, { scroll: true });
    return Boolean(one);
  };

  const focusedRow = () => [...list.children].findIndex((line) => line.contains(document.activeElement));
  return {
    load, step, markOpen,
    first: () => (cases[0] || {}).id,
    position: () => (page - 1) * PAGE + at + 1,
    chosen: () => [...chosen.values()],
    clear: () => { chosen.clear(); drawChosen(); },
    forget: (ids) => { for (const id of ids) chosen.delete(id); },
    toggle: () => {
      const i = focusedRow() >= 0 ? focusedRow() : cases.findIndex((one) => one.id === openId);
      if (i < 0) return false;
      tick(i, !chosen.has(cases[i].id));
      return true;
    },
  };
};
