"""Symbols in a name."""

import re
from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from layers.findings import Severity
from layers.text import Text

_SPELT = re.compile(r"[(（\[【]\s*[一-鿿]\s*[+＋]\s*[一-鿿]\s*[)）\]】]")
_DATES = re.compile(
    r"(?:一二[·•・]九|九[·•・]一八|一[·•・]二八|三[·•・]一[五八]|四[·•・]一二|五[·•・]卅|十[·•・]一|[二三五六七八][·•・][一四七八])"
)
_SYMBOLS = re.compile(r"[^\w\s⿰-⿿\U000e0100-\U000e01ef]|_")
_BRACKETS = frozenset("()（）")
_LINK = frozenset("·・•.．-—－/、,，")


@single_rule("odd-symbol", reach=Reach.MARKED)
def odd_symbol(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """符号：名称里有不属于汉字的符号。

    What
    ----
    Finds punctuation, dots, dashes, plus signs, emoji and control characters in a name. Brackets around a branch or
    section (“（一期）”) are no part of the name and are left alone; other brackets, and dots and dashes that only
    separate two parts (developer·estate), ask for a review. The dot of a date in history (一二·九) is fine.

    Why
    ---
    The criteria of 2018 count “·”, “-” and other signs inside the specific part as 怪; Art 9(3) of the regulation
    asks for the common national script.

    Exceptions
    ----------
    A dot inside a transcribed personal name or a minority-language name, and the legal names of divisions, villages
    and communities, ask for no more than a review.
    """
    del setting
    text = _DATES.sub("", _SPELT.sub("", case.text))
    signs = sorted(set(_SYMBOLS.findall(text)) | _controls(case.candidate.name))
    if not signs:
        return
    only_mild = set(signs) <= _BRACKETS | _LINK
    shown = "".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in signs)
    yield Hit(
        word="".join(signs),
        start=case.text.find(signs[0]),
        severity=None if not only_mild else Severity.REVIEW,
        message=Text(f"名称含有非文字符号“{shown}”。", f"The name holds the signs {shown}."),
    )


def _controls(name: str) -> set[str]:
    return {one for one in name if not one.isprintable() and not one.isspace()}
