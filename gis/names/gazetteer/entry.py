"""Entries: what a gazetteer prints of one standard name, and which of it the program filled in."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from gis.names.candidate import Candidate
from gis.names.gazetteer.position import degrees_minutes_seconds
from gis.names.gazetteer.spelling import spelled
from gis.names.gazetteer.standing import standard_names, town_codes
from gis.names.segment import Segments, segment
from layers.place_type_codes import default_code, place_type_codes
from layers.text import Text
from layers.vocabulary import label_of

if TYPE_CHECKING:
    import geopandas as gpd

    from gis.names.readings import ReadingDictionary
    from layers.model import Layer

_DECIMALS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One standard name as a gazetteer prints it; ``""`` and None where the register says nothing.

    Attributes
    ----------
    type_code
        GB/T 18521, five digits.
    lon, lat
        Degrees, CGCS2000; a point on the feature.
    former_names
        Joined by ``、``.
    town
        Nine-digit code of the town, ``""`` when it cannot be told.
    filled
        Names of the attributes the register leaves open and the program filled in (``specific``, ``generic``,
        ``type_code``, ``pinyin``, ``entity_class``): to be checked before they are printed.
    unsure
        The spelling was filled in, and some syllable could be read otherwise.
    """

    id: str
    name: str
    specific: str = ""
    generic: str = ""
    entity_class: str = ""
    type_code: str = ""
    place_code: str = ""
    pinyin: str = ""
    ethnic_writing: str = ""
    meaning: str = ""
    origin: str = ""
    history: str = ""
    former_names: str = ""
    approval: str = ""
    approved_on: date | None = None
    in_use_since: date | None = None
    heritage: bool | None = None
    lon: float | None = None
    lat: float | None = None
    unit_code: str = ""
    town: str = ""
    filled: frozenset[str] = frozenset()
    unsure: bool = False

    @property
    def class_label(self) -> Text:
        """The label of the class of the thing named."""
        return label_of("name_class", self.entity_class) if self.entity_class else Text("未分类", "No class")

    @property
    def type_label(self) -> Text:
        """The label of the class code; a code that is not known labels itself."""
        known = place_type_codes().get(self.type_code)
        return known.label if known else Text(self.type_code, self.type_code)

    @property
    def position(self) -> str:
        """The coordinates in degrees, minutes and seconds, or ``""``."""
        return degrees_minutes_seconds(self.lon, self.lat)


def entries(
    layer: "Layer",
    *,
    units: "Layer | None" = None,
    town: str = "",
    frame: "gpd.GeoDataFrame | None" = None,
    readings: "ReadingDictionary | None" = None,
) -> list[Entry]:
    """Make the entries of a register of place names, in the order of their ids.

    Parameters
    ----------
    layer
        A ``place_name`` layer; an empty one gives no entries.
    units, town
        Only the names of one town, as in ``standard_names``.
    frame
        Stands in for the rows of the layer: its public view, when the gazetteer leaves the office. Columns that are
        not in it come out empty.
    readings
        The reading dictionary of the workspace, for names the register does not spell.
    """
    rows = standard_names(layer, units=units, town=town)
    if frame is not None:
        rows = frame[frame["id"].isin(rows["id"])].sort_values("id").reset_index(drop=True)
    towns = town_codes(rows, units).tolist() if "unit_code" in rows else [""] * len(rows)
    points = shapely.point_on_surface(np.asarray(rows.geometry.array, dtype=object))
    lons = np.round(shapely.get_x(points), _DECIMALS)
    lats = np.round(shapely.get_y(points), _DECIMALS)
    plain = pd.DataFrame(rows.drop(columns="geometry")).to_dict("records")
    return [
        _entry(row, (lon, lat), town_of, readings)
        for row, lon, lat, town_of in zip(plain, lons.tolist(), lats.tolist(), towns, strict=True)
    ]


def _entry(
    row: Mapping[Hashable, Any], at: tuple[float, float], town: str, readings: "ReadingDictionary | None"
) -> Entry:
    said = {str(key): _known(value) for key, value in row.items()}
    parts = segment(
        Candidate(
            name=said["name"],
            entity_class=said.get("entity_class"),
            specific=said.get("specific"),
            generic=said.get("generic"),
        )
    )
    own = {name: said.get(field) or "" for name, field in _TEXTS.items()}
    filled, unsure = _filled(own, parts, readings)
    there = bool(np.isfinite(at).all())
    return Entry(
        id=str(said["id"]),
        name=said["name"],
        **{**own, **filled},
        former_names="、".join(part for part in (said.get("former_names") or "").split(";") if part),
        approved_on=_day(said.get("approved_on")),
        in_use_since=_day(said.get("in_use_since")),
        heritage=None if said.get("heritage") is None else bool(said["heritage"]),
        lon=at[0] if there else None,
        lat=at[1] if there else None,
        town=town,
        filled=frozenset(filled),
        unsure=unsure,
    )


_TEXTS: Mapping[str, str] = {
    "specific": "specific",
    "generic": "generic",
    "entity_class": "entity_class",
    "type_code": "place_type_code",
    "place_code": "place_code",
    "pinyin": "pinyin",
    "ethnic_writing": "ethnic_writing",
    "meaning": "meaning",
    "origin": "origin",
    "history": "history",
    "approval": "approval",
    "unit_code": "unit_code",
}
"""Attribute of an entry to field of the register."""


def _filled(
    own: Mapping[str, str], parts: Segments, readings: "ReadingDictionary | None"
) -> tuple[dict[str, str], bool]:
    """Return what the register leaves open and the name itself tells, and whether its reading is unsure."""
    inferred = parts.entity_class if parts.class_from == "inferred" else ""
    told = {"entity_class": inferred}
    if not own["specific"] and not own["generic"] and parts.generic:
        told |= {"specific": parts.specific, "generic": parts.generic}
    told["type_code"] = default_code(
        own["entity_class"] or inferred, community=parts.committee == "community"
    )
    unsure = False
    if not own["pinyin"]:
        told["pinyin"], _, unsure = spelled(
            parts.text,
            own["entity_class"] or inferred or None,
            jurisdiction=own["unit_code"],
            readings=readings,
        )
    return {name: value for name, value in told.items() if value and not own[name]}, unsure


def _known(value: Any) -> Any:  # noqa: ANN401 - a cell of any dtype
    return None if value is None or value is pd.NA or value != value else value  # noqa: PLR0124 - NaN and NaT


def _day(value: Any) -> date | None:  # noqa: ANN401 - a timestamp or None
    return None if value is None else value.date()
