"""Several coverage reports at once: a summary table, every figure under its definition, and a sheet for each report."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.cli.coverage_output import cells, header, headline, number, percent
from api.cli.language import picked, said, unit_word
from api.cli.options import ReportFormat
from api.cli.output import give_csv, give_json, give_table, remark
from api.cli.workbook import write_sheets

Found = Mapping[str, Any]
_MOST_NAME = 31
"""Letters a sheet's name may have."""


def give_several(found: Found, form: ReportFormat, output: Path | None) -> None:
    """Give several reports (the JSON form of ``CoverageSet``) in the form asked for.

    JSON holds everything, a workbook the summary and one sheet per report, CSV and the screen the summary.

    Raises
    ------
    InputError
        When a workbook is asked for without a file to write it to.
    """
    if form is ReportFormat.JSON:
        give_json(found, output)
        return
    if form is ReportFormat.CSV:
        give_csv(_header(), [_cells(line) for line in found["summary"]], output)
    elif form is ReportFormat.XLSX:
        write_sheets(_sheets(found), output)
    else:
        rows = [_shown(line) for line in found["summary"]]
        give_table(_columns(), rows, title=said("覆盖汇总", "Coverage, summary"), output=output)
    for note in found["notes"]:
        remark(picked(note))
    for one in found["not_computed"]:
        remark(f"{one['layer']} {one['definition']}: {said('没有算', 'not computed')}. {picked(one['why'])}")


def _columns() -> list[str]:
    return [
        said("设施", "Service"),
        said("定义", "Definition"),
        said("界限", "Limit"),
        said("已覆盖/总数", "Covered/all"),
        said("速度区间（最低/中位/最高）", "Band (min/median/max)"),
        said("不明", "Unknown"),
        said("已覆盖单元", "Units covered"),
    ]


def _shown(line: Mapping[str, Any]) -> list[str]:
    counted = f"{number(line['numerator'])}/{number(line['denominator'])} = {percent(line['share'])}"
    band, people = line["band_share"], line["people"]
    return [
        _service(line),
        f"{line['definition']} {picked(line['label'])}",
        _limit(line),
        f"{counted} ({unit_word(line['measure']['unit'])})",
        " / ".join(percent(band[name]) for name in ("min", "median", "max")) if band else "",
        number(people["unknown"]) if people["unknown"] else "",
        f"{line['units_covered']}/{line['units']}",
    ]


def _header() -> list[str]:
    return [
        said("图层", "layer"),
        said("方案", "scenario"),
        said("定义", "definition"),
        said("定义名称", "label"),
        said("分钟", "within_min"),
        said("米", "within_m"),
        said("界限（米）", "limit_m"),
        said("出行方式", "mode"),
        said("计量", "measure"),
        said("分子", "numerator"),
        said("分母", "denominator"),
        said("覆盖份额", "share"),
        said("最低", "min"),
        said("中位", "median"),
        said("最高", "max"),
        said("不明", "unknown"),
        said("已覆盖单元", "units_covered"),
        said("单元", "units"),
    ]


def _cells(line: Mapping[str, Any]) -> list[Any]:
    band = line["band_share"] or {}
    plain = ("numerator", "denominator", "share")
    return [
        line["layer"],
        line["scenario"] or None,
        line["definition"],
        picked(line["label"]),
        line["within_min"],
        line["within_m"],
        line["limit_m"],
        line["mode"],
        picked(line["measure"]["label"]),
        *(line[name] for name in plain),
        *(band.get(name) for name in ("min", "median", "max")),
        line["people"]["unknown"],
        line["units_covered"],
        line["units"],
    ]


def _service(line: Mapping[str, Any]) -> str:
    from layers.specs import spec_of

    name = picked(spec_of(line["layer"]).label)
    return f"{name} ({line['scenario']})" if line["scenario"] else name


def _limit(line: Mapping[str, Any]) -> str:
    metres = "" if line["limit_m"] is None else f"{line['limit_m']:,.0f} {said('米', 'm')}"
    if line["within_min"] is not None:
        return f"{line['within_min']:g} {said('分钟', 'min')} ({metres})"
    return metres


def _sheets(found: Found) -> list[tuple[str, list[Any]]]:
    """One sheet with the summary, then one for each report: its headline, an empty line, its rows."""
    first = said("汇总", "Summary")
    notes = [[], *([picked(note)] for note in found["notes"])] if found["notes"] else []
    sheets: list[tuple[str, list[Any]]] = [
        (first, [_header(), *(_cells(line) for line in found["summary"]), *notes])
    ]
    for at, (line, report) in enumerate(zip(found["summary"], found["reports"], strict=True), 1):
        name = " ".join(filter(None, (str(at), line["definition"], _limit(line), line["layer"])))
        rows = [*headline(report), [], header(report), *(cells(report, row) for row in report["rows"])]
        sheets.append((name.replace("/", " ")[:_MOST_NAME], rows))
    return sheets
