// Leaflet options out of the style table.
(() => {
  "use strict";
  const { roads, areas, units, barriers, studyArea, boundaryLine } = fangyu.config.styles;

  fangyu.roadWidth = (style, zoom) => Math.max(0.6, style.width_px * 1.35 ** (Math.min(zoom, 18) - 13));

  fangyu.styleOf = {
    area: (name, extra = {}) => ({
      fillColor: (areas[name] || areas.place).fill, fillOpacity: 1,
      color: (areas[name] || areas.place).stroke || "transparent", weight: 0.8, ...extra,
    }),
    unitLine: (level) => {
      const style = units[level] || units.village;
      return { fill: false, color: style.colour, weight: style.weight, dashArray: style.dash || null };
    },
    boundary: { color: boundaryLine.colour, weight: boundaryLine.weight, dashArray: boundaryLine.dash },
    barrier: (kind) => {
      const style = barriers[kind] || barriers.other;
      return { color: style.colour, weight: style.weight, dashArray: style.dash || null, fillColor: style.fill, fillOpacity: 1 };
    },
    studyArea: { fill: false, color: studyArea.colour, weight: studyArea.weight, dashArray: studyArea.dash },
    road: (name) => roads[name] || roads.residential,
  };
})();
