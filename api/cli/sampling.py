"""Commands around the fictional sample district: demo and sample."""

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.failing import reported
from api.cli.importing import counted
from api.cli.language import said
from api.cli.output import remark
from api.cli.progress import shown_progress
from api.cli.serving import KEY_VARIABLE, Port, run_server
from layers.errors import WorkspaceError
from layers.text import Text

if TYPE_CHECKING:
    from layers.progress import Progress

SEED = 20260101
SAMPLE_FOLDER = "sample"
Seed = Annotated[int, typer.Option("--seed", help="随机种子，同种子同文件 / Same seed, same files")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group to the program."""
    app.command(
        "demo", help="建一个示例区县工作区（虚构） / Make a workspace with the fictional sample district"
    )(demo)
    app.command("sample", help="只写出示例数据文件 / Only write the files of the sample district")(sample)


@reported
def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="工作区文件夹 / Folder to make")],
    serve: Annotated[
        bool, typer.Option("--serve", help="建好后打开服务 / Serve it when it is ready")
    ] = False,
    port: Port = 8000,
    key: Annotated[
        str | None,
        typer.Option(
            "--key", envvar=KEY_VARIABLE, help="工作人员口令，默认每次随机 / Staff key, random by default"
        ),
    ] = None,
    seed: Seed = SEED,
) -> None:
    """Make the sample workspace from its files by ordinary imports, unless it is there already."""
    from layers.workspace import SETTINGS_FILE

    if (folder / SETTINGS_FILE).exists():
        remark(said(f"{folder} 里已有工作区，直接使用。", f"{folder} holds a workspace already; using it."))
    else:
        _make_whole(folder, seed, serve=serve)
        remark(
            said(
                f"已建立示例工作区 {folder}（虚构示例）。", f"Made the sample workspace {folder} (fictional)."
            )
        )
    if serve:
        run_server(folder, port=port, key=key)
    else:
        remark(said(f"下一步：fangyu serve -w {folder}", f"Next: fangyu serve -w {folder}"))


@reported
def sample(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="写到哪个文件夹 / Folder to write into")],
    seed: Seed = SEED,
) -> None:
    """Write the files of the sample district."""
    from data.samples import generate

    for one in generate(folder, seed).files:
        crs = f" --crs {one.crs}" if one.crs else ""
        remark(f"{one.layer_id} ← {folder / one.file_name}{crs}")


def _make_whole(folder: Path, seed: int, *, serve: bool) -> None:
    """Make the workspace aside and put it in place whole, so that a demo that broke off leaves nothing behind.

    What is about to be served has its kernels compiled first.
    """
    from gis.coverage.warming import compile_everything

    folder = folder.resolve()
    if folder.exists() and any(folder.iterdir()):
        raise WorkspaceError(
            Text(f"{folder} 不是空文件夹，也不是工作区。", f"{folder} is neither empty nor a workspace."),
            Text("请换一个文件夹。", "Choose another folder."),
        )
    aside = folder.with_name(f".{folder.name}.making")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        with shown_progress() as progress:
            _make(aside, seed, progress)
            if serve:
                compile_everything(progress)
        if folder.exists():
            folder.rmdir()
        aside.rename(folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _make(folder: Path, seed: int, progress: "Progress") -> None:
    from data.samples import generate
    from data.samples.tables import AS_OF
    from gis.network.warming import warm_up
    from layers.importing import ImportOptions, import_file
    from layers.store.protocol import By
    from layers.workspace import Settings, Workspace

    progress(Text("生成示例数据", "Making the sample"), 0, None)
    made = generate(folder / SAMPLE_FOLDER, seed)
    by = By("fangyu demo", said("虚构示例数据", "fictional sample data"))
    settings = Settings(
        code=made.code, name=made.name, synthetic=True, reference_date=date.fromisoformat(AS_OF)
    )
    with Workspace.create(folder, settings) as opened:
        for one in made.files:
            options = ImportOptions(crs=one.crs, synthetic=True)
            report = import_file(opened, one.layer_id, made.folder / one.file_name, options, by, progress)
            sums = counted(report)
            remark(
                said(
                    f"{one.layer_id} ← {one.file_name}：{sums.zh}",
                    f"{one.layer_id} <- {one.file_name}: {sums.en}",
                )
            )
        progress(Text("建路网", "Building the network"), 0, None)
        warm_up(opened)
