"""The parts about the whole district: scope and method, ageing, indicators, the matrix, gaps, sites, how to repeat."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from gis.coverage import CoverageReport, GapReport, SiteReport
from gis.coverage.gaps.effort import efforts
from gis.coverage.indicator_measures import MEASURES, Value
from gis.coverage.units import canonical
from layers.privacy import SUPPRESSED, public_view
from layers.specs import spec_of
from layers.text import Text
from web.documents.wording import day_text
from web.maps.furniture import as_of_line, stamp_of
from web.planning_set.blocks import Head, Part, Table, Words
from web.planning_set.figures import UNKNOWN, WITHHELD, Figure
from web.planning_set.gathering import Gathered
from web.planning_set.naming import reason_label, tier_text

TITLE = Text("养老服务设施布局专项规划图册", "Planning set of services for older people")
_POPULATION = ("population", "pop_60_plus", "pop_65_plus", "pop_80_plus")
_POPULATION_HEADS = (
    Text("常住人口", "Residents"), Text("60岁及以上", "60 and over"), Text("65岁及以上", "65 and over"),
    Text("80岁及以上", "80 and over"), Text("65岁及以上占比（%）", "65 and over (%)"),
)  # fmt: skip
SERVICE, TOWN, VILLAGE = Text("服务", "Service"), Text("镇街", "Town"), Text("村居", "Village")
_DEFINITION, _LIMIT = Text("定义", "Definition"), Text("等级", "Tier")
_BOUNDS = {
    "exact": Text("", ""),
    "at_least": Text("至少", "at least"),
    "at_most": Text("至多", "at most"),
    "unsure": Text("数据不全", "incomplete data"),
}


def cover_part(g: Gathered) -> Part:
    """Write what stands on the first page: title, district, day, stamp, and whether the data are made up."""
    settings, day = g.workspace.settings, day_text(g.on)
    summaries = [g.workspace.store.summary(one) for one in g.workspace.store.layer_ids()]
    stamps = {one: stamp_of(settings, g.request.profile, one) for one in ("zh", "en")}
    services = "、".join(one.zh for one in g.service.values()), ", ".join(one.en for one in g.service.values())
    blocks = [
        Words(Text(f"{settings.name}（{settings.code}）", f"{settings.name} ({settings.code})")),
        Words(day),
        Words(Text(stamps["zh"], stamps["en"])),
        Words(Text(f"服务：{services[0]}。{as_of_line(summaries, 'zh')}。",
                   f"Services: {services[1]}. {as_of_line(summaries, 'en')}.")),
    ]  # fmt: skip
    if settings.synthetic or any(one.synthetic for one in summaries):
        blocks.append(Words(Text("本图册的数据为虚构样例，不对应任何真实地方。",
                                 "All data of this set are fictional and describe no real place.")))  # fmt: skip
    if g.figures.public:
        k = g.figures.least
        blocks.append(Words(Text(f"公开版：人数按 {k} 取整，1 至 {k - 1} 人不公布，不含内部字段。",
                                 f"Public edition: people are rounded to {k}, fewer are withheld, internal fields are "
                                 "left out.")))  # fmt: skip
    return Part("cover", TITLE, blocks)


def method_part(g: Gathered) -> Part:
    """Write scope and method: definitions, norms and whether they were checked, data, assumptions."""
    definitions = {one.definition.id: one.definition for one in g.matrix.reports}
    rows = [[key, one.label.pick(g.lang), one.formula.pick(g.lang)] for key, one in sorted(definitions.items())]
    tiers = "、".join(f"{one:g}" for one in g.request.within_min)
    towns, villages = len(g.towns), len(g.units.at("village"))
    return Part("method", Text("范围与方法", "Scope and method"), [
        Words(Text(
            f"范围：{g.workspace.settings.name}，{towns} 个镇街、{villages} 个村居。等级：{tiers} 分钟。"
            f"缺口、选址和分镇街页按 {g.widest:g} 分钟判断。",
            f"Scope: {g.workspace.settings.name}, {towns} towns and {villages} villages. Tiers: {tiers} minutes. Gaps, "
            f"sites and the pages of towns are judged at {g.widest:g} minutes.")),
        Table(Text("采用的定义", "Definitions used"),
              (_DEFINITION, Text("名称", "Name"), Text("算法", "Formula")), rows, (8, 24, 68),
              Text("定义", "Definitions")),
        _norms(g),
        _data(g),
        Head(Text("假设", "Assumptions")),
        *(Words(one, small=True) for one in _assumptions(g)),
    ])  # fmt: skip


def _norms(g: Gathered) -> Table:
    printed = [dict(one.norms) for one in g.matrix.reports]
    printed += [g.gaps[one].norms for one in g.layers]
    values: dict[tuple[str, str], list[Any]] = {}
    for one in printed:
        for value in one["values"]:
            values.setdefault((value["param"], value.get("applies_to") or ""), _norm_row(g, value))
    for norm in g.indicators.norms if g.indicators else ():
        if norm is not None:
            values.setdefault((norm.param, norm.applies_to), _norm_row(g, norm.as_json()))
    profile = printed[0]["profile"] if printed else ""
    return Table(
        Text(f"规范方案 {profile} 的取值", f"Values of norm profile {profile}"),
        (Text("参数", "Parameter"), Text("取值", "Value"), Text("单位", "Unit"), Text("出处", "Source"),
         Text("是否核过原文", "Checked")),
        list(values.values()), (28, 10, 12, 36, 14), Text("规范取值", "Norms"),
    )  # fmt: skip


def _norm_row(g: Gathered, value: dict[str, Any]) -> list[Any]:
    checked = Text("已核", "yes") if value["verified"] else Text("未核实", "not verified")
    name = value["param"] + (f"（{value['applies_to']}）" if value.get("applies_to") else "")
    source = " ".join(str(one) for one in (value.get("source"), value.get("clause")) if one)
    return [name, value["value"], value.get("unit") or "", source, checked.pick(g.lang)]


def _data(g: Gathered) -> Table:
    used = dict.fromkeys(layer for one in g.matrix.reports for layer in one.provenance["layers"])
    rows = []
    for one in used:
        summary = g.workspace.store.summary(one)
        sources = "、".join(summary.sources) if not g.figures.public else "、".join(summary.credits)
        rows.append([spec_of(one).label.pick(g.lang), summary.count, summary.version,
                     summary.as_of.isoformat() if summary.as_of else UNKNOWN.pick(g.lang), sources])  # fmt: skip
    return Table(
        Text("数据", "Data"),
        (Text("图层", "Layer"), Text("条数", "Rows"), Text("版本", "Version"), Text("数据截至", "As of"),
         Text("来源", "Sources")),
        rows, (18, 10, 18, 16, 38), Text("数据", "Data"),
    )  # fmt: skip


def _assumptions(g: Gathered) -> Sequence[Text]:
    """List what the main reports assume; in public what counts people stays inside."""
    mains = [one for layer in g.layers for one in g.tiers[layer]]
    said = dict.fromkeys(text for one in mains for text in one.assumptions)
    if not g.figures.public:
        return tuple(said)
    return tuple(g.matrix.reports[0].definition.formula for _ in range(0)) + (
        Text("各项假设见内部版；其中的人数不公开。", "The assumptions stand in the internal edition: they count people."),
    )


def ageing_part(g: Gathered) -> Part:
    """Write the population of every town: residents, 60, 65 and 80 and over, as far as the data tell."""
    layer = g.workspace.layer_or_none("admin_unit")
    title = Text("老龄化现状", "Ageing")
    if layer is None or not g.towns:
        return Part("ageing", title, [Words(Text("没有镇街一级的行政区划数据。", "There are no data of towns."))])
    frame = public_view(layer, g.workspace.settings) if g.figures.public else layer.frame
    by_code = {canonical(one["code"]): one for one in frame.to_dict("records") if one["code"]}
    inside: dict[int, list[dict[Any, Any]]] = {town: [] for town in g.towns}
    villages = g.units.at("village")
    for village, town in zip(villages.tolist(), g.units.lifted(villages, "town").tolist(), strict=True):
        row = by_code.get(canonical(g.units.frame["code"].iloc[village]))
        if town in inside and row is not None:
            inside[town].append(row)
    rows = [_people_row(g, town, by_code, inside[town]) for town in g.towns]
    return Part("ageing", title, [
        Table(Text("分镇街人口（人）", "Population by town"), (TOWN, *_POPULATION_HEADS), rows,
              (22, 15, 15, 15, 15, 18), Text("人口", "Population")),
        Words(Text("取镇街自己的数字；没有时取各村居之和，有一个村居不明即为不明，不当作零。",
                   "A town's own figure, else the sum of its villages; unknown where one of them is, never zero."),
              small=True),
    ])  # fmt: skip


def _people_row(
    g: Gathered, town: int, by_code: dict[str, Any], villages: Sequence[dict[Any, Any]]
) -> list[Figure]:
    code, name = (g.units.frame[one].iloc[town] for one in ("code", "name"))
    own = by_code.get(canonical(code), {})
    figures = [_count(g, own, villages, field) for field in _POPULATION]
    people, elderly = figures[0], figures[2]
    share = UNKNOWN.pick(g.lang) if isinstance(people, str) or isinstance(elderly, str) or not people else None
    return [str(name), *figures, share or round(100.0 * float(elderly or 0) / float(people or 1), 1)]


def _count(g: Gathered, own: dict[Any, Any], villages: Sequence[dict[Any, Any]], field: str) -> Figure:
    if field in str(own.get(SUPPRESSED) or "").split(";"):
        return WITHHELD.pick(g.lang)
    if not pd.isna(own.get(field)):
        return int(own[field])
    some = [one.get(field) for one in villages]
    if not some or any(pd.isna(one) for one in some):
        return UNKNOWN.pick(g.lang)
    return int(sum(int(one) for one in some if one is not None))


def indicators_part(g: Gathered) -> Part:
    """Write the table of indicators against the norm, in all and by town, with what lacks."""
    title = Text("指标表", "Indicators")
    report = g.indicators
    if report is None:
        return Part("indicators", title, [Words(g.no_indicators or Text("没有数据。", "No data."))])
    rows = [
        [one.label.pick(g.lang), *value_cells(g, report.total[at]), one.unit, *norm_cells(g, at),
         sum(row.values[at].meets is False for row in report.rows)]
        for at, one in enumerate(MEASURES)
    ]  # fmt: skip
    heads = (Text("指标", "Indicator"), Text("现状", "Value"), Text("说明", "Remark"), Text("单位", "Unit"),
             Text("规范值", "Norm"), Text("是否核过", "Checked"), Text("不达标镇街", "Towns below"))  # fmt: skip
    by_town = [
        [row.name, one.label.pick(g.lang), *value_cells(g, row.values[at]), one.unit, norm_cells(g, at)[0],
         deficit_of(row.values[at]), one.deficit_unit]
        for row in report.rows
        for at, one in enumerate(MEASURES)
        if row.values[at].value is not None
    ]  # fmt: skip
    town_heads = (TOWN, *heads[:5], Text("缺口", "Deficit"), Text("缺口单位", "Unit"))
    return Part("indicators", title, [
        Table(Text("全区指标与规范", "Indicators against the norm"), heads, rows, (32, 11, 12, 14, 11, 10, 10),
              Text("指标", "Indicators")),
        Table(Text("分镇街指标与缺口", "Indicators and deficits by town"), town_heads, by_town,
              (15, 29, 10, 11, 12, 9, 10, 8), Text("分镇街指标", "By town")),
        *(Words(one, small=True) for one in report.assumptions if not g.figures.public),
    ])  # fmt: skip


def value_cells(g: Gathered, value: Value) -> list[Figure]:
    """Print the value of an indicator and how sure it is; in public nothing over few people."""
    if value.value is None:
        return [UNKNOWN.pick(g.lang), ""]
    if g.figures.public and 0 < value.bottom < g.figures.least:
        return [WITHHELD.pick(g.lang), ""]
    digits = 3 if value.value < 1 else 1
    return [round(value.value, digits), _BOUNDS[value.bound].pick(g.lang)]


def norm_cells(g: Gathered, at: int) -> list[Any]:
    """Print the norm of an indicator and whether it was checked; nothing where there is none."""
    norm = g.indicators.norms[at] if g.indicators else None
    if norm is None:
        return [None, ""]
    return [norm.value, (Text("已核", "yes") if norm.verified else Text("未核实", "no")).pick(g.lang)]


def deficit_of(value: Value) -> Figure:
    """Return what lacks to the norm, to one decimal; None without a norm."""
    return None if value.deficit is None else round(value.deficit, 1)


def matrix_part(g: Gathered) -> Part:
    """Write the matrix: every definition, tier and service; below it the tiers by town."""
    heads = (SERVICE, _DEFINITION, _LIMIT, Text("计量", "Counted"), Text("分子", "Numerator"),
             Text("分母", "Denominator"), Text("覆盖率（%）", "Share (%)"), Text("步速区间（%）", "Band (%)"),
             Text("已覆盖单元", "Units covered"), Text("单元", "Units"))  # fmt: skip
    rows = [_matrix_row(g, one) for one in g.matrix.reports]
    blocks: list[Head | Words | Table] = [
        Table(Text("覆盖矩阵（定义 × 等级 × 服务）", "Coverage: definition by tier by service"), heads, rows,
              (12, 16, 9, 12, 10, 10, 9, 11, 8, 7), Text("覆盖矩阵", "Coverage")),
    ]  # fmt: skip
    for one in g.matrix.not_computed:
        why, label = one.why.message, g.service[one.request.layer_id]
        blocks.append(Words(Text(f"未计算：{label.zh} {one.request.definition}——{why.zh}",
                                 f"Not computed: {label.en} {one.request.definition}: {why.en}"), small=True))  # fmt: skip
    blocks += [_by_town(g, layer) for layer in g.layers]
    return Part("matrix", Text("覆盖矩阵", "Coverage matrix"), blocks)


def _matrix_row(g: Gathered, one: CoverageReport) -> list[Any]:
    return [
        g.service[one.request.layer_id].pick(g.lang),
        f"{one.definition.id} {one.definition.label.pick(g.lang)}",
        tier_text(one).pick(g.lang),
        one.measure.pick(g.lang),
        *pair_cells(g, one, one.numerator, one.denominator),
        _band(one),
        sum(row.covered for row in one.rows),
        len(one.rows),
    ]


def pair_cells(g: Gathered, one: CoverageReport, served: float, total: float) -> list[Figure]:
    """Print numerator, denominator and share; what is not people is printed in full."""
    if not one.definition.of_people:
        share: Figure = round(100.0 * served / total, 1) if total else UNKNOWN.pick(g.lang)
        return [round(served, 1), round(total, 1), share]
    f = g.figures
    return [f.people(served), f.people(total), f.percent(served, total)]


def _band(one: CoverageReport) -> str:
    found = one.band_share
    if found is None or found["min"] is None or found["max"] is None:
        return ""
    return f"{100 * found['min']:.0f}–{100 * found['max']:.0f}"


def _by_town(g: Gathered, layer: str) -> Table:
    tiers = g.tiers[layer]
    towns = {row.code: [] for one in tiers for row in one.totals_by.get("town", ())}  # type: ignore[var-annotated]
    names = {row.code: row.name for one in tiers for row in one.totals_by.get("town", ())}
    for one in tiers:
        for row in one.totals_by.get("town", ()):
            towns[row.code].append(g.figures.percent(row.numerator, row.denominator or None))
    totals = {row.code: row.denominator for one in tiers for row in one.totals_by.get("town", ())}
    rows = [[names[code], g.figures.people(totals[code]), *shares] for code, shares in towns.items()]
    label, measure = g.service[layer], tiers[0].measure if tiers else Text("", "")
    heads = [TOWN, measure, *(_percent_head(one) for one in tiers)]
    return Table(
        Text(f"{label.zh}：分镇街覆盖率", f"{label.en}: share covered by town"),
        heads, rows, (24, 16, *(60 / max(len(tiers), 1) for _ in tiers)),
        Text(f"{label.zh}分镇街", f"{label.en} by town"),
    )  # fmt: skip


def _percent_head(one: CoverageReport) -> Text:
    tier = tier_text(one)
    return Text(f"{one.definition.id} {tier.zh}（%）", f"{one.definition.id} {tier.en} (%)")


def gaps_part(g: Gathered) -> Part:
    """Write the gaps of every service with reason and remedy."""
    blocks: list[Head | Words | Table] = []
    for layer in g.layers:
        report, label = g.gaps[layer], g.service[layer]
        tier = tier_text(report.report)
        blocks.append(
            Table(
                Text(f"{label.zh}：{tier.zh}缺口（{len(report.gaps)} 处）",
                     f"{label.en}: gaps at {tier.en} ({len(report.gaps)})"),
                (VILLAGE, Text("未覆盖（人）", "Not served"), Text("原因", "Reason"), Text("补救", "Remedy")),
                [gap_row(g, report, at) for at in range(len(report.gaps))],
                (16, 12, 40, 32),
                Text(f"{label.zh}缺口", f"{label.en} gaps"),
            )
        )  # fmt: skip
    return Part("gaps", Text("缺口与补救", "Gaps and remedies"), blocks)


def gap_row(g: Gathered, report: GapReport, at: int) -> list[Any]:
    """Print one gap; in public only the kinds of reason and remedy, whose sentences count people."""
    one = report.gaps[at]
    remedy = one.remedy
    if g.figures.public:
        reason = reason_label(one.reason.code)
        help_ = efforts()[remedy.kind].label if remedy else Text("", "")
    else:
        reason, help_ = one.reason.text, remedy.text if remedy else Text("", "")
        if remedy and remedy.partial:
            help_ = Text(f"{help_.zh}（仍未达标）", f"{help_.en} (still not covered)")
    return [one.name, g.figures.people(one.people), reason.pick(g.lang), help_.pick(g.lang)]


def sites_part(g: Gathered) -> Part | None:
    """Write the plan of sites, near and far; None where none was asked for."""
    if g.near is None:
        return None
    blocks: list[Head | Words | Table] = []
    terms = ((Text("近期", "Near term"), g.near, 0), (Text("远期", "Far term"), g.far, len(g.near.new_sites)))
    for term, report, offset in terms:
        if report is not None:
            blocks += _term(g, term, report, offset)
    blocks.append(Words(Text("人数按现状计；老年人口逐年增长的分期方案见 fangyu phases。",
                             "People are those of today; for growing numbers by period see fangyu phases."),
                        small=True))  # fmt: skip
    return Part("sites", Text("选址方案", "Sites"), blocks)


def _term(g: Gathered, term: Text, report: SiteReport, offset: int) -> list[Head | Words | Table]:
    f, label = g.figures, g.service[g.layers[0]]
    before, after = (f.percent(one, report.people) for one in (report.before, report.after))
    rows = [
        [f"S{offset + order}", one.unit or UNKNOWN.pick(g.lang), "" if one.layer == "grid" else one.name,
         round(one.lon, 5), round(one.lat, 5), f.people(one.adds)]
        for order, one in enumerate(report.new_sites, 1)
    ]  # fmt: skip
    proven = Text("已证明最优", "proven best") if report.plan.proven else Text("未证明最优", "not proven best")
    return [
        Table(
            Text(f"{term.zh}新设（{label.zh}）", f"{term.en}: new sites ({label.en})"),
            (Text("编号", "No."), VILLAGE, Text("场所", "Place"), Text("经度", "Longitude"), Text("纬度", "Latitude"),
             Text("新增覆盖（人）", "People added")),
            rows, (10, 24, 24, 14, 14, 14), Text(f"{term.zh}选址", term.en),
        ),
        Words(Text(f"{g.widest:g} 分钟覆盖率由 {before}% 到 {after}%；{proven.zh}。",
                   f"Share covered within {g.widest:g} minutes goes from {before}% to {after}%; {proven.en}.")),
    ]  # fmt: skip


def appendix_part(g: Gathered, form: str) -> Part:
    """Write the commands that make the set, and every report in it, again."""
    commands = [g.request.command(form), *(one.command for layer in g.layers for one in g.tiers[layer])]
    commands += [g.gaps[one].command for one in g.layers]
    commands += [g.indicators.request.command()] if g.indicators else []
    commands += [one.request.command() for one in (g.near, g.far) if one is not None]
    rows = [[at, one] for at, one in enumerate(commands, 1)]
    return Part("appendix", Text("附：如何重算", "Appendix: how to repeat it"), [
        Words(Text("在工作区文件夹里运行；数据版本见“数据”表。",
                   "Run them in the workspace folder; the versions of the data stand under Data.")),
        Table(Text("命令", "Commands"), (Text("序号", "No."), Text("命令", "Command")), rows, (8, 92),
              Text("重算命令", "Commands")),
    ])  # fmt: skip
