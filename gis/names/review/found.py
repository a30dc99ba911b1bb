"""What is found on each name, with where it lies and since when: the part of a case that comes from the data."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import geopandas as gpd
import numpy as np
import shapely

from gis.names.review.case import case_id_of
from gis.names.review.states import CATEGORIES
from layers.findings import Finding, Severity, calls_for_action
from layers.workspace import Workspace

_TOWN_DIGITS = 9
Key = tuple[str, str]
"""Layer id and feature id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the data say of one feature. ``name`` is None when the feature is gone; ``since`` when not known."""

    name: str | None = None
    town_code: str = ""
    lon: float | None = None
    lat: float | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """What several findings come to: their categories in the usual order, and the worst severity."""

    categories: tuple[str, ...]
    severity: Severity

    @classmethod
    def of(cls, kinds: Iterable[tuple[str, str]]) -> "Digest":
        """Sum categories and severities up; none at all give a note."""
        listed = list(kinds)
        named = {category for category, _ in listed if category}
        worst = min((_SEVERITIES.index(severity) for _, severity in listed), default=len(_SEVERITIES) - 1)
        return cls(tuple(sorted(named, key=_category_order)), Severity(_SEVERITIES[worst]))


_SEVERITIES = tuple(one.value for one in Severity)


def _category_order(category: str) -> tuple[int, str]:
    return (CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES), category)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCases:
    """Findings above a note by case id, and the places of all features that have or had any.

    Depends on the data and the rules alone, so it may be kept as long as they are unchanged.
    """

    findings: Mapping[str, tuple[Finding, ...]]
    digests: Mapping[str, Digest]
    places: Mapping[str, Place]
    towns: Mapping[str, str]

    def place(self, case_id: str) -> Place:
        """Give what is known of the feature of a case."""
        return self.places.get(case_id, Place())

    def without(self, *case_ids: str) -> "FoundCases":
        """Give the same without the findings of some cases: their names have just changed."""
        kept = {one: several for one, several in self.findings.items() if one not in case_ids}
        return replace(self, findings=kept)


def gather(workspace: Workspace, findings: Iterable[Finding]) -> FoundCases:
    """Put findings together by the name they are on.

    Parameters
    ----------
    findings
        Of the check of names; notes, and findings about a whole layer, make no case.
    """
    by_case: dict[str, list[Finding]] = defaultdict(list)
    keys: dict[str, Key] = {}
    for one in findings:
        if one.feature_id and calls_for_action(one):
            case_id = case_id_of(one.layer_id, one.feature_id)
            by_case[case_id].append(one)
            keys[case_id] = (one.layer_id, one.feature_id)
    known = keys | {row.case_id: (row.layer_id, row.feature_id) for row in workspace.store.cases.rows()}
    towns = _Towns.of(workspace)
    return FoundCases(
        findings={case_id: tuple(several) for case_id, several in by_case.items()},
        digests={
            case_id: Digest.of((one.category, one.severity) for one in several)
            for case_id, several in by_case.items()
        },
        places=_places(workspace, known, towns),
        towns=towns.names,
    )


def _places(workspace: Workspace, keys: Mapping[str, Key], towns: "_Towns") -> dict[str, Place]:
    wanted: dict[str, dict[str, str]] = defaultdict(dict)
    for case_id, (layer_id, feature_id) in keys.items():
        wanted[layer_id][feature_id] = case_id
    places: dict[str, Place] = {}
    for layer_id, ids in wanted.items():
        layer = workspace.layer_or_none(layer_id)
        if layer is not None:
            rows = layer.frame[layer.frame["id"].isin(ids)]
            arrived = workspace.store.cases.arrivals(layer_id)
            places |= {ids[one]: place for one, place in _read(rows, towns, arrived).items()}
    return places


def _read(rows: gpd.GeoDataFrame, towns: "_Towns", arrived: Mapping[str, date]) -> dict[str, Place]:
    points = shapely.point_on_surface(rows.geometry.to_numpy())
    lons, lats = np.round(shapely.get_x(points), 6), np.round(shapely.get_y(points), 6)
    ids = rows["id"].tolist()
    names = rows["name"].tolist() if "name" in rows else [None] * len(rows)
    codes = rows["unit_code"].tolist() if "unit_code" in rows else [None] * len(rows)
    return {
        feature_id: Place(
            name=names[at],
            town_code=towns.code(codes[at], points[at]),
            lon=None if np.isnan(lons[at]) else float(lons[at]),
            lat=None if np.isnan(lats[at]) else float(lats[at]),
            since=arrived.get(feature_id),
        )
        for at, feature_id in enumerate(ids)
    }


@dataclass(frozen=True, slots=True)
class _Towns:
    """Towns and subdistricts: their names by code, and their areas."""

    names: Mapping[str, str]
    codes: Sequence[str]
    tree: shapely.STRtree

    @classmethod
    def of(cls, workspace: Workspace) -> "_Towns":
        units = workspace.layer_or_none("admin_unit")
        if units is None:
            return cls({}, (), shapely.STRtree([]))
        frame = units.frame[(units.frame["level"] == "town") & units.frame["code"].notna()]
        codes = [str(code)[:_TOWN_DIGITS] for code in frame["code"]]
        return cls(
            dict(zip(codes, frame["name"].tolist(), strict=True)),
            codes,
            shapely.STRtree(frame.geometry.to_numpy()),
        )

    def code(self, unit_code: object, point: shapely.Point | None) -> str:
        """Give the code of the town: from the unit code, else of the area the place lies in, else empty."""
        written = str(unit_code or "")
        if len(written) >= _TOWN_DIGITS and written.isdecimal():
            return written[:_TOWN_DIGITS]
        if point is None or point.is_empty:
            return ""
        inside = self.tree.query(point, predicate="intersects")
        return self.codes[int(inside.min())] if len(inside) else ""
