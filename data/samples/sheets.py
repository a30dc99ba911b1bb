"""Table of planning sheets: areas a planner reports by, drawn without regard to towns and villages."""

import numpy as np
import shapely

from data.samples.district import District
from data.samples.tables import Row, Table

_SHEETS = (
    ("PQ01", "中部城区片区", (22.0, 18.5), "老城与新城，设施存量多，以改造提升为主"),
    ("PQ02", "沿江片区", (20.0, 29.0), "沧江沿岸各村，河港密布"),
    ("PQ03", "西部山区片区", (7.5, 14.0), "山区与水库周边，居住分散"),
    ("PQ04", "湖滨片区", (33.0, 9.0), "湖区周边，含湖心岛"),
)
"""Code, name, the place it lies around (local kilometres) and what the plan says of it."""


def study_table(district: District) -> Table:
    """List the planning sheets: every place belongs to the one whose middle is nearest; none overlap."""
    table = Table(
        "study_area", "规划片区.geojson", "geojson", "EPSG:4490", None, "布局规划的四个片区，不按镇街划分"
    )
    middles = shapely.points(np.array([at for _, _, at, _ in _SHEETS]) * 1000)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(middles), extend_to=district.shape.envelope)
    )
    for (code, name, _, note), middle in zip(_SHEETS, middles, strict=True):
        cell = cells[np.flatnonzero(shapely.contains(cells, middle))[0]]
        row: Row = {
            "编号": code,
            "片区代码": code,
            "片区名称": name,
            "片区类型": "规划片区",
            "片区说明": note,
        }
        table.add(row, shapely.intersection(cell, district.shape))
    return table
