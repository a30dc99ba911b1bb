"""A table or frame that is in memory already, taken into a layer by the same rules as a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.errors import ColumnError, FileFormatError, InputError
from layers.importing.options import ImportOptions
from layers.importing.plan import plan_import
from layers.importing.rejects import RejectLog
from layers.importing.report import ImportReport
from layers.importing.rows import RowMaker, Tally
from layers.importing.run import noticed
from layers.model import Layer, LayerSpec, Provenance
from layers.reading.source import ROWS_PER_BATCH, Batch, Source
from layers.store.memory import content_version
from layers.text import Text, counted

if TYPE_CHECKING:
    from collections.abc import Hashable

_DOUBLED = Text("编号重复", "the id is there twice")


def layer_of_frame(
    spec: LayerSpec, frame: "pd.DataFrame | Layer", options: ImportOptions | None = None, *, named: str = ""
) -> tuple[Layer, ImportReport]:
    """Take a frame into a layer: headings, values, coordinates and ids as an import takes them.

    Parameters
    ----------
    frame
        A GeoDataFrame in any declared CRS, or a DataFrame with columns of coordinates; columns under the headings that
        imports know, Chinese or English. Row numbers in the report count from 1. A layer is given back as it is.
    options
        ``crs`` (wins over the frame's own), ``columns`` and ``synthetic`` are heeded.
    named
        What messages and provenance call it; without it the id of the layer.

    Raises
    ------
    CrsError
        When nobody declared a system, or the declared one does not fit the numbers.
    ColumnError
        When a required column or the coordinates are missing.
    FileFormatError
        When there are no rows.
    InputError
        When it is no frame, two columns have one name, or no row can be taken.
    """
    name = named or spec.id
    if isinstance(frame, Layer):
        return frame, ImportReport(
            layer_id=spec.id, file_name=name, rows_read=len(frame), rows_imported=len(frame)
        )
    chosen = options or ImportOptions()
    source = _source(frame, name)
    plan = plan_import(spec, source, Path(name), chosen)
    with RejectLog(None) as log:
        maker = RowMaker(spec, plan.matching, plan.conversion, log, Tally())
        pieces: list[gpd.GeoDataFrame] = []
        seen: set[str] = set()
        for batch in plan.batches:
            made, positions = maker.make(batch)
            again = np.array([_again(seen, one) for one in made["id"]], dtype=bool)
            for at in np.flatnonzero(again).tolist():
                column = plan.matching.fields.get("id", "")
                maker.refuse(batch, int(positions[at]), column, str(made["id"].iloc[at]), _DOUBLED, "row")
            pieces.append(made[~again])
            log.settle(tuple(batch.table.columns))
    whole = gpd.GeoDataFrame(pd.concat(pieces, ignore_index=True), crs=pieces[0].crs)
    report = ImportReport(
        layer_id=spec.id,
        file_name=name,
        rows_read=maker.tally.read,
        rows_imported=len(whole),
        cells_rejected=log.cells,
        rejects=log.first,
        reject_count=log.count,
        notes=(*plan.notes, *noticed(maker)),
        columns={**plan.matching.fields, **plan.matching.places},
        unknown_columns=plan.matching.unknown,
        crs_declared=plan.conversion.declared,
        crs_used=plan.conversion.used,
        transform_accuracy_m=plan.conversion.accuracy_m,
    )
    _refuse_empty(report)
    origin = Provenance(content_version(whole), (name,), _as_of(whole), chosen.synthetic)
    return Layer(spec, whole, origin), report


def _again(seen: set[str], one: str) -> bool:
    if one in seen:
        return True
    seen.add(one)
    return False


def _as_of(frame: gpd.GeoDataFrame) -> Any:  # noqa: ANN401 - a date or None, as pandas gives it
    last = frame["as_of"].max() if "as_of" in frame else None
    return None if last is None or pd.isna(last) else last.date()


def _source(frame: pd.DataFrame, name: str) -> Source:
    """Describe a frame as a reader describes a file."""
    if not isinstance(frame, pd.DataFrame):
        raise InputError(
            Text(f"{name} 是 {type(frame).__name__}，不是表。", f"{name} is a {type(frame).__name__}, not a frame."),
            Text("请给 GeoDataFrame 或 DataFrame。", "Give a GeoDataFrame or a DataFrame."),
        )  # fmt: skip
    placed = isinstance(frame, gpd.GeoDataFrame) and frame.active_geometry_name is not None
    kept = frame.drop(columns=frame.active_geometry_name) if placed else frame
    headings = tuple(str(one) for one in kept.columns)
    if len(set(headings)) != len(headings):
        doubled = next(one for one in headings if headings.count(one) > 1)
        raise ColumnError(
            Text(f"{name} 有两列都叫“{doubled}”。", f"{name} has two columns called {doubled!r}.")
        )
    if not len(frame):
        raise FileFormatError(Text(f"{name} 没有数据行。", f"{name} has no rows."))
    crs = frame.crs if placed else None
    return Source(
        kind="frame",
        headings=headings,
        batches=lambda: _batches(kept, frame.geometry.to_numpy() if placed else None, headings),
        has_geometry=placed,
        crs=None if crs is None else crs.to_wkt(),
        total=len(frame),
    )


def _batches(table: pd.DataFrame, shapes: Any, headings: tuple[str, ...]) -> Iterator[Batch]:  # noqa: ANN401 - array of shapes
    for begun in range(0, len(table), ROWS_PER_BATCH):
        part = table.iloc[begun : begun + ROWS_PER_BATCH]
        cells: dict[Hashable, Any] = {
            name: pd.Series(_cells(part.iloc[:, at]), dtype="object") for at, name in enumerate(headings)
        }
        geometry = (
            None if shapes is None else np.asarray(shapes[begun : begun + ROWS_PER_BATCH], dtype=object)
        )
        rows = np.arange(begun + 1, begun + 1 + len(part), dtype=np.int64)
        yield Batch(rows, pd.DataFrame(cells, index=range(len(part))), geometry)


def _cells(column: "pd.Series[Any]") -> list[Any]:
    """Give cells as plain Python values; whatever pandas calls missing is None."""
    return [None if missing else _cell(one) for one, missing in zip(column, column.isna(), strict=True)]


def _cell(value: Any) -> Any:  # noqa: ANN401 - whatever stands in a frame
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if isinstance(value, np.generic) else value


def _refuse_empty(report: ImportReport) -> None:
    if report.rows_imported:
        return
    first = report.rejects[0]
    raise InputError(
        Text(
            f"{report.file_name} 的 {report.rows_read} 行都不能用；"
            f"第 {first.row} 行 {first.column}：{first.reason.zh}。",
            f"No row of {report.file_name} can be taken ({counted(report.rows_read, 'row')}); row {first.row}, "
            f"{first.column}: {first.reason.en}.",
        )
    )
