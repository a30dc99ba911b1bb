// A map of differences: loss and gain differ by colour, by pattern and by a number with its sign.
import { count, points, signed } from "./plan-words.js";

const { el, text } = fangyu;
const CLASSES = [
  { upTo: -0.1, fill: "url(#fy-loss-much)", key: () => text("plan_loss_much") },
  { upTo: -1e-9, fill: "url(#fy-loss-some)", key: () => text("plan_loss_some") },
  { upTo: 1e-9, fill: "#f3f3f1", key: () => text("plan_no_change") },
  { upTo: 0.1, fill: "#d5c9ea", key: () => text("plan_gain_some") },
  { upTo: Infinity, fill: "#8667b8", key: () => text("plan_gain_much") },
];
const UNKNOWN = "#e3e3e6";
const LABELS = 40;
let drawn = [];

const fillOf = (row) => (row.difference === null || row.difference === undefined
  ? UNKNOWN : CLASSES.find((one) => row.difference <= one.upTo).fill);

const square = (fill) => {
  const box = el("span", { "aria-hidden": "true" });
  box.innerHTML = `<svg viewBox="0 0 32 24" width="32" height="24"><rect x="3" y="4" width="26" height="16" fill="${fill}" stroke="#777"/></svg>`;
  return box;
};

export const differenceLegend = (id = null) => el("fieldset", { class: "fy-difference-legend", id }, el("legend", {}, text("plan_difference_legend")),
  el("ul", {}, CLASSES.map((one) => el("li", {}, square(one.fill), el("span", {}, one.key())))));

export const clearDifference = () => {
  drawn.forEach((layer) => layer.remove());
  drawn = [];
  const legend = document.getElementById("fy-difference-key");
  if (legend) legend.remove();
  document.body.classList.remove("fy-with-difference");
};

const label = (row, feature) => L.marker(fangyu.anchorOf(feature.geometry), {
  interactive: false, keyboard: false, pane: "tooltipPane",
  icon: L.divIcon({ className: "fy-difference-label", iconSize: null, html: el("b", {}, signed(row.people)) }) });

// rows: [{code, name, difference (share), people (net)}]; shapes: code → feature.
export const drawDifference = (rows, shapes) => {
  clearDifference();
  const of = new Map(rows.map((row) => [row.code, row]));
  const features = [...shapes.values()].filter((one) => one.geometry && of.has(one.properties.code ?? String(one.id)));
  const rowOf = (feature) => of.get(feature.properties.code ?? String(feature.id));
  drawn.push(L.geoJSON({ type: "FeatureCollection", features }, {
    style: (feature) => ({ fillColor: fillOf(rowOf(feature)), fillOpacity: 1, color: "#fff", weight: 0.8 }), ...fangyu.svgIn("fy-share"),
    onEachFeature: (feature, layer) => layer.bindTooltip(() => { const row = rowOf(feature); return `${row.name || row.code} ${text("plan_with_count", { share: signed(row.people), n: points(row.difference) })}`; }),
  }).addTo(fangyu.map));
  const most = features.filter((one) => rowOf(one).people).sort((one, other) => Math.abs(rowOf(other).people) - Math.abs(rowOf(one).people)).slice(0, LABELS);
  drawn.push(L.layerGroup(most.map((one) => label(rowOf(one), one))).addTo(fangyu.map));
  const panel = document.getElementById("fy-panel-body");
  panel.prepend(differenceLegend("fy-difference-key"));
  document.body.classList.add("fy-with-difference");
  fangyu.setQuiet(true);
};

export const differenceTable = (rows) => rows.filter((row) => row.people).map((row) => [row.name || row.code, signed(row.people, count), points(row.difference)]);
