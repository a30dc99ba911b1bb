"""Annual inspection, permit, plot size, greening: what the inspection form and the permit say."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from gis.cemeteries.findings import about, broken, cited, norm_or_none, unknown
from layers.findings import Finding, Severity
from layers.norms import NormProfile
from layers.text import Text, counted
from layers.vocabulary import label_of

Row = Mapping[str, Any]
_PERMIT = "公墓建设、经营许可（许可证所载期限）"
_INSPECTION = "公墓年检：限期整改期间不得销售（各地年检通知，上位条文未见）"
_NO_GROUND = ("columbarium",)
"""Kinds that have neither plots nor greening of their own."""


def check_upkeep(rows: Sequence[Row], norms: NormProfile, on: date) -> list[Finding]:
    """Check each cemetery (``rows`` of the layer, missing values None) by itself on a day."""
    rules: tuple[Callable[[Row, NormProfile, date], Iterator[Finding]], ...] = (
        _inspection,
        _result,
        _permit,
        _plot_size,
        _room,
        _greening,
    )
    found = [finding for row in rows for rule in rules for finding in rule(row, norms, on)]
    return [
        *found,
        *_unrecorded(rows, "last_inspected", Text("年检日期", "annual inspection date")),
        *_unrecorded(
            [row for row in rows if row["kind"] not in _NO_GROUND], "greening", Text("绿化覆盖率", "greening")
        ),
        *_unrecorded([row for row in rows if row["plots"]], "plot_m2", Text("单穴面积", "area per plot")),
    ]


def _inspection(row: Row, norms: NormProfile, on: date) -> Iterator[Finding]:
    norm = norms.value("cemetery_inspection_months", on=on)
    due_since = pd.Timestamp(on) - pd.DateOffset(months=int(norm.value))
    last = row["last_inspected"]
    if last is None or last >= due_since:
        return
    message = Text(
        f"“{row['name']}”上次年检在{last.date()}，已超过{norm.value}个月。请安排年检。",
        f"{row['name']} was last inspected on {last.date()}, over {norm.value} months ago: arrange its inspection.",
    )
    evidence = {"last_inspected": str(last.date()), "on": str(on), "months": norm.value}
    yield about(row, "inspection-overdue", broken(norm), message, citation=cited(norm), evidence=evidence)


def _result(row: Row, norms: NormProfile, on: date) -> Iterator[Finding]:  # noqa: ARG001 - one shape of rule
    result = row["inspection_result"]
    if result not in {"rectify", "deferred"}:
        return
    label = label_of("inspection_result", result)
    severity = Severity.ERROR if result == "rectify" else Severity.REVIEW
    todo = (
        Text("整改合格前不得销售，请跟踪整改", "nothing may be sold until it is put right; follow it up")
        if result == "rectify"
        else Text("请补检", "inspect it later")
    )
    message = Text(
        f"“{row['name']}”年检结果为{label.zh}，{todo.zh}。",
        f"The inspection of {row['name']} came out as {label.en.lower()}: {todo.en}.",
    )
    evidence = {"inspection_result": result}
    yield about(row, f"inspection-{result}", severity, message, citation=_INSPECTION, evidence=evidence)


def _permit(row: Row, norms: NormProfile, on: date) -> Iterator[Finding]:  # noqa: ARG001 - one shape of rule
    until = row["permit_until"]
    if until is None or until >= pd.Timestamp(on):
        return
    message = Text(
        f"“{row['name']}”的许可已于{until.date()}到期。请核实是否续办。",
        f"The permit of {row['name']} ran out on {until.date()}: find out whether it was renewed.",
    )
    evidence = {"permit_until": str(until.date()), "on": str(on)}
    yield about(row, "permit-expired", Severity.ERROR, message, citation=_PERMIT, evidence=evidence)


def _plot_size(row: Row, norms: NormProfile, on: date) -> Iterator[Finding]:
    """Over the limit of a double plot is too large; between single and double it may be a double plot."""
    area, kind = row["plot_m2"], row["kind"] or ""
    single = norm_or_none(norms, "plot_single_max_m2", kind, on)
    double = norm_or_none(norms, "plot_double_max_m2", kind, on)
    if area is None or single is None or area <= float(single.value):
        return
    over_double = double is None or area > float(double.value)
    limit = double if over_double and double is not None else single
    message = Text(
        f"“{row['name']}”单穴面积{area:g} m²，超过{label_of('cemetery_kind', kind).zh}"
        f"{'' if over_double else '单穴'}上限{limit.value} m²。"
        + ("请核查。" if over_double else "如为双穴则符合，请核对。"),
        f"Plots of {row['name']} have {area:g} m², more than the {limit.value} m² of"
        f" {'its kind' if over_double else 'a single plot'}: "
        + ("look into it." if over_double else "right if double."),
    )
    severity = broken(limit) if over_double else Severity.REVIEW
    evidence = {"plot_m2": area, "limit_m2": limit.value, "kind": kind}
    yield about(row, "plot-too-large", severity, message, citation=cited(limit), evidence=evidence)


def _room(row: Row, norms: NormProfile, on: date) -> Iterator[Finding]:  # noqa: ARG001 - one shape of rule
    """More plot area than the site has cannot be."""
    if None in (row["plots"], row["plot_m2"], row["area_m2"]):
        return
    plots_m2 = row["plots"] * row["plot_m2"]
    if plots_m2 <= row["area_m2"]:
        return
    message = Text(
        f"“{row['name']}”的墓穴合计{plots_m2:.0f} m²，大于占地面积{row['area_m2']:g} m²。请核对三个数字。",
        f"The plots of {row['name']} take {plots_m2:.0f} m², more than its area of {row['area_m2']:g} m²:"
        " check the three figures.",
    )
    evidence = {"plots": row["plots"], "plot_m2": row["plot_m2"], "area_m2": row["area_m2"]}
    yield about(
        row,
        "plots-over-area",
        Severity.ERROR,
        message,
        citation="墓穴数×单穴面积不大于占地面积（算术）",
        evidence=evidence,
    )


def _greening(row: Row, norms: NormProfile, on: date) -> Iterator[Finding]:
    norm = norm_or_none(norms, "cemetery_greening_min_share", "", on)
    if norm is None or row["greening"] is None or row["kind"] in _NO_GROUND:
        return
    least = float(norm.value) * 100
    if row["greening"] >= least:
        return
    message = Text(
        f"“{row['name']}”绿化覆盖率{row['greening']:g}%，低于{least:g}%。",
        f"The greening of {row['name']} is {row['greening']:g} %, below {least:g} %.",
    )
    evidence = {"greening_percent": row["greening"], "least_percent": least}
    yield about(row, "greening-low", broken(norm), message, citation=cited(norm), evidence=evidence)


def _unrecorded(rows: Sequence[Row], field: str, label: Text) -> Iterator[Finding]:
    ids = [str(row["id"]) for row in rows if row[field] is None]
    if ids:
        message = Text(
            f"{len(ids)}处公墓没有登记{label.zh}，相应检查无法进行。请补录“{label.zh}”。",
            f"{counted(len(ids), 'cemetery has', 'cemeteries have')} no recorded {label.en}, so it cannot be "
            f"checked. Add the field {field}.",
        )
        yield unknown(f"{field.replace('_', '-')}-unknown", message, count=len(ids), ids=ids[:20])
