// The search box: suggestions while typing, by keyboard or by hand (the combobox pattern of ARIA).
const { el, text, pick } = fangyu;
const WAIT_MS = 180;
const EACH = 6;
const MOST = 12;

export const startSearch = ({ infos, layers, ask, choose }) => {
  const input = document.getElementById("fy-q");
  const list = document.getElementById("fy-suggestions");
  let options = [];
  let total = 0;
  let active = -1;
  let timer = 0;
  let stop = null;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };

  const mark = (next) => {
    active = (next + options.length) % options.length;
    [...list.children].slice(0, options.length).forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
    list.children[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[active].id);
  };

  const pickOne = (option) => {
    input.value = option.feature.properties.name || "";
    close();
    choose(option.layerId, option.feature);
  };

  const was = ({ properties }) => properties.matched_former_name && text("search_former", { name: properties.matched_former_name });

  const row = (option, i) => {
    const { layerId, feature } = option;
    const sign = el("span", { "aria-hidden": "true" });
    if (fangyu.config.symbols[layerId]) sign.innerHTML = fangyu.symbolSvg(layerId, feature.properties);
    return el("li", { id: `fy-option-${i}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); pickOne(option); } },
      sign, el("span", {}, feature.properties.name), el("small", {}, was(feature) || feature.properties.address || pick(infos.get(layerId).label)));
  };

  const show = (q) => {
    list.replaceChildren(...options.map(row));
    if (!options.length) list.append(el("li", { role: "option", "aria-disabled": "true" }, text("search_none", { q })));
    else if (total > options.length) list.append(el("li", { role: "option", "aria-disabled": "true", class: "fy-more-hits" }, text("search_more", { total })));
    document.getElementById("fy-search-status").textContent =
      options.length ? text("search_results", { n: options.length }) : text("search_none", { q });
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };

  const suggest = async () => {
    const q = input.value.trim();
    if (stop) stop.abort();
    if (!q) { close(); return; }
    stop = new AbortController();
    try {
      const pages = await Promise.all(layers.filter((id) => infos.has(id)).map(async (layerId) => {
        const page = await ask(`/api/layers/${layerId}/items`, { q, limit: EACH }, { signal: stop.signal });
        return { matched: page.numberMatched, options: page.features.filter((feature) => feature.geometry).map((feature) => ({ layerId, feature })) };
      }));
      options = pages.flatMap((page) => page.options).slice(0, MOST);
      total = pages.reduce((sum, page) => sum + page.matched, 0);
      show(q);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, WAIT_MS); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (!options.length || list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); mark(active - 1); }
    if (event.key === "Enter") { event.preventDefault(); pickOne(options[Math.max(active, 0)]); }
  });
};
