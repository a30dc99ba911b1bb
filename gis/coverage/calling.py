"""How a facility is called in a sentence."""

from layers.text import Text


def called(name: str | None, id_: str, *, quoted: bool = True) -> Text:
    """Call a facility by its name (``quoted``: in quotes in Chinese), or, where it has none but its id, unnamed."""
    if name and name != id_:
        return Text(f"“{name}”" if quoted else name, name)
    return Text(f"未命名（{id_}）", f"unnamed ({id_})")


def first_word(who: Text) -> str:
    """Return what somebody is called as the beginning of an English sentence; names stay as they are written."""
    return f"U{who.en[1:]}" if who.en.startswith("unnamed (") else who.en
