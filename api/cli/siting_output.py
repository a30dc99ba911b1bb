"""A plan of sites for people and programs: on screen, as CSV, JSON or GeoJSON, or as a workbook."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.cli.language import chosen, picked, said
from api.cli.output import give_json
from api.cli.site_options import SiteFormat
from api.cli.workbook import give_listed
from layers.text import Text, counted

Report = Mapping[str, Any]
Row = Sequence[Any]


def give_sites(report: Report, form: SiteFormat, output: Path | None) -> None:
    """Give a report (the JSON form of ``SiteReport``) in the form asked for.

    Raises
    ------
    InputError
        When a workbook is asked for without a file to write it to.
    """
    if form is SiteFormat.GEOJSON:
        give_json(_geojson(report), output)
        return
    give_listed(
        report,
        form,
        output,
        lines=_summary(report),
        header=_header(),
        rows=_rows(report),
        sheets=list(_sheets(report).items()),
    )


def _header() -> list[str]:
    return [
        said("次序", "Order"),
        said("编号", "Id"),
        said("名称", "Name"),
        said("所在单元", "Unit"),
        said("经度", "Longitude"),
        said("纬度", "Latitude"),
        said("增加覆盖人数", "Adds"),
        said("服务人数", "Serves"),
        said("容量", "Capacity"),
        said("费用", "Cost"),
        said("来源", "From"),
        said("禁入范围", "Exclusions"),
    ]


def _rows(report: Report) -> list[Row]:
    keys = ("order", "id", "name", "unit", "lon", "lat", "adds", "serves", "capacity", "cost")
    return [
        [*(one[key] for key in keys), _source(one), _standing(one["standing"])] for one in report["new_sites"]
    ]


def _source(one: Mapping[str, Any]) -> str:
    return f"{said('存量', 'stock')} {one['layer']}" if one["stock"] else str(one["layer"])


def _standing(states: Mapping[str, str]) -> str:
    words = {
        "clear": said("不在内", "clear"),
        "review": said("须复核", "review"),
        "prohibited": said("禁止", "prohibited"),
        "unknown": said("不明", "unknown"),
    }
    return "; ".join(f"{name}: {words[state]}" for name, state in states.items())


def _share(one: Mapping[str, Any]) -> str:
    return "–" if one["share"] is None else f"{one['share']:.1%}"


def _summary(report: Report) -> list[str]:
    before, after = report["before"], report["after"]
    return [
        f"{picked(Text(**report['model_label']))}{said('；', '; ')}{_proof(report)}",
        said(
            f"覆盖 {before['people']:,.0f}（{_share(before)}）→ {after['people']:,.0f}（{_share(after)}），"
            f"未覆盖 {report['unserved']:,.0f}，其中任何候选点都够不着 {report['unreachable']:,.0f}；"
            f"未知 {report['unknown_people']:,.0f} 人、{report['unknown']} 处。",
            f"Covered {before['people']:,.0f} ({_share(before)}) -> {after['people']:,.0f} ({_share(after)}); "
            f"not covered {report['unserved']:,.0f}, {report['unreachable']:,.0f} of them out of reach of every "
            f"candidate; unknown {report['unknown_people']:,.0f} people, {counted(report['unknown'], 'point')}.",
        ),
        *(picked(Text(**one)) for one in report["result"]),
        *_curve_line(report),
        *_other_lines(report),
        *_without_lines(report),
        *_excluded_lines(report),
        *(picked(Text(**one)) for one in (*report["notes"], *report["assumptions"])),
        f"{said('重做命令', 'Command')}: {report['command']}",
    ]


def _proof(report: Report) -> str:
    if report["proven"]:
        return said("已证明最优", "proven best")
    if report["gap"] is None:
        return said("未证明最优，没有上界", "not proven, no bound")
    return said(f"未证明最优，差距 {report['gap']:.2%}", f"not proven, gap {report['gap']:.2%}")


def _curve_line(report: Report) -> list[str]:
    if not report["curve"]:
        return []
    points = ", ".join(_curve_point(one, report["people"]) for one in _spread(report["curve"]))
    return [f"{_curve_head(report)}: {points}"]


def _curve_head(report: Report) -> str:
    """Head the curve; models of how far people go aim at something else than it does."""
    from gis.coverage.next_sites.request import BY_COST

    if report["model"] in BY_COST:
        return said(
            "站点数与覆盖（若以最大覆盖为目标）", "Sites and coverage (if the goal were most coverage)"
        )
    return said("站点数与覆盖", "Sites and coverage")


def _curve_point(one: Mapping[str, Any], people: float) -> str:
    """Write a point, with its bound where more could be covered."""
    share = f"{one['sites']}: {_share(one)}"
    most = f"{one['bound'] / people:.1%}" if people else "–"
    return share if most in {"–", _share(one)} else f"{share} (≤ {most})"


def _spread(curve: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Take a dozen points, the first and the last among them, evenly spread."""
    if len(curve) <= _POINTS:
        return list(curve)
    last = len(curve) - 1
    return [curve[round(at * last / (_POINTS - 1))] for at in range(_POINTS)]


def _other_lines(report: Report) -> list[str]:
    found = report["alternatives"]
    if not found["plans"]:
        return []
    return [
        said(
            f"相近方案（差距不超过 {found['within']:.1%}）：", f"Other plans (within {found['within']:.1%}):"
        ),
        *(
            f"  {_names(one['dropped'])} → {_names(one['added'])}: {_loss(one['loss'])}"
            for one in found["plans"]
        ),
    ]


def _loss(loss: float) -> str:
    """Say how much less another plan covers, or that it covers as much."""
    return said("相同", "the same") if round(abs(loss), 4) == 0 else f"{-loss:+.2%}"


def _names(some: Sequence[Mapping[str, str]]) -> str:
    return "、".join(_name(one) for one in some) or "–"


def _name(one: Mapping[str, str]) -> str:
    """Call a site by its name; points of a grid have none and need none."""
    from gis.coverage.calling import called
    from gis.coverage.next_sites.request import GRID

    if one["id"].startswith(f"{GRID}-") and one["name"] in {"", one["id"]}:
        return one["id"]
    return picked(called(one["name"], one["id"], quoted=False))


def _excluded_lines(report: Report) -> list[str]:
    """List facilities in service that lie in an exclusion, one to a line."""
    some = report["existing_excluded"]
    if not some:
        return []
    lines = [
        "  " + " | ".join(part for part in (one["name"], one["unit"], one["layer"], one["id"]) if part)
        for one in some[:_SHOWN]
    ]
    if len(some) > _SHOWN:
        more = len(some) - _SHOWN
        lines.append(said(f"  … 另有 {more} 处，见 -o 方案.xlsx", f"  … {more} more: -o plan.xlsx"))
    return [
        said(
            f"现有设施有 {len(some)} 处在禁入范围内，保留不动：",
            f"Facilities in service that lie in an exclusion and stay: {len(some)}",
        ),
        *lines,
    ]


def _excluded_rows(report: Report) -> list[Row]:
    head = [said("编号", "Id"), said("名称", "Name"), said("所在单元", "Unit"), said("禁入图层", "Exclusion")]
    return [
        head,
        *([one[key] for key in ("id", "name", "unit", "layer")] for one in report["existing_excluded"]),
    ]


def _without_lines(report: Report) -> list[str]:
    listed = report["unserved_by_unit"]
    lines = [
        f"  {one['unit'] or said('不在任何单元', 'in no unit')}: {one['people']:,.0f}, "
        f"{picked(Text(**one['reason']['text']))}"
        for one in listed[:_SHOWN]
    ]
    if len(listed) > _SHOWN:
        more = len(listed) - _SHOWN
        lines.append(said(f"  … 另有 {more} 条，见 -o 方案.xlsx", f"  … {more} more: -o plan.xlsx"))
    return [said("仍未覆盖：", "Still not covered:"), *lines] if lines else []


_SHOWN, _POINTS = 10, 12


def _geojson(report: Report) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": one["id"],
                "geometry": {"type": "Point", "coordinates": [one["lon"], one["lat"]]},
                "properties": {key: value for key, value in one.items() if key not in {"lon", "lat"}},
            }
            for one in report["new_sites"]
        ],
        "properties": {
            key: report[key] for key in ("model", "objective", "objective_unit", "bound", "proven", "command")
        },
    }


def _sheets(report: Report) -> dict[str, list[Row]]:
    names = (
        ("说明", "站点", "曲线", "替换与相近方案", "仍未覆盖", "禁入范围内的现有设施")
        if chosen() == "zh"
        else ("About", "Sites", "Curve", "Alternatives", "Not covered", "Standing in exclusions")
    )
    return dict(
        zip(
            names,
            (
                [[line] for line in _summary(report)],
                [_header(), *_rows(report)],
                [[_curve_head(report)], *_curve_rows(report)],
                _alternative_rows(report),
                _without_rows(report),
                _excluded_rows(report),
            ),
            strict=True,
        )
    )


def _curve_rows(report: Report) -> list[Row]:
    head = [said("站点数", "Sites"), said("人数", "People"), said("份额", "Share"), said("上界", "Bound")]
    return [head, *([one[key] for key in ("sites", "people", "share", "bound")] for one in report["curve"])]


def _alternative_rows(report: Report) -> list[Row]:
    head = [said("类别", "What"), said("换下", "Dropped"), said("换上", "Added"), said("目标值", "Objective"),
            said("损失", "Loss")]  # fmt: skip
    found = report["alternatives"]
    kinds = {"swaps": said("单处替换", "swap of one"), "plans": said("相近方案", "other plan")}
    return [
        head,
        *(
            [word, _names(one["dropped"]), _names(one["added"]), one["objective"], one["loss"]]
            for kind, word in kinds.items()
            for one in found[kind]
        ),
    ]


def _without_rows(report: Report) -> list[Row]:
    head = [said("代码", "Code"), said("单元", "Unit"), said("人数", "People"), said("原因", "Reason")]
    return [
        head,
        *(
            [one["code"], one["unit"], one["people"], picked(Text(**one["reason"]["text"]))]
            for one in report["unserved_by_unit"]
        ),
    ]
