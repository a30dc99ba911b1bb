"""Which jurisdiction a row belongs to: from its code, else from the names of its divisions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.errors import InputError
from layers.reading.division_codes import significant_digits
from layers.text import Text

PROVINCES: Mapping[str, str] = {
    "北京": "11", "天津": "12", "河北": "13", "山西": "14", "内蒙古": "15", "辽宁": "21", "吉林": "22", "黑龙江": "23",
    "上海": "31", "江苏": "32", "浙江": "33", "安徽": "34", "福建": "35", "江西": "36", "山东": "37", "河南": "41",
    "湖北": "42", "湖南": "43", "广东": "44", "广西": "45", "海南": "46", "重庆": "50", "四川": "51", "贵州": "52",
    "云南": "53", "西藏": "54", "陕西": "61", "甘肃": "62", "青海": "63", "宁夏": "64", "新疆": "65", "台湾": "71",
    "香港": "81", "澳门": "82",
}  # fmt: skip
"""Province -> first two digits of the division code (GB/T 2260)."""
_CITIES: Mapping[str, str] = {
    "南京": "3201", "无锡": "3202", "徐州": "3203", "常州": "3204", "苏州": "3205", "南通": "3206", "连云港": "3207",
    "淮安": "3208", "盐城": "3209", "扬州": "3210", "镇江": "3211", "泰州": "3212", "宿迁": "3213", "杭州": "3301",
    "宁波": "3302", "温州": "3303", "嘉兴": "3304", "湖州": "3305", "绍兴": "3306", "金华": "3307", "衢州": "3308",
    "舟山": "3309", "台州": "3310", "丽水": "3311", "合肥": "3401", "铜陵": "3407", "成都": "5101", "广州": "4401",
    "深圳": "4403", "西安": "6101", "海口": "4601", "三亚": "4602",
}  # fmt: skip
"""Cities whose own rules may be shipped, and their neighbours in the same provinces: city -> four digits."""
_CITY_DIGITS = 4
_MUNICIPALITIES = frozenset({"北京", "天津", "上海", "重庆"})
_WITHIN_THEM = frozenset({"市辖区", "县", ""})
"""What stands where a city would, in the municipalities that are provinces themselves."""
_TAIL = re.compile(r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)$")
_ENDING = re.compile(r"(?<=..)(?:地区|自治州|盟|市|自治县|自治旗|新区|特区|林区|区|县|旗)$")
_CITY_AND_COUNTY = re.compile(r"(.+?(?:市|地区|自治州|盟))(.+(?:区|县|市|旗))$")
_SLASHES = re.compile(r"[/／|>＞\s]+")
_FIRST_SIGN, _SIGNS = 0x4E00, 5000


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Where a name is to be judged.

    Attributes
    ----------
    code
        Division code of two to twelve digits as far as it is known, or ``""``: decides which packs apply.
    group
        What tells it apart from other jurisdictions of the same list: ``code``, or ``code`` lengthened by letters that
        stand for the names of city and county when their codes are not known. Never shown.
    """

    code: str = ""
    group: str = ""


@dataclass(slots=True)
class Places:
    """Turns codes and names of divisions into jurisdictions; the same names give the same group within one list."""

    default: str = ""
    _known: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    _count: int = 0

    def of(self, code: str, province: str, city: str, county: str) -> Jurisdiction:
        """Return the jurisdiction of a row; a code wins over names, names over the default."""
        if code:
            return Jurisdiction(code, code)
        parts = divided(province, city, county)
        known = _code_of(parts[0], parts[1])
        if not any(parts):
            return Jurisdiction(self.default, self.default)
        if _is_within(known, self.default) and not parts[2]:
            return Jurisdiction(self.default, self.default)
        if not (parts[0] or parts[1]) and self.default:
            known = self.default[:_CITY_DIGITS]
        return Jurisdiction(known, self._group(known, *parts))

    def _group(self, known: str, province: str, city: str, county: str) -> str:
        head = known[:2] or self._signs("", province or "?")
        if not (city or county):
            return head
        second = known[2:4] or self._signs(head, city or "?")
        return head + second + (self._signs(head + second, county) if county else "")

    def _signs(self, above: str, name: str) -> str:
        """Return two signs for a name: 金坛 and 金坛区 are one place, 和田市 and 和田县 are two."""
        ending = _ENDING.search(name)
        stem, tail = (name[: ending.start()], ending[0]) if ending else (name, "")
        known = self._known.setdefault((above, stem), [])
        for other, signs in known:
            if tail == other or not (tail and other):
                return signs
        number, self._count = self._count, self._count + 1
        known.append((tail, chr(_FIRST_SIGN + number // _SIGNS) + chr(_FIRST_SIGN + number % _SIGNS)))
        return known[-1][1]


def _is_within(known: str, default: str) -> bool:
    return bool(known) and default.startswith(known)


def divided(province: str, city: str, county: str) -> tuple[str, str, str]:
    """Tidy the names of divisions: a cell with several of them (江苏省/常州市/金坛区) is taken apart.

    Names stay in their columns; of a cell with several the last belongs to its column, unless the first is a province.
    The province is ``""`` when no cell names one. The municipalities (北京 …) have no city.
    """
    parts = ["", "", ""]
    for at, cell in enumerate((province, city, county)):
        pieces = [piece for piece in _SLASHES.split(cell) if piece]
        if at and pieces and not parts[0]:
            pieces = _with_province(pieces)
        start = _start(pieces, at)
        for offset, piece in enumerate(pieces[: len(parts) - start]):
            parts[start + offset] = parts[start + offset] or piece
    first, second, third = _TAIL.sub("", parts[0]), parts[1], parts[2]
    if not first and _TAIL.sub("", second) in _MUNICIPALITIES:
        first, second = _TAIL.sub("", second), ""
    if first in _MUNICIPALITIES:
        is_county = not third and _TAIL.sub("", second) != first and second not in _WITHIN_THEM
        second, third = "", second if is_county else third
    return first, second, third


def _start(pieces: list[str], at: int) -> int:
    """Return the level of the first piece of a cell in a column."""
    if len(pieces) < 2:  # noqa: PLR2004 - a cell with one name
        return at
    return 0 if _province_in(pieces[0]) else max(1, at + 1 - len(pieces))


def _province_in(name: str) -> str:
    """Return the province a name is (江苏, 江苏省), or ``""``."""
    plain = _TAIL.sub("", name)
    return plain if plain in PROVINCES else ""


def _with_province(pieces: list[str]) -> list[str]:
    """Take the province off the head of a name (江苏省常州市, 江苏常州)."""
    head = next((one for one in PROVINCES if pieces[0].startswith(one)), "")
    if not head or _province_in(pieces[0]):
        return pieces
    rest = pieces[0][len(head) :]
    for tail in ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市"):
        if rest.startswith(tail) and len(rest) > len(tail):
            rest = rest[len(tail) :]
            break
    whole = _CITY_AND_COUNTY.match(rest)
    return [head, *(whole.groups() if whole else (rest,)), *pieces[1:]]


def _code_of(province: str, city: str) -> str:
    by_city = _CITIES.get(_TAIL.sub("", city), "")
    by_province = PROVINCES.get(province, "")
    return by_city if by_city.startswith(by_province) else by_province


def looked_up(code: str) -> tuple[str, str]:
    """Return the leading digits of a plain code that are known, with the name of that city or province."""
    city = next((name for name, digits in _CITIES.items() if code.startswith(digits)), "")
    if city:
        return code[:_CITY_DIGITS], city
    province = next((name for name, digits in PROVINCES.items() if code.startswith(digits)), "")
    return code[:2] if province else "", province


def plain_code(code: str) -> str:
    """Return a division code without its padding zeros.

    Raises
    ------
    InputError
        When it is no code of 2, 4, 6, 9 or 12 digits, or begins with no province.
    """
    digits = significant_digits(code)
    if digits is None or code[:2] not in PROVINCES.values():
        raise InputError(
            Text(f"“{code}”不是行政区划代码。", f"{code!r} is no division code."),
            Text(
                "请写 2、4、6、9 或 12 位数字，例如 320413（常州市金坛区）。",
                "Write 2, 4, 6, 9 or 12 digits, for example 320413.",
            ),
        )
    return code[:digits]
