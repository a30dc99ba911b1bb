"""The pages of the set that show places: a map per service and tier, and one page per town (分镇街指引)."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from gis.coverage import GapReport, Row
from gis.coverage.units import canonical
from layers.text import Text
from web.planning_set.blocks import Head, Part, Picture, Table, Words
from web.planning_set.gathering import Facility, Gathered
from web.planning_set.maps import Ground, Spot, draw
from web.planning_set.naming import (
    SERVICE,
    TOWN,
    VILLAGE,
    amount_of,
    amount_unit,
    kind_of,
    name_of,
    tier_text,
)
from web.planning_set.steps import Drawing
from web.planning_set.whole import deficit_of, gap_row, norm_cells, unit_of, value_cells

Block = Head | Words | Table | Picture
_NO_MAP = Text("没有边界，不能绘图。", "There are no outlines to draw a map of.")
_NO_DATA = Text("没有数据。", "No data.")
_NUMBER, _NAME = Text("编号", "No."), Text("名称", "Name")
_KIND, _HOLDS = Text("类别", "Kind"), Text("规模", "Size")
_TOWN_SIZE_IN = (7.0, 3.9)


def map_parts(g: Gathered, ground: Ground, drawing: Drawing) -> list[Part]:
    """Draw a map for every service and tier, and list the facilities by number after those of a service."""
    parts = []
    for layer in g.layers:
        label = g.service[layer]
        for report in g.tiers[layer]:
            tier, definition = tier_text(report), report.definition
            title = Text(f"{label.zh} {tier.zh}服务覆盖图", f"{label.en}: coverage within {tier.en}")
            shares = {row.code: g.figures.share(row.numerator, row.denominator) for row in report.rows}
            drawing.one()
            png = draw(ground, shares, _spots(g, (layer,)), lang=g.lang, service=g.service)
            share = g.figures.percent(report.numerator, report.denominator)
            served, total = (g.figures.people(one) for one in (report.numerator, report.denominator))
            says = Text(
                f"{definition.id} {definition.label.zh}：{share}%（{served} / {total}，{report.measure.zh}）。"
                f"编号见设施表。截至 {g.on.isoformat()}；{g.state.zh}。",
                f"{definition.id} {definition.label.en}: {share}% ({served} / {total}, {report.measure.en}). Numbers: "
                f"see the list. As of {g.on.isoformat()}; {g.state.en}.",
            )
            blocks: list[Block] = [Picture(png, says)] if png else [Words(_NO_MAP), Words(says, small=True)]
            parts.append(Part(f"map-{layer}-{report.request.within_min:g}", title, blocks))
        parts.append(_facility_part(g, layer))
    return parts


def _facility_part(g: Gathered, layer: str) -> Part:
    label = g.service[layer]
    heads = (_NUMBER, _NAME, TOWN, _KIND, _HOLDS, Text("单位", "Unit"))
    names = g.units.frame["name"]
    rows = [
        [one.number, name_of(one), str(names.iloc[one.town]) if one.town >= 0 else None,
         kind_of(layer, one, g.lang), amount_of(one), amount_unit(one, g.lang)]
        for one in g.facilities[layer]
    ]  # fmt: skip
    title = Text(f"{_facilities_zh(label)}表", f"{label.en}: facilities in service")
    return Part(f"facilities-{layer}", title, [
        Table(title, heads, rows, (9, 38, 19, 18, 9, 9), Text(_facilities_zh(label), label.en)),
    ])  # fmt: skip


def _facilities_zh(label: Text) -> str:
    """Name the facilities of a service in Chinese; many labels end in that word already."""
    return label.zh if label.zh.endswith("设施") else f"{label.zh}设施"


def _spots(g: Gathered, layers: Sequence[str], *, lettered: bool = False) -> list[Spot]:
    """Mark facilities by number; where several services share a map, those of the second have a letter before it."""
    return [
        Spot(_label(at if lettered else 0, one), one.lon, one.lat, layer)
        for at, layer in enumerate(layers)
        for one in g.facilities[layer]
    ]


def _label(service: int, one: Facility) -> str:
    return f"{'BCDEF'[service - 1] if service else ''}{one.number}"


def new_sites(g: Gathered) -> list[tuple[Spot, Any, Text]]:
    """List the new sites of both terms with the numbers they bear, and their term."""
    listed: list[tuple[Spot, Any, Text]] = []
    for term, report in ((Text("近期", "near term"), g.near), (Text("远期", "far term"), g.far)):
        for one in report.new_sites if report else ():
            listed.append((Spot(f"S{len(listed) + 1}", one.lon, one.lat, "site"), one, term))
    return listed


def town_parts(g: Gathered, ground: Ground, drawing: Drawing) -> list[Part]:
    """Write one page per town; villages that belong to no town have a page of their own at the end."""
    rows = _rows_by_town(g)
    parts = []
    for town in g.towns:
        drawing.one()
        parts.append(_town(g, ground, town, rows.get(town, {})))
    if -1 in rows and g.towns:
        parts.append(_town(g, ground, -1, rows[-1]))
    return parts


def _rows_by_town(g: Gathered) -> dict[int, dict[str, list[tuple[str, Row]]]]:
    """Put the rows of villages by town and code, each with its service, tier by tier."""
    at = {canonical(code): row for row, code in enumerate(g.units.frame["code"])}
    found: dict[int, dict[str, list[tuple[str, Row]]]] = {}
    for layer in g.layers:
        for report in g.tiers[layer]:
            for row in report.rows:
                index = at.get(canonical(row.code), -1)
                town = int(g.units.lifted(np.array([index]), "town")[0]) if index >= 0 else -1
                found.setdefault(town, {}).setdefault(row.code, []).append((layer, row))
    return found


def _town(g: Gathered, ground: Ground, town: int, rows: Mapping[str, list[tuple[str, Row]]]) -> Part:
    code, name = _named(g, town)
    title = Text(f"{name}分镇街指引", f"{name}: guidance sheet")
    if not rows:
        return Part(f"town-{code}", title, [Words(_NO_DATA)], [[title.pick(g.lang), _NO_DATA.pick(g.lang)]])
    sections: list[tuple[Text, Table]] = [
        (Text("村居覆盖", "Villages"), _villages(g, rows)),
        (Text("设施", "Facilities"), _facilities(g, town)),
        (Text("指标与缺口", "Indicators"), _indicators(g, code)),
        (Text("缺口与补救", "Gaps"), _gaps(g, rows)),
    ]
    planned = _planned(g, town)
    sections += [(Text("规划新设", "New sites"), planned)] if g.near is not None else []
    picture = _town_map(g, ground, town, rows)
    blocks: list[Block] = [picture or Words(_NO_MAP), *(table for _, table in sections)]
    return Part(
        f"town-{code}", title, blocks, [line for head, table in sections for line in _lines(g, head, table)]
    )


def _named(g: Gathered, town: int) -> tuple[str, str]:
    if town < 0:
        return "none", Text("不在任何镇街内的村居", "Villages in no town").pick(g.lang)
    return str(g.units.frame["code"].iloc[town]), str(g.units.frame["name"].iloc[town])


def _lines(g: Gathered, head: Text, table: Table) -> list[list[Any]]:
    """Write a table of a town for its sheet: section and name first, then a line for every figure with its head."""
    heads = [one.pick(g.lang) for one in table.heads]
    return [
        [head.pick(g.lang), row[0], heads[column], value]
        for row in table.rows
        for column, value in enumerate(row[1:], 1)
        if value not in {None, ""}
    ]


def _town_map(
    g: Gathered, ground: Ground, town: int, rows: Mapping[str, list[tuple[str, Row]]]
) -> Picture | None:
    if town < 0:
        return None
    code, _ = _named(g, town)
    main = g.layers[0]
    shares = {
        village: g.figures.share(own[-1].numerator, own[-1].denominator)
        for village, said in rows.items()
        if (own := [row for layer, row in said if layer == main])
    }
    spots = [*_spots(g, g.layers, lettered=True), *(one for one, _, _ in new_sites(g))]
    png = draw(ground, shares, spots, lang=g.lang, service=g.service, focus=code, size_in=_TOWN_SIZE_IN)
    label = g.service[main]
    says = Text(
        f"底色：{label.zh} {g.widest:g} 分钟覆盖率；数字为设施，S 为规划新设。截至 {g.on.isoformat()}；{g.state.zh}。",
        f"Shade: {label.en} within {g.widest:g} min; numbers are facilities, S new sites. As of {g.on.isoformat()}; "
        f"{g.state.en}.",
    )
    return Picture(png, says) if png else None


def _villages(g: Gathered, rows: Mapping[str, list[tuple[str, Row]]]) -> Table:
    columns = [(layer, one) for layer in g.layers for one in g.tiers[layer]]
    heads = [VILLAGE, columns[0][1].measure if columns else Text("", "")]
    for layer, one in columns:
        service, tier = g.service[layer], tier_text(one)
        heads.append(Text(f"{service.zh} {tier.zh}（%）", f"{service.en} {tier.en} (%)"))
    listed = []
    for said in rows.values():
        first = said[0][1]
        people = g.figures.people(first.denominator if first.share is not None else None)
        shares = [g.figures.percent(row.numerator, row.denominator or None) for _, row in said]
        listed.append([first.name, people, *shares])
    title = Text("村居覆盖", "Coverage of villages")
    return Table(title, heads, listed, (20, 12, *(68 / max(len(columns), 1) for _ in columns)))


def _facilities(g: Gathered, town: int) -> Table:
    rows = [
        [f"{_label(at, one)} {name_of(one)}", g.service[layer].pick(g.lang), kind_of(layer, one, g.lang),
         amount_of(one), amount_unit(one, g.lang)]
        for at, layer in enumerate(g.layers)
        for one in g.facilities[layer]
        if one.town == town
    ]  # fmt: skip
    heads = (_NAME, SERVICE, _KIND, _HOLDS, Text("单位", "Unit"))
    return Table(Text("在营设施", "Facilities in service"), heads, rows, (42, 18, 20, 10, 10))


def _indicators(g: Gathered, code: str) -> Table:
    found = next((one for one in g.indicators.rows if one.code == code), None) if g.indicators else None
    measured = zip(g.indicators.measures, found.values, strict=True) if g.indicators and found else ()
    rows = [
        [one.label.pick(g.lang), *value_cells(g, one, value), unit_of(one), norm_cells(g, at)[0],
         deficit_of(g, value), one.deficit_unit]
        for at, (one, value) in enumerate(measured)
        if value.value is not None
    ]  # fmt: skip
    heads = (Text("指标", "Indicator"), Text("现状", "Value"), Text("说明", "Remark"), Text("单位", "Unit"),
             Text("规范值", "Norm"), Text("缺口", "Deficit"), Text("缺口单位", "Unit"))  # fmt: skip
    return Table(Text("指标与缺口", "Indicators and deficits"), heads, rows, (34, 10, 12, 14, 10, 10, 10))


def _gaps(g: Gathered, rows: Mapping[str, Any]) -> Table:
    def listed(report: GapReport, layer: str) -> list[list[Any]]:
        made = partial(gap_row, g, report)
        inside = [at for at, one in enumerate(report.gaps) if one.code in rows]
        return [[row[0], g.service[layer].pick(g.lang), *row[1:]] for row in map(made, inside)]

    found = [row for layer in g.layers for row in listed(g.gaps[layer], layer)]
    heads = (
        VILLAGE,
        SERVICE,
        Text("未覆盖（人）", "Not served"),
        Text("原因", "Reason"),
        Text("补救", "Remedy"),
    )
    return Table(
        Text(f"{g.widest:g} 分钟缺口", f"Gaps at {g.widest:g} min"), heads, found, (14, 13, 10, 35, 28)
    )


def _planned(g: Gathered, town: int) -> Table:
    listed = new_sites(g)
    lon, lat = (np.array([getattr(spot, name) for spot, _, _ in listed], float) for name in ("lon", "lat"))
    towns = g.units.locate(lon, lat, [None] * len(listed), "town").tolist() if listed else []
    rows = [
        [
            f"{spot.label} {one.unit}",
            term.pick(g.lang),
            round(one.lon, 5),
            round(one.lat, 5),
            g.figures.people(one.adds),
        ]
        for (spot, one, term), inside in zip(listed, towns, strict=True)
        if inside == town
    ]
    heads = (_NAME, Text("期", "Term"), Text("经度", "Longitude"), Text("纬度", "Latitude"),
             Text("新增覆盖（人）", "People added"))  # fmt: skip
    return Table(Text("规划新设", "New sites"), heads, rows, (36, 14, 17, 17, 16))
