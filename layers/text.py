"""Text in the two languages the product speaks: Chinese first, English by a switch."""

from typing import Literal, NamedTuple

Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """One sentence or label in both languages."""

    zh: str
    en: str

    def pick(self, lang: Lang) -> str:
        """Return the text in ``lang``."""
        return self.en if lang == "en" else self.zh
