"""All checks of boundary lines and markers, in one call."""

from collections.abc import Iterator, Sequence
from datetime import date

from gis.boundaries.groups import check_groups
from gis.boundaries.numbering import check_numbers
from gis.boundaries.placement import places_of
from gis.boundaries.register import CATEGORY, LINES, MARKERS, NUMBERING, Marker, about, register_of, unknown
from gis.boundaries.standing import check_standing
from gis.boundaries.tolerances import Tolerances
from gis.boundaries.upkeep import check_condition, check_inspections, unrecorded
from layers.findings import NO_DATA, Finding, Severity
from layers.model import Layer
from layers.text import Text, counted

_NEEDS_LINES = {
    "match": Text("界桩是否属于已登记的界线", "whether markers belong to a known line"),
    "place": Text(
        "界桩到界线的距离、双立界桩是否分立两侧、面数", "distance to the line, opposite banks, faces"
    ),
    "order": Text("界桩序号沿界线的顺序", "the order of the serials along the line"),
}


def check_boundaries(
    markers: Layer | None, lines: Layer | None, on: date, tolerances: Tolerances | None = None
) -> list[Finding]:
    """Check markers and lines as they are known on a day.

    Parameters
    ----------
    markers, lines
        Layers ``boundary_marker`` and ``boundary_line``; None when they were never imported. What cannot be checked
        for lack of one is said in a finding of severity *unknown*, one per check.
    on
        The day inspections are counted from.
    tolerances
        Limits, those of the national profile when not given.

    Returns
    -------
    list of Finding
        Codes ``boundaries.*``, category 界桩. Empty when all is known and in order. Independent of row order.
    """
    limits = tolerances or Tolerances()
    known = frozenset() if lines is None else frozenset(lines.frame["line_number"].dropna().astype(str))
    register = () if markers is None else register_of(markers, known)
    found = check_inspections(register, lines, on, limits)
    if markers is None:
        return [_no_markers(), *found]
    found += check_numbers(register) + check_groups(register) + check_condition(register)
    if lines is None:
        return found + [_no_lines(check, what) for check, what in _NEEDS_LINES.items()]
    found += _unmatched(register, lines, known)
    found += _without_position(register, markers)
    found += unrecorded(register, "faces", Text("面数", "number of faces"))
    return found + check_standing(places_of(register, markers, lines, limits), limits)


def _no_markers() -> Finding:
    return unknown(
        "markers-missing",
        MARKERS,
        Text(
            "没有“界桩”图层，界桩的各项检查无法进行。请导入：fangyu import boundary_marker 文件名。",
            "There is no boundary_marker layer, so no marker can be checked."
            " Import one: fangyu import boundary_marker FILE.",
        ),
    )


def _no_lines(check: str, what: Text) -> Finding:
    return unknown(
        "lines-missing",
        LINES,
        Text(
            f"没有“行政区域界线”图层，无法判断{what.zh}。请导入：fangyu import boundary_line 文件名。",
            f"There is no boundary_line layer, so this is unknown: {what.en}."
            " Import one: fangyu import boundary_line FILE.",
        ),
        subject=check,
    )


def _unmatched(register: Sequence[Marker], lines: Layer, known: frozenset[str]) -> Iterator[Finding]:
    """Say which markers belong to no line of the layer, and which lines have no number to be matched by.

    A marker whose line cannot be told has a finding about its number already.
    """
    unnumbered = lines.frame.loc[lines.frame["line_number"].isna(), "id"].astype(str).tolist()
    if unnumbered:
        yield unknown(
            "line-unnumbered",
            LINES,
            Text(
                f"{len(unnumbered)}条界线没有界线编号，其界桩无法对应。请补录“界线编号”。",
                f"{counted(len(unnumbered), 'line has', 'lines have')} no line number, so no marker can be "
                "matched to them. Add line_number.",
            ),
            ids=sorted(unnumbered)[:20],
        )
    for marker in register:
        if marker.line_number is not None and marker.line_number not in known:
            there = sorted(known) or ["—"]
            message = Text(
                f"界桩“{marker.label}”的界线编号{marker.line_number}不在界线图层中（已有：{'、'.join(there)}）。",
                f"Line {marker.line_number} of marker {marker.label!r} is not in the boundary_line layer"
                f" (there: {', '.join(there)}).",
            )
            evidence = {"line_number": marker.line_number, "known_lines": sorted(known)}
            yield about(
                marker, "line-unmatched", Severity.REVIEW, message, citation=NUMBERING, evidence=evidence
            )


def _without_position(register: Sequence[Marker], markers: Layer) -> list[Finding]:
    shapes = markers.frame.geometry
    absent = (shapes.isna() | shapes.is_empty).to_numpy()
    return [
        Finding(
            code="boundaries.position-unknown",
            severity=Severity.UNKNOWN,
            layer_id=MARKERS,
            feature_id=marker.id,
            feature_name=marker.label,
            message=Text(
                f"界桩“{marker.label}”没有坐标，位置无法检查。请从登记表补录。",
                f"Marker {marker.label!r} has no coordinates, so its place is unchecked: add them from the register.",
            ),
            citation=NO_DATA,
            category=CATEGORY,
        )
        for marker in register
        if absent[marker.position]
    ]
