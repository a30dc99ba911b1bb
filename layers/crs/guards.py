"""Guards on the numbers themselves: swapped axes, degrees or metres, zone prefixes. Never a silent repair."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from layers.crs.zones import (
    beijing54_epsg,
    candidates_by_meridian,
    cgcs2000_epsg,
    meridian_of_epsg,
    xian80_epsg,
    zone_meridian,
    zone_of_epsg,
    zone_prefix,
)
from layers.errors import CrsError
from layers.text import Text

CHINA = (73.0, 3.0, 135.5, 54.0)
"""West, south, east, north of China in degrees."""
_DEGREES_END = 361.0


@dataclass(frozen=True, slots=True)
class Sample:
    """Coordinates of some rows (no missing ones, no 0/0) and the headings they stand under."""

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    x_name: str = "x"
    y_name: str = "y"

    @property
    def looks_like_degrees(self) -> bool:
        """Whether most values could be degrees."""
        return bool(np.median(np.abs(self.x)) < _DEGREES_END and np.median(np.abs(self.y)) < _DEGREES_END)


def in_china(lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Tell which degrees lie in the box around China."""
    east, north = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    west, south, right, top = CHINA
    return (east >= west) & (east <= right) & (north >= south) & (north <= top)


def refuse_swapped_degrees(sample: Sample) -> None:
    """Raise CrsError when most longitudes are latitudes of China, or most latitudes exceed 90."""
    swapped = in_china(sample.y, sample.x) & ~in_china(sample.x, sample.y)
    swapped |= (np.abs(sample.y) > 90) & (np.abs(sample.x) <= 90)  # noqa: PLR2004 - the pole
    if np.mean(swapped) > 0.5:  # noqa: PLR2004 - most
        raise _swapped(sample, "经度列", "纬度", "纬度列", "经度")


def refuse_metres_as_degrees(sample: Sample, declared: str) -> None:
    """Raise CrsError when a system in degrees was declared but the numbers are metres."""
    if sample.looks_like_degrees:
        return
    hint = _zone_hint(sample)
    raise CrsError(
        Text(
            f"声明的坐标系“{declared}”以度为单位，但坐标像是米（如 {sample.x[0]:.10g}, {sample.y[0]:.10g}）。",
            f"The declared system {declared!r} is in degrees, but the coordinates look like metres "
            f"({sample.x[0]:.10g}, {sample.y[0]:.10g}).",
        ),
        hint,
    )


def unplaced_metres(sample: Sample) -> CrsError:
    """Make the error for metres whose system nobody declared; it lists the codes that could be meant."""
    refuse_swapped_metres(sample)
    return CrsError(
        Text(
            f"坐标系未声明：坐标像是投影坐标（如 {sample.x[0]:.10g}, {sample.y[0]:.10g}）。",
            "The coordinate system is not declared: the coordinates look projected "
            f"({sample.x[0]:.10g}, {sample.y[0]:.10g}).",
        ),
        _zone_hint(sample),
    )


def refuse_swapped_metres(sample: Sample) -> None:
    """Raise CrsError when the eastings are northings (surveyors call the northing X)."""
    x, y = float(np.median(sample.x)), float(np.median(sample.y))
    prefixed = zone_prefix([y])[0] > 0 and x < 7e6  # noqa: PLR2004 - no northing of China is larger
    plain = 1e6 < x < 7e6 and 1e5 < y < 9e5 and zone_prefix([x])[0] == 0  # noqa: PLR2004 - metres
    if prefixed or plain:
        raise _swapped(sample, "东坐标列", "北坐标", "北坐标列", "东坐标")


def refuse_wrong_zone(sample: Sample, epsg: int | None) -> None:
    """Raise CrsError when the zone before the eastings is not the one the declared CGCS2000 code has."""
    zone, meridian = zone_of_epsg(epsg), meridian_of_epsg(epsg)
    if not zone and not meridian:
        return
    found = zone_prefix(sample.x)
    first = float(sample.x[0])
    if meridian and np.any(found > 0):
        seen = int(found[found > 0][0])
        raise _wrong_zone(
            f"EPSG:{epsg} 的东坐标不带带号",
            f"带有带号 {seen}",
            f"EPSG:{epsg} has no zone prefix",
            first,
            seen,
        )
    if zone and np.any((found > 0) & (found != zone)):
        seen = int(found[(found > 0) & (found != zone)][0])
        raise _wrong_zone(
            f"EPSG:{epsg} 是 {zone} 带", f"带有带号 {seen}", f"EPSG:{epsg} is zone {zone}", first, seen
        )
    if zone and np.mean(found == 0) > 0.5:  # noqa: PLR2004 - most
        raise CrsError(
            Text(
                f"EPSG:{epsg} 的东坐标应以带号 {zone} 开头，文件里的没有带号（如 {first:.10g}）。",
                f"Eastings of EPSG:{epsg} start with zone {zone}; those in the file have no prefix ({first:.10g}).",
            ),
            Text(
                f"若中央经线是 {zone_meridian(zone)}°E，请用 --crs EPSG:{_plain_epsg(zone)}。",
                f"If the central meridian is {zone_meridian(zone)}°E, use --crs EPSG:{_plain_epsg(zone)}.",
            ),
        )


def _plain_epsg(zone: int) -> int:
    meridian = zone_meridian(zone)
    return 4502 + (meridian - 75) // 6 if zone < 25 else 4534 + (meridian - 75) // 3  # noqa: PLR2004 - first 3° zone


def _wrong_zone(zh_declared: str, zh_found: str, en_declared: str, first: float, seen: int) -> CrsError:
    return CrsError(
        Text(
            f"{zh_declared}，但文件里的东坐标{zh_found}（如 {first:.10g}）。",
            f"{en_declared}, but an easting in the file starts with zone {seen} ({first:.10g}).",
        ),
        Text(
            f"若确为 CGCS2000，请用 --crs EPSG:{cgcs2000_epsg(seen)}。",
            f"If it is CGCS2000, use --crs EPSG:{cgcs2000_epsg(seen)}.",
        ),
    )


def _zone_hint(sample: Sample) -> Text:
    """Say which codes could be meant: from the zone prefix, or by asking for the central meridian."""
    zones = zone_prefix(sample.x)
    if np.mean(zones > 0) <= 0.5:  # noqa: PLR2004 - most
        every = candidates_by_meridian()
        return Text(
            f"东坐标没有带号：请问清中央经线，再用 --crs 指明。CGCS2000 可选 {every}。",
            "The eastings have no zone prefix: find out the central meridian and name it with "
            f"--crs. CGCS2000: {every}.",
        )
    zone = int(np.bincount(zones[zones > 0]).argmax())
    degrees = 6 if zone < 25 else 3  # noqa: PLR2004 - first three-degree zone
    codes = (
        f"CGCS2000 EPSG:{cgcs2000_epsg(zone)}, Xi'an 80 EPSG:{xian80_epsg(zone)}, "
        f"Beijing 54 EPSG:{beijing54_epsg(zone)}"
    )
    return Text(
        f"东坐标的带号是 {zone}（{degrees}°带，中央经线 {zone_meridian(zone)}°E），请按实际基准用 "
        f"--crs 指明：{codes}。",
        f"The zone prefix is {zone} ({degrees}° zone, central meridian {zone_meridian(zone)}°E); name the datum with "
        f"--crs: {codes}.",
    )


def _swapped(sample: Sample, x_is: str, x_holds: str, y_is: str, y_holds: str) -> CrsError:
    x, y = sample.x_name, sample.y_name
    return CrsError(
        Text(
            f"{x_is}“{x}”里像是{x_holds}（如 {sample.x[0]:.10g}），{y_is}“{y}”里像是{y_holds}（如 "
            f"{sample.y[0]:.10g}）："
            "两列可能对调了。",
            f"Column {x!r} taken for eastings or longitudes holds {sample.x[0]:.10g}, and {y!r} "
            f"holds {sample.y[0]:.10g}: "
            "the two may be swapped.",
        ),
        Text(
            f"核实后用 --columns lon={y},lat={x} 指明；空间文件请改正轴序后重新导出。程序不会自行对调。",
            f"Check, then say --columns lon={y},lat={x}; mend the axis order of a spatial file and export it again. "
            "Nothing is swapped for you.",
        ),
    )
