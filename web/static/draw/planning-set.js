// The interactive map of a planning set: one service and tier at a time, new sites, and the way to a town's page.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);

  const siteMark = (site) => L.marker([site.lat, site.lon], {
    icon: L.divIcon({ className: "fy-new-site", html: "", iconSize: [28, 22] }), pane: "fy-marks", zIndexOffset: 1000, title: `${site.label} ${site.unit}` });

  const drawSites = (sites) => {
    for (const site of sites) {
      const mark = siteMark(site).addTo(fangyu.map);
      mark.getElement().textContent = site.label;
    }
  };

  const show = (views) => {
    const view = views[Number(byId("fy-set-view").value)];
    if (!view) return;
    fangyu.drawCoverage(view, byId("fy-set-reach").checked ? view.areas : null);
    for (const one of views) fangyu.setVisible(one.layer, one.layer === view.layer);
  };

  const goTo = (id) => {
    if (!id) return;
    const units = fangyu.drawn.get("admin_unit");
    const town = units && [...units.features.values()].find((one) => `town-${one.properties.code}` === id);
    if (town && town.geometry) fangyu.map.fitBounds(L.geoJSON(town).getBounds(), { animate: false });
    byId(id).scrollIntoView();
  };

  fangyu.startSet = () => {
    const { views, sites } = JSON.parse(byId("fangyu-set").textContent);
    drawSites(sites);
    show(views);
    byId("fy-set-view").addEventListener("change", () => show(views));
    byId("fy-set-reach").addEventListener("change", () => show(views));
    byId("fy-set-town").addEventListener("change", (event) => goTo(event.target.value));
    byId("fy-set-print").addEventListener("click", () => window.print());
  };
})();
