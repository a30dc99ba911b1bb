"""The parts about the whole district: indicators, the matrix, gaps, sites, and how to repeat it all."""

from dataclasses import replace
from typing import Any

from gis.coverage import CoverageReport, GapReport, SiteReport
from gis.coverage.gaps.effort import efforts
from gis.coverage.provision.measures import Measure
from gis.coverage.provision.report import IndicatorReport, UnitIndicators
from gis.coverage.provision.values import Value
from gis.coverage.provision.words import BOUNDS, bounded
from layers.text import Text
from web.planning_set.blocks import Head, Part, Table, Words
from web.planning_set.figures import UNKNOWN, WITHHELD, Figure, plain
from web.planning_set.gathering import Gathered
from web.planning_set.naming import DEFINITION, SERVICE, TOWN, VILLAGE, reason_label, tier_text

_LIMIT = Text("等级", "Tier")


def indicators_part(g: Gathered) -> Part:
    """Write the table of indicators against the norm, in all and by town, with what lacks."""
    title = Text("指标表", "Indicators")
    report = g.indicators
    if report is None:
        return Part("indicators", title, [Words(g.no_indicators or Text("没有数据。", "No data."))])
    rows = [
        [one.label.pick(g.lang), *value_cells(g, one, report.total[at]), unit_of(one), *norm_cells(g, at),
         *_judged(report, at)]
        for at, one in enumerate(report.measures)
    ]  # fmt: skip
    heads = (Text("指标", "Indicator"), Text("现状", "Value"), Text("说明", "Remark"), Text("单位", "Unit"),
             Text("规范值", "Norm"), Text("是否核过", "Checked"), Text("不达标镇街", "Towns below"),
             Text("不能判断镇街", "Towns unsettled"))  # fmt: skip
    by_town = [
        [row.name, one.label.pick(g.lang), *value_cells(g, one, value_of(row, at)), unit_of(one),
         norm_cells(g, at)[0], deficit_of(g, value_of(row, at)), one.deficit_unit]
        for row in report.rows
        for at, one in enumerate(report.measures)
        if value_of(row, at).value is not None
    ]  # fmt: skip
    town_heads = (TOWN, *heads[:5], Text("缺口", "Deficit"), Text("缺口单位", "Unit"))
    return Part("indicators", title, [
        Table(Text("全区指标与规范", "Indicators against the norm"), heads, rows, (28, 11, 15, 13, 10, 9, 7, 7),
              Text("指标", "Indicators")),
        Table(Text("分镇街指标与缺口", "Indicators and deficits by town"), town_heads, by_town,
              (14, 26, 10, 14, 12, 8, 12, 8), Text("分镇街指标", "By town")),
        *(Words(one, small=True) for one in report.assumptions if not g.figures.public),
    ])  # fmt: skip


def _judged(report: IndicatorReport, at: int) -> list[int | None]:
    """Count the towns that are below the norm of an indicator, and those that cannot be judged; None without a norm."""
    if report.norms[at] is None:
        return [None, None]
    values = [value_of(row, at) for row in report.rows]
    return [sum(one.meets is False for one in values), sum(one.unsettled for one in values)]


def unit_of(measure: Measure) -> str:
    """Return the unit an indicator is printed in: shares in percent."""
    return measure.unit or "%"


def value_of(row: UnitIndicators, at: int) -> Value:
    """Return an indicator of a town."""
    return row.values[at]


def value_cells(g: Gathered, measure: Measure, value: Value) -> list[Figure]:
    """Print the value of an indicator and how sure it is; in public nothing over few people."""
    if value.value is None:
        return [UNKNOWN.pick(g.lang), ""]
    if g.figures.public and value.of_people and 0 < value.bottom < g.figures.least:
        return [WITHHELD.pick(g.lang), ""]
    amount = value.value if measure.unit else 100.0 * value.value
    digits = 3 if amount < 1 else 1
    return [round(amount, digits), BOUNDS[value.bound].pick(g.lang)]


def norm_cells(g: Gathered, at: int) -> list[Any]:
    """Print the norm of an indicator and whether it was checked; nothing where there is none."""
    report = g.indicators
    norm = report.norms[at] if report else None
    if report is None or norm is None:
        return [None, ""]
    share = not report.measures[at].unit and not isinstance(norm.value, str)
    value = round(100.0 * float(norm.value), 6) if share else norm.value
    return [value, (Text("已核", "yes") if norm.verified else Text("未核实", "no")).pick(g.lang)]


def deficit_of(g: Gathered, value: Value) -> Figure:
    """Return what lacks to the norm, to one decimal, in words where it is a least or a most; None without a norm.

    What may lie on either side is left a number: the remark beside the value says so.
    """
    if value.deficit is None:
        return None
    lacks = plain(round(value.deficit, 1))
    return (
        lacks
        if value.deficit_bound in {"exact", "unsure"}
        else bounded(f"{lacks:,}", value.deficit_bound).pick(g.lang)
    )


def matrix_part(g: Gathered) -> Part:
    """Write the matrix: every definition, tier and service; below it the tiers by town."""
    heads = (SERVICE, DEFINITION, _LIMIT, Text("计量", "Counted"), Text("分子", "Numerator"),
             Text("分母", "Denominator"), Text("覆盖率（%）", "Share (%)"), Text("步速区间（%）", "Band (%)"),
             Text("已覆盖单元", "Units covered"), Text("单元", "Units"))  # fmt: skip
    rows = [_matrix_row(g, one) for one in g.matrix.reports]
    blocks: list[Head | Words | Table] = [
        Table(Text("覆盖矩阵（定义 × 等级 × 服务）", "Coverage: definition by tier by service"), heads, rows,
              (12, 16, 9, 12, 10, 10, 9, 11, 8, 7), Text("覆盖矩阵", "Coverage")),
    ]  # fmt: skip
    for one in g.matrix.not_computed:
        why, label = one.why.message, g.service[one.request.layer_id]
        left_out = Text(
            f"未计算：{label.zh} {one.request.definition}——{why.zh}",
            f"Not computed: {label.en} {one.request.definition}: {why.en}",
        )
        blocks.append(Words(left_out, small=True))
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
    proven = (
        Text("已证明最优", "proven best") if report.plan.proven else Text("未证明最优", "not proven best")
    )
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
    repeated = replace(g.request, on=g.on)
    if g.figures.public and g.effects:
        return _public_appendix(replace(repeated, changes=()).command(form))
    commands = [
        repeated.command(form),
        *(one.command for layer in g.layers for one in g.tiers[layer]),
    ]
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


def _public_appendix(command: str) -> Part:
    """Write the command of a set of changes without them: they name facilities by internal ids and exact places."""
    return Part("appendix", Text("附：如何重算", "Appendix: how to repeat it"), [
        Words(Text("在工作区文件夹里运行；变动的设施编号和精确位置不公开，含变动的完整命令见内部版。",
                   "Run it in the workspace folder; ids and exact places of what changed are not public: the commands "
                   "with the changes stand in the internal edition.")),
        Table(Text("命令", "Commands"), (Text("序号", "No."), Text("命令", "Command")), [[1, command]], (8, 92),
              Text("重算命令", "Commands")),
    ])  # fmt: skip
