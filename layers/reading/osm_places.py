"""Tags to layers: which tagged object is a place name, a quarter, a facility, a cemetery or an administrative unit."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from layers.reading.division_codes import LEVELS, significant_digits
from layers.reading.osm import Place
from layers.vocabulary import code_for

Row = dict[str, Any]

_PLACE_CLASSES: Mapping[str, str] = {
    "city": "division",
    "county": "division",
    "district": "division",
    "town": "division",
    "village": "settlement",
    "hamlet": "settlement",
    "isolated_dwelling": "settlement",
    "suburb": "settlement",
    "quarter": "settlement",
    "neighbourhood": "residential",
    "square": "park",
    "island": "natural",
    "islet": "natural",
}
_CARE_KINDS: Mapping[str, str] = {
    "nursing_home": "care_home",
    "group_home": "care_home",
    "assisted_living": "care_home",
    "day_care": "day_care",
    "outreach": "service_centre",
    "ambulatory_care": "home_care_centre",
}
_ADMIN_LEVELS: Mapping[str, str] = {
    "4": "province",
    "5": "city",
    "6": "county",
    "7": "town",
    "8": "town",
    "9": "village",
    "10": "village",
}
_RIVER_ENDINGS = ("河", "江", "渠", "运河", "River", "Canal")
_CODE_TAGS = ("ref:cn:xzqh", "nbs:code", "ref:code", "ref", "ISO3166-2")
PLACE_LAYERS = (
    "admin_unit",
    "place_name",
    "care_facility",
    "cemetery",
    "residential_quarter",
    "point_of_interest",
    "barrier",
)


def rows_of(places: Iterable[Place]) -> dict[str, list[Row]]:
    """Sort places into layers; one object may serve several (a named quarter is a name and a quarter)."""
    rows: dict[str, list[Row]] = {layer_id: [] for layer_id in PLACE_LAYERS}
    for place in places:
        for layer_id, row in _readings(place):
            rows[layer_id].append({"id": place.id, "geometry": place.shape, "name": _name(place.tags), **row})
    return rows


def _name(tags: Mapping[str, str]) -> str | None:
    return tags.get("name") or tags.get("name:zh")


def _readings(place: Place) -> Iterator[tuple[str, Row]]:
    tags = place.tags
    named = _named_class(tags)
    if named and "name" in tags:
        former = tags.get("old_name")
        yield "place_name", {"entity_class": named, "former_names": former, "attributes": _kept(tags)}
    if tags.get("landuse") == "residential":
        yield "residential_quarter", {"attributes": _kept(tags)}
    if _is_river(place):
        yield "barrier", {"kind": "river", "attributes": _kept(tags)}
    if tags.get("landuse") == "cemetery" or tags.get("amenity") == "grave_yard":
        yield "cemetery", {"attributes": _kept(tags)}
    if (
        tags.get("boundary") == "administrative"
        and tags.get("admin_level") in _ADMIN_LEVELS
        and place.id.startswith("r")
    ):
        yield "admin_unit", _unit(place)
    care = _care_kind(tags)
    if care:
        yield "care_facility", {"kind": care, **_contact(tags)}
        return
    kind = _poi_kind(tags)
    if kind:
        yield "point_of_interest", {"kind": kind, **_contact(tags)}


def _is_river(place: Place) -> bool:
    """Tell areas of running water from ponds; an untagged water is a river when its name says so."""
    tags = place.tags
    if place.id.startswith("n"):
        return False
    if tags.get("waterway") == "riverbank" or tags.get("water") in {"river", "canal"}:
        return True
    is_plain = tags.get("natural") == "water" and "water" not in tags
    return is_plain and tags.get("name", "").endswith(_RIVER_ENDINGS)


def _named_class(tags: Mapping[str, str]) -> str | None:
    if tags.get("place") in _PLACE_CLASSES:
        return _PLACE_CLASSES[tags["place"]]
    if tags.get("landuse") == "residential":
        return "residential"
    if tags.get("leisure") in {"park", "garden", "nature_reserve"}:
        return "park"
    if "historic" in tags:
        return "heritage"
    if "natural" in tags:
        return "natural"
    return "building" if tags.get("building", "no") != "no" else None


def _care_kind(tags: Mapping[str, str]) -> str | None:
    if tags.get("amenity") == "nursing_home":
        return "care_home"
    if tags.get("amenity") != "social_facility" or "senior" not in tags.get("social_facility:for", ""):
        return None
    return _CARE_KINDS.get(tags.get("social_facility", ""), "other")


def _poi_kind(tags: Mapping[str, str]) -> str | None:
    words = (tags.get("amenity"), tags.get("healthcare"), tags.get("office"), tags.get("shop"))
    return next((kind for word in words if word and (kind := code_for("poi_kind", word))), None)


def _unit(place: Place) -> Row:
    """Read a unit: the level from its code when it has a Chinese one, else from ``admin_level``."""
    code = next((place.tags[key] for key in _CODE_TAGS if place.tags.get(key)), f"osm:{place.id}")
    digits = significant_digits(code)
    level = LEVELS[digits] if digits else _ADMIN_LEVELS[place.tags["admin_level"]]
    return {"code": code, "level": level, "attributes": _kept(place.tags)}


def _contact(tags: Mapping[str, str]) -> Row:
    street = "".join(tags.get(f"addr:{part}", "") for part in ("city", "district", "street", "housenumber"))
    return {
        "address": tags.get("addr:full") or street or None,
        "phone": tags.get("phone") or tags.get("contact:phone"),
        "hours": tags.get("opening_hours"),
        "operator": tags.get("operator"),
        "attributes": _kept(tags),
    }


def _kept(tags: Mapping[str, str]) -> str:
    return json.dumps({"osm": dict(tags)}, ensure_ascii=False)
