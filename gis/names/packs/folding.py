"""Laying packs over each other: tables merge, lists grow, scopes give way class by class."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from gis.names.packs.basis import cited
from gis.names.packs.model import Scope
from gis.names.packs.source import PackSource, read_toml
from gis.names.packs.wordlists import refuse_misshapen_list, refuse_unknown_basis
from gis.names.words import WordList
from layers.text import Text

_NEWEST_FIRST = frozenset({"lists", "passes", "homographs", "mild"})
_OWN_TO_A_PACK = frozenset(
    {"jurisdictions", "effective_from", "verified", "remark", "extends", "word_files", "scopes"}
)


def overlaid(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one table over another.

    Tables merge; word lists grow, the newer pack's first, so that a word in both is its; citations grow at the
    end; everything else is replaced.
    """
    result = {key: value for key, value in under.items() if key not in _OWN_TO_A_PACK}
    for key, value in over.items():
        old = result.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            result[key] = overlaid(old, value)
        elif key in _NEWEST_FIRST and old is not None:
            result[key] = [*value, *(one for one in old if one not in value)]
        elif key == "citation" and old is not None:
            result[key] = [*old, *(one for one in value if one not in old)]
        else:
            result[key] = value
    return result


def scopes_of(source: PackSource, said: Sequence[Mapping[str, Any]], basis: Mapping[str, str]) -> list[Scope]:
    """Read the scopes of a pack.

    Raises
    ------
    InputError
        When a key is missing, or the text it rests on is none of the pack's.
    """
    try:
        return [_scope(source.id, one, basis) for one in said]
    except (KeyError, TypeError) as error:
        raise source.wrong(
            f"[[scopes]] 缺少或写错 {error}。", f"[[scopes]] lacks or misstates {error}.", at="[[scopes]]"
        ) from error


def _scope(pack_id: str, said: Mapping[str, Any], basis: Mapping[str, str]) -> Scope:
    label = Text(said["label"]["zh"], said["label"]["en"])
    citation = cited(said["basis"], basis) if "basis" in said else ""
    pack = pack_id if citation else ""
    return Scope(frozenset(said["classes"]), said["code_digits"], label, said["exact"], citation, pack)


def scopes_over(old: Sequence[Scope], new: Sequence[Scope]) -> list[Scope]:
    """Lay scopes over others: a class that the new ones name leaves the old ones."""
    taken = frozenset().union(*(one.classes for one in new))
    kept = [replace(one, classes=one.classes - taken) for one in old]
    return [*(one for one in kept if one.classes), *new]


def word_lists(
    source: PackSource, known: Mapping[str, WordList], basis: Mapping[str, str]
) -> dict[str, WordList]:
    """Read the word lists of a pack; a list that is known already grows and keeps both sources.

    Raises
    ------
    InputError
        When a file is missing or no TOML, or a list lacks label, source or words; or its basis is none of the pack's.
    """
    found: dict[str, WordList] = {}
    for name in source.said.get("word_files", ()):
        path = source.folder / "words" / f"{name}.toml"
        if not path.is_file():
            raise source.wrong(f"缺少词表文件 words/{name}.toml。", f"words/{name}.toml is missing.", at=name)
        for list_id, said in read_toml(path).items():
            refuse_misshapen_list(path, list_id, said)
            refuse_unknown_basis(path, list_id, said, basis)
            found[list_id] = _word_list(list_id, said, source, known.get(list_id), basis)
    return found


def _word_list(
    list_id: str,
    said: Mapping[str, Any],
    pack: PackSource,
    known: WordList | None,
    basis: Mapping[str, str],
) -> WordList:
    words, source = frozenset(said["words"].split()), said["source"]
    if known is not None:
        words, source = words | known.words, f"{known.source}；{source}"
    label = Text(said["label"]["zh"], said["label"]["en"])
    citation = cited(said["basis"], basis) if "basis" in said else ""
    return WordList(list_id, label, source, words, citation=citation, pack=pack.id)
