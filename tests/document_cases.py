"""A review case as its JSON, for tests of documents."""

import copy
from datetime import date
from typing import Any

DAY = date(2026, 11, 21)
_CASE: dict[str, Any] = {
    "id": "c-1",
    "version": 3,
    "layer": "place_name",
    "feature_id": "n3",
    "name": "托斯卡纳小镇",
    "new_name": None,
    "state": "confirmed",
    "categories": ["洋", "大"],
    "category": "洋",
    "severity": "suspect",
    "town": {"code": "320499100", "name": "东山镇"},
    "lon": 119.434,
    "lat": 31.6,
    "opened_on": "2026-10-01",
    "age_days": 51,
    "clocks": [],
    "overdue": False,
    "dismissed": [],
    "reason": None,
    "findings": [
        {
            "key": "0123456789abcdef",
            "code": "names.foreign-place",
            "category": "洋",
            "severity": "suspect",
            "message": {
                "zh": "含外国地名“托斯卡纳”，容易造成误解。",
                "en": "It holds the foreign place name 托斯卡纳.",
            },
            "evidence": {"word": "托斯卡纳", "segments": {"specific": "托斯卡纳", "generic": "小镇"}},
            "citation": "《地名管理条例》第九条第（五）项",
            "exceptions": [{"zh": "老地名：2012 年批准，不适用。", "en": "Old name: approved 2012."}],
            "dismissed": False,
        }
    ],
    "namesakes": [
        {
            "id": "n9",
            "name": "托斯卡纳苑",
            "lon": 119.45,
            "lat": 31.62,
            "distance_m": 2690.0,
            "grade": "same_specific",
        },
        {
            "id": "n8",
            "name": "远处小镇",
            "lon": 121.0,
            "lat": 31.6,
            "distance_m": 148_000.0,
            "grade": "tonal",
        },
    ],
    "history": [
        {
            "seq": 1,
            "action": "confirm",
            "from": "verifying",
            "to": "confirmed",
            "who": "经办人",
            "on": "2026-10-03",
        }
    ],
    "actions": [],
}


def case(**changes: Any) -> dict[str, Any]:
    """Return the case with some values changed."""
    return copy.deepcopy(_CASE) | changes
