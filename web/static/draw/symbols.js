// Points with symbols, joined to a count where they crowd.
(() => {
  "use strict";
  const { config } = fangyu;
  const { register, remember, bindPopup, anchorOf } = fangyu.kit;

  const symbolIcon = (info, properties) => L.divIcon({
    className: "fy-symbol", iconSize: [28, 28], iconAnchor: [14, 14], popupAnchor: [0, -12],
    html: fangyu.symbolSvg(info.id, properties),
  });

  const clusterIcon = (info) => (cluster) => L.divIcon({
    className: "fy-cluster", iconSize: [34, 34],
    html: `${config.symbols[info.id].open[""]}<b style="color:${config.symbols[info.id].colour}">${cluster.getChildCount()}</b>`,
  });

  const drawSymbols = (info, collection) => {
    const group = L.markerClusterGroup({
      maxClusterRadius: (zoom) => (zoom < 11 ? 44 : 30), disableClusteringAtZoom: 14, showCoverageOnHover: false, animate: false,
      spiderfyOnMaxZoom: false, iconCreateFunction: clusterIcon(info),
    });
    const entry = register(info, group);
    const markers = [];
    for (const feature of collection.features) {
      if (!feature.geometry) continue;
      const marker = L.marker(anchorOf(feature.geometry), {
        icon: symbolIcon(info, feature.properties), keyboard: true,
        title: feature.properties.name || "", alt: `${fangyu.pick(info.label)} ${feature.properties.name || ""}`,
      });
      remember(entry, feature, bindPopup(entry, feature, marker));
      markers.push(marker);
    }
    group.addLayers(markers);
    return entry;
  };

  fangyu.drawers.symbols = drawSymbols;
})();
