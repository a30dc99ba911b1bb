"""Tables of shelters, and of hospitals, restaurants and other places that matter for siting."""

import numpy as np

from data.samples.chance import stream
from data.samples.district import District
from data.samples.names import a_day
from data.samples.people import parted
from data.samples.tables import Row, Table, phone

SHELTERS, SHELTER_PLACES = 146, 39_590


def shelter_table(district: District) -> Table:
    """List the shelters: one in every unit, one or two more in every town, two of the district."""
    table = Table("shelter", "避灾安置场所.xlsx", "xlsx", "EPSG:4490", "EPSG:4490", "避灾安置场所一览表")
    rng = stream(district.seed, "shelters")
    units = list(range(len(district.units)))
    towns = [district.towns[number % 9].units[number // 9] for number in range(SHELTERS - 2 - len(units))]
    hosts = [district.towns[0].units[1], district.towns[1].units[1], *towns, *units]
    levels = ["区级", "区级", *(["镇街级"] * len(towns)), *(["村居级"] * len(units))]
    base = np.array([{"区级": 900, "镇街级": 420, "村居级": 60}[level] for level in levels])
    people = np.array([district.units[one].population for one in hosts], dtype=np.float64)
    extra = parted(SHELTER_PLACES - int(base.sum()), np.where(np.array(levels) == "村居级", people**0.7, 0.0))
    for number, (unit_number, level) in enumerate(zip(hosts, levels, strict=True), start=1):
        unit = district.units[unit_number]
        town = district.towns[unit.town]
        label = {"区级": "云溪区", "镇街级": town.name, "村居级": unit.name}[level]
        served = [unit_number] if level == "村居级" else list(town.units)
        row: Row = {
            "编号": f"BZ{number:03d}",
            "名称": f"{label}{('避灾安置中心', '避灾安置点')[level == '村居级']}",
            "级别": level,
            "可安置人数": int(base[number - 1] + extra[number - 1]),
            "安全鉴定日期": a_day(rng, 2019, 2025),
            "标示牌": "是",
            "服务村居": "、".join(district.units[one].name for one in served),
            "村居代码": unit.code,
            "地址": district.address(unit_number, number + 20),
        }
        table.add(row, district.doorstep(unit_number, rng, reach=20))
    return table


def place_table(district: District) -> Table:
    """List hospitals, clinics, restaurants and community centres."""
    table = Table(
        "point_of_interest",
        "医疗餐饮等场所.csv",
        "csv",
        "EPSG:4490",
        "EPSG:4490",
        "医院、卫生院、餐馆、党群服务中心",
        encoding="utf-8-sig",
    )
    rng = stream(district.seed, "places")
    listed = [
        (district.towns[number % 3].units[number], f"云溪区第{'一二三'[number]}人民医院", "医院")
        for number in range(3)
    ]
    listed += [
        (town.units[0], f"{town.name}{'社区卫生服务中心' if town.subdistrict else '卫生院'}", "卫生院")
        for town in district.towns
    ]
    weight = np.array([unit.population for unit in district.units], dtype=np.float64)
    for number, unit in enumerate(rng.choice(len(weight), 44, p=weight / weight.sum()).tolist()):
        kitchen = ("家常餐厅", "小厨餐厅", "面馆", "酒家")[number % 4]
        listed.append((unit, f"{district.units[unit].name[:2]}{kitchen}", "餐饮"))
    listed += [
        (number, f"{unit.name}党群服务中心", "党群服务中心") for number, unit in enumerate(district.units)
    ]
    for number, (unit_number, name, kind) in enumerate(listed, start=1):
        row: Row = {
            "编号": f"CS{number:03d}",
            "名称": name,
            "类型": kind,
            "地址": district.address(unit_number, number * 2 + 1),
            "电话": phone(5000 + number),
        }
        table.add(row, district.doorstep(unit_number, rng, reach=14))
    return table
