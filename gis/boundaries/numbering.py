"""Checks of the numbers alone: grammar, columns that contradict them, doubles, gaps in the series."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from gis.boundaries.numbers import NumberStatus
from gis.boundaries.register import NUMBERING, Marker, about, placed_in_series
from layers.findings import Finding, Severity
from layers.text import Text, counted


def check_numbers(register: Sequence[Marker]) -> list[Finding]:
    """Check every number by itself and against the others of its line."""
    return [
        *(found for marker in register for found in _grammar(marker)),
        *(found for marker in register for found in _columns(marker)),
        *_doubles(register),
        *_gaps(register),
    ]


def _grammar(marker: Marker) -> Iterator[Finding]:
    number = marker.number
    if number.status is NumberStatus.INVALID:
        severity, code = Severity.ERROR, "number-invalid"
        message = Text(
            f"界桩号“{marker.raw}”不合编号规则（4位界线编号+3位序号+类型码Q、A～E）。请核对界桩登记表。",
            f"Marker number {marker.raw!r} breaks the grammar (4 digits of the line, 3 of the serial, Q or A-E)."
            " Compare it with the marker register.",
        )
    elif number.status is NumberStatus.INCOMPLETE:
        severity, code = Severity.REVIEW, "number-incomplete"
        message = Text(
            f"界桩号“{marker.raw}”不足八位，可能是“{number.suggestion}”（?为待定）。原文已保留，未作改动，请核对登记表。",
            f"Marker number {marker.raw!r} is shorter than eight characters; it may be {number.suggestion!r}"
            " (? stands for what is not known). It is kept as written: compare it with the marker register.",
        )
    elif number.suggestion is not None:
        severity, code = Severity.NOTE, "number-spelling"
        message = Text(
            f"界桩号“{marker.raw}”写法不规范，规范写法为“{number.suggestion}”。",
            f"Marker number {marker.raw!r} is plainly written {number.suggestion!r}.",
        )
    else:
        return
    yield about(
        marker, code, severity, _and_unplaced(marker, message), citation=NUMBERING, evidence=_parts(marker)
    )


def _and_unplaced(marker: Marker, message: Text) -> Text:
    if marker.line_number is not None:
        return message
    return Text(
        f"{message.zh}所属界线不明，位置和顺序未能检查。",
        f"{message.en} Its line is unknown, so its place and order are unchecked.",
    )


def _parts(marker: Marker) -> Mapping[str, Any]:
    number = marker.number
    return {
        "status": number.status.value,
        "suggestion": number.suggestion,
        "line_number": number.line_number,
        "serial": number.serial,
        "type_code": number.type_code,
    }


def _columns(marker: Marker) -> Iterator[Finding]:
    """Compare the written number with the columns that repeat its parts."""
    said = {
        "line_number": marker.number.line_number,
        "serial": marker.number.serial,
        "type_code": marker.number.type_code,
    }
    registered = marker.columns
    apart = {
        part: {"number": said[part], "column": registered[part]}
        for part in said
        if said[part] is not None and registered[part] is not None and said[part] != registered[part]
    }
    if apart:
        message = Text(
            f"界桩号“{marker.raw}”与登记表的{'、'.join(apart)}列不一致，请核对哪一个正确。",
            f"Marker number {marker.raw!r} and the columns {', '.join(apart)} contradict each other:"
            " find out which is right.",
        )
        yield about(
            marker,
            "number-contradicted",
            Severity.ERROR,
            message,
            citation=NUMBERING,
            evidence={"apart": apart},
        )


def _doubles(register: Sequence[Marker]) -> Iterator[Finding]:
    by_text: dict[str, list[Marker]] = {}
    for marker in register:
        if marker.number.text is not None:
            by_text.setdefault(marker.number.text, []).append(marker)
    for text, (first, *others) in by_text.items():
        if others:
            ids = [marker.id for marker in (first, *others)]
            message = Text(
                f"{len(ids)}个界桩都编为“{text}”（{'、'.join(ids)}）。同一编号只能有一个界桩，请核对。",
                f"{counted(len(ids), 'marker is', 'markers are')} numbered {text} ({', '.join(ids)}). A number "
                "belongs to one marker:"
                " find out which.",
            )
            yield about(
                first,
                "number-duplicate",
                Severity.ERROR,
                message,
                citation=NUMBERING,
                evidence={"ids": ids},
                subject=";".join(ids),
            )


def _gaps(register: Sequence[Marker]) -> Iterator[Finding]:
    perhaps = {marker.perhaps for marker in register}
    for line, serials in placed_in_series(register).items():
        first = next(iter(serials))
        if any((line, serial) not in perhaps for serial in range(1, first)):
            yield _late_start(line, first, serials[first][0])
        for (before, _), (after, group) in pairwise(serials.items()):
            missing = [serial for serial in range(before + 1, after) if (line, serial) not in perhaps]
            if missing:
                yield _gap(line, missing, group[0])


def _late_start(line: str, first: int, marker: Marker) -> Finding:
    message = Text(
        f"界线{line}的界桩从{first:03d}号开始。若只管辖其中一段则属正常，否则缺001至{first - 1:03d}号。",
        f"The markers of line {line} begin with {first:03d}: right for a section of the line, else 001 to"
        f" {first - 1:03d} are missing.",
    )
    return about(
        marker,
        "serial-start",
        Severity.NOTE,
        message,
        citation=NUMBERING,
        evidence={"line_number": line, "first_serial": first},
        subject=line,
    )


def _gap(line: str, missing: Sequence[int], after: Marker) -> Finding:
    span = f"{missing[0]:03d}" if len(missing) == 1 else f"{missing[0]:03d}-{missing[-1]:03d}"
    message = Text(
        f"界线{line}缺{span}号界桩（{len(missing)}个）。请查登记表：是否漏登、丢失或已注销。",
        f"Line {line} lacks marker {span} ({len(missing)} of them). See the register: left out, lost or struck off?",
    )
    return about(
        after,
        "serial-gap",
        Severity.REVIEW,
        message,
        citation=NUMBERING,
        evidence={"line_number": line, "missing": list(missing)},
        subject=f"{line}:{span}",
    )
