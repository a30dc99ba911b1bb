"""Which cases are wanted, in the office's words or in codes; what there is not is refused with what there is."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from layers.errors import InputError
from layers.text import Text

if TYPE_CHECKING:
    from gis.names.review import FoundCases

_NO_TOWN = "-"


def state_of(given: str) -> str:
    """Return the code of a state given as code or label; empty stays empty. Raises InputError."""
    from gis.names.review import State
    from gis.names.review.states import STATE_LABELS

    return _code(
        "state", given, {"open": Text("未结", "open")} | {one.value: STATE_LABELS[one] for one in State}
    )


def severity_of(given: str) -> str:
    """Return the code of a severity given as code or label; empty stays empty. Raises InputError."""
    from layers.findings import SEVERITY_LABELS, Severity

    return _code(
        "severity",
        given,
        {one.value: label for one, label in SEVERITY_LABELS.items() if one is not Severity.NOTE},
    )


def category_in(found: "FoundCases", given: str) -> str:
    """Return a category of the review or of what was found; empty stays empty. Raises InputError."""
    from gis.names.review import CATEGORIES

    there = [one for digest in found.digests.values() for one in digest.categories]
    known = list(dict.fromkeys((*CATEGORIES, *sorted(there))))
    if given and given not in known:
        raise InputError(
            Text(f"--category 没有“{given}”这个类别。", f"--category knows no {given!r}."),
            Text(f"可选：{'、'.join(known)}。", f"One of: {', '.join(known)}."),
        )
    return given


def town_in(found: "FoundCases", given: str) -> str:
    """Return the nine digits of a town given by name or code; empty and ``-`` stay. Raises InputError."""
    codes = {place.town_code for place in found.places.values()} - {""}
    towns = {one: found.towns.get(one, "") for one in sorted({*found.towns, *codes})}
    if given in {"", _NO_TOWN} or given in towns:
        return given
    named = [code for code, name in towns.items() if name == given]
    if len(named) == 1:
        return named[0]
    listed = [f"{name} {code}".strip() for code, name in towns.items() if not named or code in named]
    several = Text(f"叫“{given}”的镇街不止一个。", f"Several towns are called {given!r}.")
    none = Text(f"没有镇街“{given}”。", f"There is no town {given!r}.")
    raise InputError(
        several if named else none,
        Text(
            f"镇街：{'、'.join(listed) or '无'}；不明用 -。",
            f"Towns: {', '.join(listed) or 'none'}; - when unknown.",
        ),
    )


def _code(what: str, given: str, labels: Mapping[str, Text]) -> str:
    if not given or given in labels:
        return given
    code = next(
        (one for one, label in labels.items() if given.casefold() in {label.zh, label.en.casefold()}), None
    )
    if code is None:
        listed = "、".join(f"{one} {label.zh}" for one, label in labels.items())
        raise InputError(
            Text(f"--{what} 没有“{given}”这个取值。", f"--{what} knows no {given!r}."),
            Text(f"可选：{listed}。", f"One of: {', '.join(labels)}."),
        )
    return code
