// Work orders: numbered marks in the order they are driven to, and the list beside the map that leads to them.
(() => {
  "use strict";
  const { register, remember, bindPopup, anchorOf } = fangyu.kit;

  const numberIcon = (properties) => L.divIcon({
    className: `fy-order fy-order-${properties.priority}`, iconSize: [30, 22], iconAnchor: [15, 11], popupAnchor: [0, -10],
    html: `<b>${Number(properties.id)}</b>`,
  });

  fangyu.drawers.work_order = (info, collection) => {
    const entry = register(info, L.layerGroup());
    for (const feature of collection.features) {
      const marker = L.marker(anchorOf(feature.geometry), {
        icon: numberIcon(feature.properties), keyboard: true, title: feature.properties.name, alt: feature.properties.name,
        zIndexOffset: 1000 - Number(feature.properties.priority) * 100,
      });
      remember(entry, feature, bindPopup(entry, feature, marker));
      entry.group.addLayer(marker);
    }
    return entry;
  };

  fangyu.drawOrders = () => {
    const list = document.getElementById("fy-orders");
    if (!list) return;
    list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-order]");
      if (button) fangyu.focus("work_order", button.dataset.order, 16);
    });
  };
})();
