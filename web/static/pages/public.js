// The public map: find a service, the nearest first, filters that a link carries.
import { ask, saveCsv } from "./service.js";
import { say, startMap } from "./live-map.js";
import { startSearch } from "./search.js";

const { el, text, pick } = fangyu;
const SERVICES = ["meal_point", "care_facility", "cemetery", "shelter"];
const PAGE = 10;
const byId = (id) => document.getElementById(id);
const rows = new Map();
const state = { services: ["meal_point", "care_facility"], kind: "", openOnly: true, shown: PAGE, here: null };
let infos = new Map();

// --- the link carries the filters --------------------------------------------------------------------------------
const readHash = () => {
  const said = new URLSearchParams(location.hash.slice(1));
  if (said.has("s")) state.services = said.get("s").split(",").filter((id) => SERVICES.includes(id));
  state.kind = said.get("k") || "";
  if (said.has("open")) state.openOnly = said.get("open") !== "0";
  const [lat, lon, zoom] = (said.get("at") || "").split(",").map(Number);
  if ([lat, lon, zoom].every(Number.isFinite) && said.get("at")) fangyu.map.setView([lat, lon], zoom, { animate: false });
};

const writeHash = () => {
  const centre = fangyu.map.getCenter();
  const said = new URLSearchParams({ s: state.services.join(","), open: state.openOnly ? "1" : "0" });
  if (state.kind) said.set("k", state.kind);
  said.set("at", `${centre.lat.toFixed(5)},${centre.lng.toFixed(5)},${fangyu.map.getZoom()}`);
  history.replaceState(null, "", `#${said}`);
};

// --- filtering ---------------------------------------------------------------------------------------------------
const kindField = (layerId) => fangyu.config.symbols[layerId].field;

const keeps = (layerId, feature) => {
  const { properties } = feature;
  if (state.kind && `${layerId}:${properties[kindField(layerId)] || ""}` !== state.kind) return false;
  return !state.openOnly || !fangyu.outOfService(properties);
};

const matching = () => {
  const from = state.here || fangyu.map.getCenter();
  return state.services.filter((id) => rows.has(id))
    .flatMap((layerId) => rows.get(layerId).filter((feature) => feature.geometry && keeps(layerId, feature))
      .map((feature) => ({ layerId, feature, at: fangyu.anchorOf(feature.geometry) })))
    .map((one) => ({ ...one, metres: from.distanceTo(one.at) }))
    .sort((one, other) => one.metres - other.metres);
};

const kindLabel = (layerId, properties) => {
  const field = infos.get(layerId).fields.find((one) => one.name === kindField(layerId));
  const code = field && properties[field.name];
  return code ? fangyu.fieldValue(field, code) : pick(infos.get(layerId).label);
};

// --- the list ----------------------------------------------------------------------------------------------------
const line = (label, value, link = null) => value
  ? el("div", {}, el("dt", {}, label), el("dd", {}, link ? el("a", { href: link }, value) : value)) : null;

const item = ({ layerId, feature, metres }) => {
  const { properties } = feature;
  const sign = el("span", { "aria-hidden": "true" });
  sign.innerHTML = fangyu.symbolSvg(layerId, properties);
  const stateField = infos.get(layerId).fields.find((one) => one.name === "state");
  const closed = fangyu.outOfService(properties)
    ? el("span", { class: "fy-tag fy-tag-closed" }, fangyu.fieldValue(stateField, properties.state)) : null;
  return el("li", { "data-layer": layerId, "data-id": feature.id },
    el("button", { type: "button", class: "fy-item", onclick: () => fangyu.focus(layerId, feature.id) },
      sign, el("b", {}, properties.name || text("no_name")), el("em", {}, text("distance_straight", { d: fangyu.metres(metres) })),
      el("small", {}, kindLabel(layerId, properties), " ", closed)),
    el("dl", {}, line(text("address"), properties.address),
      line(text("call"), properties.phone, `tel:${String(properties.phone || "").replace(/[^\d+]/g, "")}`),
      line(text("hours"), properties.hours)));
};

// The keyboard stays on its item when the list is drawn anew.
const refocus = ({ layer, id }) => {
  const row = document.querySelector(`#fy-list [data-layer="${layer}"][data-id="${CSS.escape(id)}"] .fy-item`);
  if (row) row.focus({ preventScroll: true });
};

const showList = () => {
  const found = matching();
  const shown = found.slice(0, state.shown);
  byId("fy-list-heading").textContent = shown.length ? text(state.here ? "nearest_to_you" : "nearest_to_centre", { n: shown.length }) : text("nearest_none");
  const held = document.activeElement.closest("#fy-list [data-id]");
  byId("fy-list").replaceChildren(...shown.map(item));
  if (held) refocus(held.dataset);
  const more = byId("fy-more");
  more.hidden = found.length <= shown.length;
  more.textContent = text("show_more", { n: Math.min(PAGE, found.length - shown.length) });
};

const showMarkers = () => {
  for (const layerId of SERVICES) {
    const info = infos.get(layerId);
    if (!info || !rows.has(layerId)) continue;
    const wanted = state.services.includes(layerId);
    fangyu.removeLayer(layerId);
    const features = wanted ? rows.get(layerId).filter((feature) => keeps(layerId, feature)) : rows.get(layerId);
    fangyu.addLayer(info, { type: "FeatureCollection", features }, wanted);
    const box = document.querySelector(`#fy-panel input[data-layer="${layerId}"]`);
    if (box) box.checked = wanted;
  }
};

const refresh = async ({ markers = true } = {}) => {
  if (markers) showMarkers();
  showList();
  writeHash();
};

// --- controls ----------------------------------------------------------------------------------------------------
const fillKinds = () => {
  const select = byId("fy-kind");
  select.replaceChildren(el("option", { value: "" }, text("all_kinds")));
  for (const layerId of state.services) {
    const info = infos.get(layerId);
    const field = info && info.fields.find((one) => one.name === kindField(layerId));
    if (!field || !field.vocabulary) continue;
    const used = new Set((rows.get(layerId) || []).map((feature) => feature.properties[field.name]));
    const options = Object.entries(field.vocabulary).filter(([code]) => used.has(code))
      .map(([code, label]) => el("option", { value: `${layerId}:${code}` }, pick(label)));
    if (options.length) select.append(el("optgroup", { label: pick(info.label) }, options));
  }
  select.value = state.kind;
  if (select.selectedIndex < 0) { select.value = ""; state.kind = ""; }
};

const chip = (layerId) => {
  const sign = el("span", { "aria-hidden": "true" });
  sign.innerHTML = fangyu.config.symbols[layerId].open[""];
  return el("label", {}, el("input", {
    type: "checkbox", value: layerId, checked: state.services.includes(layerId), onchange: async (event) => {
      state.services = SERVICES.filter((id) => (id === layerId ? event.target.checked : state.services.includes(id)));
      state.shown = PAGE;
      if (event.target.checked) await fetchLayer(layerId);
      fillKinds();
      refresh();
    } }), sign, pick(infos.get(layerId).label));
};

const setHere = (latlng) => {
  state.here = latlng;
  byId("fy-locate").setAttribute("aria-pressed", String(Boolean(latlng)));
  byId("fy-centre").setAttribute("aria-pressed", String(!latlng));
  showList();
};

let hereMarker = null;
const locate = () => {
  if (!navigator.geolocation) { say(text("location_refused"), 4); return; }
  say(text("locating"));
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const latlng = L.latLng(coords.latitude, coords.longitude);
    if (hereMarker) hereMarker.remove();
    hereMarker = L.circleMarker(latlng, { radius: 8, color: "#fff", weight: 3, fillColor: "#0b57d0", fillOpacity: 1, pane: "fy-marks" })
      .bindTooltip(text("from_you")).addTo(fangyu.map);
    fangyu.map.setView(latlng, Math.max(14, fangyu.map.getZoom()), { animate: false });
    setHere(latlng);
    say(text("located"), 2.5);
  }, () => say(text("location_refused"), 4), { timeout: 10000, maximumAge: 60000 });
};

const download = () => {
  const columns = ["name", "address", "phone", "hours"];
  const head = [text("csv_layer"), text("kind_filter"), ...columns.map((name) => labelOf(name)), text("csv_distance_m"), text("csv_longitude"), text("csv_latitude")];
  const lines = matching().map(({ layerId, feature, at, metres }) => [
    pick(infos.get(layerId).label), kindLabel(layerId, feature.properties), ...columns.map((name) => feature.properties[name]),
    Math.round(metres), at.lng.toFixed(6), at.lat.toFixed(6)]);
  saveCsv("fangyu.csv", [head, ...lines]);
};

const labelOf = (name) => {
  for (const info of infos.values()) {
    const field = info.fields.find((one) => one.name === name);
    if (field) return pick(field.label);
  }
  return name;
};

const share = async () => {
  writeHash();
  try {
    await navigator.clipboard.writeText(location.href);
    say(text("link_copied"), 2.5);
  } catch {
    say(text("link_shown"), 4);
  }
};

const printPage = () => {
  const filters = state.services.map((id) => pick(infos.get(id).label));
  if (state.openOnly) filters.push(text("in_service_now"));
  byId("fy-print-line").textContent = [text("print_filters", { filters: filters.join(text("list_comma")) }),
    text("printed_on", { date: new Date().toLocaleDateString("sv") })].join(" · ");
  print();
};

const wire = () => {
  byId("fy-services").append(...SERVICES.filter((id) => infos.has(id)).map(chip));
  byId("fy-open").checked = state.openOnly;
  byId("fy-open").addEventListener("change", (event) => { state.openOnly = event.target.checked; refresh(); });
  byId("fy-kind").addEventListener("change", (event) => { state.kind = event.target.value; refresh(); });
  byId("fy-locate").addEventListener("click", locate);
  byId("fy-centre").addEventListener("click", () => setHere(null));
  byId("fy-more").addEventListener("click", () => { state.shown += PAGE; showList(); });
  byId("fy-share").addEventListener("click", share);
  byId("fy-csv").addEventListener("click", download);
  byId("fy-print").addEventListener("click", printPage);
  fangyu.map.on("moveend", () => { if (!state.here) showList(); writeHash(); });
};

let fetchLayer = async () => {};
try {
  readHash();
  for (const id of SERVICES) {
    const box = document.querySelector(`#fy-panel input[data-layer="${id}"]`);
    if (box) box.checked = state.services.includes(id);
  }
  const started = await startMap({ onLayer: (info, collection) => rows.set(info.id, collection.features) });
  infos = started.infos;
  fetchLayer = started.fetchLayer;
  state.services = state.services.filter((id) => infos.has(id));
  wire();
  fillKinds();
  refresh();
  startSearch({ infos, layers: [...SERVICES, "place_name"], ask, choose: async (layerId, feature) => {
    if (SERVICES.includes(layerId) && !state.services.includes(layerId)) {
      document.querySelector(`#fy-services input[value="${layerId}"]`).click();
      await fetchLayer(layerId);
    }
    if (!fangyu.focus(layerId, feature.id)) {
      const centre = fangyu.anchorOf(feature.geometry);
      fangyu.map.setView(centre, 16, { animate: false });
      L.popup({ maxWidth: 340 }).setLatLng(centre).setContent(fangyu.popup(infos.get(layerId), feature)).openOn(fangyu.map);
    }
  } });
  document.addEventListener("fy-layer", ({ detail }) => {
    const box = document.querySelector(`#fy-services input[value="${detail.id}"]`);
    if (box && box.checked !== detail.visible) box.click();
  });
  document.body.dataset.ready = "yes";
} catch (error) {
  say(`${error.message} ${error.hint || ""}`);
  throw error;
}
