"""Roads given as two tables: edges by the numbers of their ends, and nodes with coordinates."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from layers.errors import ColumnError, InputError
from layers.model import Field, Kind, LayerSpec, Shape
from layers.reading.headings import LAT, LON, LONLAT, WKT, knows, match_headings
from layers.reading.opening import open_source
from layers.reading.shapes import find_shapes
from layers.reading.source import BadCell, Batch, ObjectArray, Source, Wish
from layers.reading.values import convert
from layers.text import Text, counted

_NODE = Field(
    "id",
    Kind.TEXT,
    Text("节点编号", "Node number"),
    required=True,
    headers=("编号", "ID", "node_id", "nodeid", "node", "osmid", "osm_id", "节点", "节点号", "fid"),
)
NODES = LayerSpec("node", Text("路网节点", "Nodes of a network"), frozenset({Shape.POINT}), (_NODE,))
"""How the table of nodes is understood; nodes are no layer of the workspace."""
ENDS = ("node_from", "node_to")
_TOUCHING_DEG, _TOUCHING_M = 1e-7, 0.01
_MOST_DEG = 360.0


@dataclass(frozen=True, slots=True)
class _Nodes:
    """Where nodes are, in their own system.

    ``at`` gives the row in ``xy`` (n, 2) of a node's number.
    """

    name: str
    at: Mapping[str, int]
    xy: npt.NDArray[np.float64]
    crs: str | None
    notes: tuple[Text, ...]


@contextlib.contextmanager
def open_edges(
    path: Path, nodes: Path, wish: Wish, spec: LayerSpec, columns: Mapping[str, str]
) -> Iterator[Source]:
    """Open a table of edges whose ends are numbers of a table of nodes.

    Every edge becomes the straight line between its ends; what the table says of its length counts, not the line.
    Ends at one place are drawn a centimetre apart. An end that is not among the nodes is a bad cell, and its row has
    no geometry. The system is that of the nodes' file.

    Parameters
    ----------
    path, nodes
        Tables of any readable kind. Nodes have a number and coordinates (or are points).
    spec
        Layer with the fields ``node_from`` and ``node_to``.
    columns
        Field to heading of the table of edges, where headings cannot be guessed.

    Raises
    ------
    InputError
        When the layer has no ends of edges, or one number is given to nodes at different places.
    ColumnError
        When the edges have a geometry of their own or lack the numbers of their ends, or the nodes lack number or
        coordinates.
    """
    if not set(ENDS) <= set(spec.field_names):
        raise InputError(
            Text(f"图层“{spec.label.zh}”没有起止节点。", f"Layer {spec.id} has no nodes."),
            Text("只有道路图层可以用节点表。", "Only roads take a table of nodes."),
        )
    with open_source(path, wish) as source:
        matching = match_headings(spec, source.headings, columns, has_geometry=source.has_geometry)
        if source.has_geometry or WKT in matching.places:
            raise ColumnError(
                Text(f"{path.name} 自己有几何，不需要节点表。", f"{path.name} has a geometry of its own."),
                Text("请去掉 --nodes。", "Leave --nodes out."),
            )
        ends = _ends(path, source.headings, matching.fields)
        there = _read_nodes(nodes)
        yield replace(
            source,
            batches=lambda: (_drawn(batch, spec, ends, there) for batch in source.batches()),
            has_geometry=True,
            crs=there.crs,
            notes=(*source.notes, *there.notes),
        )


def _ends(path: Path, headings: tuple[str, ...], fields: Mapping[str, str]) -> tuple[str, str]:
    absent = [one for one in ENDS if one not in fields]
    if absent:
        raise ColumnError(
            Text(
                f"{path.name} 里认不出起止节点的列（{'、'.join(absent)}）。",
                f"{path.name} has no column for {', '.join(absent)}.",
            ),
            Text(
                f"现有列：{'、'.join(headings)}。用 --columns {absent[0]}=列名 指明。",
                f"Its columns: {', '.join(headings)}. Name it with --columns {absent[0]}=HEADING.",
            ),
        )
    return fields[ENDS[0]], fields[ENDS[1]]


def _read_nodes(path: Path) -> _Nodes:
    with open_source(path, Wish(knows=knows(NODES))) as source:
        matching = match_headings(NODES, source.headings, {}, has_geometry=source.has_geometry)
        placed = source.has_geometry or bool({WKT, LONLAT} & set(matching.places))
        if "id" not in matching.fields or not (placed or {LON, LAT} <= set(matching.places)):
            raise ColumnError(
                Text(f"节点表 {path.name} 要有编号和坐标。", f"{path.name} needs node numbers and coordinates."),
                Text(
                    f"现有列：{'、'.join(source.headings)}。请把列名改为“节点编号”“经度”“纬度”。",
                    f"Its columns: {', '.join(source.headings)}. Call them node_id, lon and lat.",
                ),
            )  # fmt: skip
        at: dict[str, int] = {}
        places: list[tuple[float, float]] = []
        unplaced = 0
        for batch in source.batches():
            unplaced += _collect(path, batch, matching.fields["id"], matching.places, at, places)
        notes = tuple(_told(path, len(at), unplaced))
        return _Nodes(path.name, at, np.array(places, dtype=float).reshape(-1, 2), source.crs, notes)


def _collect(
    path: Path,
    batch: Batch,
    number: str,
    columns: Mapping[str, str],
    at: dict[str, int],
    places: list[tuple[float, float]],
) -> int:
    """Add the nodes of a batch; give how many have no number or no place."""
    shapes = find_shapes(batch, columns).shapes
    names = convert(batch.table[number].to_numpy(), _NODE).cells
    unplaced = 0
    for position, (name, shape) in enumerate(zip(names, shapes, strict=True)):
        if name is None or shape is None or shape.is_empty or shape.geom_type != "Point":
            unplaced += 1
            continue
        place = (float(shape.x), float(shape.y))
        if places[at[name]] != place if name in at else False:
            raise InputError(
                Text(
                    f"节点表 {path.name} 第 {batch.rows[position]} 行：编号 {name} 已给了另一个位置。",
                    f"{path.name}, row {batch.rows[position]}: node {name} is at another place, too.",
                ),
                Text("每个编号只能有一个位置。", "A number stands for one place."),
            )
        if name not in at:
            at[name] = len(places)
            places.append(place)
    return unplaced


def _told(path: Path, count: int, unplaced: int) -> Iterator[Text]:
    yield Text(
        f"道路按 {path.name} 的 {count} 个节点画成直线；路程以表中的长度为准。",
        f"Roads are straight lines between the {count} nodes of {path.name}; the length they say counts.",
    )
    if unplaced:
        yield Text(
            f"{path.name} 有 {unplaced} 行没有编号或坐标，没有用。",
            f"Left out of {path.name}, without number or coordinates: {counted(unplaced, 'row')}.",
        )


def _drawn(batch: Batch, spec: LayerSpec, ends: tuple[str, str], nodes: _Nodes) -> Batch:
    """Give a batch its lines; ends that are no node become bad cells."""
    table = batch.table.copy()
    rows = [
        _located(table, heading, spec.field(name), nodes) for heading, name in zip(ends, ENDS, strict=True)
    ]
    whole = np.flatnonzero((rows[0] >= 0) & (rows[1] >= 0))
    geometry: ObjectArray = np.full(len(table), None, dtype=object)
    if len(whole):
        first, last = (nodes.xy[row[whole]] for row in rows)
        last = last + np.where((first == last).all(axis=1), _touching(nodes.xy), 0.0)[:, None] * [1.0, 0.0]
        geometry[whole] = shapely.linestrings(np.stack([first, last], axis=1))
    return replace(batch, table=table, geometry=geometry)


def _located(table: Any, heading: str, field: Field, nodes: _Nodes) -> npt.NDArray[np.intp]:  # noqa: ANN401 - a frame
    names = convert(table[heading].to_numpy(), field).cells
    found = np.array([-1 if one is None else nodes.at.get(one, -1) for one in names], dtype=np.intp)
    cells = table[heading].to_numpy(dtype=object, copy=True)
    for position in np.flatnonzero(found < 0):
        name = names[position]
        if name is not None:
            cells[position] = BadCell(
                name, Text(f"节点 {name} 不在 {nodes.name} 里。", f"Node {name} is not in {nodes.name}.")
            )
    table[heading] = cells
    return found


def _touching(xy: npt.NDArray[np.float64]) -> float:
    """Give a centimetre in the units of the coordinates."""
    return _TOUCHING_DEG if np.abs(xy).max() <= _MOST_DEG else _TOUCHING_M
