// Facilities on the planner's page: the one that is chosen can be moved, closed, opened again or given another capacity.
import { plainName } from "./plan-changes.js";
import { endPick, startPick } from "./plan-pick.js";

const { el, text, pick } = fangyu;
const AMOUNTS = { care_facility: "beds", meal_point: "meals_per_day", shelter: "capacity", cemetery: "plots" };
const COARSE = matchMedia("(pointer: coarse)");
const byId = (id) => document.getElementById(id);

export const amountField = (infos, layerId) => {
  const name = AMOUNTS[layerId];
  const info = infos.get(layerId);
  const field = info && name && info.fields.find((one) => one.name === name);
  return field ? { name, label: pick(field.label) } : null;
};

const featuresOf = (layerId) => {
  const entry = fangyu.drawn.get(layerId);
  return entry ? [...entry.features.entries()] : [];
};

const resizeForm = (field, value, onSize) => {
  const input = el("input", { type: "number", min: "0", max: "1000000", step: "1", required: true, inputmode: "numeric", value: value ?? "" });
  const form = el("form", { class: "fy-row fy-resize" }, el("label", {}, field.label, " ", input), el("button", { type: "submit" }, text("plan_resize")));
  form.addEventListener("submit", (event) => { event.preventDefault(); onSize({ [field.name]: Number(input.value) }); });
  return form;
};

const button = (label, onclick, name) => el("button", { type: "button", "data-act": name, onclick }, label);

// What may be done with one facility: {id, closed, added, field, value}.
export const actsFor = (one, { put, remove }) => el("div", { class: "fy-acts" },
  el("div", { class: "fy-row" },
    button(text("plan_move"), () => pickMove(one.id, put), "move"),
    one.added ? button(text("plan_remove"), remove, "remove")
      : one.closed ? button(text("plan_open"), () => put({ action: "open", id: one.id }), "open")
        : button(text("plan_close"), () => put({ action: "close", id: one.id }), "close")),
  one.field && !one.closed ? resizeForm(one.field, one.value, (amounts) => put({ action: "resize", id: one.id, amounts })) : null);

export const pickMove = (id, put) => startPick({
  hint: COARSE.matches ? text("plan_touch_hint") : text("plan_move_hint"), once: true, keyboard: true, onPick: (place) => put({ action: "move", id, ...place }) });

// The popup of a facility of the layer asked about offers what may be done with it.
export const startFacilities = ({ layerId, infos, changes }) => {
  const state = (id, properties) => {
    const own = changes.all().filter((one) => one.id === id);
    const closed = own.some((one) => one.action === "close") || (fangyu.outOfService(properties) && !own.some((one) => one.action === "open"));
    const sized = own.find((one) => one.action === "resize");
    const field = amountField(infos, layerId());
    return { id, closed, added: false, field, value: field && (sized ? sized.amounts[field.name] : properties[field.name]) };
  };
  const put = (change) => { fangyu.map.closePopup(); changes.put(change); };
  const before = fangyu.popup;
  fangyu.popup = (info, feature) => {
    const said = before(info, feature);
    const id = String(feature.id ?? feature.properties.id ?? "");
    if (info.id === layerId() && id && featuresOf(info.id).some(([one]) => one === id)) said.querySelector("h3").after(actsFor(state(id, feature.properties), { put }));
    return said;
  };
  return { list: () => fillList(layerId()), start: () => startChooser({ layerId, state, put }) };
};

const fillList = (layerId) => byId("fy-facilities").replaceChildren(...featuresOf(layerId).map(([id, feature]) =>
  el("option", { value: `${feature.properties.name || text("no_name")} ${id}` })));

// Without a mouse: a facility by name.
const startChooser = ({ layerId, state, put }) => {
  const input = byId("fy-choose");
  const acts = byId("fy-choose-acts");
  input.addEventListener("input", () => {
    const found = featuresOf(layerId()).find(([id, feature]) => input.value === `${feature.properties.name || text("no_name")} ${id}`);
    acts.replaceChildren(found ? actsFor(state(found[0], found[1].properties), { put: (change) => { put(change); input.value = ""; acts.replaceChildren(); } }) : "");
    if (found) fangyu.map.setView(fangyu.anchorOf(found[1].geometry), Math.max(fangyu.map.getZoom(), 13), { animate: false });
  });
};

// A new facility by click, by the middle of the map, or by numbers.
export const startAdding = ({ layerId, infos, changes }) => {
  const mode = byId("fy-add");
  const form = byId("fy-add-form");
  const fields = form.elements;
  const add = (place, name = "", amounts = {}) => {
    const taken = new Set(featuresOf(layerId()).map(([id]) => id));
    const id = changes.freeId((one) => taken.has(one));
    changes.put({ action: "add", id, ...place, name: plainName(name) || text("plan_new_name", { n: id.replace("new-", "") }), amounts });
  };
  const picking = (on) => {
    mode.setAttribute("aria-pressed", String(on));
    document.body.classList.toggle("fy-adding", on);
  };
  mode.addEventListener("click", (event) => {
    if (mode.getAttribute("aria-pressed") === "true") { endPick(); return; }
    startPick({ hint: COARSE.matches ? text("plan_touch_hint") : text("plan_add_hint"), once: false, keyboard: event.detail === 0, onPick: (place) => add(place), onEnd: () => picking(false) });
    picking(true);
  });
  byId("fy-centre").addEventListener("click", () => {
    const { lng, lat } = fangyu.map.getCenter();
    fields.lon.value = lng.toFixed(6);
    fields.lat.value = lat.toFixed(6);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = amountField(infos, layerId());
    const amounts = field && fields.amount.value !== "" ? { [field.name]: Number(fields.amount.value) } : {};
    add({ lon: Number(fields.lon.value), lat: Number(fields.lat.value) }, fields.name.value, amounts);
    form.reset();
  });
};

export const fitAmount = (infos, layerId) => {
  const field = amountField(infos, layerId);
  byId("fy-add-amount").hidden = !field;
  byId("fy-add-amount-name").textContent = field ? field.label : "";
};
