// The planning set of the question on the page, with the changes that are open on it: made as a job, then downloaded.
import { runJob } from "./plan-jobs.js";
import { inWords, openForFaults, searchOf } from "./plan-question.js";
import { ServiceError, showError } from "./service.js";

const { el, text, pick } = fangyu;
const byId = (id) => document.getElementById(id);
const form = byId("fy-export");
const problem = byId("fy-export-error");
const done = byId("fy-export-done");
const TIERS = [5, 10, 15];
const CARRIED = ["on", "mode", "norms", "need_per_1000", "barrier"];
let doing = null;
let isOwn = false; // the tiers were written by hand

// Gaps and sites are judged at the widest tier: it is the limit of the question.
const tiersFor = ({ within_min: limit }) => (limit ? [...TIERS.filter((one) => one < Number(limit)), Number(limit)] : TIERS).join(",");

const stateWords = () => {
  const n = doing.changes().length;
  if (!n) return text("plan_export_as_is");
  const name = doing.scenarioName();
  return name ? text("plan_export_scenario", { name, n }) : text("plan_export_changes", { n });
};

const fit = () => {
  const asked = doing.asked();
  byId("fy-export-question").textContent = inWords(asked, doing.definition());
  byId("fy-export-state").textContent = stateWords();
  byId("fy-export-metres").hidden = !asked.within_m && asked.travel !== "straight";
  if (!isOwn) form.elements.within_min.value = tiersFor(asked);
  for (const box of form.querySelectorAll("[name=layer]")) {
    box.disabled = box.value === asked.layer;
    if (box.disabled) box.checked = true;
    else if (box.dataset.main) box.checked = false;
    box.dataset.main = box.disabled ? "yes" : "";
  }
};

const parameters = () => {
  const asked = doing.asked();
  const said = new FormData(form);
  const wanted = Object.fromEntries(["form", "within_min", "sites", "far_sites", "profile"].map((name) => [name, said.get(name)]));
  for (const name of CARRIED) wanted[name] = asked[name];
  wanted.layer = [asked.layer, ...said.getAll("layer")];
  if (said.get("definitions") === "own") wanted.definition = asked.definition || doing.definition() || "C6";
  const name = doing.changes().length ? doing.scenarioName() : null;
  return name ? searchOf({ ...wanted, scenario: name }) : searchOf(wanted, doing.changes());
};

const nameIn = (answer) => {
  const found = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") || "");
  return found ? decodeURIComponent(found[1]) : `fangyu.${form.elements.form.value}`;
};

const fetched = async (address) => {
  const answer = await fetch(address).catch(() => null);
  if (!answer) throw new ServiceError(text("failed_offline"), "", 0);
  if (answer.ok) return { name: nameIn(answer), file: await answer.blob() };
  const body = await answer.json().catch(() => null);
  throw new ServiceError(body ? pick(body.message) : `${text("failed")} (${answer.status})`, body ? pick(body.hint) : "", answer.status);
};

const download = async (job) => {
  const { name, file } = await fetched(job.result_url);
  const link = el("a", { href: URL.createObjectURL(file), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return { name, size: file.size, address: job.result_url };
};

const told = (made) => [text("plan_export_done", { name: made.name, size: fangyu.number(made.size / 1024) }), " ",
  el("a", { href: made.address, download: made.name }, text("plan_export_again"))];

// Further sites come after those of the near term: said here, where the field is.
const fitTerms = () => {
  const { sites, far_sites: far } = form.elements;
  sites.required = far.value !== "";
  sites.setCustomValidity(far.value !== "" && sites.value === "" && !sites.validity.badInput ? text("plan_export_near_first") : "");
};

const run = async (event) => {
  event.preventDefault();
  const submit = form.querySelector("[type=submit]");
  problem.hidden = true;
  done.replaceChildren();
  submit.disabled = true;
  try {
    const made = await runJob(`/api/planning-set/jobs?${parameters()}`, { box: byId("fy-export-progress"), back: submit, read: download });
    done.replaceChildren(...(made ? told(made) : [text("plan_cancelled")]));
  } catch (error) {
    showError(problem, error);
  } finally {
    submit.disabled = false;
  }
};

// doing: {asked, definition, changes, scenarioName}.
export const startExport = (given) => {
  doing = given;
  form.addEventListener("submit", run);
  form.elements.within_min.addEventListener("input", () => { isOwn = true; });
  for (const name of ["sites", "far_sites"]) form.elements[name].addEventListener("input", fitTerms);
  form.addEventListener("input", () => { problem.hidden = true; });
  openForFaults(form);
  byId("fy-plan").addEventListener("change", fit);
  fit();
  return { fit };
};
