// The panel of layer switches and legend; its boxes work in the live page and in the exported file.
(() => {
  "use strict";
  fangyu.startPanel = () => {
    const panel = document.getElementById("fy-panel");
    if (!panel) return;
    panel.addEventListener("change", (event) => {
      const id = event.target.dataset.layer;
      if (!id) return;
      fangyu.setVisible(id, event.target.checked);
      document.dispatchEvent(new CustomEvent("fy-layer", { detail: { id, visible: event.target.checked } }));
    });
    if (window.innerWidth < 760) panel.removeAttribute("data-open");
    const button = document.getElementById("fy-panel-toggle");
    if (button) button.setAttribute("aria-expanded", String(panel.hasAttribute("data-open")));
    if (button) button.addEventListener("click", () => {
      const open = panel.toggleAttribute("data-open");
      button.setAttribute("aria-expanded", String(open));
    });
  };

  fangyu.isWanted = (id) => {
    const box = document.querySelector(`#fy-panel input[data-layer="${CSS.escape(id)}"]`);
    return box ? box.checked : true;
  };

  // The exported file: everything is in the page already.
  fangyu.drawEmbedded = (theMap) => {
    fangyu.start(theMap);
    fangyu.startPanel();
    for (const info of fangyu.config.layers) {
      const data = document.getElementById(`fangyu-data-${info.id}`);
      if (data) fangyu.addLayer(info, JSON.parse(data.textContent), fangyu.isWanted(info.id));
    }
    const report = document.getElementById("fangyu-coverage");
    const areas = document.getElementById("fangyu-areas");
    if (report) fangyu.drawCoverage(JSON.parse(report.textContent), areas ? JSON.parse(areas.textContent) : null);
  };
})();
