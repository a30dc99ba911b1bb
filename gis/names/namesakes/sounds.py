"""How the specific part of a name sounds, as hashes that can be compared."""

import re
from functools import cache
from typing import NamedTuple

from gis.names.namesakes.dialects import Dialect
from gis.names.readings import Reading, ReadingDictionary, read_name

_VILLAGE = "村"
_LONE_DIGIT = re.compile(r"(?<![0-9])[0-9](?![0-9])")
_NUMERALS = "零一二三四五六七八九"


class Spoken(NamedTuple):
    """What is read aloud, and what decides how.

    Attributes
    ----------
    body
        ``village`` where a 村 that was taken off goes with the reading.
    region
        First digits of the division code, for readings of one part of the country, or ``""``.
    readings
        The dictionary of a workspace; the shipped one when None.
    """

    specific: str
    generic: str = ""
    body: str = ""
    region: str = ""
    readings: ReadingDictionary | None = None


class Sounds(NamedTuple):
    """Hashes of a specific part's sounds, each with the generic part as written; zero where there is none.

    Attributes
    ----------
    alternatives
        Toneless sounds of the other readings the name may have.
    unsure
        Whether the reading is a guess, 0 or 1.
    """

    tonal: int = 0
    toneless: int = 0
    dialect: int = 0
    unsure: int = 0
    alternatives: tuple[int, ...] = ()


def sounds(said: Spoken, *, dialect: Dialect | None, by_specific: bool) -> Sounds:
    """Return how a specific part sounds in its name; an empty one has no sound.

    The generic part counts as written, or not at all where sounds are compared by the specific part alone.
    """
    if not said.specific:
        return Sounds()
    reading, behind = specific_reading(said)
    syllables = reading.syllables[: len(reading.syllables) - behind]
    plain = _toneless(syllables)
    others = {_toneless(one[: len(one) - behind]) for one in reading.alternatives} - {plain}
    with_it = "" if by_specific else said.generic
    return Sounds(
        tonal=hash((syllables, with_it)),
        toneless=hash((plain, with_it)),
        dialect=hash((dialect.merged(plain), with_it)) if dialect else 0,
        unsure=int(reading.unsure),
        alternatives=tuple(sorted(hash((one, with_it)) for one in others)),
    )


def spoken(said: Spoken) -> str:
    """Return the sound of a specific part in its name, for people to read."""
    reading, behind = specific_reading(said)
    return " ".join(reading.syllables[: len(reading.syllables) - behind])


def specific_reading(said: Spoken) -> tuple[Reading, int]:
    """Read a specific part in its name, and say how many syllables at the end belong to the generic part.

    A surname before 村 or 庄 is read otherwise than the same character alone, so the generic part is read with it.
    A digit by itself is read as the numeral: 1号院 sounds like 一号院.
    """
    specific = said.specific
    if not specific.isalpha():
        specific = _LONE_DIGIT.sub(lambda digit: _NUMERALS[int(digit.group())], specific)
    behind = said.generic or (_VILLAGE if said.body == "village" else "")
    reading = read_name(specific + behind, said.region, readings=said.readings)
    if len(reading.syllables) <= len(behind):
        return read_name(specific, said.region, readings=said.readings), 0
    return reading, len(behind)


def _toneless(syllables: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(bare_syllable, syllables))


@cache
def bare_syllable(syllable: str) -> str:
    """Take the tone mark off a syllable; ü stays ü."""
    return Reading(syllables=(syllable,), unsure=False, alternatives=(), evidence=()).toneless[0]
