"""Pinyin kept in the register against the spelling of the rules: findings ``names.pinyin``."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from gis.names.readings.dictionary import ReadingDictionary
from gis.names.readings.romanizing import Romanized, romanize
from gis.names.readings.syllables import toneless
from layers.errors import InputError
from layers.findings import Finding, Severity
from layers.model import Layer
from layers.text import Text

CODE = "names.pinyin"
CATEGORY = "用字"
CITATION = "条例 第十五条：地名的罗马字母拼写以《汉语拼音方案》为标准；[84]中地字第17号《中国地名汉语拼音字母拼写规则》"


def check_pinyin(
    layer: Layer, *, district_code: str = "", readings: ReadingDictionary | None = None
) -> list[Finding]:
    """Compare the field ``pinyin`` of a layer with our spelling of its names.

    Tones may be left out as a whole (规则 9). A spelling that differs in its letters or tones asks for a review when
    our reading is sure, and is noted when it is not; one that differs only in spaces, capitals or apostrophes is
    noted.

    Parameters
    ----------
    layer
        A layer with ``name`` and ``pinyin``; one without ``pinyin`` gives no finding, and neither does an empty cell.
    district_code
        Stands in for a missing ``unit_code``, for readings of one part of the country.
    readings
        The dictionary of the workspace; the shipped one when None.
    """
    columns = [name for name in ("id", "name", "pinyin", "entity_class", "unit_code") if name in layer.frame]
    if "pinyin" not in columns:
        return []
    rows = layer.frame[columns][layer.frame["pinyin"].notna() & layer.frame["name"].notna()]
    return [
        finding
        for row in rows.sort_values("id").to_dict("records")
        for finding in _compared(dict(row), layer.id, district_code, readings)
    ]


def _compared(
    row: dict[Any, Any], layer_id: str, district_code: str, readings: ReadingDictionary | None
) -> Iterator[Finding]:
    given = _tidy(str(row["pinyin"]))
    try:
        ours = romanize(
            str(row["name"]),
            entity_class=_text(row.get("entity_class")) or None,
            jurisdiction=_text(row.get("unit_code")) or district_code,
            readings=readings,
        )
    except InputError:
        return
    judged = _difference(given, ours) if given else None
    if judged is None:
        return
    severity, message = judged
    yield Finding(
        code=CODE,
        category=CATEGORY,
        severity=severity,
        layer_id=layer_id,
        feature_id=str(row["id"]),
        feature_name=str(row["name"]),
        subject=given,
        message=message,
        citation=CITATION,
        exceptions=(),
        evidence={"pinyin": given, "expected": ours.pinyin, **ours.as_json()},
    )


def _difference(given: str, ours: Romanized) -> tuple[Severity, Text] | None:
    accepted = (ours.pinyin, *ours.alternatives)
    if toneless(given.lower()) == given.lower():
        accepted = tuple(_without_tones(one) for one in accepted)
    if given in {*accepted, *(one.upper() for one in accepted)}:
        return None
    if _letters(given) in {_letters(one) for one in accepted}:
        return Severity.NOTE, Text(
            f"拼音“{given}”的分写、大小写或隔音符号与规则不同，按规则为“{ours.pinyin}”。",
            f"{given} differs in spaces, capitals or apostrophes from {ours.pinyin}, as the rules have it.",
        )
    if ours.unsure:
        return Severity.NOTE, Text(
            f"拼音“{given}”与“{ours.pinyin}”不同；这个地名的读音不确定，请核对。",
            f"{given} differs from {ours.pinyin}; the reading of this name is not sure.",
        )
    return Severity.REVIEW, Text(
        f"拼音“{given}”与地名读音不同，应为“{ours.pinyin}”。",
        f"{given} is not how the name is read: {ours.pinyin}.",
    )


def _tidy(text: str) -> str:
    """Compose accents, straighten apostrophes and squeeze white space."""
    composed = unicodedata.normalize("NFC", text).replace("’", "'").replace("ʼ", "'").replace("`", "'")
    return " ".join(composed.split())


def _without_tones(text: str) -> str:
    """Take the tone marks off and keep the capitals."""
    return "".join(
        bare.upper() if one.isupper() else bare for one in text for bare in [toneless(one.lower())]
    )


def _letters(text: str) -> str:
    return "".join(one for one in text.lower() if one.isalnum())


def _text(value: Any) -> str:  # noqa: ANN401 - a cell of any dtype
    return value if isinstance(value, str) else ""
