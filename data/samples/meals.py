"""The table of meals for the aged: central kitchens, canteens and meal points, and whom each serves."""

# ruff: noqa: PLR2004 - measures of the drawing

import numpy as np

from data.samples.chance import stream
from data.samples.district import District
from data.samples.names import a_day
from data.samples.tables import Row, Table, phone

KITCHENS, CANTEENS, POINTS, MEAL_SHARE = 2, 14, 24, 0.81


def meal_table(district: District) -> Table:
    """List kitchens, canteens and meal points, and the units each of them serves."""
    table = Table(
        "meal_point",
        "老年助餐点.csv",
        "csv",
        "gcj02",
        "gcj02",
        "中央厨房、老年食堂、助餐点",
        encoding="gb18030",
    )
    rng = stream(district.seed, "meals")
    size = np.array([unit.pop_65_plus * (2.0 if unit.urban else 1.0) for unit in district.units])
    order = np.argsort(-size * rng.lognormal(0, 0.35, len(size)), kind="stable")
    served = sorted(order[: round(MEAL_SHARE * len(size))].tolist())
    hosts = _hosts(district, served)
    seats = np.array([unit.seat for unit in district.units])
    nearest = np.array([np.hypot(*(seats[hosts] - seats[one]).T).argmin() for one in served])
    kitchens = [district.towns[0].units[2], district.towns[2].units[1]]
    for number, unit_number in enumerate(kitchens, start=1):
        _meal(table, district, rng, ("中央厨房", number, unit_number, [], None))
    for number, unit_number in enumerate(hosts):
        tier = "老年食堂" if number < CANTEENS else "助餐点"
        mine = [served[i] for i in np.flatnonzero(nearest == number).tolist()]
        kitchen = f"ZC{1 + int(number % 2):03d}" if tier == "助餐点" else None
        _meal(table, district, rng, (tier, KITCHENS + number + 1, unit_number, mine, kitchen))
    return table


def _hosts(district: District, served: list[int]) -> list[int]:
    """Spread canteens over the largest units of every town, meal points over the others, far apart."""
    seats = np.array([unit.seat for unit in district.units])
    chosen = [
        town.units[0] if town.units[0] in served else next(one for one in town.units if one in served)
        for town in district.towns
    ]
    weight = np.array([district.units[one].pop_65_plus for one in served], dtype=np.float64) ** 0.5
    while len(chosen) < CANTEENS + POINTS:
        away = np.min(np.hypot(*(seats[served][:, None] - seats[chosen][None, :]).transpose(2, 0, 1)), axis=1)
        chosen.append(served[int((away * weight).argmax())])
    return chosen


def _meal(
    table: Table,
    district: District,
    rng: np.random.Generator,
    entry: tuple[str, int, int, list[int], str | None],
) -> None:
    tier, number, unit_number, served, kitchen = entry
    unit = district.units[unit_number]
    meals = {"中央厨房": (1200, 1800), "老年食堂": (120, 320), "助餐点": (30, 90)}[tier]
    row: Row = {
        "编号": f"ZC{number:03d}",
        "名称": f"{unit.name.removesuffix('社区').removesuffix('村')}{tier}",
        "助餐类型": tier,
        "日供餐能力": int(rng.integers(*meals)),
        "餐位数": None if tier == "中央厨房" else int(rng.integers(16, 90)),
        "送餐上门": "是" if tier != "助餐点" or rng.random() < 0.4 else "否",
        "供餐厨房": kitchen,
        "运营单位": f"云溪{('乐膳', '禾香', '惠民')[number % 3]}餐饮服务部",
        "运营状态": "暂停" if number == KITCHENS + CANTEENS + 9 else "运营",
        "暂停日期": "2025-11-01" if number == KITCHENS + CANTEENS + 9 else None,
        "启用日期": a_day(rng, 2016, 2024),
        "服务村居": "、".join(district.units[one].name for one in served) or None,
        "村居代码": unit.code,
        "地址": district.address(unit_number, number * 5 + 3),
        "联系电话": phone(3000 + number),
        "开放时间": "10:30-13:00",
    }
    table.add(row, district.doorstep(unit_number, rng))
