"""Dates: in the future, in an order that cannot be, and figures that are old or of mixed dates."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pandas as pd

from layers.findings import NO_DATA, Finding, Severity
from layers.model import Field, Kind, Layer
from layers.quality.noticing import about, about_layer, called, each
from layers.text import Text, counted

_MAY_LIE_AHEAD = frozenset({"permit_until", "valid_to", "valid_from", "delivered_on"})
_NOT_YET_OPEN = ("planned", "building")
_ORDERS = (
    ("opened_on", "suspended_on", "resumed_on", "closed_on"),
    ("valid_from", "valid_to"),
    ("set_on", "last_inspected"),
)
_STALE_YEARS = 2
"""Figures older than this are worth asking for anew; a working value."""
_MIXED_DAYS = 366


def check_dates(layer: Layer, on: date) -> Iterator[Finding]:
    """Check the dates of a layer as seen on a day."""
    names = {field.name for field in layer.spec.fields if field.kind is Kind.DATE}
    for name in sorted(names - _MAY_LIE_AHEAD):
        yield from _future(layer, layer.spec.field(name), on)
    for order in _ORDERS:
        present = [layer.spec.field(name) for name in order if name in names]
        for earlier, later in combinations(present, 2):
            yield from _disorder(layer, earlier, later)
    yield from _currency(layer, on)


def _future(layer: Layer, field: Field, on: date) -> Iterator[Finding]:
    values = layer.frame[field.name]
    ahead = (values > pd.Timestamp(on)).to_numpy(dtype=bool)
    if field.name == "opened_on":
        ahead = ahead & ~layer.frame["state"].isin(_NOT_YET_OPEN).to_numpy(dtype=bool)

    def one(position: int) -> Finding:
        said = values.iloc[position].date()
        message = Text(
            f"“{called(layer, position)}”的{field.label.zh}是{said}，晚于{on}。请核对年份。",
            f"{field.label.en} of {called(layer, position)} is {said}, after {on}: check the year.",
        )
        return about(
            layer,
            position,
            "date-in-future",
            Severity.ERROR,
            message,
            citation="已发生之事的日期不晚于今日",
            evidence={"field": field.name, "value": str(said), "on": str(on)},
            subject=field.name,
        )

    many = Text(f"的{field.label.zh}在将来", f"have {field.name} in the future")
    yield from each(layer, ahead, one, many=many)


def _disorder(layer: Layer, earlier: Field, later: Field) -> Iterator[Finding]:
    """Compare two dates; what is suspended for the second time may have been resumed before."""
    first, second = layer.frame[earlier.name], layer.frame[later.name]

    def one(position: int) -> Finding:
        a, b = first.iloc[position].date(), second.iloc[position].date()
        message = Text(
            f"“{called(layer, position)}”的{later.label.zh}（{b}）早于{earlier.label.zh}（{a}）。请核对两个日期。",
            f"{called(layer, position)}: {later.label.en.lower()} ({b}) is before {earlier.label.en.lower()} ({a}):"
            " check the two dates.",
        )
        return about(
            layer,
            position,
            "dates-out-of-order",
            Severity.ERROR,
            message,
            citation="日期先后",
            evidence={earlier.name: str(a), later.name: str(b)},
            subject=f"{earlier.name}>{later.name}",
        )

    many = Text(f"的{later.label.zh}早于{earlier.label.zh}", f"have {later.name} before {earlier.name}")
    wrong = (first > second).to_numpy(dtype=bool)
    if later.name == "resumed_on":
        wrong = wrong & (layer.frame["state"] != "suspended").to_numpy(dtype=bool)
    yield from each(layer, wrong, one, many=many)


def _currency(layer: Layer, on: date) -> Iterator[Finding]:
    """Say for the whole layer how old its figures are: each of them holds for one day only."""
    if not len(layer):
        return
    as_of = layer.frame["as_of"]
    if as_of.isna().all():
        yield _undated(layer)
        return
    oldest, newest = as_of.min(), as_of.max()
    stale_before = pd.Timestamp(on) - pd.DateOffset(years=_STALE_YEARS)
    if stale := int((as_of < stale_before).sum()):
        yield _stale(layer, stale, oldest.date(), stale_before.date())
    if (newest - oldest).days > _MIXED_DAYS:
        yield _mixed(layer, oldest.date(), newest.date())


def _undated(layer: Layer) -> Finding:
    message = Text(
        f"{layer.spec.label.zh}没有写明数据截至日期，新旧不明。请补录“数据截至”。",
        f"{layer.id} does not say what date its figures hold for: add as_of.",
    )
    evidence = {"count": len(layer)}
    return about_layer(layer.id, "as-of-unknown", Severity.NOTE, message, citation=NO_DATA, evidence=evidence)


def _stale(layer: Layer, count: int, oldest: date, stale_before: date) -> Finding:
    message = Text(
        f"{layer.spec.label.zh}有{count}条数据截至日期早于{stale_before}（最早{oldest}）。请更新。",
        f"{counted(count, 'row')} of {layer.id} known for a date before {stale_before} (the oldest {oldest}): "
        "renew them.",
    )
    citation = f"数据截至日期超过{_STALE_YEARS}年（工作阈值）"
    evidence = {"count": count, "oldest": str(oldest)}
    return about_layer(layer.id, "stale", Severity.REVIEW, message, citation=citation, evidence=evidence)


def _mixed(layer: Layer, oldest: date, newest: date) -> Finding:
    message = Text(
        f"{layer.spec.label.zh}的数据截至日期从{oldest}到{newest}不等，合计数没有统一时点。",
        f"The rows of {layer.id} hold for dates from {oldest} to {newest}: their total has no date.",
    )
    citation, evidence = "同一报表的数字应为同一时点", {"oldest": str(oldest), "newest": str(newest)}
    return about_layer(layer.id, "mixed-dates", Severity.NOTE, message, citation=citation, evidence=evidence)
