"""Options of the commands that ask what is in reach: coverage, access and siting."""

from enum import StrEnum
from typing import Annotated

import typer


class Travel(StrEnum):
    """Ways to measure a distance."""

    NETWORK = "network"
    STRAIGHT = "straight"


WithinMin = Annotated[
    float | None, typer.Option("--within-min", help="步行多少分钟之内 / Within so many minutes on foot")
]
WithinM = Annotated[float | None, typer.Option("--within-m", help="多少米之内 / Within so many metres")]
TravelBy = Annotated[
    Travel | None, typer.Option("--travel", help="network 走路网，straight 直线 / By roads or straight")
]
By = Annotated[str, typer.Option("--by", help="按什么单元统计：village town county / Units to report by")]
PopulationField = Annotated[
    str, typer.Option("--population-field", help="以哪个人口字段计 / Population field that counts")
]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", help="只算符合的设施，如 kind=care_home / Only facilities like kind=care_home"),
]
