"""How names are read and spelt: the reading dictionary, Hanyu Pinyin by the rules of 1984, and what is unsure."""

from gis.names.readings.checking import check_pinyin
from gis.names.readings.dictionary import ReadingDictionary, load_readings, shipped_readings
from gis.names.readings.reading import Reading, read_name
from gis.names.readings.romanizing import MAX_NAME_LENGTH, Romanized, romanize

__all__ = [
    "MAX_NAME_LENGTH",
    "Reading",
    "ReadingDictionary",
    "Romanized",
    "check_pinyin",
    "load_readings",
    "read_name",
    "romanize",
    "shipped_readings",
]
