"""What a person or a file says about its coordinate system."""

import re
from dataclasses import dataclass
from typing import Literal

import pyproj
from pyproj.exceptions import CRSError as PyprojError

from layers.errors import CrsError
from layers.text import Text

WGS84 = 4326
CGCS2000 = 4490
_SPOKEN = {
    "wgs84": "EPSG:4326",
    "wgs1984": "EPSG:4326",
    "crs84": "EPSG:4326",
    "gps": "EPSG:4326",
    "cgcs2000": "EPSG:4490",
    "2000": "EPSG:4490",
    "国家2000": "EPSG:4490",
    "xian80": "EPSG:4610",
    "西安80": "EPSG:4610",
    "beijing54": "EPSG:4214",
    "北京54": "EPSG:4214",
}
_SHIFTED: dict[str, Literal["gcj02", "bd09"]] = {
    "gcj02": "gcj02",
    "火星坐标": "gcj02",
    "高德": "gcj02",
    "bd09": "bd09",
    "bd09ll": "bd09",
    "百度": "bd09",
}
_HOW_TO_SAY_IT = Text(
    "可写 wgs84、cgcs2000、gcj02、bd09 或 EPSG 编号（如 EPSG:4528）。",
    "Write wgs84, cgcs2000, gcj02, bd09 or an EPSG code such as EPSG:4528.",
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A coordinate system as declared.

    Attributes
    ----------
    said
        The words used.
    crs
        The system; for the shifted ones that of the degrees beneath (WGS 84).
    shift
        ``gcj02`` or ``bd09`` when the coordinates were shifted by a map service, else ``""``.
    """

    said: str
    crs: pyproj.CRS
    shift: Literal["", "gcj02", "bd09"] = ""

    @property
    def epsg(self) -> int | None:
        """EPSG code, when the system has one."""
        return self.crs.to_epsg()

    @property
    def geographic(self) -> bool:
        """Whether coordinates are degrees."""
        return bool(self.crs.is_geographic)


def parse_crs(said: str) -> Declared:
    """Understand ``gcj02``, ``bd09``, ``wgs84``, ``cgcs2000``, ``EPSG:4528``, ``4528`` or the WKT of a .prj file.

    Raises
    ------
    CrsError
        When the words name no coordinate system.
    """
    word = re.sub(r"[\s_-]", "", said).casefold()
    if word in _SHIFTED:
        return Declared(said, pyproj.CRS.from_epsg(WGS84), _SHIFTED[word])
    asked = _SPOKEN.get(word) or (f"EPSG:{said.strip()}" if re.fullmatch(r"\d{4,6}", said.strip()) else said)
    try:
        return Declared(said, pyproj.CRS.from_user_input(asked))
    except PyprojError as error:
        short = said if len(said) <= 60 else said[:60] + "…"  # noqa: PLR2004 - enough of it to recognise
        raise CrsError(
            Text(f"不认识坐标系“{short}”。", f"The coordinate system {short!r} is unknown."), _HOW_TO_SAY_IT
        ) from error


def undeclared(columns: tuple[str, str]) -> CrsError:
    """Make the error for degrees whose system nobody declared."""
    return CrsError(
        Text(
            f"坐标系未声明：“{columns[0]}”“{columns[1]}”是度数，但看不出是 WGS84、CGCS2000、GCJ-02 还是 BD-09"
            "（相差可达 1 公里）。",
            f"The coordinate system is not declared: {columns[0]!r} and {columns[1]!r} are degrees, "
            "but whether WGS 84, "
            "CGCS2000, GCJ-02 or BD-09 cannot be seen (they differ by up to 1 km).",
        ),
        Text(
            "请加 --crs：手持机或 GPS 用 wgs84，测绘成果用 cgcs2000，高德、腾讯地图取点用 gcj02，百度取点用 bd09。",
            "Add --crs: wgs84 for GPS, cgcs2000 for survey products, gcj02 for points picked on Amap or Tencent maps, "
            "bd09 for Baidu.",
        ),
    )
