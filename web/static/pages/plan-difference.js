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
const LABELS = 120;
const GAP_PX = 2;
let drawn = [];
let labels = []; // of the map, largest first

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
  labels = [];
  fangyu.map.off("zoomend", thin);
  for (const id of ["fy-difference-key", "fy-difference-title"]) document.getElementById(id)?.remove();
  document.body.classList.remove("fy-with-difference");
};

const apart = (one, other) => one.right + GAP_PX <= other.left || other.right + GAP_PX <= one.left
  || one.bottom + GAP_PX <= other.top || other.bottom + GAP_PX <= one.top;

// Where numbers would cover each other, the largest stays; zooming in brings the others back.
const thin = () => {
  const kept = [];
  for (const marker of labels) {
    const element = marker.getElement();
    const box = element.firstElementChild.getBoundingClientRect();
    const fits = kept.every((one) => apart(one, box));
    element.style.visibility = fits ? "" : "hidden";
    if (fits) kept.push(box);
  }
};

const label = (row, feature) => L.marker(fangyu.anchorOf(feature.geometry), {
  interactive: false, keyboard: false, pane: "tooltipPane",
  icon: L.divIcon({ className: "fy-difference-label", iconSize: null, html: el("b", {}, signed(row.people)) }) });

// rows: [{code, name, difference (share), people (net)}]; shapes: code → feature; title: what is compared.
export const drawDifference = (rows, shapes, title) => {
  clearDifference();
  const of = new Map(rows.map((row) => [row.code, row]));
  const features = [...shapes.values()].filter((one) => one.geometry && of.has(one.properties.code ?? String(one.id)));
  const rowOf = (feature) => of.get(feature.properties.code ?? String(feature.id));
  drawn.push(L.geoJSON({ type: "FeatureCollection", features }, {
    style: (feature) => ({ fillColor: fillOf(rowOf(feature)), fillOpacity: 1, color: "#fff", weight: 0.8 }), ...fangyu.svgIn("fy-share"),
    onEachFeature: (feature, layer) => layer.bindTooltip(() => { const row = rowOf(feature); return `${row.name || row.code} ${text("plan_with_count", { share: signed(row.people), n: points(row.difference) })}`; }),
  }).addTo(fangyu.map));
  const most = features.filter((one) => rowOf(one).people).sort((one, other) => Math.abs(rowOf(other).people) - Math.abs(rowOf(one).people)).slice(0, LABELS);
  labels = most.map((one) => label(rowOf(one), one));
  drawn.push(L.layerGroup(labels).addTo(fangyu.map));
  thin();
  fangyu.map.on("zoomend", thin);
  document.querySelector(".fy-map-box").append(el("p", { id: "fy-difference-title", class: "fy-difference-title" }, title));
  const panel = document.getElementById("fy-panel-body");
  panel.prepend(differenceLegend("fy-difference-key"));
  document.body.classList.add("fy-with-difference");
  fangyu.setQuiet(true);
};

export const differenceTable = (rows) => rows.filter((row) => row.people).map((row) => [row.name || row.code, signed(row.people, count), points(row.difference)]);
