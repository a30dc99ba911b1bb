// Questions to the service: JSON answers, and errors that say what to do.
const { text, pick } = fangyu;

export class ServiceError extends Error {
  constructor(message, hint, status, body = null) {
    super(message);
    this.hint = hint;
    this.status = status;
    this.body = body;
  }
}

export const query = (values) => {
  const kept = Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return kept.length ? `?${new URLSearchParams(kept)}` : "";
};

export const ask = async (path, values = {}, options = {}) => {
  let answer;
  try {
    answer = await fetch(`${path}${query(values)}`, { headers: { Accept: "application/json" }, ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ServiceError(text("failed_offline"), "", 0);
  }
  const body = await answer.json().catch(() => null);
  if (answer.ok) return body;
  throw new ServiceError(
    (body && pick(body.message)) || `${text("failed")} (${answer.status})`, body ? pick(body.hint) : "", answer.status, body);
};

// Something is to be done, not only shown: sent as JSON.
export const send = (path, body, options = {}) => ask(path, {}, {
  method: "POST", headers: { Accept: "application/json", "Content-Type": "application/json" }, body: JSON.stringify(body), ...options });

// All features of a layer, page by page.
export const allItems = async (layerId, values = {}) => {
  const features = [];
  const limit = 1000;
  for (;;) {
    const page = await ask(`/api/layers/${encodeURIComponent(layerId)}/items`, { ...values, limit, offset: features.length });
    features.push(...page.features);
    if (!page.features.length || features.length >= page.numberMatched) return { type: "FeatureCollection", features };
  }
};

export const showError = (box, error) => {
  box.hidden = false;
  box.replaceChildren(fangyu.el("b", {}, error.message), error.hint ? fangyu.el("p", {}, error.hint) : "");
};

export const saveCsv = (name, rows) => {
  const cell = (value) => {
    let said = value === null || value === undefined ? "" : String(value);
    if (/^[=+\-@\t\r]/.test(said) && Number.isNaN(Number(said))) said = `'${said}`; // spreadsheets must not run it
    return /[",\n\r]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
  };
  const lines = rows.map((row) => row.map(cell).join(","));
  const file = new Blob([`\ufeff${lines.join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" });
  const link = fangyu.el("a", { href: URL.createObjectURL(file), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
