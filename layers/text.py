"""Text in the two languages the product speaks: Chinese first, English by a switch."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


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
