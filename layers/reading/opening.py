"""One door to every kind of file: the suffix decides the reader."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from layers.errors import FileFormatError, NotFoundError
from layers.reading.archive import check_archive, extract
from layers.reading.delimited import empty_file, open_delimited
from layers.reading.source import Source, Wish
from layers.text import Text, counted

READABLE = (
    ".csv", ".tsv", ".txt", ".csv.gz", ".csv.xz", ".xlsx", ".xlsm", ".geojson", ".json", ".gpkg",
    ".shp", ".zip", ".parquet", ".geoparquet", ".kml", ".kmz",
)  # fmt: skip
OSM_SUFFIXES = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".osm.xz")
_WHOLE = (".csv", ".tsv", ".xlsx", ".xlsm", ".geojson", ".json", ".gpkg", ".shp", ".parquet", ".kml")


@contextlib.contextmanager
def open_source(path: Path, wish: Wish) -> Iterator[Source]:
    """Open any readable file.

    Raises
    ------
    NotFoundError
        When there is no such file.
    FileFormatError
        When its kind is unknown, or it is empty, damaged or hostile.
    EncodingError
        When its text is in no known encoding.
    """
    if not path.is_file():
        raise NotFoundError(
            Text(f"没有文件 {path}。", f"There is no file {path}."), Text("请检查路径。", "Check the path.")
        )
    if path.stat().st_size == 0:
        raise empty_file(path)
    with _reader(path, wish) as source:
        yield source


def _reader(path: Path, wish: Wish) -> contextlib.AbstractContextManager[Source]:
    name = path.name.casefold()
    if name.endswith(OSM_SUFFIXES):
        raise FileFormatError(
            Text(
                f"{path.name} 是 OSM 数据，一次填充多个图层。",
                f"{path.name} is OSM data and fills several layers.",
            ),
            Text("请用 fangyu import osm 文件名。", "Use: fangyu import osm FILE."),
        )
    if name.endswith((".csv", ".tsv", ".txt", ".csv.gz", ".csv.xz", ".tsv.gz", ".txt.gz", ".txt.xz")):
        return open_delimited(path, wish)
    if name.endswith((".xlsx", ".xlsm")):
        from layers.reading.sheets import open_workbook  # noqa: PLC0415 - each reader is slow to load

        return open_workbook(path, wish)
    if name.endswith((".zip", ".kmz")):
        return _open_zip(path, wish)
    return _places_reader(path, wish)


def _places_reader(path: Path, wish: Wish) -> contextlib.AbstractContextManager[Source]:
    """Choose among the readers that need the geometry library."""
    from layers.reading.records import holds_records, open_records  # noqa: PLC0415 - slow to load
    from layers.reading.shapefile import open_shapefile  # noqa: PLC0415 - slow to load
    from layers.reading.vector import open_parquet, open_vector  # noqa: PLC0415 - slow to load

    name = path.name.casefold()
    if name.endswith((".parquet", ".geoparquet")):
        return open_parquet(path, wish)
    if name.endswith(".shp"):
        return open_shapefile(path, wish)
    if name.endswith((".geojson", ".json", ".gpkg", ".kml")):
        rows = name.endswith(".json") and holds_records(path)
        return open_records(path, wish) if rows else open_vector(path, wish)
    raise _unknown_kind(path)


@contextlib.contextmanager
def _open_zip(path: Path, wish: Wish) -> Iterator[Source]:
    """Open the one readable file inside a zip; the parts of a shapefile count as one."""
    from layers.reading.shapefile import unpacked  # noqa: PLC0415 - slow to load

    with check_archive(path) as archive, unpacked() as folder:
        entries = {
            entry.filename: entry
            for entry in archive.infolist()
            if not entry.is_dir() and "__MACOSX" not in entry.filename
        }
        whole = [name for name in entries if name.casefold().endswith(_WHOLE)]
        chosen = _one_of(path, whole, wish.source_layer)
        stem = chosen[: -len(Path(chosen).suffix)].casefold()
        for name, entry in entries.items():
            suffix = Path(name).suffix.casefold()
            if name == chosen or (chosen.casefold().endswith(".shp") and name.casefold() == stem + suffix):
                extract(archive, entry, folder / f"{path.stem}{suffix}")
        inner = folder / f"{path.stem}{Path(chosen).suffix.casefold()}"
        kept = (
            wish if wish.source_layer is None or chosen.casefold().endswith(".gpkg") else _without_layer(wish)
        )
        with open_source(inner, kept) as source:
            yield source


def _without_layer(wish: Wish) -> Wish:
    return replace(wish, source_layer=None)


def _one_of(path: Path, names: list[str], wanted: str | None) -> str:
    if not names:
        raise FileFormatError(
            Text(f"{path.name} 里没有可读的数据文件。", f"{path.name} holds no readable file."),
            Text(f"可读：{'、'.join(READABLE)}。", f"Readable: {', '.join(READABLE)}."),
        )
    fitting = (
        [name for name in names if wanted in {name, Path(name).name, Path(name).stem}] if wanted else names
    )
    if len(fitting) == 1:
        return fitting[0]
    if len(names) == 1:
        return names[0]
    raise FileFormatError(
        Text(
            f"{path.name} 里有 {len(names)} 个数据文件，不知道读哪一个。",
            f"{path.name} holds {counted(len(names), 'file')}.",
        ),
        Text(
            f"用 --source-layer 指明：{'、'.join(names)}。",
            f"Name one with --source-layer: {', '.join(names)}.",
        ),
    )


def _unknown_kind(path: Path) -> FileFormatError:
    old = path.suffix.casefold() == ".xls"
    return FileFormatError(
        Text(
            f"不认识 {path.name} 的文件类型“{path.suffix}”。",
            f"The kind of {path.name} ({path.suffix!r}) is unknown.",
        ),
        Text("请用 Excel 或 WPS 另存为 .xlsx。", "Save it as .xlsx.")
        if old
        else Text(
            f"可读：{'、'.join(READABLE)}，以及 OSM 的 .osm.pbf/.osm。",
            f"Readable: {', '.join(READABLE)}, OSM .osm.pbf/.osm.",
        ),
    )
