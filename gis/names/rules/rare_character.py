"""Characters outside the common national script."""

import re
import unicodedata
from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from layers.findings import Severity
from layers.text import Text

_SPELT = re.compile(r"[(（\[【]\s*[一-鿿]\s*[+＋]\s*[一-鿿]\s*[)）\]】]|[⿰-⿿][⺀-鿿]{2,3}")
_PINYIN_INSIDE = re.compile(r"(?<=[一-鿿])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{2,6}(?=[一-鿿])")
_MASK = re.compile(r"[□■〓�?？*＊]")
_KANA_OR_HANGUL = re.compile(r"[぀-ヿ가-힯ᄀ-ᇿ]")


@single_rule("rare-character", reach=Reach.MARKED)
def rare_character(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """用字：生僻字、私用区字、拆字和以拼音、方框代替的字。

    What
    ----
    Finds private-use characters, compatibility forms, radicals, kana and hangul, characters spelt by their parts
    (“⿰石乍”, “（石+乍）”), a character replaced by its pinyin, a box or “?”; and characters of Unicode extension A
    and later, which common fonts and registers cannot show. Traditional characters ask for a review. Any other
    basic-block character that GB 2312 lacks is a note: it may well be in 《通用规范汉字表》, which is not shipped.

    Why
    ---
    Art 9(3) of the regulation: common national script, no rare characters.

    Exceptions
    ----------
    Legal names of divisions, villages and communities and settled names keep their characters; the finding asks for
    a review of how the name is stored.
    """
    name = case.candidate.name
    if _all_common(name):
        return
    for found in _SPELT.finditer(name):
        yield _hit(found.group(), found.start(), "以部件拼写的字", "a character spelt by its parts")
    for found in _PINYIN_INSIDE.finditer(name):
        yield _hit(found.group(), found.start(), "以拼音代替的字", "pinyin in place of a character")
    for found in _MASK.finditer(name):
        yield _hit(found.group(), found.start(), "缺字符号", "a mark for a missing character")
    for at, character in enumerate(name):
        if character in setting.words.by_first:
            yield _hit(character, at, "繁体字", "a traditional character", most=Severity.REVIEW)
            continue
        kind = _kind(character)
        if kind is not None:
            yield _hit(
                character, at, kind.zh, kind.en, most=Severity.NOTE if kind is _BEYOND_GB2312 else None
            )


_BEYOND_GB2312 = Text("GB 2312 以外的字", "a character beyond GB 2312")


def _hit(word: str, start: int, zh: str, en: str, *, most: Severity | None = None) -> Hit:
    code_points = " ".join(f"U+{ord(one):04X}" for one in word)
    return Hit(
        word=word,
        start=start,
        severity=most,
        detail={"code_points": code_points},
        message=Text(f"“{word}”（{code_points}）是{zh}。", f"{word!r} ({code_points}) is {en}."),
    )


def _all_common(name: str) -> bool:
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return name.isalpha() and not _PINYIN_INSIDE.search(name)


def _kind(character: str) -> Text | None:
    if character <= "\u2e7f":
        return None
    if unicodedata.category(character) == "Co":
        return Text("私用区字符", "a private-use character")
    point = ord(character)
    if 0xF900 <= point <= 0xFAFF or 0x2E80 <= point <= 0x2FDF:  # noqa: PLR2004 - Unicode blocks
        return Text("兼容字或部首字符", "a compatibility form or radical")
    if 0x3400 <= point <= 0x4DBF or point >= 0x20000:  # noqa: PLR2004 - Unicode blocks
        return Text("扩展区生僻字", "a rare character of a Unicode extension")
    if _KANA_OR_HANGUL.match(character):
        return Text("假名或谚文", "kana or hangul")
    return _BEYOND_GB2312 if 0x4E00 <= point <= 0x9FFF and not _in_gb2312(character) else None  # noqa: PLR2004


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
