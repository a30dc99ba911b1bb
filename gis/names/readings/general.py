"""The general dictionary: every reading pypinyin knows of a character, asked once a character."""

from functools import cache

from gis.names.readings.syllables import is_syllable

_MOST = 4


@cache
def general_readings(character: str) -> tuple[str, ...]:
    """Return at most four readings of a character, commonest first; none when the dictionary lacks it."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - its dictionaries take long to load

    read = pinyin(character, style=Style.TONE, heteronym=True, errors="ignore")
    return tuple(one for one in read[0] if is_syllable(one))[:_MOST] if read else ()
