"""Citations: the short name of a text, spelt out with how far it was seen."""

from collections.abc import Mapping

from gis.names.packs.source import PackSource

_STANDING = {
    "full": "",
    "part": "［仅见部分条文，待核］",
    "press": "［据报道或转载，待核原文］",
    "memory": "［凭记忆，未核］",
}
"""How far a text was seen, and what a citation says of it."""


def basis_of(source: PackSource) -> dict[str, str]:
    """Return short name -> title of each text a pack rests on, with a remark when it was not seen in full.

    A basis is a title, or a table with ``text`` and ``seen``: full, part, press or memory.

    Raises
    ------
    InputError
        When ``seen`` is another word, or ``text`` is missing.
    """
    titles: dict[str, str] = {}
    for short, one in source.said.get("basis", {}).items():
        said = one if isinstance(one, dict) else {"text": one}
        seen = said.get("seen", "full")
        if seen not in _STANDING or not isinstance(said.get("text"), str):
            known = "、".join(_STANDING)
            raise source.wrong(
                f"依据“{short}”须有 text，seen 须为 {known} 之一，现为“{seen}”。",
                f"the text {short!r} needs text, and seen one of {known}, not {seen!r}.",
                at=short,
            )
        titles[short] = said["text"] + _STANDING[seen]
    return titles


def cited(line: str, basis: Mapping[str, str]) -> str:
    """Spell out a citation such as ``条例 第九条``.

    Raises
    ------
    KeyError
        When there is no text of that short name.
    """
    short, _, rest = line.partition(" ")
    title, remark, end = basis[short].partition("［")
    return f"{title}{rest}{remark}{end}"
