"""How answers are described in the OpenAPI document."""

from typing import Any

from api.replies import GEOJSON, JSON, TILE

Answers = dict[int | str, dict[str, Any]]
_TEXT = {
    "type": "object",
    "required": ["zh", "en"],
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}
_PROBLEM = {
    "type": "object",
    "required": ["code", "message", "hint"],
    "properties": {"code": {"type": "string"}, "message": _TEXT, "hint": _TEXT},
}
_REASONS = {
    304: "未变 / Not changed",
    400: "请求有误 / Bad request",
    401: "需要登录 / Needs a login",
    404: "没有 / Not found",
    405: "不接受这种方法 / Method not allowed",
    409: "工作区不可用，或别人先处理了 / The workspace is unusable, or somebody else was faster",
    413: "请求太大 / The request is too large",
    415: "只接受 JSON / JSON only",
    422: "路网答不了 / The road network cannot answer",
    429: "口令错误过多 / Too many wrong keys",
    503: "排队的任务太多 / Too many jobs wait",
}


def problems(*statuses: int) -> Answers:
    """Describe the failures a route may answer with."""
    return {
        status: {"description": _REASONS[status], "content": {JSON: {"schema": _PROBLEM}}}
        if status >= 400  # noqa: PLR2004 - errors have a body, 304 has none
        else {"description": _REASONS[status]}
        for status in statuses
    }


def answers(schema: dict[str, Any], *, media_type: str = JSON, status: int = 200) -> Answers:
    """Describe the good answer of a route."""
    return {status: {"description": "好 / Good", "content": {media_type: {"schema": schema}}}}


def files(*media_types: str) -> Answers:
    """Describe a good answer that is a file of one of these kinds."""
    content = {one.split(";")[0]: {"schema": BINARY} for one in media_types}
    return {200: {"description": "文件 / The file", "content": content}}


def _object(*required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, dict[str, Any]] = {name: {} for name in required} | properties
    return {"type": "object", "required": list(required), "properties": named}


_INTEGER = {"type": "integer", "minimum": 0}
_OBJECTS = {"type": "array", "items": {"type": "object"}}

LAYERS = _object(
    "district",
    "synthetic",
    "profile",
    "map_review_number",
    "layers",
    layers={
        "type": "array",
        "items": _object("id", "label", "count", "bbox", "as_of", "version", "fields", label=_TEXT),
    },
)
FEATURES = _object(
    "type",
    "features",
    "numberMatched",
    "numberReturned",
    "timeStamp",
    "links",
    features={"type": "array", "items": _object("type", "id", "geometry", "properties")},
    numberMatched=_INTEGER,
    numberReturned=_INTEGER,
    links=_OBJECTS,
)
AREAS = _object("type", "features", features=_OBJECTS)
REPORT = _object(
    "definition",
    "request",
    "measure",
    "numerator",
    "denominator",
    "share",
    "band",
    "rows",
    "assumptions",
    "norms",
    "provenance",
    "command",
    rows=_OBJECTS,
)
GAPS = _object(
    "definition",
    "request",
    "measure",
    "numerator",
    "denominator",
    "share",
    "people",
    "by_points",
    "by_reason",
    "gaps",
    "assumptions",
    "norms",
    "provenance",
    "command",
    by_reason=_OBJECTS,
    gaps=_OBJECTS,
)
FINDINGS = _object(
    "total", "dismissed", "counts", "findings", total=_INTEGER, dismissed=_INTEGER, findings=_OBJECTS
)
JOB = _object(
    "id", "lane", "state", "stage", "done", "total", "position", "result_url", "problem", stage=_TEXT
)
BINARY = {"type": "string", "format": "binary"}
HTML = {"type": "string"}
ITEMS_ANSWERS = answers(FEATURES, media_type=GEOJSON) | problems(304, 400, 401, 404, 409)
TILE_ANSWERS = answers(BINARY, media_type=TILE) | problems(304, 400, 401, 404, 409)
