"""How alike two names are: the grades, strongest first, and the one relation that decides them all."""

from enum import StrEnum
from typing import NamedTuple

from gis.names.namesakes.keys import Keying, Keys
from gis.names.packs import Pack
from gis.names.registry import Case
from layers.text import Text


class Grade(StrEnum):
    """How two names are alike, strongest first; ``rank`` gives the order, 0 for the strongest."""

    EXACT = "exact"
    """Written the same, after prefix, body and branch are taken off."""
    SAME_SPECIFIC = "same_specific"
    """The same specific part with another generic part, or a village and a community of one name."""
    MODIFIER = "modifier"
    """The same but for 大, 新, 第 before a number or the city's own name added or dropped."""
    LOOK_ALIKE = "look_alike"
    """The same but for characters that are easily taken for each other (未 and 末)."""
    TONAL = "tonal"
    """Written differently, read the same with the same tones."""
    TONELESS = "toneless"
    """Read the same but for the tones; or by another reading a name may well have."""
    DIALECT = "dialect"
    """Read the same in the local dialect, by the table that pack or workspace gives."""

    @property
    def rank(self) -> int:
        """Position in the order of strength."""
        return _RANK[self]

    @property
    def label(self) -> Text:
        """The grade in words."""
        return _LABELS[self]


_RANK = {grade: at for at, grade in enumerate(Grade)}
_LABELS = {
    Grade.EXACT: Text("同名", "same name"),
    Grade.SAME_SPECIFIC: Text("专名相同", "same specific part"),
    Grade.MODIFIER: Text("仅增减“大”“新”“第”或城市名", "differs only by 大, 新, 第 or the name of the city"),
    Grade.LOOK_ALIKE: Text("形近字", "look-alike characters"),
    Grade.TONAL: Text("同音", "same sound"),
    Grade.TONELESS: Text("同音调异", "same sound but for the tones"),
    Grade.DIALECT: Text("方言同音", "same sound in the dialect"),
}


class Relation(NamedTuple):
    """How two names are alike, and how sure that is.

    Attributes
    ----------
    unsure
        The grade rests on a reading that is a guess.
    possible
        The sounds agree only by another reading that one of the names may have.
    """

    grade: Grade
    unsure: bool = False
    possible: bool = False


def grade(one: Case, other: Case, pack: Pack) -> Grade | None:
    """Return how alike two names are, whatever their classes and places; None when they are not.

    The order of the two does not matter. A pair that reads the same and looks alike counts as reading the same, for
    that is what the law names. What 大, 新 and the city's name are, and which dialect counts, the pack says.
    """
    keying = Keying.of_pack(pack)
    found = relation(keying.keys(one), keying.keys(other))
    return None if found is None else found.grade


def relation(one: Keys, other: Keys) -> Relation | None:
    """Compare two names by their keys; the order of the two does not matter."""
    if one.written == other.written:
        return Relation(Grade.EXACT)
    if one.plain == other.plain:
        return Relation(Grade.SAME_SPECIFIC) if one.body != other.body else None
    if one.plain in other.shorter or other.plain in one.shorter:
        return Relation(Grade.MODIFIER)
    if one.specific == other.specific:
        return _same_specific(one, other)
    return _by_sound_or_look(one, other)


def _same_specific(one: Keys, other: Keys) -> Relation | None:
    in_series = one.series and one.series == other.series
    tells_apart = one.generic == other.generic or not (one.stands_alone and other.stands_alone)
    return None if in_series or tells_apart else Relation(Grade.SAME_SPECIFIC)


def _by_sound_or_look(one: Keys, other: Keys) -> Relation | None:
    unsure = bool(one.unsure or other.unsure)
    if one.tonal and one.tonal == other.tonal:
        return Relation(Grade.TONAL, unsure)
    if one.folded and one.folded == other.folded:
        return Relation(Grade.LOOK_ALIKE)
    if one.toneless and one.toneless == other.toneless:
        return Relation(Grade.TONELESS, unsure)
    if one.toneless in other.alternatives or other.toneless in one.alternatives:
        return Relation(Grade.TONELESS, unsure=True, possible=True)
    if one.dialect and one.dialect == other.dialect:
        return Relation(Grade.DIALECT, unsure)
    return None
