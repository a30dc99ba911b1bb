"""Does the name fit its place? What it cites must be where the named thing would stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.geometry.base import BaseGeometry

from gis.names.candidate import Candidate
from gis.names.precheck.surroundings import Feature, Surroundings
from gis.names.registry import Case
from layers.findings import NO_DATA, Finding, Severity
from layers.specs import spec_of
from layers.text import Text

FITS, ELSEWHERE, UNKNOWN = "fits", "elsewhere", "unknown"
REACH_M: Mapping[str, float] = {"division": 0.0, "road": 300.0, "natural": 1000.0, "settlement": 1000.0}
"""How far from the thing cited still counts as in or along it; this program's own working values."""
OUTSIDE_M = 100.0
"""A place this far beyond the line of the district may still be inside it: lines of villages are drawn coarsely."""
_IN_KM = 10
_POINT_REACH_M = 3000.0
"""The same for a division of which only a point is known."""
_STEM_CLASSES = frozenset({"residential", "building", "park", "facility", "unknown"})
"""Classes that cite a division by its specific part alone; a road may well be named after where it leads."""
_CITATION = (
    "《地名管理条例》（国务院令第753号）第九条第二项：符合地理实体的实际地域；含有行政区划、道路名称的，应位于其内或沿线"
    "（《浙江省地名管理办法》2025年修订、《宁波市地名管理条例》第十条第四项、成都市2025年住宅区楼宇名称办法）"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """One thing a name cites, and whether the place fits.

    Attributes
    ----------
    whole
        The name is cited whole (清溪镇), not by its specific part alone (清溪).
    outcome
        ``fits``, ``elsewhere``, or ``unknown`` when the place of either is not known.
    distance_m
        From the place to the nearest thing of that name; None when unknown.
    """

    word: str
    start: int
    whole: bool
    feature: Feature
    outcome: str
    distance_m: int | None

    @property
    def text(self) -> Text:
        """What was found, in one sentence."""
        kind, reach = _KINDS[self.feature.kind], REACH_M[self.feature.kind]
        of = Text(f"{kind.zh}“{self.feature.name}”", f"{kind.en} {self.feature.name}")
        if self.outcome == FITS:
            return Text(f"名称引用{of.zh}，位置相符。", f"The name cites the {of.en}, and the place fits.")
        if self.outcome == UNKNOWN:
            return Text(
                f"名称引用{of.zh}，缺少位置，是否在其内或沿线无法判断。",
                f"The name cites the {of.en}; without both places it is not known whether it lies there.",
            )
        return Text(
            f"名称引用{of.zh}，但位置在其外 {self.distance_m} 米（允许 {reach:g} 米）。",
            f"The name cites the {of.en}, but the place is {self.distance_m} m away (up to {reach:g} m is fine).",
        )

    @property
    def evidence(self) -> dict[str, Any]:
        """What lets another person repeat the judgement, as JSON values."""
        return {
            "word": self.word,
            "start": self.start,
            "cited_kind": _KINDS[self.feature.kind]._asdict(),
            "cited": self.feature.name,
            "distance_m": self.distance_m,
            "allowed_m": REACH_M[self.feature.kind],
        }

    def as_json(self) -> dict[str, Any]:
        """Return the citation as JSON values."""
        one = self.feature
        return {
            "cited": self.word,
            "kind": one.kind,
            "whole": self.whole,
            "outcome": self.outcome,
            "distance_m": self.distance_m,
            "allowed_m": REACH_M[one.kind],
            "feature": {
                "layer": one.layer_id,
                "id": one.id,
                "name": one.name,
                "lon": one.lon,
                "lat": one.lat,
            },
            "text": self.text._asdict(),
        }


_KINDS: Mapping[str, Text] = {
    "division": Text("行政区划", "division"),
    "road": Text("道路", "road"),
    "natural": Text("自然地物", "natural feature"),
    "settlement": Text("居民点", "settlement"),
}


@dataclass(frozen=True, slots=True)
class LocationFit:
    """What a name cites and how its place fits.

    ``outcome`` is ``elsewhere`` when anything cited is, or the place lies outside the district; ``unknown`` when
    anything cited has no known place, or a layer that might be cited is missing; ``fits`` when all that is cited fits;
    ``nothing-cited`` otherwise.
    """

    cited: tuple[Cited, ...]
    missing: tuple[str, ...]
    outside_m: float | None = None

    @property
    def is_outside(self) -> bool:
        """Tell whether the place is known to lie outside the district."""
        return self.outside_m is not None and self.outside_m > OUTSIDE_M

    @property
    def outcome(self) -> str:
        """Sum the parts up."""
        if self.is_outside:
            return ELSEWHERE
        outcomes = {one.outcome for one in self.cited}
        if ELSEWHERE in outcomes:
            return ELSEWHERE
        if UNKNOWN in outcomes or self.missing:
            return UNKNOWN
        return FITS if outcomes else "nothing-cited"

    @property
    def text(self) -> Text:
        """Say the outcome in one sentence, whether the place is in the district at all first."""
        about = self._about_citations
        if not self.is_outside:
            return about
        said = self.about_outside
        return Text(f"{said.zh}{about.zh}", f"{said.en} {about.en}")

    @property
    def about_outside(self) -> Text:
        """Say how far outside the place lies."""
        metres = self.outside_m or 0.0
        kilometres = metres / 1000
        far = (
            Text(f"{kilometres:.0f} 公里", f"{kilometres:.0f} km")
            if kilometres >= _IN_KM
            else _metres(metres)
        )
        return Text(
            f"位置在本区之外约 {far.zh}，请核对坐标。",
            f"The place lies about {far.en} outside the district: please check the coordinates.",
        )

    @property
    def _about_citations(self) -> Text:
        if self.cited:
            return Text(
                "".join(one.text.zh for one in self.cited), " ".join(one.text.en for one in self.cited)
            )
        if not self.missing:
            return Text(
                "名称没有引用现有图层中的行政区划、道路、山水或居民点。",
                "The name cites no division, road, natural feature or settlement of the layers at hand.",
            )
        labels = [spec_of(one).label for one in self.missing]
        return Text(
            f"缺少图层：{'、'.join(one.zh for one in labels)}；是否引用其中的名称无法判断。",
            f"Missing: {', '.join(one.en for one in labels)}; whether the name cites any of them is not known.",
        )

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as JSON values."""
        return {
            "outcome": self.outcome,
            "text": self.text._asdict(),
            "outside_m": None if self.outside_m is None else round(self.outside_m),
            "cited": [one.as_json() for one in self.cited],
            "missing_layers": list(self.missing),
        }


def _metres(metres: float) -> Text:
    return Text(f"{metres:.0f} 米", f"{metres:.0f} m")


def location_fit(
    case: Case, shape: BaseGeometry | None, around: Surroundings, *, outside_m: float | None = None
) -> LocationFit:
    """Tell what a name cites and whether the place fits.

    Parameters
    ----------
    shape
        The place in the metres of ``around``; None when it is not known: then what is cited is unknown, not clear.
    outside_m
        How far the place lies outside the district; None when that is not known.
    """
    cited = [
        _judged(word, start, whole, some, shape) for word, start, whole, some in _citations(case, around)
    ]
    return LocationFit(tuple(cited), around.missing, outside_m)


def location_findings(candidate: Candidate, fit: LocationFit) -> Iterator[Finding]:
    """Yield a finding for a place outside the district, and for all cited that lies elsewhere or has no known place."""
    if fit.is_outside:
        yield Finding(
            code="names.outside-district",
            category="",
            severity=Severity.REVIEW,
            layer_id=candidate.layer_id,
            feature_id=candidate.id,
            feature_name=candidate.name,
            message=fit.about_outside,
            citation=_CITATION,
            evidence={"distance_m": round(fit.outside_m or 0.0), "allowed_m": OUTSIDE_M},
        )
    for one in fit.cited:
        if one.outcome == FITS:
            continue
        known = one.outcome == ELSEWHERE
        sure = one.whole and one.feature.kind in {"division", "road"}
        yield Finding(
            code="names.cited-place",
            category="",
            severity=(Severity.SUSPECT if sure else Severity.REVIEW) if known else Severity.UNKNOWN,
            layer_id=candidate.layer_id,
            feature_id=candidate.id,
            feature_name=candidate.name,
            subject=one.word,
            message=one.text,
            citation=_CITATION if known else NO_DATA,
            evidence=one.evidence,
        )


def _citations(case: Case, around: Surroundings) -> Iterator[tuple[str, int, bool, Sequence[Feature]]]:
    """Yield (word, start, whole, features) cited in the name, the longest first where they overlap."""
    text, reached, first = case.text, 0, case.segments.specific_start
    for start in range(len(text)):
        if start < reached:
            continue
        for end in range(min(len(text), start + around.longest), start + 1, -1):
            word = text[start:end]
            if word == text:
                continue
            whole = around.by_name.get(word, ())
            stems = around.by_stem.get(word, ()) if start == first and _may_cite_stem(case, word) else ()
            if whole or stems:
                yield word, start, bool(whole), whole or stems
                reached = end
                break


def _may_cite_stem(case: Case, word: str) -> bool:
    return case.segments.entity_class in _STEM_CLASSES and case.segments.specific.startswith(word)


def _judged(word: str, start: int, whole: bool, some: Sequence[Feature], shape: BaseGeometry | None) -> Cited:  # noqa: FBT001
    placed = [one for one in some if one.shape is not None]
    if shape is None or not placed:
        return Cited(word, start, whole, some[0], UNKNOWN, None)
    far = sorted(((shape.distance(one.shape), one) for one in placed), key=lambda pair: (pair[0], pair[1].id))
    metres, nearest = far[0]
    if metres <= _reach(nearest):
        return Cited(word, start, whole, nearest, FITS, round(metres))
    some_unplaced = len(placed) < len(some)
    return Cited(word, start, whole, nearest, UNKNOWN if some_unplaced else ELSEWHERE, round(metres))


def _reach(feature: Feature) -> float:
    return _POINT_REACH_M if feature.kind == "division" and not feature.is_area else REACH_M[feature.kind]
