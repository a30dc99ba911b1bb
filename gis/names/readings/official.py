"""Names of minority languages: their official romanised forms, and which names are transcriptions of such."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from data import shipped
from gis.names.segment import Segments
from gis.names.transliteration import foreign_run
from layers.text import Text, joined

_DIVISIONS = "divisions"
_REGIONS: Mapping[str, str] = {"内蒙古": "15", "西藏": "54", "新疆": "65"}
"""Autonomous regions most of whose names come from Mongolian, Tibetan, Uygur and other languages."""
_PROVINCE_DIGITS = 2
_OFTEN_CHINESE = frozenset({"township", "committee", "settlement"})
"""Classes that have Chinese names of their own with the same characters (和田镇)."""
_OF_THE_LAND = frozenset({"division", "township", "committee", "settlement", "natural"})
"""Classes whose names are old; streets and buildings are mostly named in Chinese."""

UNKNOWN_FORM = Text(
    "可能是少数民族语地名，规定拼写按音译转写法，不是汉字读音；请查国家地名信息库。",
    "Probably a name of a minority language, officially spelt after its own sounds and not by its characters:"
    " look it up in the national database of names.",
)


@dataclass(frozen=True, slots=True)
class OfficialForms:
    """The shipped forms.

    Attributes
    ----------
    forms
        Name -> its forms, the usual one first.
    home
        Name -> first two digits of its province, or ``divisions`` for peoples named in divisions.
    endings
        Ends of names that are transcriptions.
    """

    forms: Mapping[str, tuple[str, ...]]
    home: Mapping[str, str]
    endings: tuple[str, ...]


@cache
def official_forms() -> OfficialForms:
    """Return the forms of ``vocabularies/official_forms.toml``."""
    with shipped("vocabularies/official_forms.toml").open("rb") as file:
        read = tomllib.load(file)
    listed = [(name, where, forms) for where, names in read["forms"].items() for name, forms in names.items()]
    return OfficialForms(
        forms={name: tuple(forms.split(" / ")) for name, _, forms in listed},
        home={name: where for name, where, _ in listed},
        endings=tuple(read["endings"].split()),
    )


def forms_of(words: Iterable[str], parts: Segments, jurisdiction: str) -> Mapping[str, tuple[str, ...]]:
    """Return those words of a name that have official forms, with the forms."""
    known = official_forms()
    return {
        word: known.forms[word]
        for word in words
        if word in known.forms and _is_meant(known.home[word], parts, jurisdiction)
    }


def _is_meant(home: str, parts: Segments, jurisdiction: str) -> bool:
    if home == _DIVISIONS:
        return bool(parts.prefix) or parts.entity_class == "division"
    elsewhere = bool(jurisdiction) and not jurisdiction.startswith(home)
    return not (elsewhere and parts.scope_class in _OFTEN_CHINESE)


def is_transcription(parts: Segments, words: Sequence[str], jurisdiction: str) -> bool:
    """Tell whether a name is known to come from a minority language, or very likely does.

    Its ending says so (嘎查), it holds a name with an official form inside a longer word (乌鲁木齐村), or it lies in
    Inner Mongolia, Tibet or Xinjiang: there all divisions, villages and natural features, and of the rest what looks
    like a transliteration.
    """
    known = official_forms()
    if parts.stem.endswith(known.endings) or parts.body.startswith("嘎查"):
        return True
    long = [name for name in known.forms if len(name) > _PROVINCE_DIGITS]
    if any(word not in known.forms and name in word for word in words for name in long):
        return True
    if _region(parts.prefix, jurisdiction) not in _REGIONS.values() or not parts.specific:
        return False
    return parts.scope_class in _OF_THE_LAND or foreign_run(parts.specific) is not None


def _region(prefix: str, jurisdiction: str) -> str:
    told = next((code for name, code in _REGIONS.items() if prefix.startswith(name)), "")
    return told or jurisdiction[:_PROVINCE_DIGITS]


def remark_on(forms: Mapping[str, tuple[str, ...]]) -> Text:
    """Say which words stand in their official forms."""
    listed = joined(f"{word} {one[0]}" + (f" ({one[1]})" if one[1:] else "") for word, one in forms.items())
    return Text(
        f"{listed.zh} 按少数民族语地名音译转写法，不是汉字读音。",
        f"{listed.en}: official forms after the sounds of a minority language, not readings of characters.",
    )
