"""A comparison of scenarios as the sheets of a workbook."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.cli.language import said
from api.cli.scenarios_output import actions_of, headline, units_header, units_rows
from api.cli.workbook import Sheets

Json = Mapping[str, Any]
Row = Sequence[Any]
_MEASURED = ("numerator", "denominator", "share")
_PEOPLE = ("served", "unserved", "unknown")


def comparison_sheets(found: Json) -> Sheets:
    """Return sheets of the JSON form of a ``Comparison``: words, totals, units, changes, facilities."""
    return [
        (said("说明", "About"), [list(line) for line in headline(found)]),
        (said("总数", "Totals"), _totals(found)),
        (said("单元", "Units"), [units_header(found), *units_rows(found)]),
        (said("各项变动", "Changes"), _changes(found)),
        (said("设施", "Facilities"), _facilities(found)),
    ]


def _totals(found: Json) -> list[Row]:
    header = [
        said("方案", "Scenario"),
        said("定义", "Definition"),
        said("已覆盖", "Served"),
        said("总数", "Total"),
        said("覆盖份额", "Share"),
        said("差", "Difference"),
        said("得到", "Gained"),
        said("失去", "Lost"),
        said("已覆盖（人）", "Served (people)"),
        said("未覆盖（人）", "Not served (people)"),
        said("不明（人）", "Unknown (people)"),
    ]
    rows: list[Row] = [header, _total(said("现状", "As it is"), found["base"], [None] * 3)]
    for one in found["scenarios"]:
        moved = [one["share_difference"], one["gained"], one["lost"]]
        rows.append(_total(one["scenario"]["name"], one["totals"], moved))
    names = [one["scenario"]["name"] for one in found["scenarios"]]
    for other in found["definitions"]:
        rows.append(_total(said("现状", "As it is"), other["base"], [None] * 3))
        rows += [
            _total(name, one, [_less(one["share"], other["base"]["share"]), None, None])
            for name, one in zip(names, other["scenarios"], strict=True)
        ]
    return rows


def _total(name: str, totals: Json, moved: Sequence[Any]) -> list[Any]:
    measured = [totals[key] for key in _MEASURED]
    return [name, totals["definition"]["id"], *measured, *moved, *(totals["people"][key] for key in _PEOPLE)]


def _less(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before


def _changes(found: Json) -> list[Row]:
    header = [
        said("方案", "Scenario"),
        said("变动", "Change"),
        said("编号", "Id"),
        said("单独做增加", "Adds alone"),
        said("依次做增加", "Adds in order"),
    ]
    return [
        header,
        *(
            [one["scenario"]["name"], actions_of(part), part["id"], part["alone"], part["in_order"]]
            for one in found["scenarios"]
            for part in one["contributions"]
        ),
    ]


def _carried_head(found: Json) -> str:
    """Head the people a facility carries; where capacity counts, some of them are crowded out elsewhere."""
    if found["base"]["definition"]["id"] in _BY_CAPACITY:
        return said(
            "它一停就失去覆盖的人（含别处因此挤满的，可多于以它为最近的人）",
            "Lose coverage if it closes (with those crowded out elsewhere; may be more than the nearest)",
        )
    return said("它一停就失去覆盖的人（只靠它）", "Lose coverage if it closes (rely on it alone)")


_BY_CAPACITY = frozenset({"C7", "C8"})


def _facilities(found: Json) -> list[Row]:
    header = [
        said("方案", "Scenario"),
        said("编号", "Id"),
        said("名称", "Name"),
        said("界限内的人（别处也可能够得着）", "Within its limit (others may reach them too)"),
        said("以它为最近的人（不限距离）", "Nearest to it (at any distance)"),
        _carried_head(found),
    ]
    listed = [(said("现状", "As it is"), found["outages"])]
    listed += [(one["scenario"]["name"], one["facilities"]) for one in found["scenarios"]]
    keys = ("id", "name", "reached", "nearest", "carried")
    return [header, *([name, *(one[key] for key in keys)] for name, some in listed for one in some)]
