// The name of a case on the map with every namesake: a line, the grade and the distance to each.
import { ask } from "./service.js";

const { el, text, pick, config } = fangyu;
const RED = "#9b2423";
const QUIET = "#4f5664";
const COLOURS = { exact: "#8c1d18", same_specific: "#b5532a", modifier: "#b5532a", look_alike: "#b5532a", tonal: "#b5532a" };
const NARROW = matchMedia("(max-width: 760px)");
const NAMED = 6;
const FITTED = 8;
let group = null;

export const gradeColour = (grade) => COLOURS[grade] || QUIET;
export const gradeLabel = (grade) => pick((config.evidence.grade || {})[grade]) || grade;
export const hasPlace = (one) => Number.isFinite(one.lon) && Number.isFinite(one.lat);
export const farAway = (metres) => (Number.isFinite(metres) ? fangyu.metres(metres) : text("naming_distance_unknown"));
const at = (one) => L.latLng(one.lat, one.lon);
const marks = () => fangyu.svgIn("fy-marks");

export const clearCase = () => {
  if (group) group.remove();
  group = null;
};

const drawNamesake = (same, from, i) => {
  const color = gradeColour(same.grade);
  if (from) {
    L.polyline([from, at(same)], { color, weight: 2.5, dashArray: "6 6", opacity: 0.85, interactive: false, className: "fy-namesake-line", ...marks() })
      .bindTooltip(el("span", {}, `${gradeLabel(same.grade)} ${farAway(same.distance_m)}`), { permanent: i < NAMED, direction: "center", className: "fy-distance" }).addTo(group);
  }
  L.circleMarker(at(same), { radius: 8, color: "#fff", weight: 2.5, fillColor: color, fillOpacity: 1, className: "fy-namesake", ...marks() })
    .bindTooltip(el("span", {}, same.name), { permanent: i < NAMED, direction: "top", offset: [0, -9], className: "fy-here", opacity: 1 }).addTo(group);
};

const drawName = (shown) => {
  L.circleMarker(at(shown), { radius: 13, color: RED, weight: 3.5, fill: false, interactive: false, ...marks() })
    .bindTooltip(el("b", {}, shown.new_name || shown.name), { permanent: true, direction: "bottom", offset: [0, 12], className: "fy-here" }).addTo(group);
};

// The outline comes after the point: it has to be asked for.
const drawOutline = async (shown, mine) => {
  const page = await ask(`/api/layers/${encodeURIComponent(shown.layer)}/items`, { q: shown.new_name || shown.name, limit: 100 }).catch(() => null);
  const feature = page && page.features.find((one) => String(one.id) === shown.feature_id);
  if (!feature || !feature.geometry || /Point$/.test(feature.geometry.type) || group !== mine) return;
  L.geoJSON(feature, { style: { color: RED, weight: 4, opacity: 0.75, fillColor: RED, fillOpacity: 0.12 }, interactive: false, ...marks() }).addTo(mine).bringToBack();
};

export const drawCase = (shown) => {
  clearCase();
  group = L.layerGroup().addTo(fangyu.map);
  const placed = shown.namesakes.filter(hasPlace);
  const from = hasPlace(shown) ? at(shown) : null;
  placed.map((same, i) => [same, i]).reverse().forEach(([same, i]) => drawNamesake(same, from, i));
  if (from) drawName(shown);
  drawOutline(shown, group);
  fitCase(shown);
};

export const fitCase = (shown) => {
  fangyu.map.invalidateSize({ pan: false, animate: false });
  const points = [...(hasPlace(shown) ? [shown] : []), ...shown.namesakes.filter(hasPlace).slice(0, FITTED)].map(at);
  if (points.length > 1) fangyu.map.fitBounds(points, { padding: [70, 70], maxZoom: 15, animate: false });
  else if (points.length) fangyu.map.setView(points[0], Math.max(14, Math.min(16, fangyu.map.getZoom())), { animate: false });
};

// On a narrow screen the map lies below the sheet.
export const toMap = () => { if (NARROW.matches) fangyu.map.getContainer().closest(".fy-map-box").scrollIntoView({ block: "end" }); };

export const goTo = (one) => {
  toMap();
  fangyu.map.setView(at(one), Math.max(15, fangyu.map.getZoom()), { animate: false });
};
