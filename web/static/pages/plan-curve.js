// A small curve of people covered against sites: inline SVG with a title, and the same as a table.
import { count, tableOf } from "./plan-words.js";

const { el, text, percent } = fangyu;
const [WIDTH, HEIGHT] = [340, 150];
const PAD = { left: 44, right: 12, top: 10, bottom: 30 };

const svg = (tag, attributes, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const scaleOf = (curve) => {
  const [first, last] = [curve[0].sites, curve.at(-1).sites];
  const shares = curve.flatMap((one) => [one.share, one.upper ?? one.share]);
  const low = Math.max(0, Math.floor((Math.min(...shares) - 0.01) * 50) / 50);
  const high = Math.min(1, Math.ceil((Math.max(...shares) + 0.005) * 50) / 50);
  return {
    low, high, first, last,
    x: (sites) => PAD.left + ((sites - first) / Math.max(last - first, 1)) * (WIDTH - PAD.left - PAD.right),
    y: (share) => HEIGHT - PAD.bottom - ((share - low) / Math.max(high - low, 1e-9)) * (HEIGHT - PAD.top - PAD.bottom),
  };
};

// Every number of sites, or every second, third … one: never one that is left out between two others.
const ticksOf = (first, last) => {
  const step = Math.max(1, Math.ceil((last - first) / 5));
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, at) => first + at * step);
};

const axes = ({ x, y, low, high, first, last }, axis) => [
  svg("path", { d: `M${PAD.left} ${PAD.top}V${HEIGHT - PAD.bottom}H${WIDTH - PAD.right}`, class: "fy-axis" }),
  ...[low, (low + high) / 2, high].map((share) => svg("text", { x: PAD.left - 5, y: y(share) + 4, "text-anchor": "end" }, percent(share))),
  ...ticksOf(first, last).map((sites) =>
    svg("text", { x: x(sites), y: HEIGHT - PAD.bottom + 14, "text-anchor": "middle" }, String(sites))),
  svg("text", { x: (PAD.left + WIDTH) / 2, y: HEIGHT - 3, "text-anchor": "middle" }, axis),
];

const lineOf = (curve, scale, key, name) => svg("polyline", {
  points: curve.map((one) => `${scale.x(one.sites).toFixed(1)},${scale.y(one[key] ?? one.share).toFixed(1)}`).join(" "), class: name });

// axis: what the numbers of sites count; curve: [{sites, people, share, upper?}]; upper is the share that no plan of so many sites can pass.
export const curveFigure = (curve, { id, title, axis, chosen = null }) => {
  const known = curve.filter((one) => one.share !== null && one.share !== undefined);
  if (known.length < 2) return null;
  const scale = scaleOf(known);
  const said = `${title}：${text("plan_curve_said", { first: known[0].sites, low: percent(known[0].share), last: known.at(-1).sites, high: percent(known.at(-1).share) })}`;
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-labelledby": `${id}-title`, class: "fy-curve" },
    svg("title", { id: `${id}-title` }, said), ...axes(scale, axis),
    ...(known.some((one) => one.upper !== undefined) ? [lineOf(known, scale, "upper", "fy-curve-bound")] : []),
    lineOf(known, scale, "share", "fy-curve-line"),
    ...known.map((one) => svg("circle", { cx: scale.x(one.sites), cy: scale.y(one.share), r: one.sites === chosen ? 5 : 3, class: "fy-curve-dot" },
      svg("title", {}, text("plan_curve_point", { n: one.sites, share: percent(one.share), people: count(one.people) })))));
  return el("figure", { class: "fy-curve-box", id }, el("figcaption", {}, title), drawing,
    el("details", {}, el("summary", {}, text("plan_as_table")),
      tableOf([axis, text("plan_people"), text("plan_share")],
        known.map((one) => [String(one.sites), count(one.people), percent(one.share)]))));
};
