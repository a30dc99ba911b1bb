"""Query parameters about where a site may go and how long to look, for the routes that plan meals and periods."""

from typing import Annotated

from pydantic import Field

from api.queries import Metres, Query
from api.reach_queries import Name

Candidates = Annotated[
    Name, Field(description="候选点：grid、stock 或图层 / Candidates: grid, stock or a layer")
]


class CandidatesQuery(Query):
    """Where a site may go, and when a plan is good enough."""

    candidates: Candidates = "grid"
    spacing_m: Annotated[Metres, Field(description="网格间距，米 / Spacing of the grid")] = 500.0
    exclude: Annotated[
        tuple[Name, ...],
        Field(description="禁入范围图层，可重复 / Layers of exclusions", max_length=10),
    ] = ()
    time_limit_s: Annotated[
        float, Field(ge=0, le=60, description="求解时限，秒 / Seconds to look for a plan")
    ] = 30.0
    gap: Annotated[float, Field(ge=0, le=1, description="与上界差多少即可停 / Gap at which to stop")] = 0.0
