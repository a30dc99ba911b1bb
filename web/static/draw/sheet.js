// On a narrow screen a popup has no room on the map: what it says lies in a sheet at the lower edge instead.
(() => {
  "use strict";
  const NARROW = matchMedia("(max-width: 760px)");
  const { el, text } = fangyu;
  let sheet = null;
  let ring = null;
  let cameFrom = null;

  // A list drawn anew since then has the same item again.
  const stillThere = (element) => {
    if (element.isConnected) return element;
    const row = element.closest("[data-id]");
    const again = row && document.querySelector(`[data-layer="${row.dataset.layer}"][data-id="${CSS.escape(row.dataset.id)}"] button`);
    return again || fangyu.map.getContainer();
  };

  const hide = () => {
    if (ring) ring.remove();
    if (sheet) sheet.remove();
    sheet = null;
    ring = null;
    if (cameFrom) stillThere(cameFrom).focus({ preventScroll: true });
    cameFrom = null;
  };

  // The place stays in sight above the sheet.
  const clear = (latlng) => {
    const box = fangyu.map.getContainer().getBoundingClientRect();
    const free = Math.min(box.bottom, sheet.getBoundingClientRect().top) - box.top;
    const y = fangyu.map.latLngToContainerPoint(latlng).y;
    if (free > 80 && y > free - 30) fangyu.map.panBy([0, y - free / 2], { animate: false });
  };

  const show = (popup) => {
    const content = popup.getElement().querySelector(".fy-popup");
    if (!content) return;
    cameFrom = document.activeElement;
    const close = el("button", { type: "button", class: "fy-sheet-close", "aria-label": text("close"), onclick: () => popup.close() }, "×");
    const title = content.querySelector("h3");
    sheet = el("section", { class: "fy-sheet", role: "dialog", tabindex: "-1", "aria-label": title ? title.textContent : "" }, close, content);
    sheet.addEventListener("keydown", (event) => { if (event.key === "Escape") popup.close(); });
    document.body.append(sheet);
    sheet.focus({ preventScroll: true });
    ring = L.circleMarker(popup.getLatLng(), {
      radius: 19, color: "#0b57d0", weight: 3, fill: false, interactive: false, pane: "fy-marks" }).addTo(fangyu.map);
    clear(popup.getLatLng());
  };

  fangyu.startSheet = (map) => {
    const fit = () => { L.Popup.prototype.options.autoPan = !NARROW.matches; };
    fit();
    NARROW.addEventListener("change", () => { map.closePopup(); fit(); });
    map.on("popupopen", ({ popup }) => { if (NARROW.matches) { hide(); show(popup); } });
    map.on("popupclose", hide);
  };
})();
