"""Import of one file into one layer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from layers.importing.inclines import Inclines, inclines_of
from layers.importing.nearby import Neighbourhood
from layers.importing.options import ImportOptions
from layers.importing.plan import Plan, plan_import
from layers.importing.rejects import RejectLog
from layers.importing.report import ImportReport
from layers.importing.rows import RowMaker, Tally
from layers.importing.writes import Written, file_sha256, write
from layers.model import LayerSpec
from layers.progress import Progress, silent
from layers.reading.edge_table import open_edges
from layers.reading.headings import knows
from layers.reading.opening import open_source
from layers.reading.selection import selected
from layers.reading.source import Batch, Source, Wish
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource, Refused
from layers.text import Text, counted, joined
from layers.workspace import Workspace

READING = Text("读取并写入", "Reading and writing")
_LISTED = 10


def import_file(
    workspace: Workspace,
    layer_id: str,
    path: Path,
    options: ImportOptions,
    by: By,
    progress: Progress = silent,
) -> ImportReport:
    """Take a file into a layer: good rows in one transaction, everything else into the reject report.

    Parameters
    ----------
    path
        CSV, XLSX, GeoJSON, GeoPackage, Shapefile (bare or zipped), GeoParquet or KML.
    progress
        Told the rows read.

    Returns
    -------
    ImportReport
        What went in, what did not and why. When no row is good nothing is written and ``import_id`` is None.

    Raises
    ------
    NotFoundError
        When there is no such layer or file.
    FileFormatError, EncodingError, CrsError, ColumnError
        When the file as a whole, or the raster of heights, cannot be used; nothing is written then.
    InputError
        When heights are given for another layer than roads, or rasterio is not installed.
    """
    spec = spec_of(layer_id)
    wish = Wish(options.encoding, options.sheet, options.source_layer, layer_id, knows(spec))
    with (
        _opened(path, wish, spec, options) as source,
        inclines_of(options, roads=layer_id == "road") as inclines,
    ):
        plan = plan_import(spec, source, path, options)
        with RejectLog(None if options.dry_run else reject_path(workspace, layer_id, path)) as log:
            maker = RowMaker(spec, plan.matching, plan.conversion, log, Tally())
            china = plan.conversion.declared if plan.conversion.china_only else ""
            around = Neighbourhood(workspace, layer_id, china)
            frames = _frames(plan, maker, around, progress, inclines)
            written = write(workspace, spec, _about(path, plan, options), by, options, frames)
    measured = inclines.notes() if inclines else ()
    notes = (*plan.notes, *noticed(maker), *around.notes(), *measured, *_unchanged(written))
    return _report(path, plan, maker, written, options, notes)


@contextmanager
def _opened(path: Path, wish: Wish, spec: LayerSpec, options: ImportOptions) -> Iterator[Source]:
    nodes = options.nodes
    whole = open_source(path, wish) if nodes is None else open_edges(path, nodes, wish, spec, options.columns)
    with whole as source:
        yield selected(source, options.only, named=path.name)


def reject_path(workspace: Workspace, layer_id: str, path: Path) -> Path:
    """Name the reject report of an import that begins now."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")[:-3]
    return workspace.root / "rejects" / f"{stamp}-{layer_id}-{path.name}.csv"


def _frames(
    plan: Plan, maker: RowMaker, around: Neighbourhood, progress: Progress, inclines: Inclines | None
) -> Iterator[tuple[gpd.GeoDataFrame, Callable[[Refused], None]]]:
    for batch in plan.batches:
        frame, positions = maker.make(batch)
        if inclines:
            inclines.fill(frame)
        yield frame, _refuser(maker, batch, positions)
        maker.log.settle(tuple(batch.table.columns))
        around.look(frame, batch.rows[positions])
        progress(READING, maker.tally.read, plan.total)


def _refuser(maker: RowMaker, batch: Batch, positions: npt.NDArray[np.intp]) -> Callable[[Refused], None]:
    column = maker.matching.fields.get("id", "")

    def refuse(refused: Refused) -> None:
        reason = _doubled(refused, computed=not column)
        maker.refuse(batch, int(positions[refused.position]), column, refused.feature_id, reason, "row")

    return refuse


def _doubled(refused: Refused, *, computed: bool) -> Text:
    name = refused.feature_id
    if refused.existing_import_id == 0:
        return Text(
            f"编号 {name} 在图层中已有；要更新请加 --update。",
            f"The id {name} is in the layer already; to update it add --update.",
        )
    if refused.existing_import_id is not None:
        return Text(
            f"编号 {name} 已在第 {refused.existing_import_id} 次导入时进入图层；要更新请加 --update。",
            f"The id {name} came in with import {refused.existing_import_id}; to update it add --update.",
        )
    if computed:
        return Text(
            f"与文件中另一行完全相同（编号 {name}）。",
            f"The row equals another one in the file (id {name}).",
        )
    return Text(f"编号 {name} 在文件中重复。", f"The id {name} is in the file twice.")


def _about(path: Path, plan: Plan, options: ImportOptions) -> ImportSource:
    files = (path,) if options.nodes is None else (path, options.nodes)
    return ImportSource(
        file_name=" + ".join(one.name for one in files),
        sha256=file_sha256(*files),
        crs_declared=plan.conversion.declared,
        crs_used=plan.conversion.used,
        transform_accuracy_m=plan.conversion.accuracy_m,
        encoding=plan.encoding,
        synthetic=options.synthetic,
    )


def noticed(maker: RowMaker) -> Iterator[Text]:
    """Say what was done to rows that did go in, and why hardly any could."""
    tally, spec = maker.tally, maker.spec
    yield from tally.notes
    yield from _one_id(maker)
    if tally.bare and not spec.geometry_required:
        yield Text(
            f"{tally.bare} 行没有位置：新增的只进登记表，不上图；更新的保留原有位置。",
            f"{counted(tally.bare, 'row has', 'rows have')} no place: new ones are listed, not on the map; "
            "updated ones keep theirs.",
        )
    if tally.twins.count:
        yield Text(
            f"{tally.twins.count} 行与前面某行同名、同址、同位置但内容不同，已另编编号一并导入。",
            f"{counted(tally.twins.count, 'row shares', 'rows share')} name, address and place with an earlier row but "
            "differ: taken under ids of their own.",
        )
    if tally.repaired:
        more = ["…"] if len(tally.repaired) > _LISTED else []
        listed = joined([*(str(row) for row in tally.repaired[:_LISTED]), *more])
        yield Text(
            f"修复了 {len(tally.repaired)} 个无效几何（行 {listed.zh}）。",
            f"{counted(len(tally.repaired), 'invalid geometry was', 'invalid geometries were')} repaired (rows "
            f"{listed.en}).",
        )


def _one_id(maker: RowMaker) -> Iterator[Text]:
    """Say that the column taken for ids holds one value throughout, so that only one row can be kept."""
    tally, heading = maker.tally, maker.matching.fields.get("id")
    if heading is None or len(tally.ids) != 1 or tally.taken <= 1:
        return
    value = next(iter(tally.ids))
    yield Text(
        f"“{heading}”一列当作编号，但 {tally.taken} 行全是“{value}”，只能收一行：它不是编号。"
        "请用 --columns id=列名 另指一列，或先删去、改掉这一列的列名（没有编号列时按内容编号）。",
        f"The column {heading!r} was taken for the id, but all {counted(tally.taken, 'row')} say {value!r}, so that "
        "only one can be kept: it is no id. Name another with --columns id=HEADING, or take the column out or give it "
        "another heading (without one, ids are computed from the content).",
    )


def _unchanged(written: Written) -> Iterator[Text]:
    if written.unchanged:
        yield Text(
            f"{written.unchanged} 行与图层中已有的相同，未作改动。",
            f"{counted(written.unchanged, 'row equals', 'rows equal')} what the layer holds and changed nothing.",
        )


def _report(
    path: Path, plan: Plan, maker: RowMaker, written: Written, options: ImportOptions, notes: tuple[Text, ...]
) -> ImportReport:
    return ImportReport(
        layer_id=maker.spec.id,
        file_name=path.name,
        rows_read=maker.tally.read,
        rows_imported=written.added,
        rows_updated=written.updated,
        rows_unchanged=written.unchanged,
        cells_rejected=maker.log.cells,
        rejects=maker.log.first,
        reject_count=maker.log.count,
        notes=notes,
        columns={**plan.matching.fields, **plan.matching.places},
        unknown_columns=plan.matching.unknown,
        encoding=plan.encoding,
        crs_declared=plan.conversion.declared,
        crs_used=plan.conversion.used,
        transform_accuracy_m=plan.conversion.accuracy_m,
        import_id=written.import_id,
        dry_run=options.dry_run,
        reject_file=maker.log.file,
    )
