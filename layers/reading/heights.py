"""Heights of the ground from a raster (GeoTIFF, ESRI ASCII grid and the like), read by the optional rasterio."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyproj

from layers.crs.conversion import plan_conversion
from layers.crs.declared import CGCS2000, WGS84, Declared, parse_crs
from layers.crs.guards import Sample
from layers.errors import CrsError, FileFormatError, InputError, NotFoundError
from layers.text import Text

Numbers = npt.NDArray[np.float64]
_METRES = frozenset({"", "m", "metre", "metres", "meter", "meters", "米"})


@dataclass(frozen=True, slots=True)
class Heights:
    """A raster of heights in metres, open for reading; make it with ``open_heights``.

    Attributes
    ----------
    name
        Name of the file, without its folder.
    to_raster
        From storage degrees (EPSG:4490) to the raster's own system.
    """

    name: str
    source: Any
    to_raster: pyproj.Transformer

    def at(self, lon: Numbers, lat: Numbers) -> Numbers:
        """Return the height at every place in metres; nan outside of the raster and where it has no value.

        Between the middles of four cells it is weighed by how near they are (bilinear); where one of the four is
        missing, the cell the place lies in counts. Only the part of the raster around the places is read.
        """
        found = np.full(len(lon), np.nan)
        x, y = (np.asarray(one) for one in self.to_raster.transform(lon, lat))
        per_x, skew, begin, turn, per_y, top = (~self.source.transform)[:6]
        column, row = per_x * x + skew * y + begin, turn * x + per_y * y + top
        inside = np.isfinite(column) & np.isfinite(row) & (column >= 0) & (row >= 0)
        inside &= (column <= self.source.width) & (row <= self.source.height)
        at = np.flatnonzero(inside)
        if len(at):
            left, top, cells = self._cells(column[at], row[at])
            found[at] = _between(cells, column[at] - left, row[at] - top)
        return found

    def _cells(self, column: Numbers, row: Numbers) -> tuple[int, int, Numbers]:
        """Read the cells around some places: number of the first column and row, and their values in metres."""
        left, top = (max(int(np.floor(one.min())) - 1, 0) for one in (column, row))
        right, low = int(np.ceil(column.max())) + 1, int(np.ceil(row.max())) + 1
        window = ((top, min(low, self.source.height)), (left, min(right, self.source.width)))
        read = self.source.read(1, window=window, masked=True).astype(np.float64).filled(np.nan)
        return left, top, np.asarray(read * self.source.scales[0] + self.source.offsets[0])


@contextmanager
def open_heights(path: Path, crs: str | None = None) -> Iterator[Heights]:
    """Open a raster of heights.

    Parameters
    ----------
    crs
        Its coordinate system where the file says none (ESRI ASCII grids without a .prj); it is never guessed.

    Raises
    ------
    InputError
        When rasterio is not installed, or the raster holds other than one band of metres.
    NotFoundError
        When there is no such file.
    FileFormatError
        When it is no raster.
    CrsError
        When its system is not known, or leads to CGCS2000 only by pretence.
    """
    if not path.is_file():
        raise NotFoundError(
            Text(f"没有文件 {path}。", f"There is no file {path}."), Text("请检查路径。", "Check the path.")
        )
    rasterio = _rasterio()
    try:
        source = rasterio.open(path)
    except rasterio.errors.RasterioIOError as error:
        raise FileFormatError(
            Text(f"{path.name} 不是能读的高程栅格。", f"{path.name} is no raster that can be read."),
            Text("请用 GeoTIFF 或 ESRI ASCII 格网。", "Use GeoTIFF or an ESRI ASCII grid."),
        ) from error
    with source:
        _refuse_other_than_metres(source, path.name)
        yield Heights(path.name, source, _way_to(_declared(source, path.name, crs)))


def _rasterio() -> Any:  # noqa: ANN401 - rasterio is untyped
    try:
        import rasterio  # noqa: PLC0415 - an extra: only heights need it
        import rasterio.errors  # noqa: PLC0415 - as above
    except ImportError as error:
        raise InputError(
            Text(
                "读高程栅格要用 rasterio，这里没有安装。",
                "Heights are read by rasterio, which is not installed.",
            ),
            Text("请安装：pip install 'fangyu[heights]'。", "Install it: pip install 'fangyu[heights]'."),
        ) from error
    return rasterio


def _refuse_other_than_metres(source: Any, name: str) -> None:  # noqa: ANN401 - as above
    unit = (source.units[0] or "").strip() if source.count else ""
    if source.count != 1:
        raise InputError(
            Text(
                f"{name} 有 {source.count} 个波段，高程栅格应只有 1 个。",
                f"{name} has {source.count} bands; a raster of heights has one.",
            ),
            Text("请导出单波段的高程。", "Export the heights as a single band."),
        )
    if unit.casefold() not in _METRES:
        raise InputError(
            Text(
                f"{name} 的高程单位是“{unit}”，不是米。",
                f"The heights of {name} are in {unit!r}, not metres.",
            ),
            Text("请换算成米后再导入。", "Convert them to metres first."),
        )


def _declared(source: Any, name: str, crs: str | None) -> Declared:  # noqa: ANN401 - as above
    if crs is not None:
        return parse_crs(crs)
    if source.crs is None:
        raise CrsError(
            Text(
                f"高程栅格 {name} 没有写明坐标系。", f"The raster {name} does not say its coordinate system."
            ),
            Text(
                "请附上 .prj 文件，或写 --heights-crs，如 EPSG:4549。",
                "Put its .prj file beside it, or add --heights-crs, such as EPSG:4549.",
            ),
        )
    return parse_crs(source.crs.to_wkt())


def _way_to(declared: Declared) -> pyproj.Transformer:
    """Plan the way from storage degrees to a raster; refuses what cannot be converted, as for imported files."""
    if declared.shift:
        raise CrsError(
            Text(
                f"高程栅格不能是偏移坐标（{declared.shift}）。",
                f"A raster of heights cannot be in {declared.shift}.",
            ),
            Text("请用 WGS84 或 CGCS2000 的栅格。", "Use a raster in WGS 84 or CGCS2000."),
        )
    plan_conversion(declared, Sample(np.empty(0), np.empty(0)))
    datum = declared.crs.geodetic_crs
    begin = CGCS2000 if datum is not None and datum.to_epsg() == CGCS2000 else WGS84
    return pyproj.Transformer.from_crs(begin, declared.crs, always_xy=True)


def _between(cells: Numbers, column: Numbers, row: Numbers) -> Numbers:
    """Weigh the four cells around each place, counted in cells from the corner of the first."""
    high, wide = cells.shape
    own = cells[np.minimum(row.astype(int), high - 1), np.minimum(column.astype(int), wide - 1)]
    x, y = np.clip(column - 0.5, 0, wide - 1), np.clip(row - 0.5, 0, high - 1)
    left, top = x.astype(int), y.astype(int)
    right, low = np.minimum(left + 1, wide - 1), np.minimum(top + 1, high - 1)
    across, down = x - left, y - top
    upper = cells[top, left] * (1 - across) + cells[top, right] * across
    lower = cells[low, left] * (1 - across) + cells[low, right] * across
    mixed = upper * (1 - down) + lower * down
    return np.asarray(np.where(np.isfinite(mixed), mixed, own))
