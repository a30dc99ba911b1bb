"""Thresholds of generic parts: what a place asks of a 广场, a 大厦, a 花园."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gis.names.packs.basis import cited
from gis.names.packs.conditions import Condition, condition
from gis.names.packs.source import PackSource, read_toml
from layers.findings import Severity
from layers.text import Text

_KEYS = frozenset({"needs", "also", "when", "classes", "most", "basis"})
_BUILT = ("residential", "building")


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """What one place asks of things with one generic part.

    Attributes
    ----------
    needs
        The condition on sizes; None when the text only describes the thing.
    also
        What the text asks beside, in words, or None.
    when
        Case the threshold is for that no data tells (a large city), or None.
    classes
        Entity classes it is for; residential areas and buildings unless the entry says otherwise.
    most
        The most that falling short may be where the text is not binding, or None.
    citation, pack
        The text, how far it was seen, and the pack it came with.
    """

    generic: str
    needs: Condition | None
    also: Text | None
    when: Text | None
    classes: frozenset[str]
    most: Severity | None
    citation: str
    pack: str


def thresholds_of(source: PackSource, basis: Mapping[str, str]) -> Mapping[str, tuple[Threshold, ...]]:
    """Read ``thresholds.toml`` of a pack: generic part (several with spaces between) -> one or more entries.

    A pack without the file has none.

    Raises
    ------
    InputError
        When the file is no TOML or an entry is not well written; the message names the generic part.
    """
    path = source.folder / "thresholds.toml"
    if not path.is_file():
        return {}
    found: dict[str, tuple[Threshold, ...]] = {}
    for generics, said in read_toml(path).items():
        entries = said if isinstance(said, list) else [said]
        for generic in generics.split():
            found[generic] = tuple(_entries(source, generic, entries, basis))
    return found


def _entries(
    source: PackSource, generic: str, entries: list[Any], basis: Mapping[str, str]
) -> Iterator[Threshold]:
    for said in entries:
        try:
            _refuse_unknown(said)
            yield Threshold(
                generic=generic,
                needs=condition(said["needs"]) if "needs" in said else None,
                also=_text(said.get("also")),
                when=_text(said.get("when")),
                classes=frozenset(said.get("classes", _BUILT)),
                most=Severity(said["most"]) if "most" in said else None,
                citation=cited(said["basis"], basis),
                pack=source.id,
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise source.wrong(
                f"thresholds.toml 中“{generic}”写得不对：{error}。",
                f"{generic} in thresholds.toml is not well written: {error}.",
            ) from error


def _refuse_unknown(said: Mapping[str, Any]) -> None:
    unknown = sorted(said.keys() - _KEYS)
    if unknown:
        raise ValueError(f"no key {', '.join(unknown)}; the keys: {', '.join(sorted(_KEYS))}")


def _text(said: Mapping[str, str] | None) -> Text | None:
    return None if said is None else Text(said["zh"], said["en"])
