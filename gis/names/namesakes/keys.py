"""What two names must share to be alike: one hashed key for every way of being alike."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from gis.names.candidate import Candidate
from gis.names.namesakes.dialects import Dialect, dialect_given
from gis.names.namesakes.look_alikes import folded
from gis.names.namesakes.sounds import Spoken, sounds, spoken
from gis.names.packs import Pack
from gis.names.readings import ReadingDictionary, shipped_readings
from gis.names.readings.wording import leading_divisions
from gis.names.registry import Case
from gis.names.segment import Segments
from gis.names.terms import generic_terms

DEFAULT_MODIFIERS = ("大", "新")
_VILLAGE = "村"
_LEAST_BEFORE_MODIFIER = 2
"""光大路 is no 光路 with 大 added: a modifier behind counts only when two characters stay before it."""

_LEAST_ALONE = 2
_LEAST_DIVISION = 3
"""沛县 stands at the head of names of its own; 金坛区 in front says where the place is."""

_ESTATES = frozenset({"小区", "住宅区", "住宅小区"})
"""Words that may follow a generic part of residential areas: 锦江花园小区 is 锦江 花园小区."""

_ORDINAL = re.compile(r"第(?=[一二三四五六七八九十0-9])")


class Keys(NamedTuple):
    """Hashes of what a name is made of; equal keys mean equal parts. Zero stands for "has none".

    Attributes
    ----------
    written
        The name proper with its section and, for committees, the kind of body.
    plain
        The name proper; for committees without 村, so that 新河村 and 新河村委会 are one.
    body
        The kind of committee (village or community).
    specific, generic, series
        The parts; ``series`` is the last character of a road's generic part.
    stands_alone
        1 when the specific part is long enough to be a name by itself, beside a generic part.
    folded
        The name proper with look-alike characters evened out, when it has such characters.
    tonal, toneless, dialect
        The sound of the specific part, with the generic part as written unless the specific part alone counts.
    shorter
        The name proper with 大, 新 or the city's name dropped.
    alternatives
        Further toneless sounds the name may have.
    unsure
        Whether the reading is a guess, 0 or 1.
    """

    written: int
    plain: int
    body: int
    specific: int
    stands_alone: int
    generic: int
    series: int
    folded: int
    tonal: int
    toneless: int
    dialect: int
    unsure: int
    shorter: tuple[int, ...]
    alternatives: tuple[int, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """All but the last two, to be kept close together."""
        return self[:-2]

    @classmethod
    def of_numbers(
        cls, numbers: Iterable[int], shorter: tuple[int, ...], alternatives: tuple[int, ...]
    ) -> "Keys":
        """Make keys of what ``numbers`` gave and the last two."""
        return cls._make((*numbers, shorter, alternatives))


class _Parts(NamedTuple):
    """The strings that decide the keys of a name."""

    specific: str
    generic: str
    section: str
    body: str
    is_road: bool
    city: str
    region: str


@dataclass(frozen=True, slots=True)
class Keying:
    """How names are compared.

    Attributes
    ----------
    modifiers, city_names
        Words that do not tell names apart when added or dropped.
    dialect
        Sounds that fall together beside those of Putonghua, or None.
    by_specific
        Whether sounds are compared without the generic part.
    readings
        The reading dictionary of a workspace; the shipped one when None.
    """

    modifiers: tuple[str, ...] = DEFAULT_MODIFIERS
    city_names: tuple[str, ...] = ()
    dialect: Dialect | None = None
    by_specific: bool = False
    readings: ReadingDictionary | None = None

    @classmethod
    def of_pack(
        cls, pack: Pack, dialect: Dialect | None = None, *, readings: ReadingDictionary | None = None
    ) -> "Keying":
        """Take ``modifiers``, ``city_names``, ``same_by`` and the dialect from the parameters of a pack.

        ``dialect`` goes before the pack's own, which is a table of syllables under ``dialect`` or the ids of shipped
        tables under ``dialects``.

        Raises
        ------
        NotFoundError
            When the pack names a dialect that was not shipped.
        """
        return cls.of_parameters(pack.parameters, dialect, readings=readings)

    @classmethod
    def of_parameters(
        cls,
        parameters: Mapping[str, Any],
        dialect: Dialect | None = None,
        *,
        readings: ReadingDictionary | None = None,
    ) -> "Keying":
        """Take the same from parameters themselves."""
        return cls(
            tuple(parameters.get("modifiers", DEFAULT_MODIFIERS)),
            tuple(parameters.get("city_names", ())),
            dialect or dialect_given(parameters),
            parameters.get("same_by") == "specific",
            readings,
        )

    def keys(self, case: Case) -> Keys:
        """Return the keys of a name."""
        return _keyed(self)(_parts(case, self.readings))

    def all_keys(self, cases: Iterable[Case]) -> list[Keys]:
        """Return the keys of many names, in their order."""
        keyed = _keyed(self)
        return [keyed(_parts(case, self.readings)) for case in cases]


def _parts(case: Case, readings: ReadingDictionary | None = None) -> _Parts:
    said: Segments = case.segments
    place = case.candidate
    if said.committee:
        specific, generic, section = without_village(said.stem), "", ""
    else:
        specific, generic, section = said.specific, said.generic, said.section
        if generic in _ESTATES:
            specific, generic = _estate(specific, generic)
    if len(specific) > _LEAST_DIVISION:
        specific = _without_divisions(specific, said.stem, place)
    region = (readings or shipped_readings()).region_for(specific, place.jurisdiction)
    body = _body(said) if said.committee else ""
    return _Parts(specific, generic, section, body, said.entity_class == "road", place.city, region)


def _estate(specific: str, generic: str) -> tuple[str, str]:
    """Take 花园 and the like over into the generic part 小区 when a name of its own stays before it."""
    classes = generic_terms().classes
    inner = classes.longest(specific)
    own = len(specific) - len(inner)
    if min(len(inner), own) < _LEAST_ALONE or classes.get(inner) != "residential":
        return specific, generic
    return specific[:own], inner + generic


def _without_divisions(specific: str, stem: str, place: Candidate) -> str:
    """Take the divisions a place lies in off the head of its name: 金坛区儒林村 in 金坛区 is 儒林.

    The city by itself stays: a name that only adds it is told apart as such.
    """
    for one in (leading_divisions(stem), place.county, place.town):
        if len(one) >= _LEAST_DIVISION and len(specific) > len(one) + 1 and specific.startswith(one):
            specific = specific[len(one) :]
    return specific


def _body(said: Segments) -> str:
    """Tell a village from a community by the body's own words: 丁家庄社区 is a community, whatever its past."""
    return generic_terms().bodies.get(said.body, "village")


def compared_part(case: Case) -> str:
    """Return the part of a name that is compared: its specific part, of a committee all but 村."""
    return _parts(case).specific


def sound_of(case: Case) -> str:
    """Return the sound of the compared part, for people to read."""
    parts = _parts(case)
    return spoken(Spoken(parts.specific, parts.generic, parts.body, parts.region))


def without_village(stem: str) -> str:
    """Take 村 off the end of a village's name when something is left."""
    return stem[:-1] if stem.endswith(_VILLAGE) and len(stem) > 1 else stem


@lru_cache(maxsize=16)
def _keyed(keying: Keying) -> Callable[[_Parts], Keys]:
    return lru_cache(maxsize=65_536)(partial(_keys, keying))


def _keys(keying: Keying, parts: _Parts) -> Keys:
    plain = parts.specific + parts.generic
    said = Spoken(parts.specific, parts.generic, parts.body, parts.region, keying.readings)
    sound = sounds(said, dialect=keying.dialect, by_specific=keying.by_specific)
    return Keys(
        written=hash((plain, parts.section, parts.body)),
        plain=hash(plain),
        body=hash(parts.body),
        specific=hash(parts.specific),
        stands_alone=int(bool(parts.generic) and len(parts.specific) >= _LEAST_ALONE),
        generic=hash(parts.generic),
        series=hash(parts.generic[-1:]) if parts.is_road else 0,
        folded=_folded(plain),
        tonal=sound.tonal,
        toneless=sound.toneless,
        dialect=sound.dialect,
        unsure=sound.unsure,
        shorter=tuple(dict.fromkeys(map(hash, _shortened(keying, parts)))),
        alternatives=sound.alternatives,
    )


def _folded(plain: str) -> int:
    even = folded(plain)
    return 0 if even is None else hash(even)


def _shortened(keying: Keying, parts: _Parts) -> Iterator[str]:
    """Yield the name proper with one modifier dropped: before or behind the specific, before the generic part.

    第 before a number is dropped too: 第一村 and 一村.
    """
    specific, generic = parts.specific, parts.generic
    for city in _cities(keying, parts.city) if parts.city or keying.city_names else ():
        if specific.startswith(city) and len(specific) > len(city):
            yield specific[len(city) :] + generic
    if "第" in specific and (bare := _ORDINAL.sub("", specific)) != specific:
        yield bare + generic
    for modifier in keying.modifiers:
        size = len(modifier)
        if specific.startswith(modifier) and len(specific) > size:
            yield specific[size:] + generic
        if specific.endswith(modifier) and len(specific) >= size + _LEAST_BEFORE_MODIFIER:
            yield specific[:-size] + generic
        if generic.startswith(modifier) and len(generic) > size:
            yield specific + generic[size:]


@cache
def _cities(keying: Keying, own: str) -> tuple[str, ...]:
    """Return the names a city goes by, 成都 and 成都市, longest first."""
    said = {one.removesuffix("市") for one in (*keying.city_names, own) if one.removesuffix("市")}
    return tuple(sorted({*said, *(f"{one}市" for one in said)}, key=lambda one: (-len(one), one)))
