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


def counted(number: int, noun: str) -> str:
    """Return a number with its noun in English: 1 name, 2 names."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def picked(text: "dict[str, str] | Text") -> str:
    """Return a text, or its JSON form ``{"zh": …, "en": …}``, in the language spoken now."""
    return text.pick(chosen()) if isinstance(text, Text) else text[chosen()]
