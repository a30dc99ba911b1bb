// A precheck in words and on the map; the live page and the exported file draw with this.
(() => {
  "use strict";
  const { el, text, pick, config } = fangyu;
  const COLOURS = { exact: "#8c1d18", same_specific: "#b5532a", modifier: "#b5532a", look_alike: "#b5532a", tonal: "#b5532a" };
  const QUIET = "#4f5664";
  const STATUS = { clear: "naming_status_clear", review: "naming_status_review", suspect: "naming_status_suspect" };
  const MOST_ON_MAP = 30;
  let group = null;

  const hasPlace = (one) => one && one.lon !== null && one.lon !== undefined && one.lat !== null && one.lat !== undefined;
  const colourOf = (same) => COLOURS[same.grade] || QUIET;
  const far = (metres) => (metres === null || metres === undefined ? text("naming_distance_unknown") : fangyu.metres(metres));
  const tag = (code, said) => el("span", { class: `fy-severity fy-severity-${code}` }, said);
  const label = (one, permanent) => ({ permanent, direction: "top", offset: [0, -9], className: "fy-here", opacity: 1 });

  // --- on the map ------------------------------------------------------------------------------------------------
  const drawSame = (same, place, at) => {
    const here = L.latLng(same.lat, same.lon);
    const colour = colourOf(same);
    if (place) {
      const line = L.polyline([[place.lat, place.lon], here], { color: colour, weight: 2.5, dashArray: "6 6", opacity: .85, interactive: false, ...fangyu.svgIn("fy-marks") });
      line.addTo(group);
      line.bindTooltip(el("span", {}, far(same.distance_m)), { permanent: at < 4, direction: "center", className: "fy-distance" });
    }
    L.circleMarker(here, { radius: 8, color: "#fff", weight: 2.5, fillColor: colour, fillOpacity: 1, ...fangyu.svgIn("fy-marks") })
      .bindTooltip(el("span", {}, same.name), label(same, at < 6)).addTo(group);
  };

  const drawCited = (cited) => {
    L.circleMarker([cited.lat, cited.lon], { radius: 11, color: "#1a4f8f", weight: 3, fill: false, ...fangyu.svgIn("fy-marks") })
      .bindTooltip(el("span", {}, cited.name), label(cited, true)).addTo(group);
  };

  fangyu.drawPrecheck = (report, { fit = true } = {}) => {
    if (group) group.remove();
    group = L.layerGroup().addTo(fangyu.map);
    if (!report) return;
    const { place } = report;
    const shown = report.namesakes.filter(hasPlace).slice(0, MOST_ON_MAP);
    [...shown].reverse().forEach((same, i) => drawSame(same, place, shown.length - 1 - i));
    for (const one of report.location.cited) if (hasPlace(one.feature)) drawCited(one.feature);
    if (place) {
      L.circleMarker([place.lat, place.lon], { radius: 10, color: "#fff", weight: 3, fillColor: "#0b57d0", fillOpacity: 1, ...fangyu.svgIn("fy-marks") })
        .bindTooltip(el("b", {}, report.name), { permanent: true, direction: "bottom", offset: [0, 10], className: "fy-here" }).addTo(group);
    }
    const points = [...shown.slice(0, 8), ...(place ? [place] : [])].map((one) => [one.lat, one.lon]);
    if (fit && shown.length && points.length > 1) fangyu.map.fitBounds(points, { padding: [60, 60], maxZoom: 15, animate: false });
  };

  // --- in words --------------------------------------------------------------------------------------------------
  const verdict = (report) => el("section", { class: `fy-verdict fy-verdict-${report.status}`, id: "fy-verdict" },
    el("p", {}, el("b", { class: "fy-verdict-name" }, report.name), tag(report.status === "clear" ? "note" : report.status, text(STATUS[report.status]))),
    el("p", {}, pick(report.sentence)),
    ...(report.notes || []).map((one) => el("p", { class: "fy-note" }, pick(one))),
    el("p", { class: "fy-note" }, text("naming_not_verdict")));

  const finding = (one, evidenceOf) => el("li", {},
    el("p", {}, tag(one.severity, config.texts[`severity_${one.severity}`] || one.severity),
      one.category ? el("b", {}, `${config.texts[`category_${one.category}`] || one.category} `) : null, pick(one.message)),
    el("details", {}, el("summary", {}, text("naming_grounds")),
      el("p", {}, fangyu.oneLanguage(one.citation)),
      one.exceptions.length ? el("ul", {}, one.exceptions.map((said) => el("li", {}, pick(said)))) : null,
      evidenceOf ? evidenceOf(one) : null,
      el("p", { class: "fy-note" }, el("code", {}, one.code))));

  const findings = (report, evidenceOf) => report.findings.length
    ? el("section", {}, el("h2", {}, text("naming_findings", { n: report.findings.length })),
      el("ul", { class: "fy-grounds", id: "fy-findings" }, report.findings.map((one) => finding(one, evidenceOf)))) : null;

  const sameRow = (same) => el("li", {}, el("button", { type: "button", disabled: !hasPlace(same),
    onclick: () => fangyu.map.setView([same.lat, same.lon], Math.max(15, fangyu.map.getZoom()), { animate: false }) },
  el("i", { style: `background:${colourOf(same)}`, "aria-hidden": "true" }), el("b", {}, same.name), el("span", {}, far(same.distance_m)),
  el("small", {}, `${pick(same.grade_label)} · ${pick(same.scope)}${same.scope_is_exact ? "" : text("naming_scope_approximate")}`)));

  const namesakes = (report) => el("section", {}, el("h2", {}, text("naming_namesakes", { n: report.namesakes.length })),
    report.namesakes.length ? el("ul", { class: "fy-same", id: "fy-same" }, report.namesakes.map(sameRow))
      : el("p", { class: "fy-note" }, text("naming_namesakes_none", { n: fangyu.number(report.made.index_size) })));

  const others = (report, onAlternative) => {
    if (report.status === "clear") return null;
    const rows = report.alternatives.map((one) => el("li", {}, onAlternative
      ? el("button", { type: "button", "data-name": one.name, onclick: () => onAlternative(one) }, el("b", {}, one.name), el("small", {}, pick(one.why)))
      : el("p", {}, el("b", {}, one.name), el("small", {}, pick(one.why)))));
    return el("section", {}, el("h2", {}, text("naming_alternatives")),
      rows.length ? el("ul", { class: "fy-other-names", id: "fy-alternatives" }, rows) : el("p", { class: "fy-note" }, text("naming_alternatives_none")),
      rows.length ? el("p", { class: "fy-note" }, text("naming_alternatives_note")) : null);
  };

  const reading = (report) => {
    const said = report.reading;
    if (!said.pinyin) return null;
    const more = (said.alternatives || []).map((one) => (typeof one === "string" ? one : one.pinyin));
    return el("section", {}, el("h2", {}, text("naming_reading")),
      el("p", { class: "fy-pinyin", lang: "zh-Latn", id: "fy-pinyin" }, said.pinyin),
      el("p", {}, el("span", { class: "fy-sign-form", lang: "zh-Latn" }, said.sign_form)),
      said.unsure ? el("p", { class: "fy-other" }, text("naming_unsure"), more.length ? ` ${more.join(text("list_comma"))}` : "") : null);
  };

  const place = (report) => el("section", {}, el("h2", {}, text("naming_place")),
    report.unit ? el("p", {}, text("naming_in_unit", { unit: report.unit.name })) : null,
    el("p", { id: "fy-location", class: `fy-fit-${report.location.outcome}` }, pick(report.location.text)));

  const made = (report, layerName) => el("p", { class: "fy-note", id: "fy-how" }, text("naming_made", {
    pack: pick(report.made.pack_title), n: fangyu.number(report.made.index_size), on: report.made.on,
    layers: Object.entries(report.made.layers).map(([id, version]) => `${layerName(id)} ${version}`).join(text("list_comma")) || "–" }));

  fangyu.precheckParts = (report, { evidenceOf = null, onAlternative = null, layerName = (id) => id } = {}) =>
    [verdict(report), others(report, onAlternative), findings(report, evidenceOf), namesakes(report), place(report), reading(report), made(report, layerName)].filter(Boolean);

  // The exported file: the report is in the page.
  fangyu.drawEmbeddedPrecheck = () => {
    const report = JSON.parse(document.getElementById("fangyu-precheck").textContent);
    document.getElementById("fy-result").replaceChildren(...fangyu.precheckParts(report));
    fangyu.drawPrecheck(report);
  };
})();
