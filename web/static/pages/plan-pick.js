// Choosing a place on the map: by a click, a tap, or with arrow keys and Enter at the cross in the middle.
import { say } from "./live-map.js";

const { el, text } = fangyu;
let picking = null;
let cross = null;

const container = () => fangyu.map.getContainer();
const onControl = (target) => target instanceof Element && target.closest(".leaflet-control");
const stop = (event) => { event.stopImmediatePropagation(); event.preventDefault(); };

const give = (latlng) => {
  const { onPick, once } = picking;
  if (once) endPick({ focus: false });
  onPick({ lon: Math.round(latlng.lng * 1e7) / 1e7, lat: Math.round(latlng.lat * 1e7) / 1e7 });
};

const onClick = (event) => {
  if (!picking || onControl(event.target)) return;
  stop(event);
  if (fangyu.map.dragging.moved()) return;
  give(fangyu.map.mouseEventToLatLng(event));
};

const onKey = (event) => {
  if (!picking) return;
  if (event.key === "Escape") { stop(event); endPick(); return; }
  if (event.key === "Enter" && container().contains(event.target) && !onControl(event.target)) {
    stop(event);
    give(fangyu.map.getCenter());
  }
};

export const isPicking = () => picking !== null;

export const endPick = ({ focus = true } = {}) => {
  if (!picking) return;
  const { onEnd, from } = picking;
  picking = null;
  container().classList.remove("fy-picking");
  cross.hidden = true;
  say("");
  onEnd();
  if (focus && from && from.isConnected) from.focus({ preventScroll: true });
};

// hint: what to do, in words; once: one place is enough; onEnd: the mode is over, however.
export const startPick = ({ hint, once, onPick, onEnd = () => {}, keyboard = false }) => {
  endPick({ focus: false });
  fangyu.map.closePopup();
  picking = { onPick, onEnd, once, from: document.activeElement };
  container().classList.add("fy-picking");
  cross.hidden = !keyboard;
  say(hint);
  container().focus({ preventScroll: true });
};

export const startPicking = () => {
  cross = el("div", { class: "fy-cross", hidden: true, "aria-hidden": "true" });
  container().append(cross);
  container().addEventListener("click", onClick, true);
  container().addEventListener("dblclick", (event) => { if (picking) stop(event); }, true);
  document.addEventListener("keydown", onKey, true);
  container().addEventListener("keydown", (event) => { if (picking && event.key.startsWith("Arrow")) cross.hidden = false; });
  container().setAttribute("aria-label", text("map_label"));
};
