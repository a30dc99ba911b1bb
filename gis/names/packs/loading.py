"""Reading packs: each overlays the ones before it and the one it extends."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from gis.names.packs.basis import basis_of, cited
from gis.names.packs.examples import demand_examples
from gis.names.packs.folding import overlaid, scopes_of, scopes_over, word_lists
from gis.names.packs.model import Pack, RuleSetting, Scope
from gis.names.packs.shapes import refuse_misshapen
from gis.names.packs.source import PackSource, with_bases
from gis.names.packs.thresholds import thresholds_of
from gis.names.packs.validating import validate
from gis.names.words import WordIndex, WordList
from layers.findings import Severity
from layers.text import Text

_SIZE_RULE = "generic-size"
_Stamp = tuple[tuple[str, int], ...]


def load_packs(ids: tuple[str, ...], *, folder: Path | None = None) -> Pack:
    """Read packs, each overlaying the ones before it and the ones it extends.

    Parameters
    ----------
    ids
        Later ones overlay earlier ones.
    folder
        Of a workspace; packs in its ``packs/<id>/`` are found too, and read again when a file changes.

    Raises
    ------
    NotFoundError
        When there is no pack of that id.
    InputError
        When a pack is no TOML or names a rule, word list, severity, exception or text that does not exist; for
        packs of the workspace also when a rule has no example in ``cases.toml``. The message says file and line.
    """
    return _loaded(tuple(ids), folder, _stamp(folder))


def _stamp(folder: Path | None) -> _Stamp:
    if folder is None:
        return ()
    files = sorted((folder / "packs").glob("**/*.toml"))
    return tuple((str(path), path.stat().st_mtime_ns) for path in files)


@lru_cache(maxsize=64)
def _loaded(ids: tuple[str, ...], folder: Path | None, stamp: _Stamp) -> Pack:
    del stamp
    merged: dict[str, Any] = {}
    lists: dict[str, WordList] = {}
    basis: dict[str, str] = {}
    thresholds: dict[str, Any] = {}
    owners: dict[str, PackSource] = {}
    scopes: list[Scope] = []
    sources = with_bases(ids, folder)
    for source in sources:
        refuse_misshapen(source)
        merged = overlaid(merged, source.said)
        basis |= basis_of(source)
        lists |= word_lists(source, lists, basis)
        thresholds |= thresholds_of(source, basis)
        owners |= dict.fromkeys(source.said.get("rules", ()), source)
        scopes = scopes_over(scopes, scopes_of(source, source.said.get("scopes", ()), basis))
        validate(source, merged, lists=lists, basis=basis)
        if not source.is_shipped:
            demand_examples(source)
    rules = {
        code: _setting(code, said, lists, basis, _shared(merged, owners[code]))
        for code, said in _with_thresholds(merged["rules"], thresholds).items()
        if said.get("enabled", True)
    }
    return _pack(sources, merged, rules, scopes)


def _with_thresholds(rules: Mapping[str, Any], thresholds: Mapping[str, Any]) -> Mapping[str, Any]:
    if _SIZE_RULE not in rules:
        return rules
    said = rules[_SIZE_RULE]
    parameters = {**said.get("parameters", {}), "thresholds": thresholds}
    return {**rules, _SIZE_RULE: {**said, "parameters": parameters}}


def _shared(merged: Mapping[str, Any], owner: PackSource) -> Mapping[str, Any]:
    local_from = owner.said.get("effective_from")
    return {**merged.get("parameters", {}), "local_from": local_from, "pack": owner.id}


def _setting(
    code: str,
    said: Mapping[str, Any],
    lists: Mapping[str, WordList],
    basis: Mapping[str, str],
    shared: Mapping[str, Any],
) -> RuleSetting:
    def index(key: str) -> WordIndex:
        return WordIndex.of(lists[one] for one in said.get(key, ()))

    return RuleSetting(
        code=code,
        category=said["category"],
        severity=Severity(said["severity"]),
        citation="；".join(cited(line, basis) for line in said["citation"]),
        pack=shared["pack"],
        classes=frozenset(said.get("classes", ())),
        words=index("lists"),
        homographs=index("homographs"),
        passes=index("passes"),
        mild=index("mild"),
        exceptions={name: Severity(most) for name, most in said.get("exceptions", {}).items()},
        parameters=said.get("parameters", {}),
        shared=shared,
    )


def _pack(
    sources: Sequence[PackSource],
    merged: Mapping[str, Any],
    rules: Mapping[str, RuleSetting],
    scopes: Sequence[Scope],
) -> Pack:
    top = sources[-1].said
    remark = top.get("remark")
    return Pack(
        id=merged["id"],
        title=Text(merged["title"]["zh"], merged["title"]["en"]),
        rules=rules,
        scopes=tuple(scopes),
        parts=tuple(one.id for one in sources),
        jurisdictions=tuple(top.get("jurisdictions", ())),
        effective_from=top.get("effective_from"),
        verified=top.get("verified", False),
        remark=None if remark is None else Text(remark["zh"], remark["en"]),
        parameters=merged.get("parameters", {}),
    )
