"""How answers about cases are described in the OpenAPI document."""

from typing import Any

_TEXT: dict[str, Any] = {
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_OBJECTS: dict[str, Any] = {"type": "array", "items": {"type": "object"}}


def _object(*required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": {name: {} for name in required} | properties,
    }


CASE = _object(
    "id",
    "number",
    "version",
    "layer",
    "feature_id",
    "name",
    "new_name",
    "state",
    "state_label",
    "categories",
    "category",
    "severity",
    "town",
    "lon",
    "lat",
    "opened_on",
    "age_days",
    "dates",
    "clocks",
    "overdue",
    "dismissed",
    "new_findings",
    "reason",
    "present",
    version=_COUNT,
    state_label=_TEXT,
    town=_object("code", "name"),
    clocks=_OBJECTS,
)
CASES = _object(
    "total",
    "counts",
    "cases",
    total=_COUNT,
    counts=_object("state", "category", "town", "severity", "overdue", "open"),
    cases={"type": "array", "items": CASE},
)
_DETAIL_PARTS = dict.fromkeys(("findings", "namesakes", "history", "actions"), _OBJECTS)
DETAIL: dict[str, Any] = {
    "type": "object",
    "required": [*CASE["required"], *_DETAIL_PARTS],
    "properties": CASE["properties"] | _DETAIL_PARTS,
}
BATCH = _object("done", "refused", done={"type": "array", "items": CASE}, refused=_OBJECTS)
MACHINE = _object(
    "states", "actions", "reasons", "categories", states=_OBJECTS, actions=_OBJECTS, reasons=_OBJECTS
)
_FOUR = _object("found", "rectified", "pending", "excluded", found=_COUNT, rectified=_COUNT, pending=_COUNT)
SUMMARY = _object("from", "to", "total", "category", "town", total=_FOUR, category=_OBJECTS, town=_OBJECTS)
