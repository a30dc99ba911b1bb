// What became of the cases: found = rectified + pending + excluded.
import { ask } from "./service.js";

const { el, text, number } = fangyu;
const box = document.getElementById("fy-tally");

const part = (name, label, count, sign) => el("div", { class: `fy-tally-${name}` },
  sign ? el("span", { class: "fy-tally-sign", "aria-hidden": "true" }, sign) : null,
  el("dt", {}, label), el("dd", { id: `fy-tally-${name}` }, number(count)));

export const loadTally = async () => {
  const { total } = await ask("/api/cases/summary");
  box.replaceChildren(
    part("found", text("tally_found"), total.found),
    part("rectified", text("tally_rectified"), total.rectified, "="),
    part("pending", text("tally_pending"), total.pending, "+"),
    part("excluded", text("tally_excluded"), total.excluded, "+"));
  box.hidden = box.dataset.off === "yes";
};
