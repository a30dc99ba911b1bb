"""Commands about the workspace itself: init, layers, imports, history, undo."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli.failing import reported
from api.cli.language import chosen, picked, said
from api.cli.options import HERE, ListFormat, TableFormat, Who, Why, WorkspaceFolder
from api.cli.output import give_csv, give_json, give_table, remark
from api.written import local_minute, signed
from layers.text import Text, counted

_ACTIONS: Mapping[str, Text] = {
    "add": Text("新增", "added"),
    "update": Text("修改", "changed"),
    "remove": Text("删除", "removed"),
}


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group to the program."""
    app.command("init", help="新建工作区 / Make a new workspace")(init)
    app.command("layers", help="列出图层及其数据情况 / List the layers and what is in them")(layers)
    app.command("imports", help="列出历次导入 / List all imports")(imports)
    app.command("history", help="查看改动历史 / Show who changed what, when and why")(history)
    app.command("undo", help="撤销一次导入 / Take one import back")(undo)


@reported
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="工作区文件夹 / Folder to make")],
    code: Annotated[str, typer.Option("--code", help="六位区划代码，如 320413 / Six-digit division code")],
    name: Annotated[str, typer.Option("--name", help="区县名称，如 金坛区 / Name of the district")],
    norms: Annotated[str, typer.Option("--norms", help="规范方案 / Norm profile")] = "national",
    pack: Annotated[
        list[str] | None,
        typer.Option(
            "--pack",
            help="地名规则包，可重复；不写时按区划代码选 / Pack of name rules, may be repeated; "
            "without it those of the division code",
        ),
    ] = None,
) -> None:
    """Make a new workspace."""
    from gis.names import packs_for
    from layers.workspace import Settings, Workspace

    packs = tuple(pack) if pack else packs_for(code)
    with Workspace.create(folder, Settings(code=code, name=name, norm_profile=norms, name_packs=packs)):
        remark(said(f"已建立工作区 {folder}（{name}）。", f"Made the workspace {folder} ({name})."))
    remark(said(f"地名规则包：{'、'.join(packs)}", f"Name rules: {', '.join(packs)}"))
    remark(
        said(f"下一步：fangyu import 图层 文件 -w {folder}", f"Next: fangyu import LAYER FILE -w {folder}")
    )


@reported
def layers(workspace: WorkspaceFolder = HERE, form: ListFormat = TableFormat.TABLE) -> None:
    """List the layers."""
    from layers.catalog import as_json
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        answer = as_json(opened, profile="internal")
    if form is TableFormat.JSON:
        give_json(answer)
        return
    header = (
        said("图层", "Layer"),
        said("名称", "Name"),
        said("要素数", "Features"),
        said("数据截至", "As of"),
        said("来源", "Sources"),
        said("版本", "Version"),
    )
    rows = [
        (
            one["id"],
            one["label"][chosen()],
            one["count"],
            one["as_of"],
            "; ".join(one["sources"]),
            one["version"],
        )
        for one in answer["layers"]
    ]
    if form is TableFormat.CSV:
        give_csv(header, rows)
        return
    district = answer["district"]
    invented = said("（虚构示例）", " (fictional sample)") if answer["synthetic"] else ""
    give_table(header, rows, title=f"{district['name']} {district['code']}{invented}")


@reported
def imports(workspace: WorkspaceFolder = HERE, form: ListFormat = TableFormat.TABLE) -> None:
    """List the imports, newest first."""
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        records = opened.store.imports()
    facts = [
        {
            "import_id": one.import_id,
            "layer": one.layer_id,
            "file": one.source.file_name,
            "added": one.rows_added,
            "updated": one.rows_updated,
            "who": one.by.who,
            "why": one.by.why,
            "at": _moment(one.at, form),
            "undone_at": _moment(one.undone_at, form) if one.undone_at else None,
        }
        for one in records
    ]
    labels = {
        "import_id": said("导入号", "Import"),
        "layer": said("图层", "Layer"),
        "file": said("文件", "File"),
        "added": said("新增", "Added"),
        "updated": said("更新", "Updated"),
        "who": said("经办人", "Who"),
        "why": said("事由", "Why"),
        "at": said("时间", "At"),
        "undone_at": said("撤销时间", "Undone at"),
    }
    _give_list(facts, labels, form)


@reported
def history(
    layer: Annotated[str | None, typer.Option("--layer", help="只看一个图层 / One layer only")] = None,
    feature: Annotated[str | None, typer.Option("--feature", help="只看一个要素 / One feature only")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多几条 / At most so many")] = 100,
    workspace: WorkspaceFolder = HERE,
    form: ListFormat = TableFormat.TABLE,
) -> None:
    """Show changes, newest first."""
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        changes = opened.store.history(layer, feature, limit)
    facts = [
        {
            "change_id": one.change_id,
            "layer": one.layer_id,
            "feature_id": one.feature_id,
            "name": (one.after or one.before or {}).get("name"),
            "action": one.action if form is TableFormat.JSON else picked(_ACTIONS[one.action]),
            "who": one.by.who,
            "why": one.by.why,
            "at": _moment(one.at, form),
            "import_id": one.import_id,
            **({"before": one.before, "after": one.after} if form is TableFormat.JSON else {}),
        }
        for one in changes
    ]
    labels = {
        "change_id": said("改动号", "Change"),
        "layer": said("图层", "Layer"),
        "feature_id": said("要素", "Feature"),
        "name": said("名称", "Name"),
        "action": said("动作", "Action"),
        "who": said("经办人", "Who"),
        "why": said("事由", "Why"),
        "at": said("时间", "At"),
        "import_id": said("导入号", "Import"),
    }
    _give_list(facts, labels, form)


@reported
def undo(
    import_id: Annotated[
        int, typer.Argument(metavar="IMPORT_ID", help="导入号，见 fangyu imports / See fangyu imports")
    ],
    workspace: WorkspaceFolder = HERE,
    who: Who = None,
    why: Why = "",
) -> None:
    """Take an import back."""
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        touched = opened.store.undo(import_id, signed(who, why))
    remark(
        said(
            f"已撤销第 {import_id} 次导入，涉及 {touched} 个要素。",
            f"Took import {import_id} back: {counted(touched, 'feature')}.",
        )
    )


def _moment(at: datetime, form: TableFormat) -> str:
    """Write a moment: local time to the minute for readers, with its zone for programs."""
    return at.isoformat(timespec="seconds") if form is TableFormat.JSON else local_minute(at)


def _give_list(facts: Sequence[Mapping[str, object]], labels: dict[str, str], form: TableFormat) -> None:
    if form is TableFormat.JSON:
        give_json(facts)
        return
    rows = [[one[key] for key in labels] for one in facts]
    (give_csv if form is TableFormat.CSV else give_table)(list(labels.values()), rows)
