// Names on the map: the important ones first, none over another, only those in view.
(() => {
  "use strict";
  const MOST = 220;
  const sources = new Map();
  let map = null;
  let pane = null;
  let waiting = 0;

  const STYLE = {
    county: { rank: 0, px: 17, from: 0, until: 9 },
    town: { rank: 1, px: 14, from: 9, until: 15 },
    village: { rank: 3, px: 11.5, from: 12.5, until: 20 },
    water: { rank: 2, px: 12, from: 11, until: 20 },
    hill: { rank: 4, px: 12, from: 11.5, until: 20 },
    green: { rank: 5, px: 11.5, from: 13, until: 20 },
    facility: { rank: 6, px: 11.5, from: 14.5, until: 20 },
    place: { rank: 8, px: 11, from: 13.5, until: 20 },
    road: { rank: 7, px: 10.5, from: 14, until: 20 },
  };

  const widthOf = (text, px) => {
    let units = 0;
    for (const sign of text) units += sign.codePointAt(0) > 0x2e7f ? 1.04 : 0.58;
    return units * px;
  };

  const candidates = () => {
    const zoom = map.getZoom();
    const view = map.getBounds().pad(0.05);
    const found = new Map();
    for (const labels of sources.values()) {
      for (const label of labels) {
        if (fangyu.quiet && (label.kind === "place" || label.kind === "road")) continue;
        const style = STYLE[label.kind] || STYLE.place;
        if (zoom < style.from || zoom > style.until || !view.contains(label.at)) continue;
        const key = `${label.kind}|${label.text}`;
        if (!found.has(key)) found.set(key, { ...label, style });
      }
    }
    return [...found.values()].sort((one, other) => one.style.rank - other.style.rank);
  };

  const place = () => {
    waiting = 0;
    const taken = symbolBoxes();
    const shown = document.createDocumentFragment();
    for (const label of candidates()) {
      if (shown.childNodes.length >= MOST) break;
      const y = freeHeight(label, taken);
      if (y === null) continue;
      const span = document.createElement("span");
      span.className = `fy-label fy-label-${label.kind}`;
      span.textContent = label.text;
      const x = map.latLngToLayerPoint(label.at).x;
      span.style.cssText = `font-size:${label.style.px}px;transform:translate(-50%,-50%) translate(${x}px,${y}px)`;
      shown.append(span);
    }
    pane.replaceChildren(shown);
  };

  const symbolBoxes = () => [...document.querySelectorAll(".fy-symbol, .fy-cluster")].map((icon) => {
    const { x, y } = L.DomUtil.getPosition(icon) || { x: -1e6, y: -1e6 };
    return Object.assign([x - 11, y - 11, x + 11, y + 11], { isSymbol: true });
  });

  // The height at which a label fits (where it belongs, else a little below or above), or null; takes the place.
  const freeHeight = (label, taken) => {
    const centre = map.latLngToLayerPoint(label.at);
    const wide = widthOf(label.text, label.style.px) / 2 + 3;
    const high = label.style.px * 0.65 + 2;
    const near = label.below ? [high + 8, -high - 8] : [0, high + 13, -high - 13];
    // Counties and towns are named in any case, beside or over symbols, only not over each other.
    const far = label.style.rank < 2 ? [high + 26, -high - 26] : [];
    const boxAt = (y) => [centre.x - wide, y - high, centre.x + wide, y + high];
    const isFree = (box, among) => !among.some((b) => box[0] < b[2] && box[2] > b[0] && box[1] < b[3] && box[3] > b[1]);
    for (const step of [...near, ...far]) {
      const box = boxAt(centre.y + step);
      if (!isFree(box, taken)) continue;
      taken.push(box);
      return centre.y + step;
    }
    if (label.style.rank > 1 || !isFree(boxAt(centre.y), taken.filter((box) => !box.isSymbol))) return null;
    taken.push(boxAt(centre.y));
    return centre.y;
  };

  const later = () => {
    if (!waiting) waiting = requestAnimationFrame(place);
  };

  fangyu.labels = {
    again: () => later(),
    now: () => place(),
    start(theMap) {
      map = theMap;
      pane = map.createPane("fy-labels");
      pane.setAttribute("aria-hidden", "true");
      map.on("zoomstart", () => pane.replaceChildren());
      map.on("moveend zoomend viewreset", later);
    },
    // labels: [{text, at: LatLng, kind, below?}] of one source; an empty list takes them away.
    set(source, labels) {
      if (labels.length) sources.set(source, labels);
      else sources.delete(source);
      later();
    },
  };
})();
