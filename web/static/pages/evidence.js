// The evidence of a finding in words: field labels where the layer has the field, else our own, else the bare key.
const { el, text, pick, config } = fangyu;
const NOT_SHOWN = new Set(["exceptions", "start"]);

const labelOf = (info, name) => {
  const field = info && info.fields.find((one) => one.name === name);
  return field ? pick(field.label) : config.texts[`evidence_${name}`] || name;
};

const said = (info, value) => {
  if (value === null || value === undefined || value === "") return text("not_filled");
  if (typeof value === "boolean") return text(value ? "yes" : "no");
  if (Array.isArray(value)) return value.length ? value.map((one) => said(info, one)).join(text("list_comma")) : "–";
  if (typeof value !== "object") return String(value);
  if ("zh" in value && "en" in value) return pick(value);
  return Object.entries(value).map(([name, one]) => `${labelOf(info, name)} ${valueOf(info, name, one)}`).join(text("list_comma"));
};

// A code in words: the name of a field, else what the page was told of this kind of evidence.
const inWords = (info, name, value) => {
  if (typeof value !== "string") return null;
  const field = name === "field" && info && info.fields.find((one) => one.name === value);
  if (field) return pick(field.label);
  const label = (config.evidence[name] || {})[value];
  return label ? pick(label) : null;
};

const valueOf = (info, name, value) => {
  const words = inWords(info, name, value);
  if (words !== null) return words;
  const field = info && info.fields.find((one) => one.name === name);
  return field && (typeof value !== "object" || value === null) ? fangyu.fieldValue(field, value) : said(info, value);
};

export const evidenceList = (info, evidence) => el("dl", { class: "fy-evidence" },
  Object.entries(evidence || {}).filter(([name]) => !NOT_SHOWN.has(name)).flatMap(([name, value]) => [
    el("dt", {}, labelOf(info, name)), el("dd", {}, valueOf(info, name, value))]));
