"""Faults of signs and plates, planted on purpose and written down with the rule that should find them."""

# ruff: noqa: ANN401, PLR2004 - shapely is untyped, measures of the drawing

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from data.samples.chance import stream
from data.samples.district import District
from data.samples.signs import PLATES, SIGNS, Street, streets
from data.samples.tables import Row, Table

_REGISTER = "地名_线面.geojson"
_FORMER = ("跃进路", "红旗街", "卫星路", "战备路", "公社路", "砖瓦厂路")
_MISWRITTEN = {"梧桐路": "吾桐路", "清风路": "青风路", "听泉路": "听全路", "银杏路": "银杳路"}
_TRADITIONAL = {"华丰路": "華豐路", "云溪路": "雲溪路", "学院路": "學院路"}
_ENGLISH = {"LU": "ROAD", "JIE": "STREET", "XIANG": "LANE"}
_NEW_STREET = "临湖新弄"
_CHINESE_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class SignFault:
    """One planted fault; ``code`` is the rule that should name ``key`` (a sign, a plate or a street)."""

    layer_id: str
    file_name: str
    key: str
    code: str
    why: str


class _Planting:
    """Takes untouched rows one after the other, and keeps the list of faults."""

    def __init__(self, tables: Mapping[str, Table], rng: np.random.Generator) -> None:
        self.signs, self.plates, self.register = tables[SIGNS], tables[PLATES], tables[_REGISTER]
        self.rng = rng
        self.faults: list[SignFault] = []
        self.touched: set[str] = set()

    def note(self, table: Table, key: str, code: str, why: str) -> None:
        self.touched.add(key)
        self.faults.append(SignFault(table.layer_id, table.file_name, key, f"signs.{code}", why))

    def put(self, table: Table, at: int, values: Row, code: str, why: str) -> None:
        table.rows[at].update(values)
        self.note(table, str(table.rows[at]["编号"]), code, why)

    def free_signs(self) -> Iterator[int]:
        """Give signs of streets, no two of one street, that have pinyin and no fault yet."""
        used: set[str] = set()
        for at in self.rng.permutation(len(self.signs.rows)).tolist():
            row = self.signs.rows[at]
            name = str(row["牌面文字"])
            plain = row["标志类型"] == "路名牌" and row["牌面拼音"] and name not in used
            if plain and row["编号"] not in self.touched and name not in _TRADITIONAL | _MISWRITTEN:
                used.add(name)
                yield at

    def runs(self) -> list[list[int]]:
        """Give the plates of one side of one street each, in the order of their numbers, long runs only."""
        sides: dict[tuple[str, int], list[int]] = {}
        for at, row in enumerate(self.plates.rows):
            if row["所在道路"]:
                sides.setdefault((str(row["所在道路"]), _number(row) % 2), []).append(at)
        long = [sides[key] for key in sorted(sides) if len(sides[key]) >= 16 and self._rises(sides[key])]
        return [long[one] for one in self.rng.permutation(len(long)).tolist()]

    def _rises(self, run: list[int]) -> bool:
        """Tell whether the numbers rise all the way without a break: not so where two streets bear one name."""
        rows, shapes = self.plates.rows, self.plates.shapes
        return all(
            _number(rows[one]) < _number(rows[other]) and shapes[one].distance(shapes[other]) < 220.0
            for one, other in pairwise(run)
        )


def _number(row: Row) -> int:
    return int(str(row["号码"]).removesuffix("号"))


def plant_sign_faults(district: District, tables: Mapping[str, Table]) -> tuple[SignFault, ...]:
    """Plant the faults of signs and plates in the tables and return the list."""
    planting = _Planting(tables, stream(district.seed, "sign faults"))
    courses = {one.name: one for one in streets(district)}
    _loose_names(district, planting)
    _unsigned(planting, courses)
    _texts(planting)
    _pinyin(planting)
    _upkeep(planting)
    _plates(planting, courses)
    return tuple(planting.faults)


def _loose_names(district: District, planting: _Planting) -> None:
    """Note the signs of streets whose name is not a standard one: they stand there with the rest."""
    loose = {one.name for one in district.names.entries if one.status == "nonstandard"}
    for row in planting.signs.rows:
        if row["牌面文字"] in loose:
            planting.note(planting.signs, str(row["编号"]), "nonstandard-name", "牌面是非标准地名")


def _unsigned(planting: _Planting, courses: Mapping[str, Street]) -> None:
    """Take both signs of three main streets away."""
    found = [
        name
        for name, street in sorted(courses.items())
        if street.road_class in {"primary", "secondary"} and street.way.startswith("grid/0")
    ]
    spare = [name for name in found if name not in _MISWRITTEN | _TRADITIONAL and name[0] not in "建解和健学"]
    for name in spare[4:25:8]:
        kept = [at for at, row in enumerate(planting.signs.rows) if row["牌面文字"] != name]
        planting.signs.rows[:] = [planting.signs.rows[at] for at in kept]
        planting.signs.shapes[:] = [planting.signs.shapes[at] for at in kept]
        planting.faults.append(SignFault("road", SIGNS, name, "signs.road-unsigned", "主要道路没有路名牌"))


def _texts(planting: _Planting) -> None:
    signs, free = planting.signs, planting.free_signs()
    for former in _FORMER:
        at = next(free)
        name = str(signs.rows[at]["牌面文字"])
        next(row for row in planting.register.rows if row["名称"] == name)["曾用名"] = former
        planting.put(signs, at, {"牌面文字": former}, "old-name", "更名后牌面未换")
    for wrong, code in ((_MISWRITTEN, "name-differs"), (_TRADITIONAL, "nonstandard-characters")):
        for name, written in wrong.items():
            first = next((n for n, row in enumerate(signs.rows) if row["牌面文字"] == name), None)
            if first is not None:
                planting.put(signs, first, {"牌面文字": written}, code, f"标准名称为{name}")
    for _ in range(3):
        at = next(free)
        planting.put(
            signs, at, {"牌面文字": str(signs.rows[at]["牌面文字"])[:-1]}, "generic-missing", "缺通名"
        )
    for number in range(2):
        values: Row = {"牌面文字": f"望云新{'路街'[number]}", "对应地名": None, "牌面拼音": None}
        planting.put(signs, next(free), values, "name-unregistered", "名册里没有这个名称")
    for _ in range(3):
        at = next(free)
        spot = signs.shapes[at]
        signs.shapes[at] = shapely.Point(spot.x + 260.0, spot.y + 290.0)
        planting.note(signs, str(signs.rows[at]["编号"]), "far-from-road", "离所指道路数百米")


def _pinyin(planting: _Planting) -> None:
    signs, free = planting.signs, planting.free_signs()
    for _ in range(4):
        at = next(free)
        first, _, rest = str(signs.rows[at]["牌面拼音"]).partition(" ")
        planting.put(signs, at, {"牌面拼音": f"{first[:-1]} {rest}"}, "pinyin-letters", "拼音少一个字母")
    for _ in range(5):
        at = next(free)
        first, _, rest = str(signs.rows[at]["牌面拼音"]).rpartition(" ")
        planting.put(signs, at, {"牌面拼音": f"{first} {_ENGLISH[rest]}"}, "pinyin-english", "通名译成英文")
    for _ in range(3):
        at = next(free)
        spelt = str(signs.rows[at]["牌面拼音"]).title().replace(" ", "")
        planting.put(signs, at, {"牌面拼音": spelt}, "pinyin-form", "大小写和分写不合")


def _upkeep(planting: _Planting) -> None:
    signs, free = planting.signs, planting.free_signs()
    for number in range(13):
        state = ("破损", "破损", "缺失", "待更换")[number % 4]
        found = "2025-12-10" if number < 4 else f"2025-0{number % 6 + 1}-15"
        values: Row = {"状况": state, "发现问题日期": found, "完成期限": None if number < 4 else "2025-09-30"}
        code = "defect" if number < 4 else "repair-overdue"
        planting.put(signs, next(free), values, code, f"{state}，{found}发现")
    for _ in range(4):
        late: Row = {"设置日期": None, "要求设置日期": "2025-08-01", "完成期限": "2025-09-30", "状况": None}
        planting.put(signs, next(free), late, "setup-overdue", "到期未设置")


def _plates(planting: _Planting, courses: Mapping[str, Street]) -> None:
    plates, runs = planting.plates, iter(planting.runs())
    for _ in range(8):
        run = next(runs)
        planting.put(
            plates, run[8], _numbered_like(plates, run[8], run[7]), "plate-duplicate", "与前一块同号"
        )
    for _ in range(6):
        run = next(runs)
        line = courses[str(plates.rows[run[6]]["所在道路"])].line
        plates.shapes[run[6]] = _mirrored(plates.shapes[run[6]], line)
        planting.note(plates, str(plates.rows[run[6]]["编号"]), "plate-side", "单双号错侧")
    for _ in range(4):
        run = next(runs)
        plates.shapes[run[5]], plates.shapes[run[10]] = plates.shapes[run[10]], plates.shapes[run[5]]
        planting.note(plates, str(plates.rows[run[5]]["编号"]), "plate-order", "号序错乱，与另一块互换")
        planting.note(plates, str(plates.rows[run[10]]["编号"]), "plate-order", "号序错乱，与另一块互换")
    for _ in range(3):
        run = next(runs)
        spot = plates.shapes[run[4]]
        plates.shapes[run[4]] = shapely.Point(spot.x + 310.0, spot.y - 330.0)
        planting.note(plates, str(plates.rows[run[4]]["编号"]), "plate-far", "离所在道路数百米")
    for _ in range(3):
        at = next(runs)[3]
        plain = "".join(_CHINESE_DIGITS[int(digit)] for digit in str(_number(plates.rows[at])))
        planting.put(plates, at, {"号码": f"{plain}号"}, "plate-number-form", "号码用汉字书写")
    for _ in range(7):
        planting.put(plates, next(runs)[2], {"地址": None}, "plate-address-missing", "有牌无址")
    for number in range(20):
        values: Row = {"状况": ("破损", "缺失")[number % 2], "发现问题日期": "2025-12-05"}
        planting.put(plates, next(runs)[1], values, "defect", "门楼牌缺损")
    _more_plates(planting, [next(runs) for _ in range(6)])


def _more_plates(planting: _Planting, runs: list[list[int]]) -> None:
    """Plant what takes several plates: a street nobody registered, doubled buildings, skipped numbers."""
    plates = planting.plates
    for at in runs[0][:5]:
        text = str(plates.rows[at]["地址"]).replace(str(plates.rows[at]["所在道路"]), _NEW_STREET)
        plates.rows[at].update({"所在道路": _NEW_STREET, "地址": text})
    key = str(plates.rows[runs[0][0]]["编号"])
    planting.note(plates, key, "plate-street-unregistered", f"名册里没有{_NEW_STREET}")
    built = [at for at, row in enumerate(plates.rows) if row["类型"] == "楼栋牌" and row["号码"] == "3幢"]
    for at in built[2:40:15]:
        planting.put(plates, at, _numbered_like(plates, at, at - 1), "building-duplicate", "同一小区楼栋重号")
    gone: set[int] = set()
    for run in runs[1:]:
        gone |= set(run[5:12])
        planting.note(plates, str(plates.rows[run[12]]["编号"]), "plate-gap", "连续跳号")
    kept = [at for at in range(len(plates.rows)) if at not in gone]
    plates.rows[:], plates.shapes[:] = [plates.rows[at] for at in kept], [plates.shapes[at] for at in kept]


def _numbered_like(plates: Table, at: int, like: int) -> Row:
    """Give a plate the number of another, in its address as well."""
    address, own = str(plates.rows[at]["地址"]), str(plates.rows[at]["号码"])
    number = str(plates.rows[like]["号码"])
    return {"号码": number, "地址": address.removesuffix(own) + number}


def _mirrored(spot: Any, line: Any) -> Any:
    foot = shapely.line_interpolate_point(line, shapely.line_locate_point(line, spot))
    return shapely.Point(2 * foot.x - spot.x, 2 * foot.y - spot.y)
