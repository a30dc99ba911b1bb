"""What of a result has to be the same next time, and its checksum."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

RUN_DEPENDENT = frozenset({"seconds", "provenance", "command", "version"})
"""Keys left out wherever they stand: how long it took, what it was made with (recorded apart), how to ask again."""
_DIGITS = 9


def kept(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Return a JSON value without what depends on the run, numbers to nine significant digits."""
    if isinstance(value, Mapping):
        return {key: kept(one) for key, one in value.items() if key not in RUN_DEPENDENT}
    if isinstance(value, list | tuple):
        return [kept(one) for one in value]
    if isinstance(value, float):
        rounded = float(f"{value:.{_DIGITS}g}")
        return int(rounded) if rounded.is_integer() else rounded
    return value


def result_sha256(result: Mapping[str, Any]) -> str:
    """Return the checksum of a result (a report's JSON): 64 hex digits, independent of the order of keys."""
    text = json.dumps(kept(result), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any JSON value
    """Yield every leaf of a JSON value with its path, ``rows[3].share``; an empty list or object is a leaf."""
    if isinstance(value, Mapping) and value:
        for key, one in value.items():
            yield from leaves(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value:
        for at, one in enumerate(value):
            yield from leaves(one, f"{path}[{at}]")
    else:
        yield path, value
