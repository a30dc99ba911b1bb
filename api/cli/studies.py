"""The command that runs a study file: every question in it, its results, and how they were made."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.options import HERE, WorkspaceFolder
from api.cli.output import remark
from api.cli.progress import shown_progress
from api.cli.studied import questions_of
from api.cli.studies_output import give_provenance, provenance_lines, write_results
from api.outcomes import FOUND_SOMETHING
from layers.errors import InputError, NotFoundError
from layers.text import Text

if TYPE_CHECKING:
    from gis.coverage.studies import Difference


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "run",
        help="重算：按研究文件逐题计算，写结果与来历，或核对与上次是否一致 / Run a study file, or check it against "
        "what was recorded",
    )(run)


@reported
def run(
    context: typer.Context,
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="研究文件 study.toml / Study file")],
    command: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[COMMAND]...",
            help="与 --write 同用，写在 -- 之后的命令 / With --write: a command after --",
        ),
    ] = None,
    *,
    workspace: WorkspaceFolder = HERE,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="结果文件夹，默认在研究文件旁，同名 / Folder of the results, by default beside the study",
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="重算并与记录比较，不写文件 / Run again and compare, writing nothing"),
    ] = False,
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help="把 -- 之后的命令作为问题加进研究文件，不计算 / Add the command after -- to the study as a question",
        ),
    ] = False,
) -> None:
    """Run a study; exit code 1 when something is not as recorded or expected."""
    if write or command:
        _write(context, study, command or [], workspace, write=write, check=check)
        return
    from gis.coverage.studies import differences, read_study, run_study
    from gis.coverage.studies.checking import recorded
    from layers.workspace import Workspace

    asked = read_study(study)
    for note in asked.notes:
        remark(picked(note))
    folder = output or study.with_suffix("")
    if check:
        recorded(folder)
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        done = run_study(opened, asked, progress)
    for line in done.unexpected:
        remark(picked(line))
    if check:
        found = differences(done, folder)
        _say(found)
        if not found and done.unexpected:
            remark(
                said(
                    "结果与记录一致，但工作区与研究文件的 [workspace] 不符（见上），退出码为 1。",
                    "Results are as recorded, but the workspace is not as [workspace] of the study says (above): "
                    "exit code 1.",
                )
            )
        wrong = bool(found)
    else:
        write_results(done, folder)
        give_provenance(provenance_lines(done))
        wrong = False
    if wrong or done.unexpected:
        raise typer.Exit(FOUND_SOMETHING)


def _say(found: "tuple[Difference, ...]") -> None:
    if not found:
        typer.echo(said("与记录一致。", "As recorded."))
    for one in found:
        head = one.question or said("原因", "Why")
        count = said(f"（{one.count} 处）", f" ({one.count} values)") if one.count else ""
        typer.echo(f"{head}: {picked(one.what)}{count}")
        for path, old, new in one.values:
            typer.echo(f"  {path}: {old} → {new}")


def _write(
    context: typer.Context, study: Path, words: list[str], workspace: Path, *, write: bool, check: bool
) -> None:
    """Add the questions of a command line to a study file, made with the workspace's day where it is not there yet."""
    if not write or not words or check:
        raise InputError(
            Text(
                "--write 与命令要一起给，不与 --check 同用。",
                "--write and a command go together, without --check.",
            ),
            Text(
                "例如：fangyu run study.toml --write -- fangyu cover --within-min 15。",
                "For example: fangyu run study.toml --write -- fangyu cover --within-min 15.",
            ),
        )
    from gis.coverage.studies import question_toml, read_study, study_head
    from gis.coverage.studies.text import study_text

    asked = questions_of(context.find_root().command, words)
    old, notes = study_text(study) if study.is_file() else ("", ())
    for note in notes:
        remark(picked(note))
    known = [one.id for one in read_study(study).questions] if old else []
    text = old or study_head(study.stem, _day(_workspace_of(words, workspace)))
    added: list[str] = []
    for kind, given in asked:
        name = _free(kind, [*known, *added])
        added.append(name)
        text += question_toml(kind, name, given)
    _replace_checked(study, old, text)
    remark(said(f"已加入 {study}：{'、'.join(added)}。", f"Added to {study}: {', '.join(added)}."))


def _replace_checked(study: Path, old: str, text: str) -> None:
    """Write the file, and put the old one back when the new one cannot be read as a study."""
    from gis.coverage.studies import read_study

    study.write_text(text, encoding="utf-8")
    try:
        read_study(study)
    except InputError:
        if old:
            study.write_text(old, encoding="utf-8")
        else:
            study.unlink()
        raise


def _free(kind: str, known: list[str]) -> str:
    numbers: Any = (f"{kind}-{number}" for number in range(1, len(known) + 2))
    return str(next(one for one in numbers if one not in known))


def _workspace_of(words: list[str], workspace: Path) -> Path:
    """Return the workspace the command names, else the one of this command."""
    for at, one in enumerate(words):
        if one in _WORKSPACE and at + 1 < len(words):
            return Path(words[at + 1])
        if one.startswith("--workspace="):
            return Path(one.partition("=")[2])
    return workspace


_WORKSPACE = ("-w", "--workspace")


def _day(workspace: Path) -> date:
    """Return the day of the workspace; where there is none, today."""
    from layers.workspace import read_settings

    today = date.today()  # noqa: DTZ011 - the office's own calendar
    try:
        return read_settings(workspace).reference_date or today
    except NotFoundError:
        return today
