// A coverage report on the map: units by class of share, a pattern where nobody is served, service areas on top.
(() => {
  "use strict";
  const { config } = fangyu;
  let layers = [];
  let rowsByCode = new Map();
  let shapes = [];
  let hitTestAdded = false;

  fangyu.shareFill = (row) => {
    const { shares, unknown, uncovered } = config.classes;
    if (row.share === null || row.share === undefined) return unknown;
    if (!row.covered && row.share === 0) return uncovered;
    const found = shares.find((one) => row.share >= one.low && row.share < one.high);
    return found ? found.fill : unknown;
  };

  // A row is found by the code of its area, or by its id where a layer of one's own has no codes.
  const codeOf = (feature) => feature.properties.code ?? String(feature.id);

  const style = (feature) => ({
    fillColor: fangyu.shareFill(rowsByCode.get(codeOf(feature)) || {}), fillOpacity: 1,
    color: "#fff", weight: 0.8,
  });

  fangyu.coveragePopup = (row) => {
    const { el, text, percent, number, pick } = fangyu;
    return el("article", { class: "fy-popup" },
      el("p", { class: "fy-popup-layer" }, row.code),
      el("h3", {}, row.name || row.code),
      el("p", { class: "fy-figure" }, percent(row.share)),
      row.numerator === null ? null : el("p", {}, `${number(row.numerator, 0)} / ${number(row.denominator, 0)}`),
      row.reason ? el("p", {}, pick(row.reason.text)) : null,
      row.nearest && !row.reason ? el("p", {}, text("nearest_is", {
        name: row.nearest.name || row.nearest.id,
        road: row.nearest.network_m == null ? text("not_connected") : fangyu.metres(row.nearest.network_m),
        straight: fangyu.metres(row.nearest.straight_m) })) : null);
  };

  const unitShapes = () => {
    const units = fangyu.drawn.get("admin_unit");
    return units ? [...units.features.values()] : [];
  };

  const hit = (latlng) => {
    if (!layers.length) return null;
    for (const feature of shapes) {
      const row = rowsByCode.get(codeOf(feature));
      if (row && feature.geometry && fangyu.holds(feature.geometry, latlng)) return fangyu.coveragePopup(row);
    }
    return null;
  };

  fangyu.clearCoverage = () => {
    layers.forEach((layer) => layer.remove());
    layers = [];
    rowsByCode = new Map();
  };

  // report: as /api/coverage answers; areas: GeoJSON of service areas, or null; own: the areas of the rows by code
  // (a Map of features), where they are not administrative units.
  fangyu.drawCoverage = (report, areas = null, own = null) => {
    fangyu.clearCoverage();
    rowsByCode = new Map(report.rows.map((row) => [row.code, row]));
    shapes = own ? [...own.values()] : unitShapes();
    const features = shapes.filter((feature) => feature.geometry && rowsByCode.has(codeOf(feature)));
    layers.push(L.geoJSON({ type: "FeatureCollection", features }, {
      style, ...fangyu.svgIn("fy-share"), interactive: false }).addTo(fangyu.map));
    fangyu.setQuiet(true);
    if (areas) fangyu.drawReach(areas);
    if (!hitTestAdded) fangyu.addHitTest(hit);
    hitTestAdded = true;
  };

  fangyu.drawReach = (areas) => {
    layers.push(L.geoJSON(areas, {
      style: { fillColor: "#5a2a82", fillOpacity: 0.13, color: "#5a2a82", weight: 1.2, dashArray: "4 3" },
      ...fangyu.svgIn("fy-reach"), interactive: false }).addTo(fangyu.map));
  };

  fangyu.focusUnit = (row) => {
    const feature = shapes.find((one) => codeOf(one) === row.code);
    if (feature && feature.geometry) {
      fangyu.map.fitBounds(L.geoJSON(feature).getBounds(), { padding: [60, 60], maxZoom: 15, animate: false });
    } else if (row.lon !== null && row.lon !== undefined) {
      fangyu.map.setView([row.lat, row.lon], 14, { animate: false });
    } else return false;
    const centre = feature && feature.geometry ? fangyu.anchorOf(feature.geometry) : L.latLng(row.lat, row.lon);
    L.popup({ maxWidth: 320 }).setLatLng(centre).setContent(fangyu.coveragePopup(row)).openOn(fangyu.map);
    return true;
  };
})();
