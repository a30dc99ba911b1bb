"""The register of names as signs are held to it: what is standard, what it was called before."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from layers.model import Layer


def plain(text: str) -> str:
    """Return a text in its plain form: full-width forms narrowed (NFKC), no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of the register.

    Attributes
    ----------
    name
        As it stands in the register, plain.
    standard
        The standard name: ``name``, or the registered name where they differ; None when it has none.
    historic
        The name is no longer in use.
    jurisdiction
        Division code of the place, for local readings; ``""`` when unknown.
    """

    id: str
    name: str
    standard: str | None
    historic: bool
    entity_class: str | None
    specific: str | None
    pinyin: str | None
    approved_on: date | None
    former: tuple[str, ...]
    marketing: tuple[str, ...]
    jurisdiction: str = ""


@dataclass(frozen=True)
class NameRegister:
    """All entries, found by id, by name, and by what they were called before."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, layer: Layer | None, district_code: str = "") -> "NameRegister | None":
        """Read a ``place_name`` layer; None when it was never imported.

        ``district_code`` stands in for a missing unit code.
        """
        if layer is None:
            return None
        rows = layer.frame.drop(columns="geometry").sort_values("id").to_dict("records")
        return cls(tuple(_entry(row, district_code) for row in rows))

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Entries by id."""
        return {one.id: one for one in self.entries}

    @cached_property
    def by_name(self) -> Mapping[str, Entry]:
        """Entries by name; of several a standard one, then one in use, then the least id."""
        ranked = sorted(self.entries, key=lambda one: (one.historic, one.standard != one.name))
        return _first((one.name, one) for one in ranked)

    @cached_property
    def by_other_name(self) -> Mapping[str, Entry]:
        """Entries in use by former, marketing or registered name."""
        in_use = [one for one in self.entries if not one.historic]
        return _first(
            (name, one)
            for one in in_use
            for name in (*([one.standard] if one.standard else []), *one.former, *one.marketing)
        )

    @cached_property
    def by_specific(self) -> Mapping[str, Entry]:
        """Entries in use by specific part, where only one has it."""
        found: dict[str, list[Entry]] = {}
        for one in self.entries:
            if one.specific and not one.historic and one.specific != one.name:
                found.setdefault(one.specific, []).append(one)
        return {name: entries[0] for name, entries in found.items() if len(entries) == 1}

    def meant_by(self, text: str) -> Entry | None:
        """Find the entry a text stands for: by name, by another name of it, by its specific part alone."""
        return self.by_name.get(text) or self.by_other_name.get(text) or self.by_specific.get(text)

    def is_standard(self, text: str) -> bool:
        """Tell whether a text is a standard name of the register that is in use."""
        found = self.by_name.get(text)
        if found is not None and not found.historic and found.standard == text:
            return True
        other = self.by_other_name.get(text)
        return other is not None and other.standard == text


def _first(pairs: Iterable[tuple[str, Entry]]) -> Mapping[str, Entry]:
    found: dict[str, Entry] = {}
    for name, entry in pairs:
        found.setdefault(name, entry)
    return found


def _entry(row: Mapping[Any, Any], district_code: str) -> Entry:
    name, registered = plain(str(row["name"])), _text(row["registered_name"])
    status = _text(row["status"])
    own = None if status in {"nonstandard", "proposed"} else name
    approved = row["approved_on"]
    return Entry(
        id=str(row["id"]),
        name=name,
        standard=plain(registered) if registered else own,
        historic=status == "historic",
        entity_class=_text(row["entity_class"]),
        specific=_text(row["specific"]),
        pinyin=_text(row["pinyin"]),
        approved_on=None if approved != approved else approved.date(),  # noqa: PLR0124 - NaT
        former=_parts(row["former_names"]),
        marketing=_parts(row["marketing_names"]),
        jurisdiction=_text(row.get("unit_code")) or district_code,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _parts(value: object) -> tuple[str, ...]:
    return tuple(plain(part) for part in value.split(";") if part.strip()) if isinstance(value, str) else ()
