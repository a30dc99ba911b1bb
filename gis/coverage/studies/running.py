"""Asking every question of a study, and the record of how each answer was made."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gis.coverage.provenance import provenance
from gis.coverage.studies.checksums import result_sha256
from gis.coverage.studies.kinds import KINDS, with_scenario
from gis.coverage.studies.reading import Expected, Question, Study
from layers.errors import FangyuError, InputError, NotFoundError
from layers.progress import Progress, silent
from layers.store.memory import content_sha256
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question.

    Attributes
    ----------
    report
        The report itself, to be drawn or plotted.
    result
        The report as JSON values.
    sha256
        Checksum of what has to be the same next time.
    repeatable
        False where a search stopped before it had proven its plan: another run may find another one.
    """

    question: Question
    report: Any = field(repr=False)
    result: Mapping[str, Any] = field(repr=False)
    sha256: str
    repeatable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRun:
    """All answers, how they were made, and what is not as the study expects."""

    study: Study
    answers: tuple[Answer, ...]
    provenance: Mapping[str, Any]
    unexpected: tuple[Text, ...]


def run_study(workspace: "Workspace", study: Study, progress: Progress = silent) -> StudyRun:
    """Ask every question of a study in a workspace.

    Raises
    ------
    InputError, NotFoundError
        When a question cannot be answered: the message names file and question, then says what the question raised.
    """
    whole = len(study.questions)
    answers = []
    for done, question in enumerate(study.questions):
        progress(Text(f"问题 {question.id}", f"Question {question.id}"), done, whole)
        answers.append(_answer(workspace, study, question))
    progress(Text("完成", "Done"), whole, whole)
    made = _made(workspace, study, answers)
    return StudyRun(
        study=study,
        answers=tuple(answers),
        provenance=made,
        unexpected=_unexpected(study.expected, made),
    )


def _answer(workspace: "Workspace", study: Study, question: Question) -> Answer:
    kind = KINDS[question.kind]
    try:
        report = kind.ask(workspace, with_scenario(workspace, question.request), silent)
        result = report.as_json()
    except FangyuError as error:
        family = NotFoundError if isinstance(error, NotFoundError) else InputError
        said = Text(
            f"{study.file}，问题“{question.id}”：{error.message.zh}",
            f"{study.file}, question {question.id!r}: {error.message.en}",
        )
        raise family(said, error.hint) from error
    return Answer(
        question=question,
        report=report,
        result=result,
        sha256=result_sha256(result),
        repeatable=bool(result.get("proven", True)),
    )


def _made(workspace: "Workspace", study: Study, answers: list[Answer]) -> dict[str, Any]:
    used: dict[str, dict[str, Any]] = {}
    norms: dict[str, Any] = {}
    for one in answers:
        used |= one.result["provenance"]["layers"]
        _gather(norms, one.result["norms"])
    return {
        "format": FORMAT,
        "study": {"file": study.file, "name": study.name, "day": study.day.isoformat()},
        "program": provenance(workspace, (), on=study.day)["program"],
        "workspace": {
            "code": workspace.settings.code,
            "name": workspace.settings.name,
            "profile": workspace.settings.norm_profile,
        },
        "layers": {
            name: {**used[name], "sha256": content_sha256(workspace.layer(name).frame)}
            for name in sorted(used)
        },
        "norms": {name: list(values.values()) for name, values in sorted(norms.items())},
        "results": {one.question.id: _record(one) for one in answers},
    }


def _gather(norms: dict[str, Any], said: Mapping[str, Any]) -> None:
    own = norms.setdefault(str(said["profile"]), {})
    for value in said["values"]:
        own.setdefault((value["param"], value.get("applies_to"), str(value["value"])), value)


def _record(one: Answer) -> dict[str, Any]:
    said: dict[str, Any] = {
        "kind": one.question.kind,
        "file": f"{one.question.id}.json",
        "sha256": one.sha256,
        "repeatable": one.repeatable,
        "norms_sha256": hashlib.sha256(repr(one.result["norms"]).encode()).hexdigest(),
        "command": one.result["command"],
    }
    if "proven" in one.result:
        said |= {"proven": one.result["proven"], "gap": one.result.get("gap")}
    return said


def _unexpected(expected: Expected, made: Mapping[str, Any]) -> tuple[Text, ...]:
    """Say what program, profile and layers are where the study expects others."""
    found = []
    pairs = [
        (Text("程序", "Program"), expected.program, made["program"]),
        (Text("规范方案", "Norm profile"), expected.profile, made["workspace"]["profile"]),
    ]
    for name, version in expected.layers.items():
        is_now = made["layers"].get(name)
        pairs.append((Text(f"图层 {name}", f"Layer {name}"), version, is_now["version"] if is_now else "–"))
    for what, wanted, is_now in pairs:
        if wanted and wanted != is_now:
            found.append(
                Text(f"{what.zh}：研究写明 {wanted}，现为 {is_now}。",
                     f"{what.en}: the study says {wanted}, it is {is_now}.")
            )  # fmt: skip
    return tuple(found)
