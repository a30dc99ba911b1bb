"""Names in a foreign script."""

import re
from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from layers.text import Text

_WORD = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]{2,}(?:[ '&.-]*[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]+)*")


@single_rule("foreign-script", reach=Reach.MARKED)
def foreign_script(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """外文：名称直接使用外文单词。

    What
    ----
    Finds words of two or more Latin, Greek or Cyrillic letters.

    Why
    ---
    The criteria of 2018 count a name given directly in a foreign language as 洋; Art 9(3) of the regulation asks
    for the common national script.

    Exceptions
    ----------
    Widely known abbreviations (APEC, CBD, IT); names of firms and trademarks; approved names.
    """
    for found in _WORD.finditer(case.text):
        word = found.group()
        if word.upper() in setting.words or word in setting.words:
            continue
        yield Hit(
            word=word,
            start=found.start(),
            message=Text(f"名称直接使用外文“{word}”。", f"The name uses the foreign word {word!r}."),
        )
