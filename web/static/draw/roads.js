// Roads by class on the canvas of the ground.
(() => {
  "use strict";
  const { config, styleOf } = fangyu;
  const { register, remember, bindPopup, at, ground } = fangyu.kit;

  const drawRoads = (info, collection) => {
    const entry = register(info, L.layerGroup());
    const order = config.styles.roadOrder;
    const rank = (feature) => order.indexOf(feature.properties.road_class);
    const sorted = collection.features.filter((feature) => feature.geometry).sort((one, other) => rank(one) - rank(other));
    // A layer group draws its members in the order they were made: all casings first, so that crossings stay open.
    const parts = [...sorted.map(roadCasing).filter(Boolean), ...sorted.map((feature) => roadTop(entry, feature))];
    parts.forEach((part) => entry.group.addLayer(part.line));
    const widths = () => parts.forEach((part) => part.line.setStyle({ weight: part.width(fangyu.map.getZoom()) }));
    fangyu.map.on("zoomend", widths);
    const labels = sorted.filter((feature) => feature.properties.name).map(roadLabel);
    entry.group.on("add", () => { widths(); fangyu.labels.set("road", labels); });
    entry.group.on("remove", () => fangyu.labels.set("road", []));
    return entry;
  };

  const roadLine = (feature, options) => L.geoJSON(feature, {
    style: { lineCap: "round", lineJoin: "round", ...options }, ...ground(),
  }).getLayers()[0];

  const roadCasing = (feature) => {
    const style = styleOf.road(feature.properties.road_class);
    if (!style.casing) return null;
    const width = (zoom) => fangyu.roadWidth(style, zoom) + (zoom < 12 ? 0.6 : 1.4);
    return { line: roadLine(feature, { color: style.casing, interactive: false }), width };
  };

  const roadTop = (entry, feature) => {
    const style = styleOf.road(feature.properties.road_class);
    const line = roadLine(feature, { color: style.colour, dashArray: style.dash || null });
    remember(entry, feature, bindPopup(entry, feature, line));
    return { line, width: (zoom) => fangyu.roadWidth(style, zoom) };
  };

  const roadLabel = (feature) => {
    const { type, coordinates } = feature.geometry;
    const lines = type === "LineString" ? [coordinates] : coordinates;
    const longest = lines.reduce((one, other) => (other.length > one.length ? other : one));
    return { text: feature.properties.name, kind: "road", at: at(longest[Math.floor(longest.length / 2)]) };
  };

  fangyu.drawers.road = drawRoads;
})();
