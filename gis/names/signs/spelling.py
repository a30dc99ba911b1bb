"""The pinyin that belongs on a sign, and what is wrong with the pinyin that stands there."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from data import shipped
from gis.names.readings import ReadingDictionary, romanize
from gis.names.signs.register import Entry
from layers.errors import InputError

_TONE_MARKS = frozenset("\u0300\u0301\u0304\u030c")
_SYLLABLES = ("LING", "YI", "ER", "SAN", "SI", "WU", "LIU", "QI", "BA", "JIU")
_DIGITS = {str(value): syllable for value, syllable in enumerate(_SYLLABLES)}

Fault = Literal["", "letters", "english", "form", "unsure"]


@dataclass(frozen=True, slots=True)
class SignForm:
    """The pinyin of a name in capitals, specific and generic part apart.

    Attributes
    ----------
    unsure
        The reading of a character is not certain.
    others
        Further spellings that may be right, when unsure.
    source
        ``register`` (the register's own spelling) or ``reading`` (read by the program).
    """

    form: str
    unsure: bool
    others: tuple[str, ...]
    source: Literal["register", "reading"]


def sign_form(
    text: str, entry: Entry | None = None, *, readings: ReadingDictionary | None = None
) -> SignForm:
    """Return what should stand on the sign of a name; the register's spelling of it wins over a reading.

    Parameters
    ----------
    text
        The name, not empty.
    readings
        The dictionary of a workspace; the shipped one when None.
    """
    if entry is not None and entry.pinyin and entry.name == text:
        return SignForm(capitals(entry.pinyin), unsure=False, others=(), source="register")
    try:
        read = romanize(
            text,
            entity_class=entry.entity_class if entry else None,
            jurisdiction=entry.jurisdiction if entry else "",
            readings=readings,
        )
    except InputError:  # too long to be a name
        return SignForm("", unsure=True, others=(), source="reading")
    others = tuple(dict.fromkeys(capitals(one) for one in read.alternatives))
    return SignForm(read.sign_form, read.unsure, others, "reading")


def capitals(pinyin: str) -> str:
    """Write pinyin in capitals without tone marks; Ü keeps its dots."""
    marks = unicodedata.normalize("NFD", " ".join(pinyin.split()))
    bare = "".join(one for one in marks if one not in _TONE_MARKS)
    return unicodedata.normalize("NFC", bare).upper()


def letters(pinyin: str) -> str:
    """Return only the letters A to Z; Ü counts as U, a digit as its syllable."""
    spelt = "".join(_DIGITS.get(one, one) for one in unicodedata.normalize("NFKC", pinyin))
    marks = unicodedata.normalize("NFD", spelt).upper()
    return "".join(one for one in marks if "A" <= one <= "Z")


def fault_of(written: str, right: SignForm) -> Fault:
    """Judge the pinyin on a sign: ``""`` when it is right, else the first fault that applies.

    ``unsure`` says that the letters differ from a reading that is itself not certain.
    """
    if letters(written) != letters(right.form):
        if english_words(written, right.form):
            return "english"
        if any(letters(written) == letters(other) for other in right.others):
            return ""
        return "unsure" if right.unsure else "letters"
    return "" if capitals(written).replace("’", "'") == right.form and _is_upper(written) else "form"


def _is_upper(written: str) -> bool:
    """Tell whether a text has no small letters."""
    return written == written.upper()


def english_words(written: str, right: str) -> tuple[str, ...]:
    """Return the English words on a sign that stand for a pinyin word of the right form."""
    known = {word for syllable in right.split() for word in _english().get(syllable, ())}
    every = {word for words in _english().values() for word in words if len(word) > 1}
    own = set(right.split())
    return tuple(
        word
        for word in written.upper().replace(".", " ").split()
        if word not in own and (word in known or word in every)
    )


@cache
def _english() -> Mapping[str, tuple[str, ...]]:
    with shipped("vocabularies/sign_english.toml").open("rb") as file:
        return {pinyin: tuple(words.split()) for pinyin, words in tomllib.load(file)["generics"].items()}
