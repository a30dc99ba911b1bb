"""What is answered, in JSON values: both doors (HTTP and command line) give exactly these."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layers.findings import Finding
    from layers.workspace import Workspace

Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsFilter:
    """Which findings are wanted; ``limit`` None gives all, empty strings do not filter."""

    category: str = ""
    severity: str = ""
    limit: int | None = None
    offset: int = 0

    def keeps(self, finding: "Finding") -> bool:
        """Tell whether the finding is wanted."""
        right_category = not self.category or finding.category == self.category
        return right_category and (not self.severity or finding.severity.value == self.severity)


def findings_answer(
    findings: Sequence["Finding"],
    wanted: FindingsFilter,
    places: Callable[[Iterable["Finding"]], "Places"],
    *,
    dismissed: AbstractSet[str] = frozenset(),
) -> dict[str, Any]:
    """Count the findings and list the wanted slice of them, each with the place of its feature.

    Counts are over everything that was found before filtering, so that a reviewer sees the whole; ``total`` is the
    number that match the filter. A finding whose key is among ``dismissed`` was set aside by a reviewer with a
    reason: it stays in the list and the counts, is marked, and counted in ``dismissed`` as well.
    """
    kept = [one for one in findings if wanted.keeps(one)]
    end = None if wanted.limit is None else wanted.offset + wanted.limit
    shown = kept[wanted.offset : end]
    where = places(shown)
    return {
        "total": len(kept),
        "dismissed": sum(one.key in dismissed for one in kept),
        "counts": {
            "severity": dict(sorted(Counter(one.severity.value for one in findings).items())),
            "category": dict(sorted(Counter(one.category for one in findings if one.category).items())),
            "code": dict(sorted(Counter(one.code for one in findings).items())),
            "layer": dict(sorted(Counter(one.layer_id for one in findings).items())),
        },
        "findings": [
            one.as_json() | _place_json(where, one) | {"dismissed": one.key in dismissed} for one in shown
        ],
    }


Places = Mapping[tuple[str, str], Place]
"""Longitude and latitude of a point on each feature, by layer and feature id."""


def _place_json(where: Places, finding: "Finding") -> dict[str, float | None]:
    lon, lat = where.get((finding.layer_id, finding.feature_id), (None, None))
    return {"lon": lon, "lat": lat}


def places_in(workspace: "Workspace") -> Callable[[Iterable["Finding"]], Places]:
    """Give a function that finds where the features of findings lie.

    A feature without geometry, or of a layer without data, is left out.
    """

    def places(findings: Iterable["Finding"]) -> Places:
        wanted: dict[str, set[str]] = {}
        for one in findings:
            wanted.setdefault(one.layer_id, set()).add(one.feature_id)
        return {
            (layer_id, feature_id): place
            for layer_id, ids in wanted.items()
            for feature_id, place in _points_on(workspace, layer_id, ids).items()
        }

    return places


def _points_on(workspace: "Workspace", layer_id: str, ids: set[str]) -> dict[str, Place]:
    layer = workspace.layer_or_none(layer_id)
    if layer is None:
        return {}
    rows = layer.frame.loc[layer.frame["id"].isin(ids)]
    rows = rows.loc[rows.geometry.notna() & ~rows.geometry.is_empty]
    points = rows.geometry.representative_point()
    return {
        feature_id: (round(x, 6), round(y, 6))
        for feature_id, x, y in zip(rows["id"], points.x.tolist(), points.y.tolist(), strict=True)
    }


def dismissed_keys(workspace: "Workspace", findings: Sequence["Finding"]) -> frozenset[str]:
    """Give the keys of those findings that a reviewer has set aside with a reason."""
    from gis.names.review.standing import dismissed_in  # noqa: PLC0415 - geopandas loads with the first question

    return dismissed_in(findings, workspace.store.cases.rows())
