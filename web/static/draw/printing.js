// Before paper, the page takes the size of the paper, so that the map is drawn for it and nothing is cut off.
(() => {
  "use strict";
  let before = null;

  // What is seen of the district, without the empty margins of a wide window.
  const seen = () => {
    const view = fangyu.map.getBounds();
    const whole = fangyu.config.bounds && L.latLngBounds(fangyu.config.bounds);
    if (!whole || !view.intersects(whole)) return view;
    return L.latLngBounds(
      [Math.max(view.getSouth(), whole.getSouth()), Math.max(view.getWest(), whole.getWest())],
      [Math.min(view.getNorth(), whole.getNorth()), Math.min(view.getEast(), whole.getEast())]);
  };

  const resize = (view) => {
    fangyu.map.invalidateSize({ pan: false, animate: false });
    fangyu.map.fitBounds(view.bounds, { animate: false });
    fangyu.labels.now(); // no frame is drawn any more before the paper
  };

  addEventListener("beforeprint", () => {
    if (!fangyu.map) return;
    before = { centre: fangyu.map.getCenter(), zoom: fangyu.map.getZoom(), bounds: seen() };
    document.body.classList.add("fy-printing");
    resize(before);
  });

  addEventListener("afterprint", () => {
    if (!before) return;
    document.body.classList.remove("fy-printing");
    fangyu.map.invalidateSize({ pan: false, animate: false });
    fangyu.map.setView(before.centre, before.zoom, { animate: false });
    before = null;
  });
})();
