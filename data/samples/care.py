"""Tables of care: home-care centres and care homes."""

# ruff: noqa: PLR2004 - measures of the drawing

import numpy as np
import shapely

from data.samples.chance import stream
from data.samples.district import District
from data.samples.names import a_day
from data.samples.people import parted
from data.samples.plane import Ints
from data.samples.tables import Row, Table, phone

CENTRES, HOMES, BEDS, NURSING_SHARE = 120, 60, 3480, 0.70
_SIX = ("助餐", "助洁", "助浴", "助医", "日间照料", "文化娱乐")
_STATES = {7: "暂停", 23: "暂停", 41: "暂停", 66: "关停", 88: "关停", 97: "在建", 108: "规划"}


def centre_table(district: District) -> Table:
    """List the home-care centres: most units hold one, large ones two, some none."""
    table = Table(
        "care_facility",
        "居家养老服务设施.csv",
        "csv",
        "EPSG:4490",
        "EPSG:4490",
        "居家养老服务中心、日间照料中心等",
        encoding="gb18030",
    )
    rng = stream(district.seed, "centres")
    chosen = _homes_of_centres(district, rng)
    seats = {town.units[0]: town for town in district.towns if not town.subdistrict}
    for number, unit_number in enumerate(chosen, start=1):
        unit = district.units[unit_number]
        first = chosen.index(unit_number) == number - 1
        regional = first and unit_number in seats
        kind = "区域性养老服务中心" if regional else _kind(number, urban=unit.urban)
        state = _STATES.get(number, "运营")
        base = district.towns[unit.town].name if regional else unit.name
        served = [unit_number, *(_beside(district, unit_number)[:2] if rng.random() < 0.18 else [])]
        row: Row = {
            "编号": f"JJ{number:04d}",
            "名称": f"{base}{'' if first else '第二'}{kind}",
            "类型": kind,
            "层级": "镇街级" if regional else "村居级",
            "服务功能": "、".join(_SIX[: int(rng.integers(3, 7))]),
            "建筑面积": int(rng.integers(180, 520)) + (900 if regional else 0),
            "运营单位": f"云溪{('颐和', '安怡', '福寿', '桑榆', '康宁')[number % 5]}养老服务中心",
            "运营方式": ("公建民营", "公办公营", "民办")[int(rng.choice(3, p=(0.55, 0.35, 0.1)))],
            "运营状态": state,
            "启用日期": None if state in {"在建", "规划"} else a_day(rng, 2010, 2024),
            "暂停日期": "2025-09-01" if state == "暂停" else None,
            "关停日期": "2025-03-31" if state == "关停" else None,
            "服务村居": "、".join(district.units[one].name for one in served),
            "村居代码": unit.code,
            "地址": district.address(unit_number, number),
            "联系电话": phone(1000 + number),
            "开放时间": "8:00-17:00",
        }
        table.add(row, district.doorstep(unit_number, rng))
    return table


def _homes_of_centres(district: District, rng: np.random.Generator) -> list[int]:
    """Choose the units: all but some two dozen, mostly small ones; the largest hold two."""
    size = np.array([unit.pop_65_plus for unit in district.units])
    spared = 24
    island = next(
        number
        for number, unit in enumerate(district.units)
        if district.terrain.island.contains(shapely.Point(unit.seat))
    )
    score = size * rng.lognormal(0, 0.55, len(size))
    score[island] = 0
    for town in district.towns:
        score[town.units[0]] = np.inf
    order = np.argsort(score, kind="stable")
    without = set(order[:spared].tolist())
    single = [number for number in range(len(size)) if number not in without]
    double = sorted(np.argsort(-size, kind="stable")[: CENTRES - len(single)].tolist())
    return single + double


def _kind(number: int, *, urban: bool) -> str:
    if number % 9 == 4 and urban:
        return "日间照料中心"
    if number % 8 == 3 and not urban:
        return "互助养老点"
    return "居家养老服务中心"


def _beside(district: District, number: int) -> list[int]:
    """Give the other units of the same town, nearest first."""
    mine = district.units[number]
    others = [one for one in district.towns[mine.town].units if one != number]
    return sorted(
        others, key=lambda one: (np.hypot(*(np.array(district.units[one].seat) - np.array(mine.seat))), one)
    )


def home_table(district: District) -> Table:
    """List the care homes: one of every town, the others where the aged live."""
    table = Table(
        "care_facility", "养老机构.xlsx", "xlsx", "gcj02", "gcj02", "养老机构名录，坐标取自互联网地图"
    )
    rng = stream(district.seed, "care homes")
    beds, nursing = _beds(rng)
    weight = np.array([unit.pop_65_plus for unit in district.units], dtype=np.float64)
    sites = rng.choice(len(weight), HOMES, p=weight / weight.sum())
    towns = [town for town in district.towns if not town.subdistrict]
    for number in range(HOMES):
        town = towns[number] if number < len(towns) else None
        unit_number = town.units[0] if town else int(sites[number])
        kind = "敬老院" if town else _HOME_KINDS[number % 4]
        place = district.units[unit_number].name.removesuffix("社区").removesuffix("村")
        row: Row = {
            "编号": f"YL{number + 1:03d}",
            "机构名称": f"{town.name}敬老院" if town else f"{place}{_HOME_NAMES[number % 15]}{kind}",
            "机构类型": kind,
            "层级": "镇街级" if town else "村居级",
            "床位数": int(beds[number]),
            "护理型床位": int(nursing[number]),
            **_running(number, kind, int(beds[number]), rng, public=town is not None),
            "村居代码": district.units[unit_number].code,
            "地址": district.address(unit_number, number * 3 + 7),
            "联系电话": phone(2000 + number),
        }
        table.add(row, district.doorstep(unit_number, rng, reach=30))
    return table


_HOME_KINDS = ("颐养院", "老年公寓", "护理院", "养老院")
_HOME_NAMES = (
    "福寿",
    "安怡",
    "桑榆",
    "康宁",
    "松鹤",
    "夕照",
    "颐和",
    "益寿",
    "常青",
    "静安",
    "乐龄",
    "和泰",
    "慈安",
    "春晖",
    "晚晴",
)


def _beds(rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Give beds and, among them, nursing beds of every home: seven in ten over all homes."""
    beds = 20 + parted(BEDS - 20 * HOMES, rng.lognormal(0, 0.7, HOMES))
    share = np.clip(rng.normal(NURSING_SHARE, 0.16, HOMES), 0.25, 1.0)
    evened = NURSING_SHARE * beds.sum() / (beds * share).sum()
    return beds, np.minimum(np.round(beds * share * evened), beds).astype(np.int64)


def _running(number: int, kind: str, beds: int, rng: np.random.Generator, *, public: bool) -> Row:
    """Tell who runs a home and how it stands with registration, medical care and rating."""
    private = ("民办", "公建民营", "国企运营")
    mode = (
        ("公建民营", "公办公营")[number % 2] if public else private[int(rng.choice(3, p=(0.72, 0.2, 0.08)))]
    )
    nursing = kind == "护理院" and number % 3 == 2
    suspended = number in {31, 52}
    return {
        "入住人数": int(beds * rng.uniform(0.35, 0.85)),
        "建筑面积": int(beds * rng.uniform(30, 44)),
        "运营方式": mode,
        "备案情况": "整改中" if number in {31, 47, 55} else "已备案",
        "医养结合": "护理院" if nursing else ("内设医务室" if number % 6 == 1 else "签约合作"),
        "等级评定": ("三级", "二级", "四级", None)[int(rng.choice(4, p=(0.3, 0.3, 0.08, 0.32)))],
        "运营状态": "暂停" if suspended else "运营",
        "暂停日期": "2025-06-15" if suspended else None,
        "启用日期": a_day(rng, 1998, 2024),
    }
