"""How lines and areas look, and from which zoom they are drawn; tiles and pages read the same table."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class RoadStyle:
    """One class of road.

    Attributes
    ----------
    min_zoom
        The first zoom at which a tile carries the class.
    width_px
        Width at zoom 12; it grows with the zoom.
    """

    colour: str
    casing: str
    width_px: float
    min_zoom: int
    dash: str = ""


ROADS: Mapping[str, RoadStyle] = MappingProxyType(
    {
        "motorway": RoadStyle("#f0b45a", "#b9782a", 3.2, 5),
        "trunk": RoadStyle("#f6cd7d", "#c0933f", 2.8, 7),
        "primary": RoadStyle("#fae3a6", "#c3a863", 2.4, 8),
        "secondary": RoadStyle("#ffffff", "#a9a9ad", 2.0, 10),
        "tertiary": RoadStyle("#ffffff", "#b9b9bd", 1.5, 11),
        "residential": RoadStyle("#ffffff", "#c6c6ca", 1.0, 12),
        "service": RoadStyle("#ffffff", "#d2d2d6", 0.7, 14),
        "path": RoadStyle("#a88f6a", "", 0.7, 14, "3 3"),
        "ferry": RoadStyle("#5b8fb9", "", 1.0, 11, "6 4"),
        "rail": RoadStyle("#7a7a82", "", 1.2, 9, "8 3"),
    }
)
ROAD_ORDER = (
    "path",
    "service",
    "ferry",
    "rail",
    "residential",
    "tertiary",
    "secondary",
    "primary",
    "trunk",
    "motorway",
)
"""From below to above."""

AREAS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "land": {"fill": "#f8f5ec"},
        "water": {"fill": "#a9d0e6", "stroke": "#7fb3d1"},
        "hill": {"fill": "#dfe8cd", "stroke": "#b9c99b"},
        "green": {"fill": "#d3e6bf", "stroke": "#a9c48a"},
        "place": {"fill": "#efe9f4", "stroke": "#b5a6c4"},
        "homes": {"fill": "#ece3d3", "stroke": "#d2c2a3"},
        "residential_quarter": {"fill": "#ece3d3", "stroke": "#d2c2a3"},
        "no_burial_zone": {"fill": "url(#fy-hatch-zone)", "stroke": "#9c2f2f"},
        "cemetery": {"fill": "#cfc9d6", "stroke": "#5b5566"},
        "building": {"fill": "#dddad5", "stroke": "#c3beb6"},
    }
)
UNITS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "village": {"colour": "#a99f8c", "weight": 0.8, "dash": "3 3"},
        "town": {"colour": "#8a7f6a", "weight": 1.5, "dash": ""},
        "county": {"colour": "#5e4b6b", "weight": 2.4, "dash": "10 4 2 4"},
        "city": {"colour": "#5e4b6b", "weight": 2.8, "dash": "12 4 2 4"},
        "province": {"colour": "#5e4b6b", "weight": 3.2, "dash": "14 4 2 4"},
    }
)
BARRIERS: Mapping[str, Mapping[str, object]] = MappingProxyType(
    {
        "river": {"colour": "#7fb3d1", "fill": "#a9d0e6", "weight": 1.8, "dash": ""},
        "rail": {"colour": "#8a8a92", "fill": "#e4e4e8", "weight": 1.6, "dash": "8 3"},
        "expressway": {"colour": "#c69a5b", "fill": "#f2e6d3", "weight": 1.8, "dash": ""},
        "wall": {"colour": "#8b7d6b", "fill": "#e6e0d6", "weight": 1.2, "dash": "2 3"},
        "other": {"colour": "#9a9a9a", "fill": "#e8e8e8", "weight": 1.2, "dash": "1 4"},
    }
)
"""What cuts the ground, as quiet as the ground; a barrier that is an area is filled."""
STUDY_AREA: Mapping[str, object] = MappingProxyType({"colour": "#1c6b75", "weight": 2.0, "dash": "2 5"})
BOUNDARY_LINE: Mapping[str, object] = MappingProxyType({"colour": "#7a1fa0", "weight": 2.6, "dash": "8 5"})

_WATER_ENDINGS = (*"江河湖海塘池潭溪涧渠港荡浜泾洋浦沟湾氿淀泊库", "水库", "运河", "水道")
_HILL_ENDINGS = (*"山岭峰岗冈丘坡岩崖尖", "山脉")
_GREEN_ENDINGS = ("公园", "湿地", "林场", "绿地", "森林")


def surface_of(name: str | None, generic: str | None, entity_class: str | None) -> str:
    """Tell what a named area or line is drawn as: water, hill, green, homes or place.

    Only natural features, facilities and parks can be ground; the generic term (通名) decides, else the end of the
    name. A street that is called 河 stays a place.
    """
    term = (generic or name or "").strip()
    if entity_class == "park" or term.endswith(_GREEN_ENDINGS):
        return "green"
    if entity_class in {"residential", "settlement"}:
        return "homes"
    if entity_class not in {"natural", "facility", None}:
        return "place"
    if term.endswith(_WATER_ENDINGS):
        return "water"
    return "hill" if term.endswith(_HILL_ENDINGS) else "place"


def style_table() -> dict[str, object]:
    """Return all styles as JSON values for the drawing scripts."""
    return {
        "roads": {name: asdict(style) for name, style in ROADS.items()},
        "roadOrder": list(ROAD_ORDER),
        "areas": {name: dict(style) for name, style in AREAS.items()},
        "units": {name: dict(style) for name, style in UNITS.items()},
        "barriers": {name: dict(style) for name, style in BARRIERS.items()},
        "studyArea": dict(STUDY_AREA),
        "boundaryLine": dict(BOUNDARY_LINE),
    }
