"""Names spelt in Hanyu Pinyin by the rules of 1984 ([84]中地字第17号), with a form for signs (GB 17733)."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis.names.candidate import Candidate
from gis.names.readings.dictionary import ReadingDictionary
from gis.names.readings.numerals import as_digits
from gis.names.readings.official import UNKNOWN_FORM, forms_of, is_transcription, remark_on
from gis.names.readings.reading import Reading, read_name
from gis.names.readings.syllables import is_chinese, joined, toneless
from gis.names.readings.wording import words_of
from gis.names.segment import segment
from layers.errors import InputError
from layers.text import Text, counted

MAX_NAME_LENGTH = 100
"""A text longer than this is no name."""

_ATTACHED = frozenset("·•・-－—")
_BRANCH_ENDS = frozenset("店馆院站部")
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Romanized:
    """A name in Hanyu Pinyin.

    Attributes
    ----------
    name
        The name as given.
    pinyin
        With tone marks, in words, each with a capital.
    sign_form
        The same in capitals without tones, for signs; ``ü`` keeps its dots.
    unsure
        A reading is a guess, or something in the name cannot be read.
    alternatives
        Other spellings of the whole name, likeliest first.
    evidence
        Character, syllable, where the syllable comes from (see ``Reading``) and the other readings, in the order of
        the name. ``official`` marks a character of a word in its official form, ``transcription`` one of a name that
        comes from a minority language and whose form is not known.
    remark
        What has to be known about a name of a minority language; None for every other name.
    """

    name: str
    pinyin: str
    sign_form: str
    unsure: bool
    alternatives: tuple[str, ...]
    evidence: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    remark: Text | None = None

    def as_json(self) -> dict[str, Any]:
        """Return name, pinyin, sign_form, unsure, alternatives and evidence; ``remark`` where there is one."""
        return {
            "name": self.name,
            "pinyin": self.pinyin,
            "sign_form": self.sign_form,
            "unsure": self.unsure,
            "alternatives": list(self.alternatives),
            "evidence": [
                {"character": one, "syllable": said, "from": source, "others": list(others)}
                for one, said, source, others in self.evidence
            ],
            **({"remark": self.remark._asdict()} if self.remark else {}),
        }


def romanize(
    name: str,
    *,
    entity_class: str | None = None,
    jurisdiction: str = "",
    readings: ReadingDictionary | None = None,
) -> Romanized:
    """Spell a name in Hanyu Pinyin.

    A well-known name of a minority language stands in its official form (Ürümqi), the syllables among the
    alternatives; another name that comes from such a language is unsure, and ``remark`` says why.

    Parameters
    ----------
    entity_class
        A code of ``name_class``; inferred from the generic part when None. It decides whether 周口店 is a settlement,
        and whether a numeral counts a road.
    jurisdiction
        Division code of the place, for readings of one part of the country.
    readings
        The dictionary of a workspace; the shipped one when None.

    Raises
    ------
    InputError
        The name is empty, or longer than ``MAX_NAME_LENGTH``.
    """
    text = _cleaned(name)
    parts = segment(Candidate(name=text, entity_class=entity_class))
    words = [*words_of(parts), *_branch_words(parts.branch)]
    whole = "".join(words)
    reading = read_name(whole, jurisdiction, readings=readings)
    forms = forms_of(words, parts, jurisdiction)
    settled = any(word in parts.specific for word in forms)
    foreign = not settled and is_transcription(parts, words, jurisdiction)
    spellings = _spellings(words, whole, reading, {word: one[0] for word, one in forms.items()})
    unread = any(not (one.isalnum() or unicodedata.category(one)[0] == "P") for one in whole)
    unsure = unread or "unread" in reading.evidence or len(spellings) > 1 or foreign
    if forms:
        further = {word: one[1] for word, one in forms.items() if one[1:]}
        others = [*_spellings(words, whole, reading, further), *_spellings(words, whole, reading, {})]
        spellings = list(dict.fromkeys((*spellings, *others)))
    return Romanized(
        name,
        spellings[0],
        toneless(spellings[0].lower()).upper(),
        unsure,
        tuple(spellings[1:]),
        _evidence(whole, reading, _sources(words, reading, forms, parts.specific if foreign else "")),
        UNKNOWN_FORM if foreign else remark_on(forms) if forms else None,
    )


def _sources(
    words: Sequence[str], reading: Reading, forms: Mapping[str, tuple[str, ...]], foreign: str
) -> tuple[str, ...]:
    """Say for each character where it comes from: its reading, an official form, or a transcription."""
    sources = list(reading.evidence)
    at = "".join(words).find(foreign) if foreign else 0
    for place in range(at, at + len(foreign)):
        sources[place] = "transcription" if is_chinese(foreign[place - at]) else sources[place]
    at = 0
    for word in words:
        if word in forms:
            sources[at : at + len(word)] = ["official"] * len(word)
        at += len(word)
    return tuple(sources)


def _cleaned(name: str) -> str:
    """Narrow full-width forms and drop control characters."""
    narrow = unicodedata.normalize("NFKC", name)
    text = "".join(one for one in narrow if unicodedata.category(one)[0] != "C").strip()
    if not text:
        raise InputError(Text("名称是空的。", "The name is empty."))
    if len(text) > MAX_NAME_LENGTH:
        raise InputError(
            Text(
                f"“{text[:10]}…”有 {len(text)} 个字，名称最多 {MAX_NAME_LENGTH} 个字。",
                f"The name {text[:10]}… has {counted(len(text), 'character')}; a name has at most {MAX_NAME_LENGTH}.",
            ),
            Text("请检查是否把几个名称写在了一起。", "Check whether several names were run together."),
        )
    return text


def _branch_words(branch: str) -> list[str]:
    """Return the words of a branch in brackets, brackets included."""
    if not branch:
        return []
    inner = branch[1:-1]
    if len(inner) > _SHORT and inner[-1] in _BRANCH_ENDS:
        return ["(", inner[:-1], inner[-1], ")"]
    return ["(", *words_of(segment(Candidate(name=inner))), ")"]


def _spellings(words: Sequence[str], whole: str, reading: Reading, forms: Mapping[str, str]) -> list[str]:
    """Spell the first reading and the others, without repeating; with r for 儿 and then without.

    ``forms`` are words that are spelt in a form of their own.
    """
    erhua = frozenset(
        at
        for at in range(1, len(whole))
        if whole[at] == "儿" and reading.evidence[at] == "general" and is_chinese(whole[at - 1])
    )
    readings = (reading.syllables, *reading.alternatives)
    spelt = [_spelt(words, one, erhua, forms) for one in readings]
    if erhua:
        spelt += [_spelt(words, one, frozenset(), forms) for one in readings]
    return list(dict.fromkeys(spelt))


def _spelt(
    words: Sequence[str], syllables: Sequence[str], erhua: frozenset[int], forms: Mapping[str, str]
) -> str:
    text = ""
    at = 0
    for place, word in enumerate(words):
        whole = forms.get(word) or as_digits(word)
        if whole and place and words[place - 1] == "第":
            text += "-"
        for part in [whole] if whole else _parts(word, syllables[at : at + len(word)], erhua, at):
            tight = not text or part in {")", *_ATTACHED} or text[-1] in {"(", *_ATTACHED}
            text += part if tight else f" {part}"
        at += len(word)
    return text


def _parts(word: str, syllables: Sequence[str], erhua: frozenset[int], start: int) -> list[str]:
    """Spell one word: Chinese characters joined, letters and digits as they stand, each run by itself."""
    parts: list[str] = []
    chinese: list[str] = []
    letters = ""
    for offset, one in enumerate(word):
        if is_chinese(one):
            parts += [letters] if letters else []
            letters = ""
            if start + offset in erhua and chinese:
                chinese[-1] += "r"
            else:
                chinese.append(syllables[offset])
            continue
        parts += [joined(chinese)] if chinese else []
        chinese = []
        if one.isalnum():
            letters += one
        else:
            parts += [letters, one] if letters else [one]
            letters = ""
    return [part for part in (*parts, joined(chinese) if chinese else "", letters) if part]


def _evidence(
    whole: str, reading: Reading, sources: Sequence[str]
) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    return tuple(
        (
            one,
            said,
            sources[at],
            tuple(dict.fromkeys(x[at] for x in reading.alternatives if x[at] != said)),
        )
        for at, (one, said) in enumerate(zip(whole, reading.syllables, strict=True))
    )
