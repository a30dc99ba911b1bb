"""The definitions of coverage. None may be printed without its id: a bare 覆盖率 says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    )
}
