"""Sounds that fall together in a dialect, from ``vocabularies/dialects`` or a workspace's own ``dialect.toml``."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from data import shipped
from layers.errors import FileFormatError, NotFoundError
from layers.text import Text

FILE_NAME = "dialect.toml"
"""Name of a workspace's own table, beside ``fangyu.toml``."""

_INITIAL = re.compile(r"zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]")
_KINDS = ("syllables", "initials", "finals")


@dataclass(frozen=True, slots=True)
class Dialect:
    """Which sounds of Putonghua are one sound in a dialect.

    Attributes
    ----------
    syllables, initials, finals
        (sound, the sound it falls together with), without tones. A syllable listed whole goes before its parts.
    """

    id: str
    syllables: tuple[tuple[str, str], ...] = ()
    initials: tuple[tuple[str, str], ...] = ()
    finals: tuple[tuple[str, str], ...] = ()

    def merged(self, syllables: tuple[str, ...]) -> tuple[str, ...]:
        """Return toneless syllables as the dialect tells them apart."""
        return tuple(_merged(self, one) for one in syllables)


@lru_cache(maxsize=10_000)
def _merged(dialect: Dialect, syllable: str) -> str:
    whole = dict(dialect.syllables).get(syllable, syllable)
    found = _INITIAL.match(whole)
    initial = found.group() if found else ""
    final = whole[len(initial) :]
    return dict(dialect.initials).get(initial, initial) + dict(dialect.finals).get(final, final)


def dialect_given(parameters: Mapping[str, Any]) -> Dialect | None:
    """Return the dialect that the parameters of a pack give, or None.

    ``dialect`` is a table of toneless syllables, ``dialects`` the ids of shipped tables; the former goes before the
    latter.

    Raises
    ------
    NotFoundError
        When no table of an id was shipped.
    """
    shipped_ones = dialect_of(tuple(parameters.get("dialects", ())))
    own = parameters.get("dialect") or {}
    if not own:
        return shipped_ones
    table = _dialect("pack", {"syllables": own})
    return table if shipped_ones is None else joined(f"{shipped_ones.id}+pack", [shipped_ones, table])


@cache
def dialect_of(ids: tuple[str, ...]) -> Dialect | None:
    """Return the shipped tables of these ids as one; None when no id is given.

    Raises
    ------
    NotFoundError
        When no table of an id was shipped.
    """
    if not ids:
        return None
    return joined("+".join(ids), [_shipped(one) for one in ids])


def dialect_ids() -> tuple[str, ...]:
    """Return the ids of the shipped tables."""
    return tuple(sorted(path.stem for path in shipped("vocabularies/dialects").glob("*.toml")))


def read_dialect(path: Path) -> Dialect:
    """Read a table of one's own.

    Raises
    ------
    FileFormatError
        When the file is no TOML, or has something else than tables of texts under ``syllables``, ``initials`` and
        ``finals``.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return _dialect(path.stem, said)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, AttributeError) as error:
        raise FileFormatError(
            Text(f"方言表 {path} 读不懂：{error}。", f"The dialect table {path} cannot be read: {error}."),
            Text(
                '请写成 [initials]、[finals]、[syllables] 三张表，每行如 n = "l"，UTF-8 编码。',
                'Write tables [initials], [finals] and [syllables] with lines such as n = "l", in UTF-8.',
            ),
        ) from error


def joined(dialect_id: str, tables: Iterable[Dialect]) -> Dialect:
    """Lay tables over one another; where they differ, the later one counts."""
    kept = list(tables)
    merged = {kind: dict(pair for one in kept for pair in getattr(one, kind)) for kind in _KINDS}
    return _dialect(dialect_id, merged)


def _shipped(dialect_id: str) -> Dialect:
    if dialect_id not in dialect_ids():
        raise NotFoundError(
            Text(f"没有名为“{dialect_id}”的方言表。", f"There is no dialect table {dialect_id!r}."),
            Text(f"现有：{'、'.join(dialect_ids())}。", f"The tables: {', '.join(dialect_ids())}."),
        )
    return read_dialect(shipped(f"vocabularies/dialects/{dialect_id}.toml"))


def _dialect(dialect_id: str, said: Mapping[str, Any]) -> Dialect:
    pairs = {kind: tuple(sorted(said.get(kind, {}).items())) for kind in _KINDS}
    if any(not isinstance(one, str) for found in pairs.values() for pair in found for one in pair):
        raise TypeError("sounds are texts / 音须为文字")
    return Dialect(dialect_id, **pairs)
