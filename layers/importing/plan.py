"""How a file will be taken: its columns, its coordinate system, its batches. Refuses what cannot work at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from layers.crs import Conversion, parse_crs, plan_conversion
from layers.crs.declared import undeclared
from layers.crs.guards import refuse_swapped_degrees, unplaced_metres
from layers.errors import ColumnError, FileFormatError
from layers.importing.options import ImportOptions
from layers.model import Field, LayerSpec
from layers.reading.headings import LAT, LON, LONLAT, WKT, Matching, match_headings
from layers.reading.shapes import find_shapes, sample_of
from layers.reading.source import Batch, Source
from layers.text import Text
from layers.vocabulary import vocabulary

_DERIVED = {"admin_unit": frozenset({"level"})}
"""Required fields that can be derived from others."""
NO_PLACE = Conversion("", "", None)
"""For files without any geometry."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything decided before the first row is taken."""

    matching: Matching
    conversion: Conversion
    batches: Iterator[Batch]
    encoding: str
    total: int | None
    notes: tuple[Text, ...]


def plan_import(spec: LayerSpec, source: Source, path: Path, options: ImportOptions) -> Plan:
    """Match the columns, look at the first batch and choose the conversion.

    Raises
    ------
    ColumnError, CrsError, FileFormatError
        When required columns or coordinates are missing, the system is unknown or implausible, or there are no rows.
    """
    matching = match_headings(spec, source.headings, options.columns, has_geometry=source.has_geometry)
    _refuse_placeless(spec, source, matching, path)
    _refuse_incomplete(spec, source, matching, path)
    stream = source.batches()
    first = next(stream, None)
    if first is None:
        raise FileFormatError(
            Text(f"{path.name} 没有数据行。", f"{path.name} has no rows."),
            Text("请检查是否选对了文件。", "Check whether it is the right file."),
        )
    conversion, said = choose_conversion(source, matching, first, options.crs)
    notes = (*matching.notes, *source.notes, *said, *conversion.notes)
    return Plan(matching, conversion, chain([first], stream), source.encoding, source.total, notes)


def choose_conversion(
    source: Source, matching: Matching, first: Batch, wished: str | None
) -> tuple[Conversion, tuple[Text, ...]]:
    """Choose how coordinates become storage degrees; the user's word goes before the file's.

    Raises
    ------
    CrsError
        When nobody declared a system, or the declared one does not fit the numbers.
    """
    if not source.has_geometry and not matching.places:
        return NO_PLACE, ()
    names = (matching.places.get(LON, "x"), matching.places.get(LAT, "y"))
    sample = sample_of(find_shapes(first, matching.places).shapes, names)
    declared = wished or source.crs
    if declared is None:
        if not sample.x.size:
            return NO_PLACE, ()
        if not sample.looks_like_degrees:
            raise unplaced_metres(sample)
        refuse_swapped_degrees(sample)
        raise undeclared(names)
    conversion = plan_conversion(parse_crs(declared), sample)
    return conversion, _overruled(wished, source.crs)


def _overruled(wished: str | None, own: str | None) -> tuple[Text, ...]:
    if wished is None or own is None:
        return ()
    mine, theirs = parse_crs(wished), parse_crs(own)
    if not mine.shift and mine.crs == theirs.crs:
        return ()
    name = f"EPSG:{theirs.epsg}" if theirs.epsg else theirs.crs.name
    return (
        Text(
            f"文件自称 {name}，按 --crs {wished} 处理。",
            f"The file says {name}; --crs {wished} was followed.",
        ),
    )


def _refuse_placeless(spec: LayerSpec, source: Source, matching: Matching, path: Path) -> None:
    places = matching.places
    if (LON in places) != (LAT in places):
        there, absent = (LON, LAT) if LON in places else (LAT, LON)
        raise ColumnError(
            Text(
                f"{path.name} 有“{places[there]}”，但没有与它成对的坐标列。",
                f"{path.name} has {places[there]!r} but not the other coordinate.",
            ),
            Text(f"用 --columns {absent}=列名 指明。", f"Name it with --columns {absent}=HEADING."),
        )
    if source.has_geometry or not spec.geometry_required or places.keys() & {LON, LONLAT, WKT}:
        return
    if "node_from" in matching.fields:
        raise ColumnError(
            Text(
                f"{path.name} 里没有几何列，只有起止节点的编号。",
                f"{path.name} has no geometry, only the numbers of the nodes at both ends.",
            ),
            Text(
                "加上 --nodes 节点表：有节点编号和坐标的文件。",
                "Add --nodes FILE: the table of nodes with their numbers and coordinates.",
            ),
        )
    raise ColumnError(
        Text(
            f"{path.name} 里没有坐标或几何列，图层“{spec.label.zh}”的每一行都要有位置。",
            f"{path.name} has no column of coordinates or geometry, and every row of {spec.id} needs a place.",
        ),
        Text(
            f"现有列：{'、'.join(source.headings)}。用 --columns lon=列名,lat=列名（或 wkt=列名）指明。",
            f"Its columns: {', '.join(source.headings)}. Name them: --columns "
            "lon=HEADING,lat=HEADING (or wkt=HEADING).",
        ),
    )


def _refuse_incomplete(spec: LayerSpec, source: Source, matching: Matching, path: Path) -> None:
    waived = {"id", *matching.constants} | (
        _DERIVED.get(spec.id, frozenset()) if "code" in matching.fields else frozenset()
    )
    absent = [one for one in spec.fields if one.required and one.name not in {*matching.fields, *waived}]
    if not absent:
        return
    zh = "、".join(f"“{one.label.zh}”（{one.name}）" for one in absent)
    en = ", ".join(f"{one.label.en} ({one.name})" for one in absent)
    raise ColumnError(
        Text(f"{path.name} 缺少必填列：{zh}。", f"{path.name} lacks required columns: {en}."),
        Text(
            f"现有列：{'、'.join(source.headings)}。用 --columns {absent[0].name}=列名 指明{_constant(absent).zh}。",
            f"Its columns: {', '.join(source.headings)}. Name it with --columns {absent[0].name}=HEADING"
            f"{_constant(absent).en}.",
        ),
    )


def _constant(absent: Sequence[Field]) -> Text:
    """Tell how to give every row the same value of a coded field, when one is absent."""
    coded = next((one for one in absent if one.vocabulary), None)
    if coded is None:
        return Text("", "")
    example = f"{coded.name}=={list(vocabulary(coded.vocabulary))[-1]}"
    return Text(
        f"；{coded.label.zh}每一行都相同时写 --columns {example}（两个等号）",
        f"; if {coded.label.en} is the same in every row: --columns {example} (two equals signs)",
    )
