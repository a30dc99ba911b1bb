// Numbers and names as the planner's page says them.
const { el, text, number, percent } = fangyu;

export const count = (value) => (value === null || value === undefined ? "–" : number(value, Number.isInteger(value) ? 0 : 1));

// With its sign, so that more and less differ without colour.
export const signed = (value, said = count) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${said(Math.abs(value))}`;

export const shareAndCount = (share, n) => text("plan_with_count", { share: percent(share), n: count(n) });

export const points = (difference) => (difference === null || difference === undefined
  ? "–" : text("plan_points", { n: signed(Math.round(difference * 1000) / 10, (value) => number(value, 1)) }));

export const nearestLine = (row) => (row.nearest ? text("nearest_is", {
  name: row.nearest.name || row.nearest.id,
  road: row.nearest.network_m === null || row.nearest.network_m === undefined ? text("not_connected") : fangyu.metres(row.nearest.network_m),
  straight: fangyu.metres(row.nearest.straight_m) }) : "");

// How many are not covered; null where it is unknown.
export const missingIn = (row) => (row.share === null || row.denominator === null ? null : row.denominator - row.numerator);

// As the planning set lists gaps: most people not covered first, unknown last.
export const mostMissingFirst = (rows) => [...rows].sort(
  (one, other) => (missingIn(other) ?? -1) - (missingIn(one) ?? -1) || (one.share ?? 1) - (other.share ?? 1));

// A point of a grid has no name: it is called by its number, beside the unit it lies in.
export const siteName = (one) => {
  const [, number] = /^grid-(\d+)$/.exec(one.id) || [];
  return number ? text("plan_candidate", { n: number }) : one.name || one.id;
};

export const gapsOf = (report) => mostMissingFirst(report.rows.filter((row) => !row.covered));

export const tableOf = (heads, rows, { caption = null, id = null } = {}) => el("table", { class: "fy-table", id },
  caption ? el("caption", {}, caption) : null,
  el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
  el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell, at) => (at ? el("td", {}, cell === "" ? "–" : cell) : el("th", { scope: "row" }, cell)))))));

// A fact that is not to be understood by its place alone: a word, then the figure.
export const fact = (label, value, id = null) => el("div", {}, el("dt", {}, label), el("dd", { id }, value));
