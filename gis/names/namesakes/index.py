"""The live index of names: who shares a name with whom inside the legal scope, and what is near."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from math import inf
from threading import RLock
from typing import TYPE_CHECKING

from gis.names.candidate import Candidate
from gis.names.duplicates import distance_m
from gis.names.namesakes.entries import Entries
from gis.names.namesakes.grades import Grade, Relation, relation
from gis.names.namesakes.keys import Keying, Keys
from gis.names.namesakes.postings import Postings
from gis.names.namesakes.ranking import Match, preselected
from gis.names.packs import Pack, Scope
from gis.names.registry import Case
from layers.pauses import few_pauses
from layers.text import Text

if TYPE_CHECKING:
    from gis.names.namesakes.dialects import Dialect
    from gis.names.namesakes.places import LivePlaces
    from gis.names.readings import ReadingDictionary
    from layers.workspace import Workspace

MAX_NAMESAKES = 200
"""Namesakes returned unless asked otherwise: the strongest and nearest."""


@dataclass(frozen=True, slots=True)
class Namesake:
    """A name that is like the one asked for.

    Attributes
    ----------
    distance_m
        Metres between the two, or None when a position is missing.
    scope
        The legal scope both stand in.
    scope_is_exact
        Whether the scope is the one of the law, or stands in for it (a county for its built-up area).
    unsure, possible
        The grade rests on a guessed reading; on another reading the name may have.
    """

    candidate: Candidate
    grade: Grade
    distance_m: float | None
    scope: Text
    scope_is_exact: bool = True
    unsure: bool = False
    possible: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """A named thing and how far away it is, in metres."""

    candidate: Candidate
    distance_m: float


class NameIndex:
    """All names in use, found by what they share and by where they are; edits count at once.

    Any number of threads may ask and edit at the same time.

    Parameters
    ----------
    pack
        Gives legal scopes, modifiers, city names and dialect.
    candidates
        Names to begin with. Historic names and empty ones are left out; of two with the same layer and id the
        later one stays.
    dialect
        A table of one's own in place of the pack's.
    readings
        A reading dictionary of one's own in place of the shipped one.
    """

    def __init__(
        self,
        pack: Pack,
        candidates: Iterable[Candidate] = (),
        *,
        dialect: "Dialect | None" = None,
        readings: "ReadingDictionary | None" = None,
    ) -> None:
        self.pack = pack
        self.readings = readings
        self._keying = Keying.of_pack(pack, dialect, readings=readings)
        self._lock = RLock()
        self._entries = Entries()
        self._postings = Postings()
        self._places: LivePlaces | None = None
        self._postings.is_loading = True
        with few_pauses():
            for candidate in candidates:
                self.add(candidate)
        self._postings.settle()

    @classmethod
    def of_workspace(cls, workspace: "Workspace", pack: Pack | None = None) -> "NameIndex":
        """Index the names of a workspace: place names, quarters, roads (merged) and divisions, each once.

        ``dialect.toml`` in the workspace, when there is one, goes before the pack's dialect, and ``readings.toml``
        before the shipped readings.

        Raises
        ------
        FileFormatError
            When ``dialect.toml`` or ``readings.toml`` cannot be read.
        """
        from gis.names.namesakes.dialects import FILE_NAME, read_dialect  # noqa: PLC0415 - only workspaces have one
        from gis.names.packs import load_packs, packs_of_workspace  # noqa: PLC0415 - as above
        from gis.names.readings import load_readings  # noqa: PLC0415 - as above
        from gis.names.register import candidates_of_workspace  # noqa: PLC0415 - as above

        own = workspace.root / FILE_NAME
        return cls(
            pack or load_packs(packs_of_workspace(workspace), folder=workspace.root),
            candidates_of_workspace(workspace),
            dialect=read_dialect(own) if own.is_file() else None,
            readings=load_readings(workspace.root),
        )

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._entries)

    def __contains__(self, feature_id: str) -> bool:
        """Tell whether a name of this id is in the index."""
        return bool(self._entries.positions(feature_id))

    def __iter__(self) -> Iterator[Candidate]:
        """Yield the names as they stand at the moment of asking."""
        with self._lock:
            return iter(self._entries.candidates())

    def add(self, candidate: Candidate) -> None:
        """Enter a name, in place of the one with the same layer and id; empty and historic names only go out."""
        case = Case.of(candidate)
        keys = self._keying.keys(case)
        with self._lock:
            if candidate.id and candidate.id in self:
                self.remove(candidate.id, layer_id=candidate.layer_id)
            if not candidate.name.strip() or not candidate.is_current:
                return
            position = self._entries.add(candidate, keys)
            for _, scope_key in self._scopes(case):
                for posting in _postings(scope_key, keys):
                    self._postings.add(posting, position)
            if self._places is not None and (point := _point(candidate)):
                self._places.add(position, point)

    def remove(self, feature_id: str, *, layer_id: str | None = None) -> bool:
        """Forget the names of an id, in one layer or in all; tell whether there was one."""
        with self._lock:
            gone = [
                at
                for at in self._entries.positions(feature_id)
                if layer_id is None or self._entries[at].layer_id == layer_id
            ]
            for at in gone:
                if self._places is not None and (point := _point(self._entries[at])):
                    self._places.remove(at, point)
                self._entries.remove(at)
            return bool(gone)

    def namesakes(self, candidate: Candidate, *, limit: int = MAX_NAMESAKES) -> tuple[Namesake, ...]:
        """Find the names like this one inside the legal scope of its class and jurisdiction.

        Parameters
        ----------
        candidate
            Need not be in the index; when it is (same layer and id), it is no namesake of itself. A class without a
            scope, or a jurisdiction too coarse for it, has no namesakes.
        limit
            How many at most.

        Returns
        -------
        tuple of Namesake
            Strongest grade first; of one grade the nearest first, those without a position last, then by id.
        """
        case = Case.of(candidate)
        keys = self._keying.keys(case)
        with self._lock:
            matches = preselected(self._entries, candidate, self._matches(case, keys), limit=limit)
            sized = [(one, self._entries[one.position]) for one in matches]
        known = [(one, other, distance_m(candidate, other)) for one, other in sized]
        best = nsmallest(limit, known, key=lambda one: _strongest_first(one[0].like, one[1], one[2]))
        return tuple(
            Namesake(
                other,
                one.like.grade,
                away,
                one.scope.label,
                one.scope.exact,
                one.like.unsure,
                one.like.possible,
            )
            for one, other, away in best
        )

    def near(self, lon: float, lat: float, within_m: float) -> tuple[Near, ...]:
        """Find the names of every class within so many metres of a place, nearest first."""
        here = Candidate(name="", lon=lon, lat=lat)
        with self._lock:
            found = [self._entries[at] for at in self._live_places().around((lon, lat), within_m=within_m)]
        sized = [Near(one, away) for one in found if (away := distance_m(here, one)) is not None]
        kept = [one for one in sized if one.distance_m <= within_m]
        return tuple(sorted(kept, key=lambda one: (one.distance_m, one.candidate.id)))

    def _live_places(self) -> "LivePlaces":
        if self._places is None:
            from gis.names.namesakes.places import LivePlaces  # noqa: PLC0415 - only where positions are asked for

            self._places = LivePlaces(
                (at, point) for at, one in self._entries.items() if (point := _point(one))
            )
        return self._places

    def _scopes(self, case: Case) -> Iterator[tuple[Scope, int]]:
        code = case.candidate.jurisdiction
        for at, scope in enumerate(self.pack.scopes):
            if case.segments.scope_class in scope.classes and len(code) >= scope.code_digits:
                yield scope, hash((at, code[: scope.code_digits]))

    def _matches(self, case: Case, keys: Keys) -> list[Match]:
        """Return who is like a name; one that shares several scopes with it counts for the first."""
        own = {at for at in self._entries.positions(case.candidate.id) if self._is_in_layer(at, case)}
        alike: dict[int, Relation | None] = {}
        found: dict[int, Match] = {}
        entries = self._entries
        for scope, scope_key in self._scopes(case):
            for at in self._sharing(scope_key, keys):
                if at in own or at in found or at not in entries:
                    continue
                kind = entries.kind(at)
                if kind not in alike:
                    alike[kind] = relation(keys, entries.keys(at))
                if (like := alike[kind]) is not None:
                    found[at] = Match(at, like, scope)
        return list(found.values())

    def _sharing(self, scope_key: int, keys: Keys) -> Iterable[int]:
        """Return the positions entered under a key that is wanted, each once."""
        return dict.fromkeys(chain.from_iterable(map(self._postings.find, _wanted(scope_key, keys))))

    def _is_in_layer(self, position: int, case: Case) -> bool:
        return self._entries[position].layer_id == case.candidate.layer_id


_PLAIN, _SHORTER, _SPECIFIC, _FOLDED, _TONELESS, _ALTERNATIVE, _DIALECT = range(1, 8)


def _postings(scope_key: int, keys: Keys) -> Iterator[int]:
    """Yield the keys a name is entered under, each told apart by kind and scope."""
    yield hash((scope_key, _PLAIN, keys.plain))
    yield from _shared(scope_key, keys)
    yield from (hash((scope_key, _SHORTER, one)) for one in keys.shorter)
    yield from (hash((scope_key, _ALTERNATIVE, one)) for one in keys.alternatives)


def _wanted(scope_key: int, keys: Keys) -> Iterator[int]:
    """Yield the keys a name's namesakes are found under."""
    yield hash((scope_key, _PLAIN, keys.plain))
    yield from _shared(scope_key, keys)
    yield hash((scope_key, _SHORTER, keys.plain))
    yield from (hash((scope_key, _PLAIN, one)) for one in keys.shorter)
    yield hash((scope_key, _ALTERNATIVE, keys.toneless))
    yield from (hash((scope_key, _TONELESS, one)) for one in keys.alternatives)


def _shared(scope_key: int, keys: Keys) -> Iterator[int]:
    kinds = (
        (_SPECIFIC, keys.specific if keys.stands_alone else 0),
        (_FOLDED, keys.folded),
        (_TONELESS, keys.toneless),
        (_DIALECT, keys.dialect),
    )
    yield from (hash((scope_key, kind, key)) for kind, key in kinds if key)


def _strongest_first(
    like: Relation, other: Candidate, away: float | None
) -> tuple[int, bool, float, str, str]:
    return like.grade.rank, like.possible, inf if away is None else away, other.id, other.name


def _point(candidate: Candidate) -> tuple[float, float] | None:
    if candidate.lon is None or candidate.lat is None:
        return None
    return candidate.lon, candidate.lat
