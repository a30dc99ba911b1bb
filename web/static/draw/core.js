// What every script needs: the page's settings, its texts, and safe building of elements.
(() => {
  "use strict";
  const fangyu = (globalThis.fangyu = globalThis.fangyu || {});
  const config = JSON.parse(document.getElementById("fangyu-config").textContent);
  fangyu.config = config;

  fangyu.text = (key, values = {}) => {
    const said = config.texts[key];
    if (said === undefined) throw new Error(`no text called ${key}`);
    return said.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  };

  // A text in both languages, as the service sends it, in the language of the page.
  fangyu.pick = (text) => (text ? text[config.lang] || text.zh || text.en || "" : "");

  // Offices write a text and its translation as “中文 / English” within brackets or between semicolons: one of the two.
  const TWO = /([^（）；]*[\u4e00-\u9fff][^（）；]*) \/ ([A-Za-z][^（）；\u4e00-\u9fff]*)/g;
  fangyu.oneLanguage = (said) => String(said).replace(TWO, config.lang === "en" ? "$2" : "$1")
    .replace("（未经核对）", config.lang === "en" ? ` (${fangyu.text("plan_unverified")})` : "$&");

  fangyu.unit = (unit) => config.texts[`unit_${unit}`] || unit || "";

  // Children are set as text, never as HTML: names come from outside.
  fangyu.el = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
    }
    for (const child of children.flat()) {
      if (child !== null && child !== undefined && child !== false) element.append(child);
    }
    return element;
  };

  const locale = config.lang === "en" ? "en-GB" : "zh-CN";
  fangyu.number = (value, digits = 0) =>
    Number(value).toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  fangyu.percent = (share) => (share === null || share === undefined ? "–" : `${fangyu.number(share * 100, 1)}%`);
  fangyu.metres = (metres) => {
    if (metres === null || metres === undefined) return "–";
    if (metres < 995) return fangyu.text("metres", { n: fangyu.number(Math.round(metres / 10) * 10) });
    return fangyu.text("kilometres", { n: fangyu.number(metres / 1000, 1) });
  };

  // The symbol drawings come from our own table, so they may be set as HTML.
  fangyu.symbolSvg = (layerId, properties) => {
    const set = config.symbols[layerId];
    const code = set.field ? properties[set.field] || "" : "";
    const drawings = fangyu.outOfService(properties) ? set.closed : set.open;
    return drawings[code || "not_given"] || drawings.not_given || drawings[""];
  };

  const NOT_SERVING = new Set(["suspended", "closed", "planned", "building", "unknown"]);
  fangyu.outOfService = (properties) => NOT_SERVING.has(properties.state);
})();
