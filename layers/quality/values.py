"""Values by themselves: missing, outside their bounds or list, parts larger than their whole."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from layers.findings import Finding, Severity
from layers.model import Field, Kind, Layer
from layers.quality.noticing import about, called, each
from layers.text import Text
from layers.vocabulary import vocabulary

_AGES = ("population", "pop_60_plus", "pop_65_plus", "pop_80_plus")
PARTS: tuple[tuple[str, str, str], ...] = (
    ("care_facility", "nursing_beds", "beds"),
    ("care_facility", "residents", "beds"),
    ("cemetery", "plots_used", "plots"),
    ("cemetery", "niches_used", "niches"),
    ("residential_quarter", "care_area_m2", "floor_area_m2"),
    *(
        (layer_id, part, whole)
        for layer_id in ("admin_unit", "population")
        for whole, part in pairwise(_AGES)
    ),
    ("admin_unit", "deaths_per_year", "population"),
)
"""Layer, a part, and the whole it cannot be larger than."""


def check_values(layer: Layer) -> Iterator[Finding]:
    """Check every value of a layer against its field, and parts against their whole."""
    for field in layer.spec.fields:
        if field.required:
            yield from _missing(layer, field)
        if field.minimum is not None or field.maximum is not None:
            yield from _bounds(layer, field)
        if field.kind is Kind.CODE:
            yield from _unlisted(layer, field)
    for layer_id, part, whole in PARTS:
        if layer_id == layer.id:
            yield from _part_over_whole(layer, layer.spec.field(part), layer.spec.field(whole))


def _missing(layer: Layer, field: Field) -> Iterator[Finding]:
    def one(position: int) -> Finding:
        message = Text(
            f"“{called(layer, position)}”缺少必填的{field.label.zh}。请补录。",
            f"{called(layer, position)} lacks the required {field.label.en.lower()} ({field.name}): add it.",
        )
        return about(
            layer,
            position,
            "field-missing",
            Severity.ERROR,
            message,
            citation="图层规定的必填字段",
            evidence={"field": field.name},
            subject=field.name,
        )

    values = layer.frame[field.name]
    absent = values.isna()
    if field.kind in {Kind.TEXT, Kind.CODE, Kind.LIST}:
        absent |= values.astype("string").str.strip().eq("").fillna(value=False).astype(bool)
    many = Text(f"缺少{field.label.zh}", f"lack {field.name}")
    yield from each(layer, absent.to_numpy(dtype=bool), one, many=many)


def _bounds(layer: Layer, field: Field) -> Iterator[Finding]:
    values = pd.to_numeric(layer.frame[field.name]).to_numpy(dtype=float, na_value=np.nan)
    low = -np.inf if field.minimum is None else field.minimum
    high = np.inf if field.maximum is None else field.maximum

    def one(position: int) -> Finding:
        message = Text(
            f"“{called(layer, position)}”的{field.label.zh}是{values[position]:g}，应在{low:g}与{high:g}之间。"
            "请核对单位和数字。",
            f"The {field.label.en.lower()} of {called(layer, position)} is {values[position]:g}, not between {low:g}"
            f" and {high:g}: check unit and figure.",
        )
        return about(
            layer,
            position,
            "out-of-range",
            Severity.ERROR,
            message,
            citation="字段取值范围",
            evidence={"field": field.name, "value": float(values[position])},
            subject=field.name,
        )

    many = Text(f"的{field.label.zh}超出范围", f"have {field.name} out of range")
    yield from each(layer, (values < low) | (values > high), one, many=many)


def _unlisted(layer: Layer, field: Field) -> Iterator[Finding]:
    values = layer.frame[field.name]
    listed = vocabulary(field.vocabulary)
    unlisted = (values.notna() & ~values.isin(list(listed))).to_numpy(dtype=bool)

    def one(position: int) -> Finding:
        value = values.iloc[position]
        message = Text(
            f"“{called(layer, position)}”的{field.label.zh}“{value}”不在取值表中，统计时会被漏掉。"
            f"可用：{'、'.join(listed)}。",
            f"{field.name} of {called(layer, position)} is {value!r}, which is no value of the list and is left out of"
            f" counts. Values: {', '.join(listed)}.",
        )
        return about(
            layer,
            position,
            "unlisted-value",
            Severity.ERROR,
            message,
            citation=f"取值表 {field.vocabulary}",
            evidence={"field": field.name, "value": value},
            subject=field.name,
        )

    many = Text(f"的{field.label.zh}不在取值表中", f"have a {field.name} that is not in its list")
    yield from each(layer, unlisted, one, many=many)


def _part_over_whole(layer: Layer, part: Field, whole: Field) -> Iterator[Finding]:
    parts, wholes = (
        pd.to_numeric(layer.frame[field.name]).to_numpy(dtype=float, na_value=np.nan)
        for field in (part, whole)
    )

    def one(position: int) -> Finding:
        message = Text(
            f"“{called(layer, position)}”的{part.label.zh}（{parts[position]:g}）大于{whole.label.zh}"
            f"（{wholes[position]:g}），部分不能大于整体。请核对两个数字。",
            f"{called(layer, position)}: {part.label.en.lower()} ({parts[position]:g}) exceeds {whole.label.en.lower()}"
            f" ({wholes[position]:g}): check the two figures.",
        )
        return about(
            layer,
            position,
            "part-over-whole",
            Severity.ERROR,
            message,
            citation="部分不大于整体（算术）",
            evidence={part.name: float(parts[position]), whole.name: float(wholes[position])},
            subject=part.name,
        )

    many = Text(f"的{part.label.zh}大于{whole.label.zh}", f"have more {part.name} than {whole.name}")
    yield from each(layer, parts > wholes, one, many=many)
