"""Rule packs: which rules are on, with which words, limits, severities and articles of law."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from data import shipped
from gis.names.words import WordIndex, WordList
from layers.errors import InputError, NotFoundError
from layers.findings import Severity
from layers.text import Text


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """How a pack switches one rule on.

    Attributes
    ----------
    severity
        How far a hit goes before exceptions.
    classes
        Entity classes the rule is for; empty for all.
    words, homographs, passes, mild
        Words that trigger; those of them that are also ordinary Chinese; longer words in which a trigger is fine;
        those of them that still ask for a look.
    exceptions
        Exception id -> the most a finding may be once the exception applies.
    shared
        Parameters of the whole pack (dates, areas).
    """

    code: str
    category: str
    severity: Severity
    citation: str
    classes: frozenset[str] = frozenset()
    words: WordIndex = field(default_factory=WordIndex, repr=False)
    homographs: WordIndex = field(default_factory=WordIndex, repr=False)
    passes: WordIndex = field(default_factory=WordIndex, repr=False)
    mild: WordIndex = field(default_factory=WordIndex, repr=False)
    exceptions: Mapping[str, Severity] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    shared: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where names of some classes may not be the same: as many leading digits of the division code agree."""

    classes: frozenset[str]
    code_digits: int
    label: Text
    exact: bool


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack with everything it extends folded in."""

    id: str
    title: Text
    rules: Mapping[str, RuleSetting]
    scopes: tuple[Scope, ...]


def pack_ids() -> tuple[str, ...]:
    """Return the ids of all shipped packs."""
    return tuple(sorted(path.parent.name for path in shipped("packs").glob("*/pack.toml")))


@cache
def load_packs(ids: tuple[str, ...]) -> Pack:
    """Read packs, each overlaying the ones before it and the ones it extends.

    Raises
    ------
    NotFoundError
        When a pack of that id was not shipped.
    InputError
        When a pack names a word list, rule severity or article that does not exist.
    """
    merged: dict[str, Any] = {}
    lists: dict[str, WordList] = {}
    for pack_id in _with_bases(ids):
        folder = _folder(pack_id)
        said = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
        lists |= _word_lists(folder, said.get("word_files", ()), lists)
        merged = _overlaid(merged, said)
    title = Text(merged["title"]["zh"], merged["title"]["en"])
    settings = {
        code: _setting(code, said, merged, lists)
        for code, said in merged["rules"].items()
        if said.get("enabled", True)
    }
    return Pack(merged["id"], title, settings, tuple(map(_scope, merged.get("scopes", ()))))


def load_cases(pack_id: str) -> Sequence[Mapping[str, Any]]:
    """Return the example names of a pack: for every rule some that are found and some that pass."""
    cases: Sequence[Mapping[str, Any]] = tomllib.loads(
        (_folder(pack_id) / "cases.toml").read_text(encoding="utf-8")
    )["cases"]
    return cases


def _folder(pack_id: str) -> Path:
    if pack_id not in pack_ids():
        raise NotFoundError(
            Text(f"没有名为“{pack_id}”的规则包。", f"There is no rule pack {pack_id!r}."),
            Text(f"现有规则包：{'、'.join(pack_ids())}。", f"The packs: {', '.join(pack_ids())}."),
        )
    return shipped(f"packs/{pack_id}")


def _with_bases(ids: Iterable[str]) -> tuple[str, ...]:
    ordered: dict[str, None] = {}
    for pack_id in ids:
        said = tomllib.loads((_folder(pack_id) / "pack.toml").read_text(encoding="utf-8"))
        base = said.get("extends")
        ordered |= dict.fromkeys((*(_with_bases((base,)) if base else ()), pack_id))
    return tuple(ordered)


def _overlaid(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one table over another: tables merge, ``lists`` grow, everything else is replaced."""
    result = dict(under)
    for key, value in over.items():
        old = result.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            result[key] = _overlaid(old, value)
        elif key in {"lists", "passes", "homographs", "mild"} and old is not None:
            result[key] = [*old, *(one for one in value if one not in old)]
        else:
            result[key] = value
    return result


def _word_lists(folder: Path, files: Iterable[str], known: Mapping[str, WordList]) -> dict[str, WordList]:
    """Read word lists; a list that is known already grows and keeps both sources."""
    found: dict[str, WordList] = {}
    for name in files:
        tables = tomllib.loads((folder / "words" / f"{name}.toml").read_text(encoding="utf-8"))
        for list_id, said in tables.items():
            words, source = frozenset(said["words"].split()), said["source"]
            if list_id in known:
                words, source = words | known[list_id].words, f"{known[list_id].source}；{source}"
            label = Text(said["label"]["zh"], said["label"]["en"])
            found[list_id] = WordList(list_id, label, source, words)
    return found


def _setting(
    code: str, said: Mapping[str, Any], pack: Mapping[str, Any], lists: Mapping[str, WordList]
) -> RuleSetting:
    def index(key: str) -> WordIndex:
        return WordIndex.of(_known(lists, one, code) for one in said.get(key, ()))

    try:
        return RuleSetting(
            code=code,
            category=said["category"],
            severity=Severity(said["severity"]),
            citation="；".join(_cited(line, pack["basis"]) for line in said["citation"]),
            classes=frozenset(said.get("classes", ())),
            words=index("lists"),
            homographs=index("homographs"),
            passes=index("passes"),
            mild=index("mild"),
            exceptions={name: Severity(most) for name, most in said.get("exceptions", {}).items()},
            parameters=said.get("parameters", {}),
            shared=pack.get("parameters", {}),
        )
    except (KeyError, ValueError) as error:
        raise InputError(
            Text(f"规则包 {pack['id']} 的规则 {code} 写得不对：{error}。",
                 f"Rule {code} of pack {pack['id']} is not well written: {error}."),
            Text("请对照 national-2022/pack.toml 改正。", "Mend it after the model of national-2022/pack.toml."),
        ) from error  # fmt: skip


def _known(lists: Mapping[str, WordList], list_id: str, code: str) -> WordList:
    if list_id not in lists:
        raise ValueError(f"{code}: no word list {list_id}")
    return lists[list_id]


def _cited(line: str, basis: Mapping[str, str]) -> str:
    short, _, rest = line.partition(" ")
    return f"{basis[short]}{rest}"


def _scope(said: Mapping[str, Any]) -> Scope:
    label = Text(said["label"]["zh"], said["label"]["en"])
    return Scope(frozenset(said["classes"]), said["code_digits"], label, said["exact"])
