"""Administrative units as a tree: codes that exist, codes that are used twice, sums that agree."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from layers.findings import NO_DATA, Finding, Severity
from layers.model import Field, Kind, Layer
from layers.quality.noticing import about, about_layer, called, each
from layers.text import Text, joined
from layers.unit_codes import full_code

UNITS = "admin_unit"
_SUMMED = ("households", "population", "pop_60_plus", "pop_65_plus", "pop_80_plus", "deaths_per_year")
_CLEAR_SHARE = 0.02
"""A sum that is off by more than this share is suspect; by less, worth a note."""


@dataclass(frozen=True, slots=True)
class KnownUnits:
    """The words by which the units of a workspace are known."""

    codes: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, units: Layer) -> "KnownUnits":
        """Collect codes (twelve digits) and names of an ``admin_unit`` layer."""
        codes = units.frame["code"].dropna().map(full_code)
        return cls(frozenset(codes), frozenset(units.frame["name"].dropna()))

    def unresolved(self, words: str) -> list[str]:
        """Give the words of a ``;``-joined list that are neither code nor name of a unit."""
        said = [word.strip() for word in words.split(";") if word.strip()]
        return [word for word in said if word not in self.names and full_code(word) not in self.codes]

    def unlisted(self, code: str) -> list[str]:
        """Give a single code back when it is no unit's."""
        return [] if full_code(code) in self.codes else [code]


def check_unit_references(layer: Layer, units: Layer | None) -> Iterator[Finding]:
    """Check the unit codes and served units a layer names; without units this is unknown."""
    fields = [field for field in layer.spec.fields if field.name in {"unit_code", "served_units"}]
    used = [field for field in fields if layer.frame[field.name].notna().any()]
    if units is None:
        if used:
            yield _no_units(layer, used)
        return
    known = KnownUnits.of(units)
    for field in used:
        yield from _unknown_units(layer, field, known)


def check_unit_tree(units: Layer) -> Iterator[Finding]:
    """Check an ``admin_unit`` layer in itself: doubled codes, missing parents, sums of parts."""
    yield from _doubled_codes(units)
    yield from _missing_parents(units)
    yield from _sums(units)


def _no_units(layer: Layer, fields: Iterable[Field]) -> Finding:
    message = Text(
        f"没有“行政区划与村居”图层，{layer.spec.label.zh}的{'、'.join(field.label.zh for field in fields)}无法核对。"
        "请导入：fangyu import admin_unit 文件名。",
        f"There is no admin_unit layer, so {', '.join(field.name for field in fields)} of {layer.id} cannot be checked."
        " Import one: fangyu import admin_unit FILE.",
    )
    return about_layer(
        layer.id, "units-missing", Severity.UNKNOWN, message, citation=NO_DATA, evidence={"needs": UNITS}
    )


def _unknown_units(layer: Layer, field: Field, known: KnownUnits) -> Iterator[Finding]:
    find = known.unresolved if field.kind is Kind.LIST else known.unlisted
    lost = layer.frame[field.name].map(lambda said: find(said) if isinstance(said, str) else [])

    def one(position: int) -> Finding:
        words = lost.iloc[position]
        message = Text(
            f"“{called(layer, position)}”的{field.label.zh}“{'、'.join(words)}”在行政区划图层中不存在，"
            "统计时无法归属。请核对。",
            f"{field.label.en} of {called(layer, position)}: {', '.join(words)} is no unit of the admin_unit layer,"
            " so it is counted nowhere: check it.",
        )
        return about(
            layer,
            position,
            "unknown-unit",
            Severity.ERROR,
            message,
            citation="区划代码须在行政区划图层中",
            evidence={"field": field.name, "unresolved": words},
            subject=field.name,
        )

    many = Text(f"的{field.label.zh}不存在", f"have a {field.name} that does not exist")
    yield from each(layer, lost.map(bool).to_numpy(dtype=bool), one, many=many)


def _doubled_codes(units: Layer) -> Iterator[Finding]:
    current = units.frame[units.frame["valid_to"].isna()]
    codes = current["code"].dropna().map(full_code)
    for code, group in codes[codes.duplicated(keep=False)].groupby(codes):
        positions = sorted(group.index, key=lambda position: str(units.frame["id"].iloc[position]))
        ids = [str(units.frame["id"].iloc[position]) for position in positions]
        names = joined(called(units, position) for position in positions)
        message = Text(
            f"{names.zh}的区划代码都是{code}。一个代码只能对应一个单位，请核对。",
            f"{names.en} have the same code {code}: a code belongs to one unit.",
        )
        yield about(
            units,
            positions[0],
            "unit-code-duplicate",
            Severity.ERROR,
            message,
            citation="统计用区划代码唯一",
            evidence={"code": code, "ids": ids},
            subject=str(code),
        )


def _missing_parents(units: Layer) -> Iterator[Finding]:
    """Find parents that are not there; when no parent is there at all, the levels above were never imported."""
    frame = units.frame
    known = KnownUnits.of(units).codes
    below = frame["parent_code"].notna() & frame["level"].isin(["town", "village"])
    lost = below & ~frame["parent_code"].map(lambda code: isinstance(code, str) and full_code(code) in known)
    if below.any() and lost.sum() == below.sum():
        message = Text(
            "行政区划图层没有上级单位（镇街或区县），不能按上级汇总和核对合计。请一并导入。",
            "The admin_unit layer has none of the units above, so nothing can be summed or compared: import them too.",
        )
        evidence = {"count": int(below.sum())}
        yield about_layer(
            UNITS, "parents-missing", Severity.UNKNOWN, message, citation=NO_DATA, evidence=evidence
        )
        return

    def one(position: int) -> Finding:
        code = frame["parent_code"].iloc[position]
        message = Text(
            f"“{called(units, position)}”的上级代码{code}不存在，不会计入任何镇街。请核对。",
            f"The parent {code} of {called(units, position)} does not exist, so it is counted in no town: check it.",
        )
        return about(
            units,
            position,
            "unknown-parent",
            Severity.ERROR,
            message,
            citation="上级代码须在行政区划图层中",
            evidence={"parent_code": code},
        )

    yield from each(units, lost.to_numpy(dtype=bool), one, many=Text("的上级不存在", "have no parent"))


def _sums(units: Layer) -> Iterator[Finding]:
    frame = units.frame
    current = frame[frame["valid_to"].isna() & frame["code"].notna()]
    parents = current["parent_code"].map(full_code, na_action="ignore")
    positions = dict(zip(current["code"].map(full_code), current.index, strict=True))
    for name in _SUMMED:
        values = pd.to_numeric(current[name]).astype("float64")
        totals = values.groupby(parents).agg(["sum", "count", "size"])
        for code, total in totals.iterrows():
            position = positions.get(str(code))
            if position is None or pd.isna(values.loc[position]):
                continue
            complete, stated = total["count"] == total["size"], float(values.loc[position])
            if (complete and total["sum"] != stated) or total["sum"] > stated:
                yield _off(
                    units, position, units.spec.field(name), stated, float(total["sum"]), complete=complete
                )


def _off(
    units: Layer, position: int, field: Field, stated: float, total: float, *, complete: bool
) -> Finding:
    share = abs(total - stated) / stated if stated else 1.0
    message = Text(
        f"“{called(units, position)}”的{field.label.zh}是{stated:g}，下级合计{total:g}，相差{total - stated:+g}"
        f"（{share:.1%}）。请核对口径和截至日期。",
        f"{field.label.en} of {called(units, position)} is {stated:g}, its parts sum to {total:g}, {total - stated:+g}"
        f" ({share:.1%}): compare what they count and their dates.",
    )
    return about(
        units,
        position,
        "sum-differs",
        Severity.SUSPECT if share > _CLEAR_SHARE else Severity.NOTE,
        message,
        citation="上级数字等于下级合计（算术）",
        evidence={
            "field": field.name,
            "stated": stated,
            "sum_of_parts": total,
            "all_parts_known": bool(complete),
        },
        subject=field.name,
    )
