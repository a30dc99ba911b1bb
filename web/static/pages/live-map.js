// The live map: small layers as GeoJSON, big ones as tiles, both following the switches of the panel.
import { allItems, ask } from "./service.js";
import { TileLayer } from "./tile-layer.js";

const TILED = ["place_name", "residential_quarter", "barrier", "building", "road", "door_plate"];
const { text, pick } = fangyu;
const status = document.getElementById("fy-status");
let tileLayer = null;
let infos = new Map();

let clearing = 0;

// A message stays until the next one, or for some seconds.
export const say = (message, seconds = 0) => {
  clearTimeout(clearing);
  status.textContent = message;
  if (seconds) clearing = setTimeout(() => { status.textContent = ""; }, seconds * 1000);
};

const wantedTiles = () => TILED.filter((id) => infos.has(id) && fangyu.isWanted(id));

const drawTiles = () => {
  if (tileLayer) tileLayer.remove();
  tileLayer = null;
  const layers = wantedTiles();
  if (layers.length) tileLayer = new TileLayer({ layers }).addTo(fangyu.map);
};

const tilePopup = async (latlng) => {
  const feature = tileLayer && tileLayer.nearest(latlng);
  const info = feature && infos.get(feature.layerId);
  if (!info) return null;
  const properties = { ...feature.properties };
  if (!feature.properties.id) return fangyu.popup({ ...info, fields: [] }, { properties });
  const reach = 360 / 2 ** fangyu.map.getZoom() / 8;
  const bbox = [latlng.lng - reach, latlng.lat - reach, latlng.lng + reach, latlng.lat + reach].join(",");
  const page = await ask(`/api/layers/${info.id}/items`, { bbox, limit: 200 });
  const whole = page.features.find((one) => String(one.id) === String(feature.properties.id));
  return fangyu.popup(info, whole || { properties });
};

// Layers in ORDER are drawn from below to above; only those the panel lists are loaded.
export const startMap = async ({ onLayer = () => {}, load = () => true } = {}) => {
  fangyu.startPanel();
  const answer = await ask("/api/layers");
  infos = new Map(answer.layers.map((info) => [info.id, info]));
  fangyu.addHitTest(tilePopup);
  const listed = [...document.querySelectorAll("#fy-panel input[data-layer]")].map((box) => box.dataset.layer).reverse();
  const small = listed.filter((id) => infos.has(id) && !TILED.includes(id));
  const loading = new Map();
  const fetchOne = (id) => {
    if (!loading.has(id)) loading.set(id, loadLayer(infos.get(id), onLayer));
    return loading.get(id);
  };
  document.addEventListener("fy-layer", ({ detail }) => {
    if (TILED.includes(detail.id)) drawTiles();
    else if (detail.visible && infos.has(detail.id)) fetchOne(detail.id);
  });
  document.addEventListener("fy-quiet", drawTiles);
  if (!infos.has("admin_unit")) document.querySelector(".folium-map").style.background = fangyu.config.styles.areas.land.fill;
  drawTiles();
  await Promise.all(small.filter((id) => load(id) || fangyu.isWanted(id)).map(fetchOne));
  say("");
  return { answer, infos, fetchLayer: fetchOne };
};

const loadLayer = async (info, onLayer) => {
  say(text("loading_layer", { name: pick(info.label) }));
  const collection = await allItems(info.id);
  fangyu.addLayer(info, collection, fangyu.isWanted(info.id));
  onLayer(info, collection);
  say("");
  return collection;
};
