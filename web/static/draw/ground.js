// Named places, residential quarters, barriers, buildings, zones, study areas and boundary lines; the ground fades under a choropleth.
(() => {
  "use strict";
  const { config, styleOf } = fangyu;
  const { register, remember, bindPopup, anchorOf, ground } = fangyu.kit;

  const placeStyle = (feature) => {
    const surface = feature.properties.surface || "place";
    if (feature.geometry.type.endsWith("LineString")) {
      return { color: config.styles.areas[surface === "water" ? "water" : "place"].stroke, weight: 2.2, fill: false };
    }
    if (feature.geometry.type.endsWith("Point")) {
      return { radius: 2.6, color: "#fff", weight: 1, fillColor: "#4a4a55", fillOpacity: 1 };
    }
    return styleOf.area(surface);
  };

  // A street in the register of names is labelled like the street on the map, so that its name stands once.
  fangyu.placeLabelKind = (surface, entityClass) => {
    if (["water", "hill", "green"].includes(surface)) return surface;
    return { facility: "facility", road: "road" }[entityClass] || "place";
  };

  const placeLabel = (feature) => {
    const surface = feature.properties.surface || "place";
    const kind = fangyu.placeLabelKind(surface, feature.properties.entity_class);
    const isPoint = feature.geometry.type === "Point";
    return { text: feature.properties.name, kind, at: anchorOf(feature.geometry), below: isPoint };
  };

  // Dots wait until there is room for them.
  const DOTS_FROM = 13;
  const showDots = (entry) => {
    const wanted = fangyu.map.getZoom() >= DOTS_FROM && !fangyu.quiet;
    if (wanted) entry.group.addLayer(entry.dots);
    else entry.group.removeLayer(entry.dots);
  };

  const drawOnCanvas = (info, collection, style) => {
    const entry = register(info, L.layerGroup());
    entry.dots = L.layerGroup();
    for (const feature of collection.features) {
      if (!feature.geometry) continue;
      const shape = L.geoJSON(feature, {
        style, ...ground(),
        pointToLayer: (point, latlng) => L.circleMarker(latlng, { ...style(point), ...ground() }),
      });
      shape.eachLayer((part) => bindPopup(entry, feature, part));
      remember(entry, feature, shape);
      (feature.geometry.type.endsWith("Point") ? entry.dots : entry.group).addLayer(shape);
    }
    showDots(entry);
    fangyu.map.on("zoomend", () => showDots(entry));
    return entry;
  };

  const drawPlaces = (info, collection) => {
    const areaFirst = (feature) => ({ P: 0, L: 1 })[feature.geometry.type.replace("Multi", "")[0]] ?? 2;
    const features = collection.features.filter((feature) => feature.geometry);
    const isPoint = (feature) => feature.geometry.type.endsWith("Point");
    features.sort((one, other) => isPoint(one) - isPoint(other) || areaFirst(one) - areaFirst(other));
    const entry = drawOnCanvas(info, { features }, placeStyle);
    const labels = features.filter((feature) => feature.properties.name).map(placeLabel);
    entry.group.on("add", () => fangyu.labels.set("place_name", labels));
    entry.group.on("remove", () => fangyu.labels.set("place_name", []));
    return entry;
  };

  // Under a choropleth the colours of the ground would be read as classes: all but water fades.
  const fadeGround = (quiet) => {
    for (const id of ["place_name", "residential_quarter"]) {
      if (fangyu.drawn.has(id)) showDots(fangyu.drawn.get(id));
      for (const [featureId, shape] of (fangyu.drawn.get(id) || { shapes: [] }).shapes) {
        const feature = fangyu.drawn.get(id).features.get(featureId);
        const isArea = feature.geometry.type.endsWith("Polygon");
        if (isArea && feature.properties.surface !== "water") shape.setStyle({ fillOpacity: quiet ? 0 : 1 });
      }
    }
  };

  fangyu.setQuiet = (quiet) => {
    if (fangyu.quiet === quiet) return;
    fangyu.quiet = quiet;
    fangyu.map.getContainer().classList.toggle("fy-quiet", quiet);
    fadeGround(quiet);
    document.dispatchEvent(new CustomEvent("fy-quiet"));
  };

  const drawQuarters = (info, collection) => drawOnCanvas(info, collection, (feature) =>
    feature.geometry.type === "Point"
      ? { radius: 3, color: "#b59f74", weight: 1, fillColor: "#ece3d3", fillOpacity: 1 }
      : styleOf.area("residential_quarter"));

  const drawZones = (info, collection) => {
    const entry = register(info, L.layerGroup());
    for (const feature of collection.features.filter((one) => one.geometry)) {
      const shape = L.geoJSON(feature, {
        style: styleOf.area("no_burial_zone", { weight: 1.2, fillOpacity: 1 }), ...fangyu.svgIn("fy-zones") });
      bindPopup(entry, feature, shape);
      remember(entry, feature, shape);
      entry.group.addLayer(shape);
    }
    return entry;
  };

  const drawBarriers = (info, collection) => drawOnCanvas(info, collection, (feature) => ({
    ...styleOf.barrier(feature.properties.kind), fill: feature.geometry.type.endsWith("Polygon"),
  }));

  const drawBuildings = (info, collection) => drawOnCanvas(info, collection, (feature) =>
    feature.geometry.type === "Point"
      ? { ...styleOf.area("building"), radius: 2.2 }
      : styleOf.area("building", { weight: 0.5 }));

  const drawOutlines = (style) => (info, collection) => {
    const entry = register(info, L.layerGroup());
    for (const feature of collection.features.filter((one) => one.geometry)) {
      const shape = L.geoJSON(feature, { style, ...fangyu.svgIn("fy-units") });
      bindPopup(entry, feature, shape);
      remember(entry, feature, shape);
      entry.group.addLayer(shape);
    }
    return entry;
  };

  fangyu.drawers.place_name = drawPlaces;
  fangyu.drawers.residential_quarter = drawQuarters;
  fangyu.drawers.no_burial_zone = drawZones;
  fangyu.drawers.barrier = drawBarriers;
  fangyu.drawers.building = drawBuildings;
  fangyu.drawers.study_area = drawOutlines(styleOf.studyArea);
  fangyu.drawers.boundary_line = drawOutlines(styleOf.boundary);
})();
