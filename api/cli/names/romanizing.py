"""The command that spells names in Hanyu Pinyin."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.names.incoming import readable
from api.cli.names.workbook import need_file, write_workbook
from api.cli.options import Output, ReportFormat
from api.cli.output import give_csv, give_json, give_table, remark
from layers.text import counted, joined

if TYPE_CHECKING:
    from gis.names.listing import ListedName
    from gis.names.readings import ReadingDictionary, Romanized
    from layers.text import Text


def add_to(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command("romanize", help="拼写地名的汉语拼音 / Spell names in Hanyu Pinyin")(romanize)


@reported
def romanize(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="清单：.csv、.xlsx 或每行一个地名的 .txt；- 为标准输入 / The list: .csv, .xlsx, or a .txt with one "
            "name a line; - reads standard input",
        ),
    ],
    entity_class: Annotated[
        str | None,
        typer.Option(
            "--class",
            help="清单中没有写明类别的行属于哪类，如 road / Class of rows that say none, such as road",
        ),
    ] = None,
    jurisdiction: Annotated[
        str,
        typer.Option(
            "--jurisdiction",
            metavar="CODE",
            help="清单中没有写明辖区的行属于哪里，如 450100；读音因地而异时用 / Division code of rows that say none",
        ),
    ] = "",
    workspace: Annotated[
        Path | None,
        typer.Option(
            "-w",
            "--workspace",
            help="用这个工作区的 readings.toml / Use the readings.toml of this workspace",
        ),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="文字编码，如 gb18030 / Text encoding, such as gb18030")
    ] = None,
    form: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            help="输出格式，不写时由 -o 的扩展名定 / Form of the output; without it the suffix of -o decides",
            case_sensitive=False,
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Spell every name of a list; says on stderr how many are unsure."""
    from gis.names.listing import read_list
    from gis.names.readings import load_readings

    form = chosen_form(form, output, forms=ReportFormat)
    check_destination(output)
    need_file(form, output)
    kind = _class_code(entity_class)
    readings = load_readings(_folder(workspace))
    with readable(file) as path:
        names = read_list(path, jurisdiction=jurisdiction, encoding=encoding)
    spelt = [_Spelt.of(row, kind, readings) for row in names.rows]
    _give(spelt, form, output)
    for note in names.notes:
        remark(picked(note))
    for one in spelt:
        if one.problem is not None:
            remark(said(f"第 {one.row} 行：{one.problem.zh}", f"Row {one.row}: {one.problem.en}"))
    remark(_summary(spelt))


@dataclass(frozen=True, slots=True)
class _Spelt:
    """A row spelt, or why it could not be."""

    row: int
    name: str
    romanized: "Romanized | None" = None
    problem: "Text | None" = field(default=None)

    @classmethod
    def of(cls, listed: "ListedName", kind: str | None, readings: "ReadingDictionary") -> "_Spelt":
        from gis.names.readings import romanize as spell
        from layers.errors import InputError

        candidate = listed.candidate
        name = candidate.name
        try:
            romanized = spell(
                name,
                entity_class=candidate.entity_class or kind,
                jurisdiction=candidate.jurisdiction,
                readings=readings,
            )
        except InputError as error:
            return cls(listed.row, name, problem=error.message)
        return cls(listed.row, name, romanized)

    @property
    def is_unsure(self) -> bool:
        return self.romanized is None or self.romanized.unsure

    def as_json(self) -> dict[str, Any]:
        """Return the spelling; a row that could not be spelt has empty ones, is unsure and says why."""
        if self.romanized is not None:
            return self.romanized.as_json()
        empty: dict[str, Any] = {
            "pinyin": "",
            "sign_form": "",
            "unsure": True,
            "alternatives": [],
            "evidence": [],
        }
        problem = self.problem._asdict() if self.problem else None
        return {"name": self.name, **empty, "problem": problem}

    def cells(self) -> list[str]:
        if self.romanized is None:
            return [
                self.name,
                "",
                "",
                said("不能拼写", "not spelt"),
                "",
                picked(self.problem) if self.problem else "",
            ]
        one = self.romanized
        unsure = said("不确定", "unsure") if one.unsure else ""
        remark = picked(one.remark) if one.remark else ""
        return [one.name, one.pinyin, one.sign_form, unsure, "; ".join(one.alternatives), remark]


def _class_code(word: str | None) -> str | None:
    from layers.errors import InputError
    from layers.text import Text
    from layers.vocabulary import code_for, vocabulary

    if word is None:
        return None
    code = code_for("name_class", word)
    if code is None:
        known = joined(vocabulary("name_class"))
        raise InputError(
            Text(f"没有地名类别“{word}”。", f"There is no class of names {word!r}."),
            Text(f"类别有：{known.zh}。", f"Classes are {known.en}."),
        )
    return code


def _folder(workspace: Path | None) -> Path | None:
    from layers.workspace import Workspace

    if workspace is not None:
        Workspace.open(workspace).close()
    return workspace


def _give(spelt: Sequence[_Spelt], form: ReportFormat, output: Path | None) -> None:
    if form is ReportFormat.JSON:
        give_json([one.as_json() for one in spelt], output)
        return
    header = [
        said("名称", "Name"),
        said("拼音", "Pinyin"),
        said("标志形式", "Sign form"),
        said("是否确定", "Certainty"),
        said("其他拼法", "Alternatives"),
        said("说明", "Remark"),
    ]
    rows = [one.cells() for one in spelt]
    if form is ReportFormat.CSV:
        give_csv(header, rows, output)
    elif form is ReportFormat.XLSX and output is not None:
        write_workbook(said("汉语拼音", "Hanyu Pinyin"), [header, *rows], output)
    else:
        give_table(header, rows, output=output)


def _summary(spelt: Sequence[_Spelt]) -> str:
    unsure = sum(one.is_unsure for one in spelt)
    if not unsure:
        return said(f"共 {len(spelt)} 个地名。", f"{counted(len(spelt), 'name')}.")
    return said(
        f"共 {len(spelt)} 个地名，其中 {unsure} 个读音不确定，请核对。",
        f"{counted(len(spelt), 'name')}, {unsure} of them unsure: please check.",
    )
