"""Which language the command line speaks: Chinese unless ``--lang en`` or ``FANGYU_LANG=en`` says otherwise."""

from contextvars import ContextVar

from layers.text import Lang, Text

_CHOSEN: ContextVar[Lang] = ContextVar("fangyu_lang", default="zh")


def choose(lang: Lang) -> None:
    """Speak ``lang`` from now on."""
    _CHOSEN.set(lang)


def chosen() -> Lang:
    """Return the language spoken now."""
    return _CHOSEN.get()


def said(zh: str, en: str) -> str:
    """Return the one of two sentences that is in the language spoken now."""
    return Text(zh, en).pick(chosen())


_UNITS = {
    "人": "people", "张": "beds", "户": "households", "处": "places", "个": "", "栋": "buildings", "份": "meals",
    "分钟": "min", "米": "m", "米/秒": "m/s", "元": "yuan", "万元": "10,000 yuan", "年": "years",
    "张/千名老人": "beds per 1,000 older people", "m²/千人": "m² per 1,000 people", "m²/人": "m² per person",
    "m²/百户": "m² per 100 households", "m²/床": "m² per bed", "亩": "mu",
}  # fmt: skip
"""Units as they stand in results, in English; others read the same in both languages."""


def unit_word(unit: str) -> str:
    """Name a unit of measure in the language of the reader; one that is not listed stays as it is."""
    return said(unit, _UNITS.get(unit, unit))


def picked(text: "dict[str, str] | Text") -> str:
    """Return a text, or its JSON form ``{"zh": …, "en": …}``, in the language spoken now."""
    return text.pick(chosen()) if isinstance(text, Text) else text[chosen()]
