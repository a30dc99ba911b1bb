"""OpenStreetMap extracts (.osm.pbf, .osm): one pass that keeps ways as lines, tagged objects as places, and houses."""

import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import osmium
import shapely

from layers.errors import FileFormatError, NotFoundError
from layers.progress import Progress, silent
from layers.text import Text

READING = Text("读取 OSM", "Reading OSM")
_GRID = 1e7
_TELL_EVERY = 20_000
_ROAD_TAGS = (
    "highway",
    "access",
    "foot",
    "sidewalk",
    "oneway",
    "junction",
    "bridge",
    "tunnel",
    "layer",
    "name",
    "route",
    "motorroad",
    "bicycle",
    "oneway:bicycle",
    "motor_vehicle",
    "incline",
)
_LINE_TAGS = ("waterway", "railway", "service", "bridge", "tunnel", "covered", "layer", "location", "name")
_WATERWAYS = frozenset({"river", "canal"})
_RAILWAYS = frozenset({"rail", "light_rail", "subway", "narrow_gauge", "monorail"})
_CROSSINGS = frozenset({"level_crossing", "crossing"})
_NO_HOUSE = frozenset({"no", "entrance", "construction", "proposed", "demolished", "razed"})
_PLACE_KEYS = (
    "place",
    "landuse",
    "amenity",
    "shop",
    "office",
    "healthcare",
    "leisure",
    "natural",
    "historic",
    "building",
    "boundary",
)


@dataclass(slots=True)
class Ways:
    """Ways as flat arrays; a way whose nodes are partly outside of the extract comes as several pieces.

    Attributes
    ----------
    ids, tags
        Of each piece: the way's id and the tags that matter.
    starts
        Position of each piece's first vertex; one more entry for the end.
    nodes, lon, lat
        Of each vertex: node id and degrees (WGS 84).
    """

    ids: list[int] = field(default_factory=list)
    tags: list[dict[str, str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    nodes: list[int] = field(default_factory=list)
    x: list[int] = field(default_factory=list)
    y: list[int] = field(default_factory=list)

    @property
    def lon(self) -> npt.NDArray[np.float64]:
        """Longitudes of the vertices in degrees."""
        return np.asarray(self.x, dtype=np.float64) / _GRID

    @property
    def lat(self) -> npt.NDArray[np.float64]:
        """Latitudes of the vertices in degrees."""
        return np.asarray(self.y, dtype=np.float64) / _GRID


@dataclass(frozen=True, slots=True)
class Place:
    """A tagged node, or the area of a closed way or a multipolygon relation (WGS 84 degrees)."""

    id: str
    tags: dict[str, str]
    shape: Any


@dataclass(slots=True)
class Houses:
    """Buildings as flat lists: a city has hundreds of thousands, so each is its outline as hex WKB and three words.

    Attributes
    ----------
    broken
        How many have an outline that does not close.
    """

    ids: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    levels: list[str | None] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    outlines: list[str] = field(default_factory=list)
    broken: int = 0

    def add(self, id_: str, tags: Any, outline: str) -> None:  # noqa: ANN401 - osmium is untyped
        """Append one building."""
        self.ids.append(id_)
        self.kinds.append(sys.intern(tags["building"]))
        self.levels.append(tags.get("building:levels"))
        self.names.append(tags.get("name"))
        self.outlines.append(outline)


@dataclass(slots=True)
class OsmExtract:
    """What of an extract matters here.

    Attributes
    ----------
    ways, lines
        Roads and ferries; rivers, canals and railways.
    crossings
        Longitude and latitude of the places where one may cross a railway on its level.
    clipped_units
        Ids of administrative boundary relations that are not whole in the extract.
    as_of
        Day of the data when the file says it.
    """

    ways: Ways = field(default_factory=Ways)
    lines: Ways = field(default_factory=Ways)
    crossings: list[tuple[float, float]] = field(default_factory=list)
    houses: Houses = field(default_factory=Houses)
    places: list[Place] = field(default_factory=list)
    clipped_units: list[int] = field(default_factory=list)
    broken_areas: int = 0
    as_of: date | None = None


def read_osm(path: Path, progress: Progress = silent, *, houses: bool = True) -> OsmExtract:
    """Read an extract; without ``houses`` buildings are passed over, unless they are places as well.

    Raises
    ------
    NotFoundError, FileFormatError
        When there is no such file, or it is no OSM data.
    """
    if not path.is_file():
        raise NotFoundError(
            Text(f"没有文件 {path}。", f"There is no file {path}."), Text("请检查路径。", "Check the path.")
        )
    extract = OsmExtract()
    factory = osmium.geom.WKBFactory()
    relations: set[int] = set()
    whole: set[int] = set()
    try:
        extract.as_of = _day_of(path)
        objects = osmium.FileProcessor(str(path)).with_locations().with_areas()
        objects.with_filter(osmium.filter.EmptyTagFilter())
        thing: Any
        for count, thing in enumerate(objects):
            if count % _TELL_EVERY == 0:
                progress(READING, count, None)
            if thing.is_way():
                _take_way(thing, extract)
            elif thing.is_node():
                _take_node(thing, extract, factory, houses=houses)
            elif thing.is_area():
                _take_area(thing, extract, factory, whole, houses=houses)
            elif thing.tags.get("boundary") == "administrative":
                relations.add(thing.id)
    except RuntimeError as error:
        raise FileFormatError(
            Text(
                f"{path.name} 不是完好的 OSM 数据：{error}。", f"{path.name} is no sound OSM data: {error}."
            ),
            Text("请重新下载 .osm.pbf 或 .osm。", "Download the .osm.pbf or .osm again."),
        ) from error
    extract.clipped_units = sorted(relations - whole)
    return extract


def _day_of(path: Path) -> date | None:
    with osmium.io.Reader(str(path)) as reader:
        said = reader.header().get("osmosis_replication_timestamp") or reader.header().get("timestamp")
    return datetime.fromisoformat(said).date() if said else None


def _take_way(way: Any, extract: OsmExtract) -> None:  # noqa: ANN401 - osmium is untyped
    tags = way.tags
    if "highway" in tags or tags.get("route") == "ferry":
        _keep_way(way, {key: tags[key] for key in _ROAD_TAGS if key in tags}, extract.ways)
    elif tags.get("waterway") in _WATERWAYS or tags.get("railway") in _RAILWAYS:
        _keep_way(way, {key: tags[key] for key in _LINE_TAGS if key in tags}, extract.lines)


def _keep_way(way: Any, said: dict[str, str], ways: Ways) -> None:  # noqa: ANN401 - osmium is untyped
    nodes, x, y = ways.nodes, ways.x, ways.y
    begun = before = len(nodes)
    last = None
    for node in way.nodes:
        location = node.location
        if not location.valid():
            begun = _end_piece(way.id, said, begun, ways)
            last = None
            continue
        reference = node.ref
        if reference == last:
            continue
        last = reference
        nodes.append(reference)
        x.append(location.x)
        y.append(location.y)
    if len(nodes) > before or begun > before:
        _end_piece(way.id, said, begun, ways)


def _end_piece(way_id: int, said: dict[str, str], begun: int, ways: Ways) -> int:
    """Close a piece of a way; a piece of a single vertex is dropped."""
    if len(ways.nodes) - begun < 2:  # noqa: PLR2004 - a line needs two
        del ways.nodes[begun:], ways.x[begun:], ways.y[begun:]
        return begun
    ways.ids.append(way_id)
    ways.tags.append(said)
    ways.starts.append(len(ways.nodes))
    return len(ways.nodes)


def _matters(tags: Any) -> bool:  # noqa: ANN401 - osmium is untyped
    return any(key in tags for key in _PLACE_KEYS) and not (
        "building" in tags and "name" not in tags and "amenity" not in tags and "social_facility" not in tags
    )


def _is_house(tags: Any) -> bool:  # noqa: ANN401 - osmium is untyped
    return "building" in tags and tags["building"] not in _NO_HOUSE


def _take_node(node: Any, extract: OsmExtract, factory: Any, *, houses: bool) -> None:  # noqa: ANN401
    tags, location = node.tags, node.location
    if tags.get("railway") in _CROSSINGS:
        extract.crossings.append((location.lon, location.lat))
    if houses and _is_house(tags):
        extract.houses.add(f"n{node.id}", tags, factory.create_point(node))
    if _matters(tags):
        extract.places.append(Place(f"n{node.id}", dict(tags), shapely.Point(location.lon, location.lat)))


def _take_area(area: Any, extract: OsmExtract, factory: Any, whole: set[int], *, houses: bool) -> None:  # noqa: ANN401
    tags = area.tags
    is_house, is_place = houses and _is_house(tags), _matters(tags) or tags.get("waterway") == "riverbank"
    if not is_house and not is_place:
        return
    try:
        outline = factory.create_multipolygon(area)
    except RuntimeError:
        extract.houses.broken += is_house
        extract.broken_areas += is_place
        return
    id_ = f"{'w' if area.from_way() else 'r'}{area.orig_id()}"
    if is_house:
        extract.houses.add(id_, tags, outline)
    if not is_place:
        return
    if not area.from_way():
        whole.add(area.orig_id())
    extract.places.append(Place(id_, dict(tags), _single(shapely.from_wkb(outline))))


def _single(shape: Any) -> Any:  # noqa: ANN401 - shapely is untyped
    parts = shapely.get_parts(shape)
    return parts[0] if len(parts) == 1 else shape
