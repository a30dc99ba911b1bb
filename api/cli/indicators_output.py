"""Indicators against norms for people: on screen, as CSV or as a workbook."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.cli.access_output import ending
from api.cli.language import picked, said, unit_word
from api.cli.options import ReportFormat
from api.cli.workbook import give_listed
from layers.text import Text, both

Report = Mapping[str, Any]


def give_indicators(report: Report, form: ReportFormat, output: Path | None) -> bool:
    """Give indicators per unit; tell whether a deficit is listed. Raises InputError for a workbook without a file."""
    screen = form is ReportFormat.TABLE
    header = [
        said("代码", "Code"),
        said("名称", "Name"),
        said("指标", "Indicator"),
        said("数值", "Value"),
        said("性质", "Bound"),
        said("单位", "Unit"),
        said("规范值", "Norm"),
        said("缺口", "Deficit"),
        said("缺口性质", "Bound of deficit"),
        said("缺口单位", "Deficit in"),
        said("达标", "Met"),
        said("分子未知", "Unknown above"),
        said("分母未知", "Unknown below"),
        *(() if screen else _norm_header()),
    ]
    whole = {"code": "", "name": said("合计", "All")}
    whole["indicators"] = {one["id"]: one["total"] for one in report["indicators"]}  # type: ignore[assignment]
    rows = [
        [
            *_indicator_row(row, one, screen=screen),
            *(() if screen else _norm_cells(one["norm"])),
        ]
        for row in [*report["rows"], whole]
        for one in report["indicators"]
        if row["indicators"][one["id"]]["value"] is not None or not screen
    ]
    give_listed(report, form, output, lines=_indicator_lines(report), header=header, rows=rows)
    return bool(report["deficits"])


def _indicator_lines(report: Report) -> list[str]:
    lines = []
    for one in report["indicators"]:
        label, total = picked(Text(**one["label"])), one["total"]
        text = f"{label}: {said('未知', 'unknown')}"
        if total["value"] is not None:
            amount = f"{_amount(total['value'], one['unit'])} {unit_word(one['unit'])}".strip()
            text = f"{label}: {_bounded(amount, total['bound'])}"
        text += _against(one)
        if one["norm_note"]:
            text += f"; {picked(Text(**one['norm_note']))}"
        lines.append(text)
    return [*lines, *ending(report)]


def _amount(value: float, unit: str) -> str:
    """Print the value of an indicator; one without a unit is a share."""
    return f"{value:.1%}" if not unit else f"{value:,.6g}"


def _bounded(amount: str, bound: Any) -> str:  # noqa: ANN401 - a word of JSON
    from gis.coverage.provision.words import bounded

    return picked(bounded(amount, bound))


def _against(one: Mapping[str, Any]) -> str:
    """Say the norm an indicator is held against, the verdict, and what all units lack; empty without a norm."""
    norm = one["norm"]
    if not norm:
        return ""
    stands = " ".join(picked(both(one)) for one in (norm["source"], norm["clause"]) if one)
    value = _norm_value(norm, one["unit"])
    text = said(
        f"；规范 {value}（{stands}；{_standing(norm)}）", f"; norm {value} ({stands}; {_standing(norm)})"
    )
    return text + _verdict(one) + _lacking(one)


def _norm_value(norm: Mapping[str, Any], unit: str) -> str:
    value = norm["value"]
    return str(value) if unit or isinstance(value, str) else f"{100 * value:.6g}%"


def _verdict(one: Mapping[str, Any]) -> str:
    """Say whether all units together meet the norm, and how many of them do not or cannot be judged."""
    meets = {
        True: said("；合计达标", "; met in all"),
        False: said("；合计不达标", "; not met in all"),
        None: said("；合计不能判断", "; cannot be judged in all"),
    }[one["total"]["meets"]]
    below, open_ = one["units_below"], one["units_unknown"] or 0
    return meets + said(
        f"（不达标单元 {below} 个，不能判断 {open_} 个）",
        f" (units below: {below}, cannot be judged: {open_})",
    )


def _lacking(one: Mapping[str, Any]) -> str:
    from gis.coverage.provision.words import why_bounded

    lacks, bound = one["sum_of_deficits"], one["sum_of_deficits_bound"]
    if lacks is None or (one["total"]["value"] is None and not lacks):
        return ""
    amount = _bounded(f"{lacks:,.10g} {unit_word(one['deficit_unit'])}", bound)
    why = why_bounded(one["deficit_unit"], bound)
    zh, en = (f"（{why.zh}）", f" ({why.en})") if why else ("", "")
    return said(f"；各单元缺口合计 {amount}{zh}", f"; units lack {amount}{en}")


def _standing(norm: Mapping[str, Any]) -> str:
    return said("已核", "verified") if norm["verified"] else said("未核", "not verified")


def _norm_header() -> list[str]:
    return [said("规范出处", "Norm source"), said("条款", "Clause"), said("核对", "Verified")]


def _norm_cells(norm: Mapping[str, Any] | None) -> list[Any]:
    return [picked(both(norm["source"])), norm["clause"], _standing(norm)] if norm else [None, None, None]


def _indicator_row(row: Mapping[str, Any], one: Mapping[str, Any], *, screen: bool) -> list[Any]:
    value, norm = row["indicators"][one["id"]], one["norm"]
    shown = norm["value"] if norm else None
    amount = value["value"]
    if screen:
        amount = None if amount is None else _amount(amount, one["unit"])
        shown = _norm_value(norm, one["unit"]) if norm else None
    return [
        row["code"],
        row["name"],
        picked(Text(**one["label"])),
        amount,
        _bound(value["bound"]) if value["value"] is not None else "",
        unit_word(one["unit"]),
        shown,
        value["deficit"],
        _bound(value["deficit_bound"]),
        unit_word(one["deficit_unit"]) if norm else "",
        _met(value) if norm else "",
        value["unknown"]["numerator"],
        value["unknown"]["denominator"],
    ]


def _met(value: Mapping[str, Any]) -> str:
    """Say whether the norm is met; that it cannot be judged only where something is unknown."""
    if value["meets"] is None:
        return said("不能判断", "unsettled") if any(value["unknown"].values()) else ""
    return said("是", "yes") if value["meets"] else said("否", "no")


def _bound(bound: Any) -> str:  # noqa: ANN401 - a word of JSON, or None where there is no figure
    """Say in which direction what is not known could move a figure; empty where it cannot, or there is none."""
    from gis.coverage.provision.words import BOUNDS

    return "" if bound is None else picked(BOUNDS[bound])
