"""Import of an OpenStreetMap extract: one file, several layers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from layers.crs.conversion import WGS84_TO_CGCS2000_M
from layers.errors import CrsError, InputError
from layers.frames import typed_frame
from layers.importing.inclines import Inclines, inclines_of
from layers.importing.options import ImportOptions
from layers.importing.rejects import RejectLog
from layers.importing.report import ImportReport, Reject
from layers.importing.run import reject_path
from layers.importing.writes import file_sha256, write
from layers.model import LayerSpec
from layers.progress import Progress, silent
from layers.reading.osm import OsmExtract, read_osm
from layers.reading.osm_ground import barrier_rows, building_frame, crossings_open
from layers.reading.osm_places import PLACE_LAYERS, rows_of
from layers.reading.osm_roads import road_edges
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource, Refused
from layers.text import Text, counted
from layers.workspace import Workspace

WRITING = Text("写入图层", "Writing layers")
CREDIT = "© OpenStreetMap contributors, ODbL 1.0"
FILLED = ("road", *PLACE_LAYERS, "building")
"""Layers an extract can fill."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What is the same for every layer of one extract."""

    workspace: Workspace
    path: Path
    about: ImportSource
    by: By
    options: ImportOptions


def import_osm(
    workspace: Workspace, path: Path, options: ImportOptions, by: By, progress: Progress = silent
) -> tuple[ImportReport, ...]:
    """Fill roads, barriers, buildings, names, quarters, places, cemeteries, care facilities and units from OSM.

    Each layer is one import of its own. OSM is WGS 84. Layers the extract says nothing about are left alone.
    ``options.source_layer`` names the layers to fill, joined by commas; all when it is not given.

    Raises
    ------
    NotFoundError, FileFormatError
        When there is no such file, or it is no OSM data.
    CrsError
        When ``options.crs`` says anything but WGS 84.
    InputError
        When ``options.source_layer`` names a layer that OSM does not fill, or leaves out the roads that heights are
        given for.
    """
    if options.crs and options.crs.casefold() not in {"wgs84", "epsg:4326", "4326"}:
        raise CrsError(
            Text(
                f"OSM 数据总是 WGS84，不能声明为 {options.crs}。", f"OSM data is WGS 84, not {options.crs}."
            ),
            Text("请去掉 --crs。", "Leave --crs out."),
        )
    if options.only or options.nodes:
        raise InputError(
            Text("OSM 数据不能用 --only、--nodes。", "OSM data takes neither --only nor --nodes."),
            Text("用 --source-layer 选要填的图层。", "Choose layers with --source-layer."),
        )
    wanted = _wanted(options.source_layer)
    with inclines_of(options, roads="road" in wanted) as inclines:
        extract = read_osm(path, progress, houses="building" in wanted)
        frames = list(_frames(extract, wanted, inclines))
    job = _Job(workspace, path, _about(path, options), by, options)
    reports = []
    for number, (spec, frame, notes) in enumerate(frames, start=1):
        if len(frame) or notes:
            reports.append(_take(job, spec, frame, notes))
        progress(WRITING, number, len(frames))
    return tuple(reports)


def _about(path: Path, options: ImportOptions) -> ImportSource:
    return ImportSource(
        file_name=path.name,
        sha256=file_sha256(path),
        crs_declared="EPSG:4326",
        crs_used="EPSG:4326",
        transform_accuracy_m=WGS84_TO_CGCS2000_M,
        synthetic=options.synthetic,
    )


def _wanted(said: str | None) -> tuple[str, ...]:
    """Read which layers to fill."""
    if not said:
        return FILLED
    wanted = tuple(one.strip() for one in said.split(",") if one.strip())
    unknown = [one for one in wanted if one not in FILLED]
    if unknown:
        raise InputError(
            Text(f"OSM 不填图层 {'、'.join(unknown)}。", f"OSM fills no layer {', '.join(unknown)}."),
            Text(f"可填：{'、'.join(FILLED)}。", f"It fills: {', '.join(FILLED)}."),
        )
    return wanted


def _frames(
    extract: OsmExtract, wanted: Sequence[str], inclines: Inclines | None
) -> Iterator[tuple[LayerSpec, gpd.GeoDataFrame, tuple[Text, ...]]]:
    if "road" in wanted:
        roads = _dated("road", road_edges(extract.ways), extract)
        if inclines:
            inclines.fill(roads)
        yield spec_of("road"), roads, tuple(inclines.notes()) if inclines else ()
    rows = rows_of(extract.places)
    if "barrier" in wanted:
        rows["barrier"] += barrier_rows(extract)
    for layer_id in (one for one in PLACE_LAYERS if one in wanted):
        needs_name = spec_of(layer_id).field("name").required
        good = [row for row in rows[layer_id] if row["name"] or not needs_name]
        frame = pd.DataFrame(good, columns=None if good else ["id"])
        notes = tuple(_notes(layer_id, extract, len(rows[layer_id]) - len(good), good))
        yield spec_of(layer_id), _dated(layer_id, frame, extract), notes
    if "building" in wanted:
        yield (
            spec_of("building"),
            _dated("building", building_frame(extract.houses), extract),
            tuple(_notes("building", extract, 0, [])),
        )


def _dated(layer_id: str, frame: pd.DataFrame, extract: OsmExtract) -> gpd.GeoDataFrame:
    frame["as_of"] = pd.Timestamp(extract.as_of) if extract.as_of else pd.NaT
    frame["source"] = CREDIT
    return typed_frame(spec_of(layer_id), frame)


def _notes(layer_id: str, extract: OsmExtract, unnamed: int, good: list[dict[str, object]]) -> Iterator[Text]:
    if unnamed:
        yield Text(f"{unnamed} 个没有名称，未导入。", f"{unnamed} have no name and were left out.")
    broken = extract.houses.broken if layer_id == "building" else extract.broken_areas
    if broken and layer_id != "road":
        yield Text(
            f"文件中有 {broken} 个面的边界不成形，未能读取，可能属于本图层。",
            f"{counted(broken, 'area')} of the file with broken outlines could not be read; "
            "some may belong to this layer.",
        )
    crossings = crossings_open(good, extract.crossings) if layer_id == "barrier" else 0
    if crossings:
        yield Text(
            f"铁路在 {crossings} 处平交道口断开，道路可在此通过。",
            f"Railways are open at {counted(crossings, 'level crossing')}: roads pass there.",
        )
    if layer_id != "admin_unit":
        return
    if extract.clipped_units:
        yield Text(
            f"{len(extract.clipped_units)} 个行政边界在提取范围外被截断，未导入。",
            f"{len(extract.clipped_units)} administrative boundaries are cut off by the extract and were left out.",
        )
    codeless = sum(1 for row in good if str(row["code"]).startswith("osm:"))
    if codeless:
        yield Text(
            f"{codeless} 个政区在 OSM 中没有代码，以 osm:编号 代替。",
            f"{counted(codeless, 'unit has', 'units have')} no code in OSM; osm:ID stands in.",
        )


def _take(job: _Job, spec: LayerSpec, frame: gpd.GeoDataFrame, notes: tuple[Text, ...]) -> ImportReport:
    workspace, path, about, options = job.workspace, job.path, job.about, job.options
    with RejectLog(None if options.dry_run else reject_path(workspace, spec.id, path)) as log:
        offers: Iterable[tuple[gpd.GeoDataFrame, Callable[[Refused], None]]] = [(frame, _refuser(frame, log))]
        written = write(workspace, spec, about, job.by, options, offers)
    return ImportReport(
        layer_id=spec.id,
        file_name=path.name,
        rows_read=len(frame),
        rows_imported=written.added,
        rows_updated=written.updated,
        rows_unchanged=written.unchanged,
        cells_rejected=log.cells,
        rejects=log.first,
        reject_count=log.count,
        notes=notes,
        crs_declared=about.crs_declared,
        crs_used=about.crs_used,
        transform_accuracy_m=about.transform_accuracy_m,
        import_id=written.import_id,
        dry_run=options.dry_run,
        reject_file=log.file,
    )


def _refuser(frame: gpd.GeoDataFrame, log: RejectLog) -> Callable[[Refused], None]:
    def refuse(refused: Refused) -> None:
        reason = Text(
            f"编号 {refused.feature_id} 在图层中已有；要更新请加 --update。",
            f"The id {refused.feature_id} is in the layer already; to update it add --update.",
        )
        row = frame.iloc[refused.position]
        log.add(Reject(refused.position + 1, "id", refused.feature_id, reason, "row"), row.dropna().to_dict)

    return refuse
