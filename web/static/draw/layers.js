// The map and its layers: the live page and the exported file draw with this.
(() => {
  "use strict";
  const { config } = fangyu;
  const drawn = (fangyu.drawn = new Map());
  const hitTests = [];
  let map = null;
  let canvas = null;

  const PANES = { land: 150, share: 160, reach: 170, ground: 210, zones: 300, units: 350, marks: 590 };

  fangyu.start = (theMap) => {
    map = fangyu.map = theMap;
    L.Icon.Default.mergeOptions(config.icons);
    for (const [name, z] of Object.entries(PANES)) map.createPane(`fy-${name}`).style.zIndex = z;
    map.createPane("fy-labels").style.zIndex = 630;
    canvas = L.canvas({ pane: "fy-ground", padding: 0.3, tolerance: 4 });
    if (map.attributionControl) map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false, maxWidth: 140 }).addTo(map);
    fangyu.labels.start(map);
    fangyu.startSheet(map);
    map.on("click", answerClick);
  };

  // Everything but the ground is SVG: a second canvas on top would swallow the clicks on the first.
  const svgs = new Map();
  fangyu.svgIn = (pane) => {
    if (!svgs.has(pane)) svgs.set(pane, L.svg({ pane, padding: 0.3 }));
    return { pane, renderer: svgs.get(pane) };
  };

  // test(latlng) gives the content of a popup, a promise of it, or null.
  fangyu.addHitTest = (test) => hitTests.unshift(test);

  const answerClick = async (event) => {
    for (const test of hitTests) {
      const content = await test(event.latlng);
      if (content) {
        L.popup({ maxWidth: 340, maxHeight: 360 }).setLatLng(event.latlng).setContent(content).openOn(map);
        return;
      }
    }
  };

  const register = (info, group) => {
    const entry = { info, group, shapes: new Map(), features: new Map() };
    drawn.set(info.id, entry);
    return entry;
  };

  const remember = (entry, feature, shape) => {
    const id = String(feature.id ?? feature.properties.id);
    entry.features.set(id, feature);
    entry.shapes.set(id, shape);
  };

  const bindPopup = (entry, feature, shape) =>
    shape.bindPopup(() => fangyu.popup(entry.info, feature), { maxWidth: 340, maxHeight: 360 });

  const at = (position) => L.latLng(position[1], position[0]);

  const anchorOf = (geometry) => {
    if (geometry.type === "Point") return at(geometry.coordinates);
    return L.geoJSON(geometry).getBounds().getCenter();
  };
  fangyu.anchorOf = anchorOf;

  fangyu.drawers = {};
  fangyu.kit = {
    register, remember, bindPopup, at, anchorOf,
    // One canvas for the whole ground.
    ground: () => ({ renderer: canvas, pane: "fy-ground" }),
  };

  // Draw a layer and show it when its switch is on. Order of calls decides who lies above on the canvas.
  fangyu.addLayer = (info, collection, visible = true) => {
    const drawer = fangyu.drawers[info.id] || (config.symbols[info.id] ? fangyu.drawers.symbols : null);
    if (!drawer) return null;
    const entry = drawer(info, collection);
    if (visible) map.addLayer(entry.group);
    fangyu.labels.again();
    return entry;
  };

  fangyu.removeLayer = (id) => {
    const entry = drawn.get(id);
    if (entry) map.removeLayer(entry.group);
    drawn.delete(id);
  };

  fangyu.setVisible = (id, visible) => {
    const entry = drawn.get(id);
    if (!entry) return;
    if (visible) map.addLayer(entry.group);
    else map.removeLayer(entry.group);
    fangyu.labels.again();
    if (id === "admin_unit") fangyu.labels.set("admin_unit", visible ? [...entry.features.values()].map(fangyu.unitLabel) : []);
  };

  // Go to one feature and open what is known of it.
  fangyu.focus = (layerId, featureId, zoom = 16) => {
    const entry = drawn.get(layerId);
    const feature = entry && entry.features.get(String(featureId));
    if (!feature) return false;
    if (!map.hasLayer(entry.group)) map.addLayer(entry.group);
    if (/Polygon|Line/.test(feature.geometry.type)) {
      map.fitBounds(L.geoJSON(feature).getBounds(), { maxZoom: zoom, padding: [40, 40], animate: false });
    } else {
      map.setView(anchorOf(feature.geometry), Math.max(map.getZoom(), zoom), { animate: false });
    }
    L.popup({ maxWidth: 340, maxHeight: 360, offset: [0, -6] }).setLatLng(anchorOf(feature.geometry))
      .setContent(fangyu.popup(entry.info, feature)).openOn(map);
    return true;
  };
})();
