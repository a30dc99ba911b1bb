"""What a readings file says, checked entry by entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gis.names.readings.syllables import is_chinese, is_syllable
from layers.errors import FileFormatError
from layers.text import Text

Readings = tuple[tuple[str, ...], ...]
"""Readings of a word, likeliest first; each has one syllable a character."""

_SECTIONS = ("phrases", "characters", "surnames", "regions", "settled")


@dataclass(slots=True)
class Entries:
    """The entries of one file, by section."""

    phrases: dict[str, Readings] = field(default_factory=dict)
    characters: dict[str, Readings] = field(default_factory=dict)
    surnames: dict[str, Readings] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    regions: dict[str, dict[str, Readings]] = field(default_factory=dict)


def entries_of(content: Mapping[str, Any], file_name: str) -> Entries:
    """Check what was read from a readings file.

    Raises
    ------
    FileFormatError
        A section is unknown, a key holds no Chinese characters, a syllable is no Hanyu Pinyin, or their number is
        not that of the characters.
    """
    for section in content:
        if section not in _SECTIONS:
            raise _wrong(
                file_name,
                section,
                Text("没有这个部分", "there is no such section"),
                Text(f"部分只有：{'、'.join(_SECTIONS)}。", f"Sections are {', '.join(_SECTIONS)}."),
            )
    tables = {section: _table(content.get(section, {}), file_name, section) for section in _SECTIONS}
    entries = Entries()
    entries.phrases = _words(tables["phrases"], file_name, "phrases")
    entries.characters = _characters(tables["characters"], file_name, "characters")
    entries.surnames = _characters(tables["surnames"], file_name, "surnames")
    entries.settled = set("".join(str(tables["settled"].get("characters", "")).split()))
    for code, words in tables["regions"].items():
        section = f"regions.{code}"
        if not (code.isdigit() and len(code) in {2, 4, 6}):
            raise _wrong(
                file_name, section, Text("区划代码应为 2、4 或 6 位数字", "a code has 2, 4 or 6 digits")
            )
        entries.regions[code] = _words(_table(words, file_name, section), file_name, section)
    return entries


def _table(value: Any, file_name: str, section: str) -> Mapping[str, Any]:  # noqa: ANN401 - any TOML value
    if isinstance(value, dict):
        return value
    raise _wrong(file_name, section, Text("应为一组 键 = 值", "must be a table of key = value"))


def _characters(table: Mapping[str, Any], file_name: str, section: str) -> dict[str, Readings]:
    """Check readings of single characters, which stand side by side: ``"埔" = "pǔ bù"``."""
    for key in table:
        if len(key) != 1:
            raise _wrong(
                file_name, f"{section}.{key}", Text("这里一次只写一个字", "one character at a time here")
            )
    return _words(table, file_name, section)


def _words(table: Mapping[str, Any], file_name: str, section: str) -> dict[str, Readings]:
    """Check readings of words, parted by a slash: ``"乐陵" = "lào líng / lè líng"``; of a character by a space."""
    words: dict[str, Readings] = {}
    for key, value in table.items():
        place = f"{section}.{key}"
        bare = key.removeprefix("^").removesuffix("$")
        if not bare or not all(map(is_chinese, bare)):
            raise _wrong(file_name, place, Text("键应为汉字", "the key must be Chinese characters"))
        if not isinstance(value, str) or not value.strip():
            raise _wrong(file_name, place, Text("读音应为一段文字", "the reading must be a text"))
        parts = value.replace("/", " ").split() if len(bare) == 1 else value.split("/")
        words[key] = tuple(_reading(bare, one.split(), file_name, place) for one in parts)
    return words


def _reading(word: str, syllables: list[str], file_name: str, place: str) -> tuple[str, ...]:
    for one in syllables:
        if not is_syllable(one):
            raise _wrong(
                file_name,
                place,
                Text(f"“{one}”不是汉语拼音音节", f"{one!r} is no syllable of Hanyu Pinyin"),
                Text("请用小写字母和调号，如 lǜ、xī。", "Use small letters with tone marks, as in lǜ, xī."),
            )
    if len(syllables) != len(word):
        raise _wrong(
            file_name,
            place,
            Text(
                f"{len(word)} 个字，却有 {len(syllables)} 个音节",
                f"{len(word)} characters but {len(syllables)} syllables",
            ),
            Text("音节之间用空格隔开，一字一音。", "Part the syllables by spaces, one a character."),
        )
    return tuple(syllables)


def _wrong(file_name: str, place: str, fault: Text, hint: Text | None = None) -> FileFormatError:
    return FileFormatError(
        Text(f"{file_name}：{place}：{fault.zh}。", f"{file_name}: {place}: {fault.en}."), hint
    )
