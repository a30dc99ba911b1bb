"""Writing a study: its head, and a question from what a command line says."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any


def study_head(name: str, day: date) -> str:
    """Return the first lines of a new study file: its name and the day its questions are judged on."""
    return f"name = {_toml(name)}\nday = {day.isoformat()}\n"


def question_toml(kind: str, id_: str, given: Mapping[str, Any]) -> str:
    """Write one question; ``given`` maps keys to texts, numbers, truth values, days, or lists of them."""
    lines = ["", "[[question]]", f"id = {_toml(id_)}", f"kind = {_toml(kind)}"]
    return "\n".join([*lines, *(f"{key} = {_toml(value)}" for key, value in given.items())]) + "\n"


def _toml(value: Any) -> str:  # noqa: ANN401 - any value of a key
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    return json.dumps(value, ensure_ascii=False)
