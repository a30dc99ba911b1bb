"""What stands around a map: title, stamp, date, how it was made."""

from collections.abc import Mapping, Sequence
from typing import Literal

from layers.specs import spec_of
from layers.store.protocol import BBox, LayerSummary
from layers.text import Lang
from layers.workspace import Settings
from web.rendering import program_version
from web.texts import texts

Profile = Literal["public", "internal"]


def title_of(settings: Settings, profile: Profile, lang: Lang) -> str:
    """Return the title of a map of the district."""
    return texts(lang)[f"map_title_{profile}"].format(district=settings.name)


def stamp_of(settings: Settings, profile: Profile, lang: Lang) -> str:
    """Say whether the map may be published: its 审图号, 内部资料, or 未送审 (地图管理条例 arts. 15-22)."""
    said = texts(lang)
    if profile == "internal":
        return said["stamp_internal"]
    number = settings.map_review_number.strip()
    return said["review_number"].format(number=number) if number else said["stamp_unreviewed"]


def as_of_line(summaries: Sequence[LayerSummary], lang: Lang) -> str:
    """Say up to when the data describe the district: the latest date of any layer shown."""
    dates = [one.as_of for one in summaries if one.as_of]
    said = texts(lang)
    return said["as_of"].format(date=max(dates).isoformat()) if dates else said["as_of_unknown"]


def made_how(summaries: Sequence[LayerSummary], lang: Lang) -> str:
    """Name the program and the version of every layer shown, so that the map can be made again."""
    said = texts(lang)
    layers = said["list_comma"].join(
        said["made_layer"].format(name=spec_of(one.layer_id).label.pick(lang), version=one.version)
        for one in summaries
    )
    return said["made_how"].format(version=program_version(), layers=layers or "–")


def credits_of(summaries: Sequence[LayerSummary], lang: Lang) -> str:
    """Name whose data the map shows, as the rows themselves say; empty when none says so."""
    said = texts(lang)
    named = dict.fromkeys(credit for one in summaries for credit in one.credits)
    return said["credits"].format(sources=said["list_comma"].join(named)) if named else ""


def bounds_of(summaries: Mapping[str, LayerSummary]) -> BBox | None:
    """Return where to look first: the administrative units, else everything; None when nothing has a place."""
    units = summaries.get("admin_unit")
    if units and units.bbox:
        return units.bbox
    boxes = [one.bbox for one in summaries.values() if one.bbox]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
