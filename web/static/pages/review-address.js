// What the page shows, written in its address: filters, page, case; a link brings the same view back.
export const FILTERS = ["q", "category", "town", "state", "severity", "older_than_days", "overdue"];
const FINDING_FILTERS = ["check", "category", "severity"];
const EVERY_STATE = "all";

// In the address the usual state, open, is not written; every state is.
export const readAddress = () => {
  const said = new URLSearchParams(location.hash.slice(1));
  const get = (name) => said.get(name) || "";
  if (said.get("mode") === "findings" || said.has("check")) {
    return { mode: "findings", filters: Object.fromEntries(FINDING_FILTERS.map((name) => [name, get(name)])) };
  }
  const filters = Object.fromEntries(FILTERS.map((name) => [name, get(name)]));
  filters.state = filters.state === EVERY_STATE ? "" : filters.state || "open";
  return { mode: "cases", filters, page: Math.max(1, Number.parseInt(get("page"), 10) || 1), caseId: get("case") };
};

export const hashOf = ({ mode, filters, page = 1, caseId = "" }) => {
  const said = new URLSearchParams();
  if (mode === "findings") said.set("mode", "findings");
  for (const [name, value] of Object.entries(filters)) {
    const written = mode === "cases" && name === "state" ? { open: "", "": EVERY_STATE }[value] ?? value : value;
    if (written) said.set(name, written);
  }
  if (page > 1) said.set("page", page);
  if (caseId) said.set("case", caseId);
  return `#${said}`;
};

// A step one can go back from, or the same view said anew.
export const writeAddress = (address, { step = false } = {}) => {
  const hash = hashOf(address);
  if (hash === (location.hash || "#")) return;
  history[step ? "pushState" : "replaceState"](null, "", `${location.pathname}${location.search}${hash}`);
};
