"""How reports about supply in reach are described in the OpenAPI document."""

from typing import Any

_TEXT: dict[str, Any] = {
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}
_NUMBER: dict[str, Any] = {"type": "number", "minimum": 0}


def _object(*required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, dict[str, Any]] = {name: {} for name in required} | properties
    return {"type": "object", "required": list(required), "properties": named}


def _several(*required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(*required, **properties)}


_ENDING = ("assumptions", "norms", "provenance", "command")
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}

ACCESS = _object(
    "request", "kernels", "people", "unknown", "supply", "idle_supply", "facilities_without_supply", "people_short",
    "people_unsettled", "people_at_least", "worst_share",
    "no_verdict", "stable_share", "kernel_share", "undecided_share", "fill_first", "classes",
    "evenness", "rows", *_ENDING,
    people=_NUMBER,
    supply=_NUMBER,
    assumptions=_TEXTS,
    rows=_several("code", "name", "people", "per_1000", "bound", "worst_in", "may_be_worst_in", "short",
                  "people_at_least", "people_out_of_reach", people=_NUMBER),
)  # fmt: skip
REDISTRIBUTION = _object(
    "request", "kernel", "total", "people", "people_out_of_reach", "unknown", "left_out", "idle_sites", "spreads",
    "sd_bound", "gap", "proven", "rows", *_ENDING,
    total=_NUMBER,
    sd_bound=_NUMBER,
    proven={"type": "boolean"},
    assumptions=_TEXTS,
    rows=_several("id", "name", "people_in_reach", "now", "proportional", "best", "best_whole", "change"),
)  # fmt: skip
INDICATORS = _object(
    "request", "indicators", "rows", "deficits", *_ENDING,
    assumptions=_TEXTS,
    indicators=_several(
        "id", "label", "unit", "deficit_unit", "norm", "norm_note", "total", "sum_of_deficits",
        "sum_of_deficits_bound", "units_judged", "units_below", "units_unknown",
        label=_TEXT,
    ),
    rows=_several("code", "name", "indicators", indicators={"type": "object"}),
    deficits=_several("code", "name", "indicator", "deficit", "unit", "bound", "deficit_bound", deficit=_NUMBER),
)  # fmt: skip
