"""Which facilities fit the conditions asked for; a condition that nothing can fit is refused."""

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from gis.kernels.arrays import Flags
from layers.errors import InputError
from layers.model import Kind
from layers.text import Text
from layers.vocabulary import code_for, label_of, vocabulary

if TYPE_CHECKING:
    from layers.model import Field, Layer

_SHOWN = 10
_EXISTING = 5


def fitting(layer: "Layer", filters: tuple[tuple[str, str], ...]) -> Flags:
    """Tell which features of a layer fit every pair of field and value.

    Values of a vocabulary may be given as code, label or alias. None at all may fit a value that the vocabulary
    knows: the share is then truly 0.

    Raises
    ------
    InputError
        When a vocabulary does not know the value, or no feature has it in a field without vocabulary. An empty layer
        refuses only the former.
    """
    fits = np.ones(len(layer.frame), bool)
    for name, wanted in filters:
        field = layer.spec.field(name)
        cells = [_written(field, value) for value in layer.frame[name]]
        value = _value(field, wanted)
        has = np.fromiter((value in cell for cell in cells), bool, len(cells))
        if not (field.vocabulary or has.any()) and len(layer):
            raise _nobody_has(field, wanted, {one for cell in cells for one in cell})
        fits &= has
    return fits


class Unfit(NamedTuple):
    """That no feature fits: in short, and in full with the values there are instead."""

    short: Text
    full: Text


def nothing_fits(layer: "Layer", filters: tuple[tuple[str, str], ...], fits: Flags) -> Unfit | None:
    """Say that no feature of a layer fits, and which values there are instead; None where one does.

    Parameters
    ----------
    fits
        What ``fitting`` answered to the same question.
    """
    if not filters or fits.any() or not len(layer):
        return None
    count = len(layer.frame)
    asked = [f"{name}={wanted}" for name, wanted in filters]
    told = _existing(layer, filters)
    none = Text(f"{count} 处中没有符合 {'、'.join(asked)} 的", f"None of {count} fits {', '.join(asked)}")
    return Unfit(Text(f"{none.zh}。", f"{none.en}."), Text(f"{none.zh}{told.zh}。", f"{none.en}{told.en}."))


def _existing(layer: "Layer", filters: tuple[tuple[str, str], ...]) -> Text:
    """List the values of the first field asked about that no feature fits, the most frequent first."""
    for name, wanted in filters:
        if fitting(layer, ((name, wanted),)).any():
            continue
        field = layer.spec.field(name)
        counts = Counter(one for value in layer.frame[name] for one in _written(field, value))
        if not counts:
            return Text(f"；{name} 全是空的", f"; {name} is empty throughout")
        codes = [code for code, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
        labels = [_labelled(field, code) for code in codes[:_EXISTING]]
        more = Text(" 等", " …") if len(codes) > _EXISTING else Text("", "")
        return Text(
            f"；{name} 现有取值：{'、'.join(one.zh for one in labels)}{more.zh}",
            f"; values of {name} there are: {', '.join(one.en for one in labels)}{more.en}",
        )
    return Text("（各条分别都有，合在一起没有）", " together, though each alone is fitted")


def _labelled(field: "Field", code: str) -> Text:
    if not field.vocabulary:
        return Text(code, code)
    label = label_of(field.vocabulary, code)
    return Text(f"{code}（{label.zh}）", f"{code} ({label.en})")


def _written(field: "Field", value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever stands in the column
    """Write a cell the way it is asked for: 2026-06-30, 40, true; the parts of a list; nothing when unknown."""
    if pd.isna(value):
        return ()
    if field.kind is Kind.LIST:
        return tuple(part.strip() for part in str(value).split(";"))
    if field.kind is Kind.DATE:
        return (value.date().isoformat(),)
    if field.kind is Kind.BOOL:
        return (str(bool(value)).casefold(),)
    return (f"{value:g}" if field.kind is Kind.FLOAT else str(value).strip(),)


def _value(field: "Field", wanted: str) -> str:
    wanted = wanted.strip()
    if not field.vocabulary:
        return wanted.casefold() if field.kind is Kind.BOOL else wanted
    code = code_for(field.vocabulary, wanted)
    if code is None:
        terms = vocabulary(field.vocabulary).values()
        allowed_zh = "、".join(f"{one.code}（{one.label.zh}）" for one in terms)
        allowed_en = ", ".join(f"{one.code} ({one.label.en})" for one in terms)
        raise InputError(
            Text(
                f"字段“{field.label.zh}”（{field.name}）没有“{wanted}”这个取值。",
                f"{wanted!r} is no value of field {field.name}.",
            ),
            Text(f"可用：{allowed_zh}。", f"Use one of: {allowed_en}."),
        )
    return code


def _nobody_has(field: "Field", wanted: str, present: set[str]) -> InputError:
    values = sorted(present - {""})
    if not values:
        hint = Text("这个字段全是空的。", "That field is empty throughout.")
    else:
        more = Text(" 等" if len(values) > _SHOWN else "", " …" if len(values) > _SHOWN else "")
        hint = Text(
            f"现有取值：{'、'.join(values[:_SHOWN])}{more.zh}。",
            f"Values present: {', '.join(values[:_SHOWN])}{more.en}.",
        )
    return InputError(
        Text(
            f"没有一处设施的“{field.label.zh}”（{field.name}）是“{wanted}”。",
            f"No facility has {field.name} = {wanted!r}.",
        ),
        hint,
    )
