"""Markers that share a number: one alone (Q), two on the banks (A, B), three at a meeting of lines (C, D, E)."""

from collections.abc import Iterator, Sequence

from gis.boundaries.numbers import STRUCTURE_OF_TYPE
from gis.boundaries.register import NUMBERING, Marker, about, placed_in_series
from layers.findings import Finding, Severity
from layers.text import Text
from layers.vocabulary import label_of

MEMBERS = {"single": ("Q",), "double": ("A", "B"), "triple": ("C", "D", "E")}
"""The type letters that together make one structure."""


def check_groups(register: Sequence[Marker]) -> list[Finding]:
    """Check that markers of one number belong together and that none of them is missing."""
    found = [finding for marker in register for finding in _structure(marker)]
    for serials in placed_in_series(register).values():
        for group in serials.values():
            found += _members(group)
    return found


def _structure(marker: Marker) -> Iterator[Finding]:
    by_letter = STRUCTURE_OF_TYPE.get(marker.type_code or "")
    if by_letter is None or marker.structure is None or by_letter == marker.structure:
        return
    letter_says, column_says = (
        label_of("marker_structure", by_letter),
        label_of("marker_structure", marker.structure),
    )
    message = Text(
        f"界桩“{marker.label}”的类型码{marker.type_code}表示{letter_says.zh}，登记的立桩类型却是{column_says.zh}，请核对。",
        f"The letter {marker.type_code} of marker {marker.label!r} means {letter_says.en.lower()}, the register says"
        f" {column_says.en.lower()}: find out which is right.",
    )
    evidence = {"type_code": marker.type_code, "structure": marker.structure}
    yield about(marker, "structure-mismatch", Severity.ERROR, message, citation=NUMBERING, evidence=evidence)


def _members(group: Sequence[Marker]) -> Iterator[Finding]:
    """Find what is missing from the markers that share one line and serial, or what does not belong among them."""
    letters = sorted({marker.type_code for marker in group if marker.type_code in STRUCTURE_OF_TYPE})
    structures = sorted({STRUCTURE_OF_TYPE[letter] for letter in letters})
    first = group[0]
    subject = f"{first.line_number}{first.serial:03d}"
    evidence = {"letters": letters, "ids": [marker.id for marker in group]}
    if len(structures) > 1:
        message = Text(
            f"界线{first.line_number}的{first.serial:03d}号同时有类型码{'、'.join(letters)}，单立、双立、三立不能混用，请核对。",
            f"Number {first.serial:03d} of line {first.line_number} has the letters {', '.join(letters)}: single,"
            " double and triple exclude each other.",
        )
        yield about(
            first,
            "group-mixed",
            Severity.ERROR,
            message,
            citation=NUMBERING,
            evidence=evidence,
            subject=subject,
        )
        return
    if any(marker.type_code is None for marker in group):
        return
    absent = [letter for structure in structures for letter in MEMBERS[structure] if letter not in letters]
    if absent:
        message = Text(
            f"界线{first.line_number}的{first.serial:03d}号只有{'、'.join(letters)}，缺同号的{'、'.join(absent)}。"
            "请查登记表，或向毗邻方核实。",
            f"Number {first.serial:03d} of line {first.line_number} has {', '.join(letters)}, not {', '.join(absent)}:"
            " see the register, or ask the neighbouring side.",
        )
        yield about(
            first,
            "group-incomplete",
            Severity.SUSPECT,
            message,
            citation=NUMBERING,
            evidence={**evidence, "absent": absent},
            subject=subject,
        )
