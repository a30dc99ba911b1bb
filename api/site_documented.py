"""How a plan of sites is described in the OpenAPI document."""

from typing import Any

_TEXT: dict[str, Any] = {
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}
_NUMBER: dict[str, Any] = {"type": "number"}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}


def _object(*required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": {name: {} for name in required} | properties,
    }


def _several(*required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(*required, **properties)}


_COUNTED = _object("people", "share", people=_NUMBER)
_OTHERS = _several("dropped", "added", "objective", "loss", loss=_NUMBER)

SITES = _object(
    "model",
    "new_sites",
    "existing",
    "people",
    "before",
    "after",
    "unserved",
    "unknown_people",
    "unreachable",
    "unserved_by_unit",
    "curve",
    "alternatives",
    "changes",
    "result",
    "objective",
    "objective_unit",
    "bound",
    "gap",
    "proven",
    "command",
    model={"type": "string"},
    new_sites=_several(
        "order", "id", "name", "unit", "lon", "lat", "adds", "serves", "capacity", "cost", "stock", "standing"
    ),
    existing={"type": "integer", "minimum": 0},
    existing_excluded=_several("id", "name", "unit", "layer"),
    least={"type": ["integer", "null"], "minimum": 0},
    people=_NUMBER,
    before=_COUNTED,
    after=_COUNTED,
    unserved=_NUMBER,
    unknown_people=_NUMBER,
    unreachable=_NUMBER,
    unserved_by_unit=_several("code", "unit", "people", "reason", "nearest_m"),
    curve=_several("sites", "people", "share", "bound"),
    alternatives=_object("within", "swaps", "plans", within=_NUMBER, swaps=_OTHERS, plans=_OTHERS),
    changes=_several("action", "id", "lon", "lat", "name", "amounts"),
    result=_TEXTS,
    objective_unit={"enum": ["people", "sites", "person_m", "m"]},
    proven={"type": "boolean"},
    notes=_TEXTS,
    assumptions=_TEXTS,
    command={"type": "string"},
)
