"""Text in the two languages the product speaks: Chinese first, English by a switch."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]
_HAN = re.compile("[\u4e00-\u9fff]")
_IN_BRACKETS = re.compile("（(?P<zh>[^（）]*[\u4e00-\u9fff][^（）]*) / (?P<en>[^（）\u4e00-\u9fff]+)）")


class Text(NamedTuple):
    """One sentence or label in both languages."""

    zh: str
    en: str

    def pick(self, lang: Lang) -> str:
        """Return the text in ``lang``."""
        return self.en if lang == "en" else self.zh


def joined(words: Iterable[str]) -> Text:
    """List words: with the enumeration comma in Chinese, with a comma and a space in English; empty for none."""
    said = list(words)
    return Text("、".join(said), ", ".join(said))


def both(written: str) -> Text:
    """Part a text that says a thing in both languages, ``中文 / English`` or ``…（中文 / English）``; else keep."""
    inside = _IN_BRACKETS.search(written)
    if inside:
        before, after = written[: inside.start()], written[inside.end() :]
        return Text(f"{before}（{inside['zh']}）{after}", f"{before} ({inside['en']}){after}")
    zh, slash, en = written.partition(" / ")
    return Text(zh, en) if slash and _HAN.search(zh) and not _HAN.search(en) else Text(written, written)


def counted(number: float, one: str, many: str | None = None) -> str:
    """Return a number with its noun in English, and with the verb where it is written with one.

    Parameters
    ----------
    number
        How many; written with thousands separators, in whole.
    one, many
        The words after 1 and after any other number (``facility has``, ``facilities have``); ``many`` is ``one`` with
        an s where it is not given.
    """
    words = one if round(number) == 1 else (many if many is not None else f"{one}s")
    return f"{number:,.0f} {words}"
