"""Cutting a name into its parts before anything is judged: division prefix, specific, generic, body, branch."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from data import shipped
from gis.names.candidate import Candidate
from gis.names.terms import GenericTerms, generic_terms
from layers.vocabulary import code_for, vocabulary

UNKNOWN_CLASS = "unknown"

_PROVINCES = (
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|"
    "河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾"
)
_DIVISION_PREFIX = re.compile(
    rf"(?:(?:{_PROVINCES})省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|(?:北京|天津|上海|重庆)市)"
    r"(?:[一-鿿]{1,8}?(?:市|州|地区|盟))?(?:[一-鿿]{1,7}?[市县区旗](?=[一-鿿]{3}))?"
)
_BRANCH = re.compile(r"[(（][^()（）]{1,20}(?:店|期|区|段|馆|院|校|校区|站|部|栋|幢|号楼)[)）]$")
_SECTION = re.compile(
    r"(?:[0-9]{1,2}[A-Z]?|[A-Z]{1,2}|[一二三四五六七八九十]{1,3}|[东西南北中]{1,2})(?:区|期|组团|地块|标段)"
    r"(?:[东西南北中]?[区侧])?$"
)
_NO_DIVISION = re.compile(r"(?:[A-Z0-9一二三四五六七八九十东南西北园]区|[城都超夜集早]市)$")
_NOT_TOLD_BY_GENERIC = frozenset({"natural", "heritage"})
"""Estates are called 湾, 山 and 宫 as well, so these generic parts alone do not make a natural feature."""
_MAY_HAVE_COMMITTEE = frozenset(
    {"committee", "settlement", "residential", "building", "facility", "division"}
)
"""Classes a list may give to a name that ends with the body of a committee (…社区居委会)."""
_HAS_SECTIONS = frozenset({None, "residential", "building"})
"""Classes, the unknown one among them, of things that are built in sections."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})
"""Unicode categories of characters nobody sees: no part of the judged text (odd-symbol finds them in the name)."""
_ESTATE_ENDINGS = (
    "花园",
    "花苑",
    "家园",
    "小区",
    "公寓",
    "公馆",
    "新苑",
    "佳苑",
    "名苑",
    "广场",
    "家属院",
    "名城",
    "豪庭",
    "华庭",
)
_VILLAGE_ENDINGS = ("村", "庄", "屯", "寨", "嘎查", "窝棚", "镇", "乡", "街道")
_NO_VILLAGE_ENDINGS = ("小镇", "山庄", "别庄", "水乡")
"""Endings of estates that end like a village or a town."""
_ONLY_HERITAGE = frozenset(
    {
        "遗址",
        "旧址",
        "会址",
        "故居",
        "旧居",
        "故里",
        "纪念馆",
        "纪念堂",
        "纪念碑",
        "纪念塔",
        "纪念亭",
        "陵园",
        "烈士墓",
        "教堂",
        "天主堂",
        "清真寺",
        "禅寺",
        "祠堂",
    }
)
"""Generic parts that no estate is called by."""


class Segments(NamedTuple):
    """The parts of a name.

    Attributes
    ----------
    text
        The name as judged: NFKC (full-width forms narrowed), simplified characters, no white space and no control
        or format characters, no branch in brackets.
    written
        The name as it was given, where that differs from ``text`` by more than a branch, else ``""``.
    prefix
        Divisions in front, when the name begins with a province.
    specific, generic
        专名 and 通名; ``generic`` is ``""`` when no known generic part ends the name.
    section
        Part of a residential area such as 东区 or 二期, or ``""``: not part of the name proper.
    body
        村民委员会, 社区居委会 … after the name proper, or ``""``.
    entity_class
        Code of ``name_class``, or ``unknown``.
    class_from
        ``given``, ``inferred`` (from body or generic part) or ``unknown``.
    scope_class
        As ``entity_class``, but townships and streets (乡镇街道) stand as ``township``.
    committee
        ``village`` or ``community`` for committees and settlements, and for what is named after their body; else
        ``""``.
    """

    text: str
    prefix: str
    specific: str
    generic: str
    section: str
    body: str
    branch: str
    entity_class: str
    class_from: str
    scope_class: str
    committee: str
    written: str = ""

    @property
    def stem(self) -> str:
        """Specific and generic part together: what is left of the name without prefix, section and body."""
        return self.specific + self.generic

    @property
    def specific_start(self) -> int:
        """Position of the specific part in ``text``."""
        return len(self.prefix)

    def as_json(self) -> dict[str, str]:
        """Return the parts that are not empty."""
        parts = {
            "prefix": self.prefix,
            "specific": self.specific,
            "generic": self.generic,
            "section": self.section,
            "body": self.body,
            "branch": self.branch,
            "written": self.written,
        }
        return {name: part for name, part in parts.items() if part}


def segment(candidate: Candidate) -> Segments:
    """Cut a name into its parts; a register's own specific and generic parts are taken when they make up the name."""
    terms = generic_terms()
    text, branch = _plain(candidate.name)
    found = _DIVISION_PREFIX.match(text)
    prefix = found.group() if found and found.end() < len(text) else ""
    rest = text[len(prefix) :]
    given = _code(candidate.entity_class)
    body = terms.bodies.longest(rest)
    stem = rest[: len(rest) - len(body)]
    section = _section(given, stem, body)
    stem = stem[: len(stem) - len(section)]
    specific, generic = _parts(candidate, stem, terms)
    entity_class, scope_class, class_from = _class(given, stem, generic, body, terms)
    committee = _committee(entity_class, body, stem, terms)
    return Segments(
        text,
        prefix,
        specific,
        generic,
        section,
        body,
        branch,
        entity_class,
        class_from,
        scope_class,
        committee,
        "" if text + branch == candidate.name else candidate.name,
    )


def _code(given: str | None) -> str | None:
    """Return the code of a class, which may be given by a label or another word for it."""
    return (
        given
        if given is None or given in vocabulary("name_class")
        else code_for("name_class", given) or given
    )


def _section(given: str | None, stem: str, body: str) -> str:
    if body or given not in _HAS_SECTIONS:
        return ""
    found = _SECTION.search(stem)
    return found.group() if found and found.start() > 1 else ""


def _plain(name: str) -> tuple[str, str]:
    if not (is_plain(name) or _is_common(name)):
        name = unicodedata.normalize("NFKC", name).translate(_simplified())
        name = "".join(one for one in name if not one.isspace() and unicodedata.category(one) not in _UNSEEN)
        found = _BRANCH.search(name)
        if found and found.start() > 0:
            return name[: found.start()], found.group()
    return name, ""


def is_plain(name: str) -> bool:
    """Tell whether a name is made of nothing but Chinese characters of GB 2312."""
    return _plain_characters().issuperset(name)


@cache
def _plain_characters() -> frozenset[str]:
    pairs = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode("gb2312", errors="ignore") for pair in pairs))


def _is_common(name: str) -> bool:
    """Tell whether a name is made of characters of GB 2312, letters and digits only, as nearly all are."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return name.isalpha() and unicodedata.is_normalized("NFKC", name)


@cache
def _simplified() -> Mapping[int, str]:
    with shipped("vocabularies/traditional.toml").open("rb") as file:
        return {ord(pair[0]): pair[1] for pair in tomllib.load(file)["pairs"].split()}


def _parts(candidate: Candidate, stem: str, terms: GenericTerms) -> tuple[str, str]:
    given = (candidate.specific or "", candidate.generic or "")
    if all(given) and "".join(given) == stem:
        return given
    generic = terms.classes.longest(stem)
    return stem[: len(stem) - len(generic)], generic


def _class(
    given: str | None, stem: str, generic: str, body: str, terms: GenericTerms
) -> tuple[str, str, str]:
    of_generic = terms.classes.get(generic, UNKNOWN_CLASS)
    not_told = of_generic in _NOT_TOLD_BY_GENERIC and generic not in _ONLY_HERITAGE
    if not given and (not_told or _NO_DIVISION.search(stem)):
        of_generic = UNKNOWN_CLASS
    if given == "division" and of_generic == "township":
        return "division", "township", "given"
    if given:
        return given, given, "given"
    if body:
        return "committee", "committee", "inferred"
    if of_generic == UNKNOWN_CLASS:
        ending = terms.enterprises.longest(stem)
        return ("building", "building", "inferred") if ending else (UNKNOWN_CLASS, UNKNOWN_CLASS, "unknown")
    plain = "division" if of_generic == "township" else of_generic
    return plain, of_generic, "inferred"


def _committee(entity_class: str, body: str, stem: str, terms: GenericTerms) -> str:
    if entity_class not in _MAY_HAVE_COMMITTEE:
        return ""
    if body:
        kind = terms.bodies[body]
        is_rural = stem.endswith(_VILLAGE_ENDINGS) and not stem.endswith(_NO_VILLAGE_ENDINGS)
        return "village" if kind == "community" and is_rural else kind
    if entity_class not in {"committee", "settlement"}:
        return ""
    return "community" if stem.endswith(_ESTATE_ENDINGS) else "village"
