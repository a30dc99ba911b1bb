// The plan on the map: changes as signs that can be dragged or moved with the arrow keys, proposed sites, and flips.
import { count, siteName } from "./plan-words.js";

const { el, text } = fangyu;
const SIGNS = { add: "＋", move: "→", close: "×", open: "✓", resize: "#" };
const STEP_PX = 8;
const FAR_PX = 40;
const SETTLE_MS = 350;
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
let changes = null;
let sites = null;
let flips = null;
let markers = new Map();

const shapeOf = (layerId, id) => {
  const entry = fangyu.drawn.get(layerId);
  const feature = entry && entry.features.get(String(id));
  return feature && feature.geometry ? feature : null;
};

export const facilityName = (layerId, id) => {
  const feature = shapeOf(layerId, id);
  return (feature && feature.properties.name) || String(id);
};

const placeOf = (layerId, change) => {
  if (change.lon !== null && change.lon !== undefined) return L.latLng(change.lat, change.lon);
  const feature = shapeOf(layerId, change.id);
  return feature ? fangyu.anchorOf(feature.geometry) : null;
};

const keyed = (change) => `${change.action} ${change.id}`;

const onArrow = (marker, change, onMove) => {
  let settling = 0;
  return (event) => {
    const way = ARROWS[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? FAR_PX : STEP_PX;
    const at = fangyu.map.latLngToContainerPoint(marker.getLatLng()).add([way[0] * step, way[1] * step]);
    marker.setLatLng(fangyu.map.containerPointToLatLng(at));
    clearTimeout(settling);
    settling = setTimeout(() => onMove(change, marker.getLatLng()), SETTLE_MS);
  };
};

const markerOf = (change, at, { words, onMove, content, fixed }) => {
  const moves = !fixed && (change.action === "add" || change.action === "move");
  const marker = L.marker(at, {
    icon: L.divIcon({ className: `fy-change-mark fy-change-${change.action}`, iconSize: [30, 30], iconAnchor: [15, 15], html: el("b", {}, SIGNS[change.action]) }),
    draggable: moves, autoPan: true, keyboard: true, zIndexOffset: 1000, title: words(change), alt: words(change) });
  marker.bindPopup(() => content(change), { maxWidth: 320 });
  marker.on("dragend", () => onMove(change, marker.getLatLng()));
  marker.on("add", () => {
    const element = marker.getElement();
    element.setAttribute("aria-label", words(change));
    element.dataset.change = keyed(change);
    if (moves) element.addEventListener("keydown", onArrow(marker, change, onMove));
  });
  return marker;
};

const trail = (layerId, change) => {
  const from = change.action === "move" && shapeOf(layerId, change.id);
  return from ? L.polyline([fangyu.anchorOf(from.geometry), [change.lat, change.lon]], {
    color: "#0b57d0", weight: 2, dashArray: "5 5", interactive: false, ...fangyu.svgIn("fy-marks") }) : null;
};

// doing: {words(change), onMove(change, latlng), content(change), fixed: only to be looked at}.
export const drawChanges = (layerId, list, doing) => {
  const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.change : null;
  if (changes) changes.remove();
  changes = L.layerGroup().addTo(fangyu.map);
  markers = new Map();
  for (const change of list) {
    const at = placeOf(layerId, change);
    if (!at) continue;
    const line = trail(layerId, change);
    if (line) changes.addLayer(line);
    const marker = markerOf(change, at, doing);
    markers.set(keyed(change), marker);
    changes.addLayer(marker);
  }
  if (focused && markers.has(focused)) markers.get(focused).getElement().focus({ preventScroll: true });
};

export const showChange = (change) => {
  const marker = markers.get(keyed(change));
  if (!marker) return;
  fangyu.map.setView(marker.getLatLng(), Math.max(fangyu.map.getZoom(), 13), { animate: false });
  marker.getElement().focus({ preventScroll: true });
};

// Proposed sites, numbered in the order in which they are worth building.
export const drawSites = (list) => {
  if (sites) sites.remove();
  sites = L.layerGroup().addTo(fangyu.map);
  for (const one of list) {
    const said = text("plan_site_mark", { n: one.order, people: count(one.adds) });
    sites.addLayer(L.marker([one.lat, one.lon], {
      icon: L.divIcon({ className: "fy-site-mark", iconSize: [30, 30], iconAnchor: [15, 15], html: el("b", {}, String(one.order)) }),
      keyboard: true, title: said, alt: said, zIndexOffset: 1200,
    }).bindPopup(() => el("article", { class: "fy-popup" }, el("h3", {}, said), el("p", {}, [one.unit, siteName(one)].filter(Boolean).join(" · ")))));
  }
  if (list.length) fangyu.map.fitBounds(L.latLngBounds(list.map((one) => [one.lat, one.lon])).pad(0.3), { maxZoom: 14, animate: false });
};

// People whose answer hangs on the speed, as rings by number.
export const drawFlips = (list) => {
  if (flips) flips.remove();
  flips = L.layerGroup().addTo(fangyu.map);
  for (const one of list.filter((point) => point.lon !== null)) {
    flips.addLayer(L.circleMarker([one.lat, one.lon], {
      radius: Math.min(4 + Math.sqrt(Math.abs(one.people)), 14), color: "#5a2a82", weight: 2, dashArray: "3 3", fillColor: "#fff", fillOpacity: 0.6, ...fangyu.svgIn("fy-marks"),
    }).bindPopup(() => el("article", { class: "fy-popup" }, el("p", {}, text("plan_flip_point", {
      people: count(one.people), metres: fangyu.metres(one.metres), speed: one.speed_m_s === null ? "–" : fangyu.number(one.speed_m_s, 2) })))));
  }
};
