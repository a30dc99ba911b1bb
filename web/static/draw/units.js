// Administrative units: the land, their lines, their names; a click finds the smallest one.
(() => {
  "use strict";
  const { config, styleOf } = fangyu;
  const { register, remember, anchorOf } = fangyu.kit;

  const LEVELS = ["village", "town", "county", "city", "province"];

  const drawUnits = (info, collection) => {
    const entry = register(info, L.layerGroup());
    const areas = collection.features.filter((feature) => feature.geometry);
    const lowest = LEVELS.find((level) => areas.some((feature) => feature.properties.level === level));
    for (const level of LEVELS) {
      const here = areas.filter((feature) => feature.properties.level === level);
      if (level === lowest) entry.group.addLayer(land(here));
      for (const feature of here) {
        const line = L.geoJSON(feature, { style: styleOf.unitLine(level), ...fangyu.svgIn("fy-units"), interactive: false });
        remember(entry, feature, line);
        entry.group.addLayer(line);
      }
    }
    fangyu.labels.set("admin_unit", areas.map(fangyu.unitLabel));
    fangyu.addHitTest((latlng) => unitPopup(entry, areas, latlng));
    return entry;
  };

  const land = (features) => L.geoJSON({ type: "FeatureCollection", features }, {
    style: { fillColor: config.styles.areas.land.fill, fillOpacity: 1, color: config.styles.areas.land.fill, weight: 1 },
    ...fangyu.svgIn("fy-land"), interactive: false,
  });

  fangyu.unitLabel = (feature) => ({
    text: feature.properties.name, kind: feature.properties.level, at: anchorOf(feature.geometry),
  });

  const ringHolds = (ring, x, y) => {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  };

  fangyu.holds = (geometry, latlng) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return polygons.some((rings) => rings.reduce(
      (inside, ring) => inside !== ringHolds(ring, latlng.lng, latlng.lat), false));
  };

  const unitPopup = (entry, areas, latlng) => {
    if (!fangyu.map.hasLayer(entry.group)) return null;
    const hit = LEVELS.map((level) => areas.find(
      (feature) => feature.properties.level === level && fangyu.holds(feature.geometry, latlng))).find(Boolean);
    return hit ? fangyu.popup(entry.info, hit) : null;
  };

  fangyu.drawers.admin_unit = drawUnits;
})();
