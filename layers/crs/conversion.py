"""From the declared system to storage degrees (CGCS2000, EPSG:4490), refusing what PROJ would only pretend to do."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyproj
from pyproj.transformer import Transformer, TransformerGroup

from layers.crs.declared import CGCS2000, WGS84, Declared
from layers.crs.guards import (
    Sample,
    refuse_metres_as_degrees,
    refuse_swapped_degrees,
    refuse_swapped_metres,
    refuse_wrong_zone,
)
from layers.crs.shift import Pair, bd09_to_wgs84, gcj02_to_wgs84
from layers.crs.zones import cgcs2000_epsg, zone_prefix
from layers.errors import CrsError
from layers.text import Text

WGS84_TO_CGCS2000_M = 0.5
"""WGS 84 is taken for CGCS2000: PROJ knows only a ballpark step, the real difference is centimetres to decimetres."""
_OLD_DATUMS = {
    4610: Text("西安80", "Xi'an 80"),
    4214: Text("北京54", "Beijing 54"),
    4555: Text("新北京54", "New Beijing"),
}


@dataclass(frozen=True, slots=True)
class Conversion:
    """How the coordinates of one file become storage degrees; call it with arrays x, y.

    Attributes
    ----------
    declared, used
        The words of the declaration, and what was made of it.
    accuracy_m
        Stated accuracy of the step in metres; None when unknown.
    """

    declared: str
    used: str
    accuracy_m: float | None
    steps: tuple[Transformer, ...] = ()
    shift: str = ""
    by_zone: bool = False
    notes: tuple[Text, ...] = field(default=())

    @property
    def china_only(self) -> bool:
        """Whether the declared system makes sense in China only: shifted degrees, or a CGCS2000 zone."""
        return bool(self.shift or self.by_zone or (self.accuracy_m == 0.0 and self.used != "EPSG:4490"))

    def __call__(self, x: npt.ArrayLike, y: npt.ArrayLike) -> Pair:
        """Return longitudes and latitudes in degrees; a point that cannot be converted comes out infinite."""
        east, north = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        if self.shift:
            return gcj02_to_wgs84(east, north) if self.shift == "gcj02" else bd09_to_wgs84(east, north)
        if self.by_zone:
            return _each_by_its_zone(east, north)
        for step in self.steps:
            east, north = step.transform(east, north)
        return np.asarray(east), np.asarray(north)


def plan_conversion(declared: Declared, sample: Sample) -> Conversion:
    """Check a declaration against sample coordinates and plan the conversion.

    ``sample`` may be empty: then only the declaration is judged.

    Raises
    ------
    CrsError
        Swapped axes, metres declared as degrees or the reverse, a wrong or missing zone prefix, or an old datum that
        PROJ would carry over unmoved.
    """
    _refuse_old_datum(declared)
    if declared.geographic and declared.epsg == CGCS2000 and sample.x.size and not sample.looks_like_degrees:
        return _zoned(declared, sample)
    _refuse_implausible(declared, sample)
    if declared.shift:
        return Conversion(
            declared.said, f"{declared.shift} → EPSG:4490", None, shift=declared.shift, notes=(_CIRCULATED,)
        )
    datum = declared.crs.geodetic_crs
    if datum is not None and datum.to_epsg() == CGCS2000:
        return Conversion(declared.said, _name(declared), 0.0, _steps(declared, CGCS2000))
    steps, accuracy_m = _to_wgs84(declared, sample)
    notes = (
        ()
        if accuracy_m == WGS84_TO_CGCS2000_M and declared.epsg == WGS84
        else (_accuracy_note(declared, accuracy_m),)
    )
    return Conversion(declared.said, _name(declared), accuracy_m, steps, notes=notes)


_CIRCULATED = Text(
    "偏移坐标按公开流传的算法还原（并非官方算法），仅限本单位自有的点。",
    "Shifted coordinates were undone by the formula in public circulation (no official one), for "
    "the office's own points.",
)


def _name(declared: Declared) -> str:
    return f"EPSG:{declared.epsg}" if declared.epsg else str(declared.crs.name)


def _accuracy_note(declared: Declared, accuracy_m: float) -> Text:
    return Text(
        f"{_name(declared)}（{declared.crs.name}）转换到 CGCS2000，标称精度 {accuracy_m:g} 米。",
        f"{_name(declared)} ({declared.crs.name}) was converted to CGCS2000; stated accuracy {accuracy_m:g} m.",
    )


def _refuse_old_datum(declared: Declared) -> None:
    datum = declared.crs.geodetic_crs
    name = _OLD_DATUMS.get(datum.to_epsg() or 0) if datum is not None else None
    if name:
        raise CrsError(
            Text(
                f"{name.zh}坐标（{_name(declared)}）不能在这里转成 CGCS2000：没有公开的转换参数，"
                "PROJ 会不报错地移动 0 米，"
                "留下几十到上百米的偏差。",
                f"{name.en} coordinates ({_name(declared)}) cannot be converted to CGCS2000 here: "
                "no parameters are public "
                "and PROJ would move the points 0 m without an error, leaving them tens of metres to over 100 m off.",
            ),
            Text(
                "请向测绘部门申请转换，或用自有控制点转换后，以 CGCS2000 坐标重新导出。",
                "Have the survey office convert them, or use your own control points, and export again in CGCS2000.",
            ),
        )


def _refuse_implausible(declared: Declared, sample: Sample) -> None:
    if not sample.x.size:
        return
    if declared.geographic:
        refuse_metres_as_degrees(sample, declared.said)
        refuse_swapped_degrees(sample)
        return
    if sample.looks_like_degrees:
        raise CrsError(
            Text(
                f"声明的坐标系“{declared.said}”以米为单位，但坐标像是度数（如 {sample.x[0]:.10g}, "
                f"{sample.y[0]:.10g}）。",
                f"The declared system {declared.said!r} is in metres, but the coordinates look like degrees "
                f"({sample.x[0]:.10g}, {sample.y[0]:.10g}).",
            ),
            Text("请核对 --crs；度数可用 wgs84 或 cgcs2000。", "Check --crs; for degrees wgs84 or cgcs2000."),
        )
    refuse_swapped_metres(sample)
    refuse_wrong_zone(sample, declared.epsg)


def _steps(declared: Declared, target: int) -> tuple[Transformer, ...]:
    return (Transformer.from_crs(declared.crs, pyproj.CRS.from_epsg(target), always_xy=True),)


def _to_wgs84(declared: Declared, sample: Sample) -> tuple[tuple[Transformer, ...], float]:
    """Find a real operation to WGS 84 and say its accuracy; ballpark steps are refused."""
    group = TransformerGroup(declared.crs, pyproj.CRS.from_epsg(WGS84), always_xy=True)
    real = [one for one in group.transformers if one.accuracy >= 0]
    if not real or group.transformers[0].accuracy < 0:
        raise CrsError(
            Text(
                f"{_name(declared)}（{declared.crs.name}）到 CGCS2000 只有近似转换，PROJ 会不报错地移动 0 米。",
                f"For {_name(declared)} ({declared.crs.name}) there is only a ballpark step to "
                "CGCS2000: PROJ would move "
                "the points 0 m without an error.",
            ),
            Text("请以 CGCS2000 或 WGS84 坐标重新导出。", "Export it again in CGCS2000 or WGS 84."),
        )
    best = real[0]
    if sample.x.size and not np.isfinite(best.transform(float(sample.x[0]), float(sample.y[0]))[0]):
        raise CrsError(
            Text(
                f"坐标（{sample.x[0]:.10g}, {sample.y[0]:.10g}）不在 {_name(declared)} 的范围内。",
                f"The coordinates ({sample.x[0]:.10g}, {sample.y[0]:.10g}) are outside of {_name(declared)}.",
            ),
            Text("请核对 --crs。", "Check --crs."),
        )
    return (best,), max(float(best.accuracy), WGS84_TO_CGCS2000_M)


def _zoned(declared: Declared, sample: Sample) -> Conversion:
    """CGCS2000 was declared and the eastings carry their zone: each row goes by its own zone."""
    refuse_swapped_metres(sample)
    zones = zone_prefix(sample.x)
    if np.mean(zones > 0) <= 0.5:  # noqa: PLR2004 - most
        refuse_metres_as_degrees(sample, declared.said)
    codes = ", ".join(f"EPSG:{cgcs2000_epsg(int(zone))}" for zone in np.unique(zones[zones > 0]))
    note = Text(f"按东坐标的带号使用 {codes}。", f"By the zone prefix of the eastings: {codes}.")
    return Conversion(declared.said, codes, 0.0, by_zone=True, notes=(note,))


def _each_by_its_zone(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> Pair:
    lon, lat = np.full(x.shape, np.inf), np.full(x.shape, np.inf)
    zones = zone_prefix(x)
    for zone in np.unique(zones[zones > 0]):
        mine = zones == zone
        step = Transformer.from_crs(cgcs2000_epsg(int(zone)), CGCS2000, always_xy=True)
        lon[mine], lat[mine] = step.transform(x[mine], y[mine])
    return lon, lat
