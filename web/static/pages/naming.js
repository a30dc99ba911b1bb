// The naming page: try a name at a place, see what speaks against it, and what else could be given.
import { ask, query, showError } from "./service.js";
import { evidenceList } from "./evidence.js";
import { say, startMap } from "./live-map.js";

const { text } = fangyu;
const byId = (id) => document.getElementById(id);
const form = byId("fy-naming");
const result = byId("fy-result");
const problem = byId("fy-error");
const FIELDS = ["name", "class", "lon", "lat", "site_m2", "floor_area_m2", "floors", "green_rate"];
const NARROW = matchMedia("(max-width: 760px)");
let asking = null;
let marker = null;
let shield = null;
let infos = new Map();

const parameters = () => Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim()]));

// --- the place ---------------------------------------------------------------------------------------------------
const placed = () => form.elements.lon.value !== "" && form.elements.lat.value !== "";

const drawPlace = () => {
  if (marker) marker.remove();
  marker = null;
  byId("fy-clear").disabled = !placed();
  form.elements.lat.required = form.elements.lon.value !== ""; // half a position is none
  form.elements.lon.required = form.elements.lat.value !== "";
  if (!placed()) return;
  marker = L.circleMarker([Number(form.elements.lat.value), Number(form.elements.lon.value)],
    { radius: 10, color: "#fff", weight: 3, fillColor: "#0b57d0", fillOpacity: 1, ...fangyu.svgIn("fy-marks") }).addTo(fangyu.map);
};

const setPlace = (latlng) => {
  form.elements.lon.value = latlng ? L.Util.wrapNum(latlng.lng, [-180, 180], true).toFixed(6) : "";
  form.elements.lat.value = latlng ? latlng.lat.toFixed(6) : "";
  drawPlace();
};

// While a place is being chosen a clear sheet lies over the map, so that a click opens no popup.
const pick = (wanted) => {
  byId("fy-pick").setAttribute("aria-pressed", String(wanted));
  fangyu.map.getContainer().classList.toggle("fy-picking", wanted);
  if (shield) shield.remove();
  shield = null;
  say(wanted ? text("naming_pick_hint") : "");
  if (!wanted) return;
  fangyu.map.closePopup();
  if (NARROW.matches) fangyu.map.getContainer().scrollIntoView({ block: "center" });
  if (!fangyu.map.getPane("fy-pick")) fangyu.map.createPane("fy-pick").style.zIndex = 690;
  shield = L.rectangle([[-85, -720], [85, 720]], { stroke: false, fillOpacity: 0, bubblingMouseEvents: false, ...fangyu.svgIn("fy-pick") }).addTo(fangyu.map);
  shield.on("click", ({ latlng }) => {
    pick(false);
    setPlace(latlng);
    if (NARROW.matches) form.elements.name.scrollIntoView({ block: "center" });
    if (form.elements.name.value.trim()) run();
  });
};

// --- asking ------------------------------------------------------------------------------------------------------
const busy = (working) => {
  result.setAttribute("aria-busy", String(working));
  say(working ? text("naming_running") : "");
};

const again = (alternative) => {
  form.elements.name.value = alternative.name;
  run();
  form.elements.name.focus({ preventScroll: true });
  document.querySelector(".fy-side").scrollTo({ top: 0 });
};

const show = (report) => {
  const info = infos.get("place_name");
  const layerName = (id) => (infos.has(id) ? fangyu.pick(infos.get(id).label) : id);
  const evidenceOf = (one) => evidenceList(info, one.evidence);
  result.replaceChildren(...fangyu.precheckParts(report, { evidenceOf, onAlternative: again, layerName }));
  if (marker) marker.remove();
  marker = null;
  fangyu.drawPrecheck(report);
  byId("fy-actions").hidden = false;
};

// Without a name there is no verdict: what was said of the last one goes, and the page says what it needs.
const forget = () => {
  if (asking) asking.abort();
  asking = null;
  busy(false);
  result.replaceChildren(fangyu.el("p", { class: "fy-note", id: "fy-needs-name" }, text("naming_needs_name")));
  fangyu.drawPrecheck(null);
  drawPlace();
  byId("fy-actions").hidden = true;
  history.replaceState(null, "", `${location.pathname}${location.search}`);
};

const run = async (event) => {
  if (event) event.preventDefault();
  problem.hidden = true;
  form.elements.name.value = form.elements.name.value.trim();
  if (!form.reportValidity()) return;
  if (asking) asking.abort();
  const mine = (asking = new AbortController());
  const asked = parameters();
  history.replaceState(null, "", `${location.pathname}${location.search}#${query(asked).slice(1)}`);
  busy(true);
  try {
    show(await ask("/api/names/precheck", asked, { signal: mine.signal }));
  } catch (error) {
    if (error.name === "AbortError") return;
    result.replaceChildren();
    fangyu.drawPrecheck(null);
    drawPlace();
    showError(problem, error);
  } finally {
    if (asking === mine) busy(false);
  }
};

const readHash = () => {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const name of FIELDS) if (said.has(name)) form.elements[name].value = said.get(name);
  if (["site_m2", "floor_area_m2", "floors", "green_rate"].some((name) => said.has(name))) byId("fy-sizes").open = true;
  return Boolean(form.elements.name.value.trim());
};

form.addEventListener("submit", run);
form.elements.name.addEventListener("invalid", forget);
for (const name of ["lon", "lat"]) form.elements[name].addEventListener("change", drawPlace);
byId("fy-pick").addEventListener("click", () => pick(byId("fy-pick").getAttribute("aria-pressed") !== "true"));
byId("fy-centre").addEventListener("click", () => { pick(false); setPlace(fangyu.map.getCenter()); });
byId("fy-clear").addEventListener("click", () => { pick(false); setPlace(null); });
byId("fy-print").addEventListener("click", () => print());
byId("fy-share").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    say(text("link_copied"), 3);
  } catch { say(text("link_shown"), 5); }
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && shield) pick(false); });
try {
  const wanted = readHash();
  ({ infos } = await startMap());
  drawPlace();
  if (wanted) await run();
  document.body.dataset.ready = "yes";
} catch (error) {
  say("");
  showError(problem, error);
}
