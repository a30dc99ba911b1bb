"""Scenarios at rest: one JSON file each in ``scenarios/`` beside the workspace, written whole or not at all."""

import json
import os
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gis.coverage.scenarios.scenario import Scenario, check_name
from layers.errors import ConflictError, FileFormatError, InputError, NotFoundError, WorkspaceError
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace

FOLDER = "scenarios"
FORMAT = 1
"""Of the files; a file of a later program is refused."""
_MOST_BYTES = 1_000_000
_LOCK = ".lock"
_PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a list shows of a scenario.

    Attributes
    ----------
    scenario
        None where the file cannot be read; ``problem`` then says why.
    version
        What has to be shown to replace or delete it; empty where it cannot be read.
    """

    name: str
    scenario: Scenario | None
    version: str
    problem: Text | None = None

    def as_json(self) -> dict[str, Any]:
        """Return JSON values: the scenario with its version, or what is wrong with its file."""
        said = self.scenario.as_json() if self.scenario else {"name": self.name}
        problem = self.problem._asdict() if self.problem else None
        return {**said, "version": self.version, "problem": problem}


def list_scenarios(workspace: "Workspace") -> tuple[Kept, ...]:
    """List the scenarios of a workspace by name; files that cannot be read are listed with what is wrong."""
    folder = workspace.root / FOLDER
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    listed = []
    for file in files:
        try:
            one = _read(file)
            listed.append(Kept(name=file.stem, scenario=one, version=one.version))
        except (FileFormatError, InputError) as error:
            listed.append(Kept(name=file.stem, scenario=None, version="", problem=error.message))
    return tuple(listed)


def load_scenario(workspace: "Workspace", name: str) -> Scenario:
    """Read one scenario; its ``version`` is what ``save_scenario`` has to be shown.

    Raises
    ------
    InputError
        When the name cannot name a scenario.
    NotFoundError
        When there is none of that name.
    FileFormatError
        When its file cannot be read.
    """
    check_name(name)
    file = workspace.root / FOLDER / f"{name}.json"
    if not file.is_file():
        raise _no_such(workspace, name)
    return _read(file)


def save_scenario(workspace: "Workspace", scenario: Scenario, *, version: str | None = None) -> Scenario:
    """Keep a scenario, dated today when it has no date; the file is there whole or not at all.

    Parameters
    ----------
    version
        Of the scenario it replaces, as it was looked at; None keeps a new one.

    Raises
    ------
    ConflictError
        When a new one has the name of another, or the one to be replaced has changed since it was looked at.
    NotFoundError
        When the one to be replaced is gone.
    WorkspaceError
        When the folder cannot be written.
    """
    dated = replace(scenario, made_on=scenario.made_on or workspace.day)
    folder = workspace.root / FOLDER
    with _alone_in(folder):
        if version is None:
            _check_new(folder, dated.name)
        else:
            _check_version(load_scenario(workspace, dated.name), version)
        _write(folder / f"{dated.name}.json", {"format": FORMAT, **dated.as_json()})
    return dated


def delete_scenario(workspace: "Workspace", name: str, *, version: str | None = None) -> None:
    """Throw a scenario away; with a version only as it was looked at.

    Raises
    ------
    ConflictError
        When it has changed since.
    NotFoundError
        When there is none of that name.
    """
    check_name(name)
    folder = workspace.root / FOLDER
    file = folder / f"{name}.json"
    if not file.is_file():
        raise _no_such(workspace, name)
    with _alone_in(folder):
        if version is not None:
            _check_version(load_scenario(workspace, name), version)
        try:
            file.unlink()
        except FileNotFoundError:
            raise _no_such(workspace, name) from None


def _no_such(workspace: "Workspace", name: str) -> NotFoundError:
    names = [one.name for one in list_scenarios(workspace)]
    return NotFoundError(
        Text(f"没有名为“{name}”的方案。", f"There is no scenario {name!r}."),
        Text(f"现有方案：{'、'.join(names) or '无'}。", f"There are: {', '.join(names) or 'none'}."),
    )


def _check_new(folder: Path, name: str) -> None:
    """Refuse a name that is taken; capitals make no other name, since some file systems know none."""
    taken = {file.stem.casefold(): file for file in folder.glob("*.json")}
    other = taken.get(name.casefold())
    if other is not None:
        raise ConflictError(
            Text(f"已有名为“{other.stem}”的方案。", f"There is a scenario {other.stem!r} already."),
            Text(
                "换一个名字；要替换它请加 --replace。", "Choose another name, or replace it with --replace."
            ),
        )


def _check_version(current: Scenario, version: str) -> None:
    if current.version != version:
        raise ConflictError(
            Text(
                f"方案“{current.name}”已被别人改过。",
                f"Somebody else has changed the scenario {current.name!r}.",
            ),
            Text("请看过现在的内容再保存。", "Look at it as it is now, then save again."),
            current={**current.as_json(), "version": current.version},
        )


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder alone, between threads and processes: a lock of SQLite, which ends with its holder."""
    try:
        folder.mkdir(exist_ok=True)
        with closing(sqlite3.connect(folder / _LOCK, timeout=_PATIENCE_S, isolation_level=None)) as lock:
            lock.execute("BEGIN EXCLUSIVE")
            yield
    except (OSError, sqlite3.Error) as error:
        raise WorkspaceError(
            Text(f"方案文件夹写不进去：{error}。", f"The folder of scenarios cannot be written: {error}."),
            Text(
                f"请检查工作区里 {FOLDER} 文件夹的权限和磁盘空间。",
                f"Check permissions and space of the folder {FOLDER} in the workspace.",
            ),
        ) from error


def _write(file: Path, said: dict[str, Any]) -> None:
    """Write aside and move into place, so that nobody sees half a file."""
    handle, aside = tempfile.mkstemp(prefix=".", suffix=".part", dir=file.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(said, out, ensure_ascii=False, indent=1, allow_nan=False)
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, file)  # noqa: PTH105 - atomic on one file system
    finally:
        Path(aside).unlink(missing_ok=True)


def _read(file: Path) -> Scenario:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise _unreadable(file, Text("文件太大", "it is too large"))
        said = json.loads(file.read_text(encoding="utf-8-sig"))
        if said["format"] > FORMAT:
            raise _unreadable(
                file, Text("来自更新版本的程序", "it comes from a later version of the program")
            )
        scenario = Scenario.from_json(said)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unreadable(file, Text(f"内容不对（{error}）", f"its content is wrong ({error})")) from error
    if scenario.name != unicodedata.normalize("NFC", file.stem):
        raise _unreadable(
            file, Text(f"里面写的名字是 {scenario.name}", f"the name inside is {scenario.name!r}")
        )
    return scenario


def _unreadable(file: Path, why: Text) -> FileFormatError:
    return FileFormatError(
        Text(
            f"方案文件 {file.name} 读不了：{why.zh}。", f"Scenario file {file.name} cannot be read: {why.en}."
        ),
        Text(f"请改正或删去它（在 {FOLDER} 文件夹里）。", f"Correct or remove it (in the folder {FOLDER})."),
    )
