// The list of changes, with undo and redo.
import { amountField } from "./plan-facilities.js";
import { facilityName, showChange } from "./plan-marks.js";
import { count } from "./plan-words.js";

const { el, text } = fangyu;
const byId = (id) => document.getElementById(id);
const placeWords = (change) => text("plan_place", { lon: change.lon.toFixed(5), lat: change.lat.toFixed(5) });

const amountWords = (infos, layerId, amounts) => Object.entries(amounts || {}).map(([name, value]) => {
  const field = amountField(infos, layerId);
  return `${field && field.name === name ? field.label : name} ${count(value)}`;
}).join(text("list_comma"));

export const changeWords = (infos, layerId, change) => {
  const name = change.action === "add" ? change.name || change.id : facilityName(layerId, change.id);
  const amounts = amountWords(infos, layerId, change.amounts);
  const said = {
    add: () => text("plan_did_add", { name, place: placeWords(change) }),
    move: () => text("plan_did_move", { name, place: placeWords(change) }),
    close: () => text("plan_did_close", { name }),
    open: () => text("plan_did_open", { name }),
    resize: () => text("plan_did_resize", { name, amounts }),
  }[change.action]();
  return change.action === "add" && amounts ? `${said}${text("list_comma")}${amounts}` : said;
};

const row = (change, words, onRemove) => el("li", { "data-change": `${change.action} ${change.id}` },
  el("button", { type: "button", class: "fy-change-row", onclick: () => showChange(change) }, words),
  el("button", { type: "button", class: "fy-change-remove", "aria-label": text("plan_remove_of", { what: words }), onclick: onRemove }, "×"));

export const startTable = ({ layerId, infos, changes }) => {
  for (const [id, act] of [["fy-undo", changes.undo], ["fy-redo", changes.redo]]) byId(id).addEventListener("click", act);
  byId("fy-clear").addEventListener("click", () => changes.replace([]));
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
    event.preventDefault();
    if (event.shiftKey) changes.redo();
    else changes.undo();
  });
  return {
    draw: () => {
      const list = changes.all();
      const focused = document.activeElement.closest ? document.activeElement.closest("#fy-changes li") : null;
      byId("fy-changes").replaceChildren(...list.map((one) => row(one, changeWords(infos, layerId(), one), () => changes.remove(one.id, one.action))));
      byId("fy-no-changes").hidden = list.length > 0;
      byId("fy-undo").disabled = !changes.canUndo();
      byId("fy-redo").disabled = !changes.canRedo();
      byId("fy-clear").disabled = !list.length;
      if (focused) (byId("fy-changes").querySelector(".fy-change-remove") || byId("fy-changes-heading")).focus();
    },
  };
};
