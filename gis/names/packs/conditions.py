"""Conditions on sizes, as packs write them: ``(site_m2 >= 20000 or floors >= 20) and open_space_m2 >= 2000``."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from layers.text import Text

MEASURES: Mapping[str, tuple[Text, str]] = MappingProxyType(
    {
        "site_m2": (Text("占地", "site"), "m²"),
        "floor_area_m2": (Text("建筑面积", "floor area"), "m²"),
        "floors": (Text("层数", "floors"), ""),
        "height_m": (Text("高度", "height"), "m"),
        "green_rate": (Text("绿地率", "green rate"), "%"),
        "far": (Text("容积率", "floor area ratio"), ""),
        "coverage": (Text("建筑密度", "coverage"), "%"),
        "open_space_m2": (Text("开放广场面积", "open square"), "m²"),
        "buildings": (Text("幢数", "buildings"), ""),
        "road_width_m": (Text("路幅宽度", "width"), "m"),
        "road_length_m": (Text("道路长度", "length of the road"), "m"),
        "span_m": (Text("单孔跨径", "single span"), "m"),
        "length_m": (Text("总长", "total length"), "m"),
    }
)
"""What may be measured: label and unit."""

_SIGNS: Mapping[str, tuple[Callable[[float, float], bool], Text]] = MappingProxyType(
    {
        ">=": (operator.ge, Text("不小于", "≥")),
        "<=": (operator.le, Text("不大于", "≤")),
        ">": (operator.gt, Text("大于", ">")),
        "<": (operator.lt, Text("小于", "<")),
    }
)
_TOKEN = re.compile(r"\s*(?:(?P<word>and\b|or\b|[()])|(?P<measure>[a-z_0-9]+)\s*(?P<sign>>=|<=|>|<)\s*"
                    r"(?P<amount>\d+(?:\.\d+)?))\s*")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limit:
    """One bound on one measure."""

    measure: str
    sign: str
    amount: float

    def holds(self, known: Mapping[str, float]) -> bool | None:
        """Tell whether the bound is kept; None when the measure is not known."""
        value = known.get(self.measure)
        return None if value is None else _SIGNS[self.sign][0](value, self.amount)

    def limits(self) -> Iterator["Limit"]:
        """Yield the bound itself."""
        yield self

    def said(self) -> Text:
        """Say the bound in both languages."""
        label, unit = MEASURES[self.measure]
        sign = _SIGNS[self.sign][1]
        amount = f"{self.amount:.10g}" + (unit if unit in {"", "%"} else f" {unit}")
        return Text(f"{label.zh}{sign.zh} {amount}", f"{label.en} {sign.en} {amount}")


@dataclass(frozen=True, slots=True)
class Junction:
    """Conditions of which all, or any one, have to hold."""

    needs_all: bool
    parts: tuple["Condition", ...]

    def holds(self, known: Mapping[str, float]) -> bool | None:
        """Tell whether the conditions hold, by the logic of three values: None where what is missing would decide."""
        outcomes = [one.holds(known) for one in self.parts]
        decisive = not self.needs_all
        if decisive in outcomes:
            return decisive
        return None if None in outcomes else not decisive

    def limits(self) -> Iterator[Limit]:
        """Yield every bound."""
        for one in self.parts:
            yield from one.limits()

    def said(self) -> Text:
        """Say the conditions in both languages."""
        said = [self._part(one) for one in self.parts]
        zh, en = ("且", " and ") if self.needs_all else ("或", " or ")
        return Text(zh.join(one.zh for one in said), en.join(one.en for one in said))

    def _part(self, one: "Condition") -> Text:
        said = one.said()
        is_inner = isinstance(one, Junction)
        return Text(f"（{said.zh}）", f"({said.en})") if is_inner else said


Condition = Limit | Junction


def condition(text: str) -> Condition:
    """Read a condition: bounds such as ``floors >= 10`` joined by ``and``, ``or`` (weaker) and brackets.

    Raises
    ------
    ValueError
        When the text is no condition, or measures something unknown; the message says where.
    """
    tokens = _tokens(text)
    found, rest = _any_of(tokens, text)
    if rest:
        raise ValueError(f"{text!r}: unexpected {rest[0]}")
    return found


_Token = str | Limit


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise ValueError(f"{text!r}: cannot be read from character {at + 1}")
        tokens.append(found["word"] or _limit(found["measure"], found["sign"], found["amount"]))
        at = found.end()
    return tokens


def _limit(measure: str, sign: str, amount: str) -> Limit:
    if measure not in MEASURES:
        raise ValueError(f"no measure {measure}; the measures: {', '.join(MEASURES)}")
    return Limit(measure, sign, float(amount))


def _any_of(tokens: list[_Token], text: str) -> tuple[Condition, list[_Token]]:
    return _joined(tokens, text, "or", _all_of)


def _all_of(tokens: list[_Token], text: str) -> tuple[Condition, list[_Token]]:
    return _joined(tokens, text, "and", _one)


def _joined(
    tokens: list[_Token],
    text: str,
    word: str,
    read: Callable[[list[_Token], str], tuple[Condition, list[_Token]]],
) -> tuple[Condition, list[_Token]]:
    first, rest = read(tokens, text)
    parts = [first]
    while rest and rest[0] == word:
        part, rest = read(rest[1:], text)
        parts.append(part)
    return (first if len(parts) == 1 else Junction(word == "and", tuple(parts))), rest


def _one(tokens: list[_Token], text: str) -> tuple[Condition, list[_Token]]:
    if tokens and isinstance(tokens[0], Limit):
        return tokens[0], tokens[1:]
    if tokens and tokens[0] == "(":
        inner, rest = _any_of(tokens[1:], text)
        if rest and rest[0] == ")":
            return inner, rest[1:]
    raise ValueError(f"{text!r}: a bound or a whole bracket is missing")
