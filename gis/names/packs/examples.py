"""The example names of a pack: for every rule it states, some that are found and some that pass."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gis.names.packs.source import PackSource, pack_source, read_toml
from layers.text import Text

_BY_FILE = {"thresholds.toml": "generic-size"}
_SCOPE_RULE = "exact-duplicate"


def load_cases(pack_id: str, *, folder: Path | None = None) -> Sequence[Mapping[str, Any]]:
    """Return the example names of a pack; none when it has no ``cases.toml``.

    Raises
    ------
    NotFoundError
        When there is no pack of that id.
    InputError
        When ``cases.toml`` is no TOML.
    """
    return _cases(pack_source(pack_id, folder))


def missing_cases(pack_id: str, *, folder: Path | None = None) -> tuple[str, ...]:
    """Return the codes of rules that a pack switches on or changes without showing both a find and a pass.

    Thresholds count as a change of ``generic-size``, scopes as one of ``exact-duplicate``. Rules it switches off
    need no example.

    Raises
    ------
    NotFoundError
        When there is no pack of that id.
    InputError
        When ``cases.toml`` is no TOML.
    """
    return _missing(pack_source(pack_id, folder))


def demand_examples(source: PackSource) -> None:
    """Refuse a pack with a missing case.

    Raises
    ------
    InputError
        When a rule has no name that is found, or none that passes; the message names the rules.
    """
    missing = _missing(source)
    if missing:
        raise source.wrong(
            f"cases.toml 里缺少规则 {'、'.join(missing)} 的例名。",
            f"cases.toml holds no examples for {', '.join(missing)}.",
            at=missing[0],
            hint=Text(
                "每条规则至少写一个应发现的名称（found）和一个应通过的名称（passes）。",
                "Give for every rule at least one name that is found and one that passes.",
            ),
        )


def _cases(source: PackSource) -> Sequence[Mapping[str, Any]]:
    path = source.folder / "cases.toml"
    cases = read_toml(path).get("cases", []) if path.is_file() else []
    if not isinstance(cases, list) or not all(isinstance(one, dict) for one in cases):
        raise source.wrong("cases.toml 应由 [[cases]] 组成。", "cases.toml must consist of [[cases]].")
    return cases


def _missing(source: PackSource) -> tuple[str, ...]:
    shown = {one.get("rule") for one in _cases(source) if one.get("found") and one.get("passes")}
    return tuple(sorted(_stated(source) - shown))


def _stated(source: PackSource) -> set[str]:
    rules = source.said.get("rules", {})
    stated = {code for code, said in rules.items() if said.get("enabled", True)}
    stated |= {rule for name, rule in _BY_FILE.items() if (source.folder / name).is_file()}
    return stated | ({_SCOPE_RULE} if source.said.get("scopes") else set())
