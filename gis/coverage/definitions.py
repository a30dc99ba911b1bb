"""The definitions of coverage. None may be printed without its id: a bare 覆盖率 says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from layers.text import Text


@dataclass(frozen=True, slots=True)
class Definition:
    """One way to measure coverage.

    Attributes
    ----------
    of_people
        Whether people (or what stands for them) are counted, rather than units or land.
    """

    id: str
    label: Text
    formula: Text
    of_people: bool

    def as_json(self) -> dict[str, Any]:
        """Return what a result prints of its definition."""
        return {"id": self.id, "label": self.label._asdict(), "formula": self.formula._asdict()}


DEFINITIONS: Mapping[str, Definition] = {
    one.id: one
    for one in (
        Definition(
            "C1",
            Text("有设施的村居", "Units with a facility"),
            Text(
                "境内至少有一处在营设施的单元数 ÷ 全部单元数",
                "units holding at least one facility in service / all units",
            ),
            of_people=False,
        ),
        Definition(
            "C2",
            Text("有服务的村居", "Units assigned to a facility"),
            Text(
                "境内有在营设施、或被任一在营设施列入服务范围的单元数 ÷ 全部单元数",
                "units holding a facility in service or listed as served by one / all units",
            ),
            of_people=False,
        ),
        Definition(
            "C3",
            Text("居住用地覆盖", "Residential land in reach"),
            Text(
                "在营设施直线半径 R 内（重叠部分合并）的居住用地面积 ÷ 全部居住用地面积",
                "residential land within straight radius R of facilities in service (overlaps dissolved) / all of it",
            ),
            of_people=False,
        ),
        Definition(
            "C4",
            Text("建筑覆盖", "Buildings in reach"),
            Text(
                "沿路网步行到最近在营设施的路程不超过 R 的建筑数 ÷ 位置已知的全部建筑数（每栋计一）",
                "buildings within road distance R of a facility in service, on foot / all buildings of known place, "
                "one each",
            ),
            of_people=False,
        ),
        Definition(
            "C5",
            Text("直线距离人口覆盖", "People within a straight distance"),
            Text(
                "距最近在营设施直线距离不超过 R 的人数 ÷ 位置与人数已知的总人数",
                "people within straight distance R of a facility in service / people whose number and place are known",
            ),
            of_people=True,
        ),
        Definition(
            "C6",
            Text("路网步行人口覆盖", "People within a walk"),
            Text(
                "沿路网步行到最近在营设施不超过规定时间（路程 ÷ 步速）或路程的人数 ÷ 位置与人数已知的总人数",
                "people within the walking time (distance by road / speed) or road distance of a facility in service / "
                "people whose number and place are known",
            ),
            of_people=True,
        ),
        Definition(
            "C7",
            Text("容量内人口覆盖", "People within reach and capacity"),
            Text(
                "在不超过各设施容量的前提下，最多能同时安排到界限内在营设施的人数（先求人数最多，再求路程最短）÷ "
                "位置与人数已知的总人数；容量 = 供给量 ÷ 每千人需要量 × 1000",
                "the most people that facilities in service within the limit can take at once without exceeding "
                "capacity (first most people, then least travel) / people whose number and place are known; "
                "capacity = what a facility holds / need per 1,000 x 1,000",
            ),
            of_people=True,
        ),
        Definition(
            "C8",
            Text("供给达标人口", "People with enough in reach"),
            Text(
                "可达供给指数（移动搜索；不另选衰减函数时为两步移动搜索、界限内等权）不低于标准的人数 ÷ "
                "位置与人数已知的总人数",
                "people whose index of supply in reach (floating catchments; 2SFCA, everything within the limit alike, "
                "unless another kernel is asked for) is at least the standard / people whose number and place are "
                "known",
            ),
            of_people=True,
        ),
    )
}

UNIT_DEFINITIONS = frozenset({"C1", "C2"})
"""Definitions that count units and know no distance."""
BY_ROAD = frozenset({"C4", "C6", "C7", "C8"})
"""Definitions that follow the roads where there are any."""
ON_CAPACITY = frozenset({"C7", "C8"})
"""Definitions that ask what a facility holds."""
_GOING: Mapping[str, Text] = {
    "walk": Text("步行", "on foot"),
    "e-bike": Text("骑电动自行车", "by e-bike"),
    "drive": Text("驾车", "by car"),
}


def going(mode: str) -> Text:
    """Say how people go, in words."""
    return _GOING[mode]


def definition_of(definition_id: str, mode: str = "walk") -> Definition:
    """Return a definition in the words of a mode of travel."""
    definition = DEFINITIONS[definition_id]
    if mode == "walk" or definition_id not in BY_ROAD:
        return definition
    words = going(mode)

    def told(text: Text) -> Text:
        zh = text.zh.replace("步行", words.zh).replace("步速", "车速")
        en = text.en.replace("on foot", words.en).replace("within a walk", f"within reach {words.en}")
        return Text(zh, en.replace("walking time", f"time {words.en}"))

    return replace(definition, label=told(definition.label), formula=told(definition.formula))
