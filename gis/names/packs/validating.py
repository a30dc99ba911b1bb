"""Whether a pack names only things that exist; every message says file, line and what there is instead."""

from collections.abc import Collection, Mapping
from typing import Any

from gis.names.packs.source import PackSource
from layers.findings import Severity
from layers.text import Text

_LISTS = ("lists", "homographs", "passes", "mild")
_REQUIRED = ("category", "severity", "citation")


def validate(
    source: PackSource, merged: Mapping[str, Any], *, lists: Collection[str], basis: Collection[str]
) -> None:
    """Look through the rules that a pack states.

    Parameters
    ----------
    merged
        The pack laid over those below it.
    lists, basis
        Ids of the word lists, and short names of the texts, that it may name.

    Raises
    ------
    InputError
        At the first rule, severity, exception, list or text that does not exist, or key that is missing.
    """
    for key in ("title", "rules"):
        if key not in merged:
            raise source.wrong(f"缺少 {key}。", f"{key} is missing.")
    for code, said in source.said.get("rules", {}).items():
        _rule(source, code, said, merged["rules"][code])
        for line in said.get("citation", ()):
            _among(source, line.partition(" ")[0], basis, Text("依据", "text"), code)
        for one in (one for key in _LISTS for one in said.get(key, ())):
            _among(source, one, lists, Text("词表", "word list"), code)


def _rule(source: PackSource, code: str, said: Mapping[str, Any], merged: Mapping[str, Any]) -> None:
    from gis.names.exceptions import exception_ids  # noqa: PLC0415 - they and the rules need the packs' own types
    from gis.names.registry import all_rules  # noqa: PLC0415

    severities = [one.value for one in Severity]
    exceptions = said.get("exceptions", {})
    _among(source, code, all_rules(), Text("规则", "rule"), code)
    for stated in (*([said["severity"]] if "severity" in said else ()), *exceptions.values()):
        _among(source, stated, severities, Text("级别", "severity"), code)
    for one in exceptions:
        _among(source, one, exception_ids(), Text("例外", "exception"), code)
    missing = [key for key in _REQUIRED if key not in merged]
    if missing:
        raise source.wrong(
            f"规则 {code} 缺少 {'、'.join(missing)}。",
            f"rule {code} lacks {', '.join(missing)}.",
            at=f"[rules.{code}]",
        )


def _among(source: PackSource, named: str, known: Collection[str], kind: Text, code: str) -> None:
    if named in known:
        return
    what = Text("", "") if named == code else Text(f"规则 {code} 所写的", f" of rule {code}")
    raise source.wrong(
        f"{what.zh}{kind.zh}“{named}”不存在。",
        f"there is no {kind.en} {named!r}{what.en}.",
        at=str(named),
        hint=Text(f"可用的{kind.zh}：{'、'.join(known)}。", f"There are: {', '.join(known)}."),
    )
