"""How answers about scenarios are described in the OpenAPI document."""

from typing import Any

from api import documented

_OBJECTS: dict[str, Any] = {"type": "array", "items": {"type": "object"}}


def _object(*required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, dict[str, Any]] = {name: {} for name in required} | properties
    return {"type": "object", "required": list(required), "properties": named}


SCENARIO = _object(
    "name", "layer", "changes", "note", "made_on", "version", changes=_OBJECTS, version={"type": "string"}
)
SCENARIOS = _object("scenarios", scenarios=_OBJECTS)
_TOTALS = _object("definition", "numerator", "denominator", "share", "people", "band")
WHAT_IF = _object(
    "before",
    "after",
    "rows_changed",
    "gained",
    "lost",
    "gaps",
    "curve",
    "seconds",
    before=_TOTALS,
    after=documented.REPORT,
    rows_changed=_OBJECTS,
    gaps=_OBJECTS,
    curve=_OBJECTS,
)
COMPARISON = _object(
    "request",
    "definition",
    "measure",
    "base",
    "scenarios",
    "definitions",
    "rows",
    "outages",
    "assumptions",
    "norms",
    "provenance",
    "command",
    base=_TOTALS,
    scenarios=_OBJECTS,
    rows=_OBJECTS,
    outages=_OBJECTS,
)
