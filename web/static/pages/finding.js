// One finding in words: what was noticed, the evidence, the exceptions considered, the citation.
import { evidenceList } from "./evidence.js";

const { el, text, pick, config, oneLanguage } = fangyu;

export const severityTag = (code) => el("span", { class: `fy-severity fy-severity-${code}` }, config.texts[`severity_${code}`] || code);
export const categoryLabel = (name) => config.texts[`category_${name}`] || name;

export const detailOf = (finding, infos) => [
  el("p", {}, severityTag(finding.severity), finding.category ? el("b", {}, categoryLabel(finding.category)) : null),
  el("h2", {}, finding.feature_name || finding.feature_id),
  el("p", { class: "fy-note" }, `${infos.has(finding.layer) ? pick(infos.get(finding.layer).label) : finding.layer} · ${finding.feature_id}`),
  el("h3", {}, text("review_why")), el("p", {}, pick(finding.message)),
  el("h3", {}, text("review_evidence")),
  evidenceList(infos.get(finding.layer), finding.evidence),
  ...(finding.exceptions && finding.exceptions.length
    ? [el("h3", {}, text("review_exceptions")), el("ul", {}, finding.exceptions.map((one) => el("li", {}, pick(one))))] : []),
  el("h3", {}, text("review_citation")), el("p", {}, finding.citation ? oneLanguage(finding.citation) : "–"),
  el("h3", {}, text("review_rule")), el("p", {}, el("code", {}, finding.code)),
  finding.lon === null || finding.lon === undefined ? el("p", { class: "fy-note" }, text("review_no_place")) : null,
].filter(Boolean);
