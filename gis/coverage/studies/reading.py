"""A study file: what it asks, of which day, and what it expects of workspace and program."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from gis.coverage.studies.kinds import KINDS
from gis.coverage.studies.text import parsed, study_text
from gis.coverage.studies.values import Refuse, request_of
from layers.errors import InputError
from layers.text import Text

_HEAD = ("name", "day", "norms", "workspace", "question")
_EXPECTED = ("program", "profile", "layers")
_ID = re.compile(r"[\w-]{1,60}")
_DATED = frozenset({"on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What results were made with, as the file says: program, norm profile, layer versions; empty is anything."""

    program: str = ""
    profile: str = ""
    layers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its id (a file name), its kind, and the request it makes."""

    id: str
    kind: str
    request: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A study file, read.

    Attributes
    ----------
    day
        Day on which every question that names none is judged.
    norms
        Norm profile of every question that names none; None takes the workspace's own.
    notes
        What a person should know of the file: that it is not in UTF-8.
    """

    file: str
    name: str
    day: date
    norms: str | None
    expected: Expected
    questions: tuple[Question, ...]
    notes: tuple[Text, ...] = ()


def read_study(path: Path) -> Study:
    """Read a study file.

    Raises
    ------
    NotFoundError
        When there is no such file.
    FileFormatError
        When it is no TOML, in UTF-8 or GB18030; the message shows the line.
    InputError
        When it has no day, no question, an unknown key or a value of the wrong type; the message names file, question
        and key.
    """
    text, notes = study_text(path)
    said = parsed(path, text)
    refuse = _refusal(path, None)
    for key in said:
        if key not in _HEAD:
            raise refuse(
                key,
                Text(
                    f"没有这个键；可用：{'、'.join(_HEAD)}", f"there is no such key; keys: {', '.join(_HEAD)}"
                ),
            )
    day = said.get("day")
    if not isinstance(day, date) or isinstance(day, datetime):
        what = Text(
            "须写明日期，如 day = 2026-01-01：没有日期，结果不能重做",
            "a date is needed, like day = 2026-01-01: without one results cannot be repeated",
        )
        raise refuse("day", what)
    name, norms = said.get("name", path.stem), said.get("norms")
    for key, value in (("name", name), ("norms", norms)):
        if value is not None and not isinstance(value, str):
            raise refuse(key, Text("应为文字", "it should be text"))
    asked = said.get("question", [])
    if not isinstance(asked, list) or not asked:
        raise refuse(
            "question", Text("没有问题；请写 [[question]]", "there is no question; write [[question]]")
        )
    questions = tuple(_question(path, one, number, day, norms) for number, one in enumerate(asked, start=1))
    ids = [one.id for one in questions]
    for one in ids:
        if ids.count(one) > 1:
            raise _refusal(path, one)("id", Text("写了两次", "it is given twice"))
    expected = _expected(said.get("workspace", {}), refuse)
    return Study(
        file=path.name,
        name=str(name),
        day=day,
        norms=norms,
        expected=expected,
        questions=questions,
        notes=notes,
    )


def _refusal(path: Path, question: str | None) -> Refuse:
    def refuse(key: str, what: Text) -> InputError:
        zh = f"{path.name}，" + (f"问题“{question}”，" if question else "") + f"键 {key}：{what.zh}。"
        en = f"{path.name}" + (f", question {question!r}" if question else "") + f", key {key}: {what.en}."
        return InputError(Text(zh, en))

    return refuse


def _question(path: Path, said: object, number: int, day: date, norms: str | None) -> Question:
    if not isinstance(said, dict):
        raise _refusal(path, str(number))("question", Text("应写成 [[question]]", "write it [[question]]"))
    name = said.get("id", f"{number:02d}-{said.get('kind', '')}")
    refuse = _refusal(path, str(name))
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise refuse(
            "id", Text("应为文字、数字、- 或 _，最多 60 个", "it should be up to 60 letters, digits, - or _")
        )
    kind = str(said.get("kind"))
    if kind not in KINDS:
        raise refuse("kind", Text(f"只能是 {'、'.join(KINDS)}", f"it should be one of {', '.join(KINDS)}"))
    given = {key: value for key, value in said.items() if key not in {"id", "kind"}}
    if "on" not in given:
        given["on"] = day
    if norms is not None and "norms" not in given:
        given["norms"] = norms
    try:
        return Question(
            id=name, kind=kind, request=request_of(KINDS[kind].request, given, refuse, path.parent)
        )
    except InputError as error:
        if str(error.message.en).startswith(path.name):
            raise
        raise refuse("*", Text(error.message.zh.rstrip("。"), error.message.en.rstrip("."))) from error


def _expected(said: object, refuse: Refuse) -> Expected:
    if not isinstance(said, dict):
        raise refuse("workspace", Text("应写成 [workspace]", "write it [workspace]"))
    for key, value in said.items():
        if key not in _EXPECTED:
            raise refuse(
                f"workspace.{key}",
                Text(
                    f"没有这个键；可用：{'、'.join(_EXPECTED)}",
                    f"there is no such key; keys: {', '.join(_EXPECTED)}",
                ),
            )
        texts = list(value.values()) if key == "layers" and isinstance(value, dict) else [value]
        if not all(isinstance(one, str) for one in texts):
            raise refuse(f"workspace.{key}", Text("应为文字", "it should be text"))
    return Expected(**said)
