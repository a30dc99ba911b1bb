"""Table of what cannot be crossed on foot: water, the railway, the motorways; and where they let roads through."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from data.samples.district import District
from data.samples.tables import Row, Table

_PASSED_BY = frozenset({"trunk", "primary", "secondary", "tertiary"})
"""Roads that pass under or over; lanes and paths end at the fence."""
_PASSAGE_M = 14.0
_WIDE_M = 40.0
_BEYOND_M = 400.0
_ROUGH_M = 1.0
_THROUGH = (("rail", "铁路"), ("motorway", "高速公路"))


def barrier_table(district: District) -> Table:
    """List rivers, lake and reservoir, and the fenced stretches of railway and motorway between their passages.

    Wide water is an area, narrow water a centre line. Roads meet water on bridges only, so it has no gaps; railway
    and motorway have one wherever a road of some rank passes.
    """
    table = Table(
        "barrier",
        "阻隔.geojson",
        "geojson",
        "EPSG:4490",
        None,
        "河湖、铁路、高速公路，铁路和高速公路在道路通道处断开",
    )
    found = [*_water(district), *_fenced(district)]
    for number, (name, kind, shape) in enumerate(found, start=1):
        row: Row = {"编号": f"ZG{number:04d}", "名称": name, "阻隔类型": kind}
        table.add(row, shape)
    return table


def _water(district: District) -> Iterator[tuple[str | None, str, Any]]:
    land = district.terrain
    near = district.shape.buffer(_BEYOND_M)
    for river in land.rivers:
        wide = river.width_m >= _WIDE_M
        shape = river.path.buffer(river.width_m / 2, cap_style="flat") if wide else river.path
        yield river.name, "河流", shapely.simplify(shape, _ROUGH_M).intersection(near)
    for name, shape in (("白鹭湖", land.lake.difference(land.island)), ("石门水库", land.reservoir)):
        yield name, "河流", shapely.simplify(shape, _ROUGH_M)


def _fenced(district: District) -> Iterator[tuple[str | None, str, Any]]:
    edges = district.network.edges
    passages = shapely.union_all(
        [shapely.LineString(one.line).buffer(_PASSAGE_M) for one in edges if one.road_class in _PASSED_BY]
    )
    for road_class, kind in _THROUGH:
        lines: dict[str | None, list[Any]] = {}
        for one in edges:
            if one.road_class == road_class and one.way is not None and not one.bridge:
                lines.setdefault(one.way, []).append(shapely.LineString(one.line))
        for way, parts in lines.items():
            open_ = shapely.difference(np.array(parts, dtype=object), passages)
            for part in shapely.get_parts(open_):
                yield way, kind, part
