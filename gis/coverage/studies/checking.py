"""A study run again beside what was recorded: which results differ, in which numbers, and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gis.coverage.studies.checksums import kept, leaves, result_sha256
from gis.coverage.studies.running import Answer, StudyRun
from layers.errors import FileFormatError, NotFoundError
from layers.text import Text

PROVENANCE_FILE = "provenance.json"
_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One result that is not as recorded.

    Attributes
    ----------
    question
        Id of the question; empty for the study as a whole.
    what
        What differs.
    values
        Path, value recorded and value now, of the first values that differ.
    count
        How many values differ.
    """

    question: str
    what: Text
    values: tuple[tuple[str, Any, Any], ...] = ()
    count: int = 0


def recorded(folder: Path) -> Mapping[str, Any]:
    """Read what a run recorded in a folder.

    Raises
    ------
    NotFoundError
        When the folder holds no record.
    FileFormatError
        When the record cannot be understood.
    """
    file = folder / PROVENANCE_FILE
    if not file.is_file():
        raise NotFoundError(
            Text(f"{folder} 里没有 {PROVENANCE_FILE}。", f"There is no {PROVENANCE_FILE} in {folder}."),
            Text("先不带 --check 运行一次。", "Run the study once without --check."),
        )
    said = _json(file)
    if not isinstance(said, dict) or not isinstance(said.get("results"), dict):
        raise FileFormatError(Text(f"{file.name} 读不懂。", f"{file.name} cannot be understood."))
    return said


def differences(run: StudyRun, folder: Path) -> tuple[Difference, ...]:
    """Compare a run with what is recorded in a folder; nothing when every result is the same.

    Reasons (layer, program or norms changed) come first and only where a result differs; results recorded but no
    longer asked, and asked but never recorded, are differences, too. Raises as ``recorded`` does.
    """
    before = recorded(folder)
    found = [one for answer in run.answers for one in _of(answer, before["results"], folder)]
    asked = {one.question.id for one in run.answers}
    found += [
        Difference(question=name, what=Text("记录里有，研究里没有了", "recorded, but no longer asked"))
        for name in before["results"]
        if name not in asked
    ]
    reasons = [Difference(question="", what=one) for one in _reasons(before, run.provenance)]
    return (*(reasons if found else ()), *found)


def _of(answer: Answer, results: Mapping[str, Any], folder: Path) -> list[Difference]:
    name = answer.question.id
    record = results.get(name)
    if record is None:
        return [Difference(question=name, what=Text("没有记录", "there is no record"))]
    if record.get("sha256") == answer.sha256:
        return []
    file = folder / str(record.get("file", ""))
    if not file.is_file():
        return [Difference(question=name, what=Text("校验和不同，记录的结果文件不在",
                                                    "the checksum differs; the recorded result is gone"))]  # fmt: skip
    old = _json(file)
    if result_sha256(old) != record.get("sha256"):
        return [
            Difference(question=name, what=Text("记录的结果文件被改过", "the recorded result was changed"))
        ]
    changed = _changed(old, answer.result)
    if any(path.startswith("request") for path, _, _ in changed):
        what = Text("问题本身改了，数值随之不同", "the question was changed, and values with it")
        return [Difference(question=name, what=what, values=tuple(changed[:_LISTED]), count=len(changed))]
    proven = record.get("repeatable", True) and answer.repeatable
    what = Text("数值不同", "values differ")
    if not proven:
        what = Text(
            "数值不同；求解因时限停止，未证明最优，各次可能不同",
            "values differ; the search stopped at its time limit without proof, runs may differ",
        )
    return [Difference(question=name, what=what, values=tuple(changed[:_LISTED]), count=len(changed))]


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    before, after = dict(leaves(kept(old))), dict(leaves(kept(new)))
    paths = list(dict.fromkeys([*before, *after]))
    return [(one, before.get(one), after.get(one)) for one in paths if before.get(one) != after.get(one)]


def _reasons(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Text]:
    said = []
    if before.get("program") != now["program"]:
        said.append(_became(Text("程序", "program"), before.get("program"), now["program"]))
    for what, key in ((Text("研究的日期", "the study's day"), "day"),):
        old, new = before.get("study", {}).get(key), now["study"][key]
        if old != new:
            said.append(_became(what, old, new))
    layers: Mapping[str, Any] = before.get("layers", {})
    for name in sorted({*layers, *now["layers"]}):
        old, new = layers.get(name, {}), now["layers"].get(name, {})
        if old.get("sha256") != new.get("sha256"):
            what = Text(f"图层 {name} 的内容", f"content of layer {name}")
            said.append(_became(what, old.get("version"), new.get("version")))
    if before.get("norms") != now["norms"]:
        said.append(Text("用到的规范取值变了", "the norms used have changed"))
    return said or [
        Text("程序、图层和规范都与记录相同", "program, layers and norms are as recorded"),
    ]


def _became(what: Text, old: object, new: object) -> Text:
    return Text(f"{what.zh}变了：{old} → {new}", f"{what.en} changed: {old} → {new}")


def _json(file: Path) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise FileFormatError(
            Text(f"{file.name} 读不懂：{error}。", f"{file.name} cannot be understood: {error}.")
        ) from error
