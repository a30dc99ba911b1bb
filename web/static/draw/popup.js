// What a click on a feature shows: its fields with labels and units; what is missing is said to be missing.
(() => {
  "use strict";
  const { el, text, pick } = fangyu;
  const CORE = ["kind", "tier", "entity_class", "state", "address", "phone", "hours"];
  const QUIET = new Set(["id", "name", "attributes", "source", "as_of", "node_from", "node_to"]);

  const isMissing = (value) => value === null || value === undefined || value === "";

  fangyu.fieldValue = (field, value) => {
    if (isMissing(value)) return text("not_filled");
    if (field.vocabulary) return pick(field.vocabulary[value]) || String(value);
    if (field.kind === "bool") return text(value ? "yes" : "no");
    if (field.kind === "date") return String(value).slice(0, 10);
    if (field.kind === "list") return String(value).split(";").join(text("list_comma"));
    if ((field.kind === "int" || field.kind === "float") && typeof value === "number") {
      const digits = field.kind === "float" && !Number.isInteger(value) ? 1 : 0;
      return `${fangyu.number(value, digits)}${field.unit ? ` ${fangyu.unit(field.unit)}` : ""}`;
    }
    return String(value);
  };

  const isWithheld = (field, properties) => String(properties.suppressed || "").split(";").includes(field.name);

  const row = (field, properties) => {
    const value = properties[field.name];
    const said = isWithheld(field, properties) ? text("withheld") : fangyu.fieldValue(field, value);
    const isPhone = field.name === "phone" && !isMissing(value);
    const shown = isPhone ? el("a", { href: `tel:${String(value).replace(/[^\d+]/g, "")}` }, said) : said;
    return el("div", { class: "fy-field" }, el("dt", {}, pick(field.label)),
      el("dd", { class: isMissing(value) ? "fy-missing" : null }, shown));
  };

  fangyu.fieldRows = (info, properties) => {
    const fields = info.fields.filter((field) => !QUIET.has(field.name));
    const core = fields.filter((field) => CORE.includes(field.name));
    const filled = fields.filter((field) => !CORE.includes(field.name)
      && (!isMissing(properties[field.name]) || isWithheld(field, properties)));
    return [...core, ...filled].map((field) => row(field, properties));
  };

  const missingLine = (info, properties) => {
    const gaps = info.fields.filter(
      (field) => !QUIET.has(field.name) && !CORE.includes(field.name) && isMissing(properties[field.name])
        && !isWithheld(field, properties));
    if (!gaps.length) return null;
    return el("p", { class: "fy-missing" },
      text("not_filled_fields", { fields: gaps.map((field) => pick(field.label)).join(text("list_comma")) }));
  };

  // A number plate has no name of its own: its street or quarter with its number stands for one.
  fangyu.titleOf = (properties) => properties.name
    || [properties.street || properties.quarter, properties.building, properties.number].filter(Boolean).join("") || text("no_name");

  fangyu.popup = (info, feature) => {
    const properties = feature.properties;
    const origin = [properties.as_of && text("as_of", { date: String(properties.as_of).slice(0, 10) }), properties.source]
      .filter(Boolean).join(" · ");
    return el("article", { class: "fy-popup" },
      el("p", { class: "fy-popup-layer" }, pick(info.label)),
      el("h3", {}, fangyu.titleOf(properties)),
      el("dl", {}, fangyu.fieldRows(info, properties)),
      missingLine(info, properties),
      origin ? el("p", { class: "fy-origin" }, origin) : null);
  };
})();
