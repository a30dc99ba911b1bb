"""The parts that open a set: what it is, its scope and method, and how old the district is."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from gis.coverage import CoverageReport
from gis.coverage.units import canonical
from layers.privacy import SUPPRESSED, public_view
from layers.specs import spec_of
from layers.text import Lang, Text, both, counted, joined
from web.documents.wording import day_text
from web.maps.furniture import as_of_line, stamp_of
from web.planning_set.blocks import Head, Part, Table, Words
from web.planning_set.figures import UNKNOWN, WITHHELD, Figure
from web.planning_set.gathering import Gathered
from web.planning_set.naming import DEFINITION, TOWN, tier_text

TITLE = Text("养老服务设施布局专项规划图册", "Planning set of services for older people")
_POPULATION = ("population", "pop_60_plus", "pop_65_plus", "pop_80_plus")
_POPULATION_HEADS = (
    Text("常住人口", "Residents"), Text("60岁及以上", "60 and over"), Text("65岁及以上", "65 and over"),
    Text("80岁及以上", "80 and over"), Text("65岁及以上占比（%）", "65 and over (%)"),
)  # fmt: skip


def cover_part(g: Gathered) -> Part:
    """Write what stands on the first page: title, district, day, stamp, and whether the data are made up."""
    settings, day = g.workspace.settings, day_text(g.on)
    summaries = [g.workspace.store.summary(one) for one in g.workspace.store.layer_ids()]
    stamps = {one: stamp_of(settings, g.request.profile, one) for one in ("zh", "en")}
    services = Text(
        *(joined(one.pick(lang) for one in g.service.values()).pick(lang) for lang in ("zh", "en"))
    )
    blocks = [
        Words(Text(f"{settings.name}（{settings.code}）", f"{settings.name} ({settings.code})")),
        Words(day),
        Words(Text(stamps["zh"], stamps["en"])),
        Words(Text(f"方案：{g.state.zh}。", f"Scenario: {g.state.en}.")),
        Words(Text(f"服务：{services.zh}。{as_of_line(summaries, 'zh')}。",
                   f"Services: {services.en}. {as_of_line(summaries, 'en')}.")),
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
    rows = [
        [key, one.label.pick(g.lang), one.formula.pick(g.lang)] for key, one in sorted(definitions.items())
    ]
    tiers = joined(f"{one:g}" for one in g.request.within_min)
    towns, villages = len(g.towns), len(g.units.at("village"))
    return Part("method", Text("范围与方法", "Scope and method"), [
        Words(Text(
            f"范围：{g.workspace.settings.name}，{towns} 个镇街、{villages} 个村居。等级：{tiers.zh} 分钟。"
            f"缺口、选址和分镇街页按 {g.widest:g} 分钟判断。",
            f"Scope: {g.workspace.settings.name}, {counted(towns, 'town')} and {counted(villages, 'village')}. "
            f"Tiers: {tiers.en} minutes. "
            f"Gaps, sites and the pages of towns are judged at {g.widest:g} minutes.")),
        Table(Text("采用的定义", "Definitions used"),
              (DEFINITION, Text("名称", "Name"), Text("算法", "Formula")), rows, (8, 24, 68),
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
    name = Text(**value["label"]).pick(g.lang) + (
        f"（{value['applies_to']}）" if value.get("applies_to") else ""
    )
    said = (both(str(value[key])).pick(g.lang) for key in ("source", "clause") if value.get(key))
    unit = both(str(value.get("unit") or "")).pick(g.lang)
    return [name, value["value"], unit, " ".join(said), checked.pick(g.lang)]


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
    """List what the main reports assume, those of some only with their names; in public what counts people stays in."""
    if g.figures.public:
        return (
            Text("各项假设见内部版；其中的人数不公开。",
                 "The assumptions stand in the internal edition: they count people."),
        )  # fmt: skip
    mains = [one for layer in g.layers for one in g.tiers[layer]]
    said: dict[Text, list[CoverageReport]] = {}
    for one in mains:
        for text in one.assumptions:
            said.setdefault(text, []).append(one)
    return tuple(text if len(some) == len(mains) else _of_some(g, text, some) for text, some in said.items())


def _of_some(g: Gathered, text: Text, reports: Sequence[CoverageReport]) -> Text:
    def named(lang: Lang) -> str:
        parts = [f"{g.service[o.request.layer_id].pick(lang)} {tier_text(o).pick(lang)}" for o in reports]
        return ("、" if lang == "zh" else ", ").join(parts)

    return Text(f"{named('zh')}：{text.zh}", f"{named('en')}: {text.en}")


def ageing_part(g: Gathered) -> Part:
    """Write the population of every town: residents, 60, 65 and 80 and over, as far as the data tell."""
    layer = g.workspace.layer_or_none("admin_unit")
    title = Text("老龄化现状", "Ageing")
    if layer is None or not g.towns:
        return Part(
            "ageing", title, [Words(Text("没有镇街一级的行政区划数据。", "There are no data of towns."))]
        )
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
    """Print the people of a town; in public rounded, few of them withheld."""
    code, name = (g.units.frame[one].iloc[town] for one in ("code", "name"))
    own = by_code.get(canonical(code), {})
    figures = [_count(g, own, villages, field) for field in _POPULATION]
    people, elderly = figures[0], figures[2]
    shown: list[Figure] = [one if isinstance(one, str) else g.figures.people(one) for one in figures]
    if isinstance(people, str) or isinstance(elderly, str) or not people:
        return [str(name), *shown, UNKNOWN.pick(g.lang)]
    return [str(name), *shown, g.figures.percent(elderly, people)]


def _count(g: Gathered, own: dict[Any, Any], villages: Sequence[dict[Any, Any]], field: str) -> int | str:
    if field in str(own.get(SUPPRESSED) or "").split(";"):
        return WITHHELD.pick(g.lang)
    if not pd.isna(own.get(field)):
        return int(own[field])
    some = [one.get(field) for one in villages]
    if not some or any(pd.isna(one) for one in some):
        return UNKNOWN.pick(g.lang)
    return int(sum(int(one) for one in some if one is not None))
