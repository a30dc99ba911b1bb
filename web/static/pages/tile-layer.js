// Vector tiles of the big layers on one canvas: no WebGL, names kept for labels, shapes kept for clicks.
import { VectorTile } from "@mapbox/vector-tile";
import Pbf from "pbf";

const { config, styleOf, roadWidth } = fangyu;
const MIME = "application/vnd.mapbox-vector-tile";
const POINT = 1;
const LINE = 2;
const UNLABELLED = ["residential_quarter", "barrier", "building"];
const SURFACE_ORDER = ["homes", "place", "green", "hill", "water"];

const fetchTile = async (layerId, coords, signal) => {
  const answer = await fetch(`/tiles/${layerId}/${coords.z}/${coords.x}/${coords.y}.mvt`, { signal, headers: { Accept: MIME } });
  if (!answer.ok || answer.status === 204) return [];
  const bytes = await answer.arrayBuffer();
  if (!bytes.byteLength) return [];
  const layer = new VectorTile(new Pbf(bytes)).layers[layerId];
  if (!layer) return [];
  const features = [];
  for (let i = 0; i < layer.length; i += 1) {
    const feature = layer.feature(i);
    features.push({ layerId, type: feature.type, properties: feature.properties, rings: feature.loadGeometry(), extent: layer.extent });
  }
  return features;
};

const trace = (context, feature, scale, close) => {
  context.beginPath();
  for (const ring of feature.rings) {
    ring.forEach((point, i) => context[i ? "lineTo" : "moveTo"](point.x * scale, point.y * scale));
    if (close) context.closePath();
  }
};

const fillArea = (context, feature, scale, style) => {
  trace(context, feature, scale, true);
  context.fillStyle = style.fill;
  context.fill("evenodd");
  context.strokeStyle = style.stroke || style.fill;
  context.lineWidth = 0.8;
  context.stroke();
};

const strokeLine = (context, feature, scale, { colour, width, dash }) => {
  trace(context, feature, scale, false);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.setLineDash(dash ? dash.split(" ").map(Number) : []);
  context.stroke();
  context.setLineDash([]);
};

const drawRoads = (context, features, scale, zoom) => {
  const roads = features.filter((one) => one.layerId === "road" && one.type === LINE);
  const rank = (one) => config.styles.roadOrder.indexOf(one.properties.kind);
  roads.sort((one, other) => rank(one) - rank(other));
  const gap = zoom < 12 ? 0.6 : 1.4;
  for (const road of roads) {
    const style = styleOf.road(road.properties.kind);
    if (style.casing) strokeLine(context, road, scale, { colour: style.casing, width: roadWidth(style, zoom) + gap });
  }
  for (const road of roads) {
    const style = styleOf.road(road.properties.kind);
    strokeLine(context, road, scale, { colour: style.colour, width: roadWidth(style, zoom), dash: style.dash });
  }
};

const drawPlaces = (context, features, scale, zoom) => {
  const places = features.filter((one) => one.layerId === "place_name");
  const rank = (one) => SURFACE_ORDER.indexOf(one.properties.surface);
  const isDrawn = (one) => one.type > LINE && (!fangyu.quiet || one.properties.surface === "water");
  for (const area of places.filter(isDrawn).sort((a, b) => rank(a) - rank(b))) {
    fillArea(context, area, scale, config.styles.areas[area.properties.surface] || config.styles.areas.place);
  }
  for (const line of places.filter((one) => one.type === LINE && one.properties.surface === "water")) {
    strokeLine(context, line, scale, { colour: config.styles.areas.water.stroke, width: Math.max(1, (zoom - 9) * 0.55) });
  }
};

const drawBarriers = (context, features, scale) => {
  for (const one of features.filter((each) => each.layerId === "barrier" && each.type !== POINT)) {
    const { colour, fill, weight, dash } = config.styles.barriers[one.properties.kind] || config.styles.barriers.other;
    if (one.type > LINE) fillArea(context, one, scale, { fill, stroke: colour });
    else strokeLine(context, one, scale, { colour, width: weight, dash });
  }
};

const drawAreas = (context, features, scale, layerId) => {
  if (fangyu.quiet) return;
  for (const one of features.filter((each) => each.layerId === layerId && each.type > LINE)) {
    fillArea(context, one, scale, config.styles.areas[layerId]);
  }
};

const dotColours = (layerId) => {
  if (layerId === "place_name") return ["#6b6459", "#fff"];
  if (layerId === "door_plate") return [config.symbols.door_plate.colour, "#fff"];
  const { fill, stroke } = config.styles.areas[layerId] || config.styles.areas.residential_quarter;
  return [fill, stroke];
};

const drawDots = (context, features, scale, zoom) => {
  for (const one of features) {
    if (one.type !== POINT || fangyu.quiet || zoom < 13 || one.properties.kind === "road") continue;
    const isSmall = one.layerId === "place_name";
    const radius = (isSmall ? 1.4 : 2.2) + Math.max(0, zoom - 12) * 0.35;
    context.beginPath();
    context.arc(one.rings[0][0].x * scale, one.rings[0][0].y * scale, radius, 0, 2 * Math.PI);
    const [fill, stroke] = dotColours(one.layerId);
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = 0.8;
    context.strokeStyle = stroke;
    context.stroke();
  }
};

const middle = (feature) => {
  if (feature.type === POINT) return feature.rings[0][0];
  if (feature.type === LINE) return feature.rings[0][Math.floor(feature.rings[0].length / 2)];
  const xs = feature.rings[0].map((point) => point.x);
  const ys = feature.rings[0].map((point) => point.y);
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
};

const labelKind = (feature) => {
  if (feature.layerId === "road") return "road";
  const { surface, kind } = feature.properties;
  return fangyu.placeLabelKind(surface, kind);
};

export const TileLayer = L.GridLayer.extend({
  options: { layers: [], tileSize: 256, maxNativeZoom: 17, minZoom: 6, updateWhenZooming: false, keepBuffer: 1 },

  initialize(options) {
    L.setOptions(this, options);
    this.tileFeatures = new Map();
    this.on("tileunload", (event) => this.forget(this._tileCoordsToKey(event.coords)));
  },

  onRemove(map) {
    for (const key of [...this.tileFeatures.keys()]) this.forget(key);
    L.GridLayer.prototype.onRemove.call(this, map);
  },

  forget(key) {
    this.tileFeatures.get(key)?.stop?.abort();
    this.tileFeatures.delete(key);
    fangyu.labels.set(`tile ${key}`, []);
  },

  createTile(coords, done) {
    const size = this.getTileSize();
    const ratio = Math.min(globalThis.devicePixelRatio || 1, 2);
    const canvas = L.DomUtil.create("canvas", "fy-tile");
    canvas.width = size.x * ratio;
    canvas.height = size.y * ratio;
    const stop = new AbortController();
    const key = this._tileCoordsToKey(coords);
    this.tileFeatures.set(key, { coords, features: [], stop });
    Promise.all(this.options.layers.map((id) => fetchTile(id, coords, stop.signal)))
      .then((parts) => {
        const features = parts.flat();
        if (this.tileFeatures.has(key)) this.tileFeatures.set(key, { coords, features });
        this.paint(canvas, features, size.x, ratio, coords.z);
        this.setLabels(key, coords, features);
        done(null, canvas);
      })
      .catch((error) => done(error.name === "AbortError" ? null : error, canvas));
    return canvas;
  },

  paint(canvas, features, size, ratio, zoom) {
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    context.lineCap = "round";
    context.lineJoin = "round";
    const scale = features.length ? size / features[0].extent : 1;
    drawPlaces(context, features, scale, zoom);
    drawAreas(context, features, scale, "residential_quarter");
    drawBarriers(context, features, scale);
    drawAreas(context, features, scale, "building");
    drawRoads(context, features, scale, zoom);
    drawDots(context, features, scale, zoom);
  },

  setLabels(key, coords, features) {
    if (!this.tileFeatures.has(key)) return;
    const labels = features
      .filter((one) => one.properties.name && !UNLABELLED.includes(one.layerId))
      .map((one) => ({ text: one.properties.name, kind: labelKind(one), at: this.latLngOf(coords, middle(one), one.extent), below: one.type === POINT }));
    fangyu.labels.set(`tile ${key}`, labels);
  },

  latLngOf(coords, point, extent) {
    const size = this.getTileSize().x;
    const world = L.point(coords.x * size + (point.x / extent) * size, coords.y * size + (point.y / extent) * size);
    return this._map.unproject(world, coords.z);
  },

  // The nearest named point or line within `reach` screen pixels of a place, or null.
  nearest(latlng, reach = 9) {
    const size = this.getTileSize().x;
    let best = null;
    for (const { coords, features } of this.tileFeatures.values()) {
      if (coords.z !== this._tileZoom) continue;
      const world = this._map.project(latlng, coords.z);
      const x = world.x - coords.x * size;
      const y = world.y - coords.y * size;
      if (x < -reach || y < -reach || x > size + reach || y > size + reach) continue;
      for (const feature of features) {
        if (!feature.properties.name && !feature.properties.id) continue;
        const away = distance(feature, (x / size) * feature.extent, (y / size) * feature.extent) * (size / feature.extent);
        if (away <= reach && (!best || away < best.away)) best = { feature, away };
      }
    }
    return best && best.feature;
  },
});

const distance = (feature, x, y) => {
  if (feature.type === POINT) return Math.hypot(feature.rings[0][0].x - x, feature.rings[0][0].y - y);
  if (feature.type > LINE) return Infinity;
  let least = Infinity;
  for (const ring of feature.rings) {
    for (let i = 1; i < ring.length; i += 1) least = Math.min(least, toSegment(ring[i - 1], ring[i], x, y));
  }
  return least;
};

const toSegment = (a, b, x, y) => {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const t = dx || dy ? Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy))) : 0;
  return Math.hypot(a.x + t * dx - x, a.y + t * dy - y);
};
