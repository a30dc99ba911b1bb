"""The command that lists the rule packs."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.options import ListFormat, TableFormat
from api.cli.output import give_csv, give_json, give_table, remark

if TYPE_CHECKING:
    from gis.names import Pack

_Place = Annotated[
    str | None,
    typer.Option(
        "--jurisdiction",
        metavar="CODE",
        help="只列这一行政区划代码适用的 / Only those for this division code",
    ),
]
_Folder = Annotated[
    Path | None,
    typer.Option(
        "-w", "--workspace", help="也找这个工作区 packs/ 里的 / Also those in packs/ of this workspace"
    ),
]


def add_to(group: typer.Typer) -> None:
    """Add the command to the group."""
    group.command("packs", help="列出地名规则包 / List the packs of name rules")(packs)


@reported
def packs(
    jurisdiction: _Place = None, workspace: _Folder = None, form: ListFormat = TableFormat.TABLE
) -> None:
    """List every pack: where it holds, since when, how many rules it switches on, whether its text was seen.

    What a pack leaves out or could not be checked is said below the table.
    """
    from gis.names.packs import load_packs, pack_ids, packs_for

    ids = pack_ids(workspace) if jurisdiction is None else packs_for(jurisdiction, folder=workspace)
    loaded = [load_packs((one,), folder=workspace) for one in ids]
    if form is TableFormat.JSON:
        give_json([_as_json(one) for one in loaded])
        return
    header = [
        said("规则包", "Pack"),
        said("名称", "Title"),
        said("适用", "For"),
        said("施行", "In force"),
        said("规则", "Rules"),
        said("已核原文", "Text seen"),
    ]
    (give_csv if form is TableFormat.CSV else give_table)(header, [_row(one) for one in loaded])
    for one in loaded:
        if one.remark is not None and form is TableFormat.TABLE:
            remark(f"{one.id}: {picked(one.remark)}")


def _row(pack: "Pack") -> list[Any]:
    seen = said("是", "yes") if pack.verified else said("否", "no")
    return [
        pack.id,
        picked(pack.title),
        " ".join(pack.jurisdictions),
        pack.effective_from,
        len(pack.rules),
        seen,
    ]


def _as_json(pack: "Pack") -> dict[str, Any]:
    return {
        "id": pack.id,
        "title": pack.title._asdict(),
        "parts": list(pack.parts),
        "jurisdictions": list(pack.jurisdictions),
        "effective_from": pack.effective_from.isoformat() if pack.effective_from else None,
        "rules": sorted(pack.rules),
        "verified": pack.verified,
        "remark": pack.remark._asdict() if pack.remark else None,
    }
