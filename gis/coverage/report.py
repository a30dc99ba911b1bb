"""The coverage report: a number never without its definition, its unknowns and how it was made."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gis.coverage.definitions import Definition
from gis.coverage.request import CoverageRequest
from gis.coverage.rows import Row, tidy
from layers.text import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_HEADINGS: "tuple[tuple[str, Text], ...]" = (
    ("code", Text("代码", "Code")),
    ("name", Text("名称", "Name")),
    ("level", Text("级别", "Level")),
    ("parent_code", Text("上级代码", "Parent code")),
    ("numerator", Text("已覆盖", "Served")),
    ("denominator", Text("总数", "Total")),
    ("share", Text("覆盖率", "Share")),
    ("covered", Text("是否覆盖", "Covered")),
    ("reason_code", Text("原因代码", "Reason code")),
    ("reason", Text("原因", "Reason")),
    ("nearest_id", Text("最近设施编号", "Nearest id")),
    ("nearest", Text("最近设施", "Nearest facility")),
    ("network_m", Text("沿路距离（米）", "By road (m)")),
    ("straight_m", Text("直线距离（米）", "Straight (m)")),
    ("lon", Text("经度", "Longitude")),
    ("lat", Text("纬度", "Latitude")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageReport:
    """Who is served and who is not.

    Attributes
    ----------
    request
        What was asked, with everything left open filled in.
    numerator, denominator, share
        Over all rows; share is None where nothing is known.
    band
        Speed in m/s, numerator and share, slow to fast; empty without a band of speeds.
    rows
        One per unit of the level asked for, and one without a code for what lies in no unit.
    totals_by
        Rows of coarser levels.
    norms
        Profile id and the values used.
    """

    request: CoverageRequest
    definition: Definition
    measure: Text
    unit_of_measure: str
    numerator: float
    denominator: float
    share: float | None
    band: tuple[tuple[float, float, float | None], ...]
    rows: tuple[Row, ...]
    totals_by: "Mapping[str, tuple[Row, ...]]"
    assumptions: tuple[Text, ...]
    norms: "Mapping[str, Any]"
    provenance: "Mapping[str, Any]"
    command: str

    @property
    def uncovered(self) -> tuple[Row, ...]:
        """Units that are not covered, those with most people out of reach first; unknown ones last."""
        open_ = [row for row in self.rows if not row.covered]
        return tuple(sorted(open_, key=lambda row: (row.share is None, row.numerator - row.denominator)))

    def as_json(self) -> dict[str, Any]:
        """Return JSON values; every text in both languages."""
        speeds = [speed for speed, _, _ in self.band]
        return {
            "definition": self.definition.as_json(),
            "request": self.request.as_json(),
            "measure": {"label": self.measure._asdict(), "unit": self.unit_of_measure},
            "numerator": tidy(self.numerator),
            "denominator": tidy(self.denominator),
            "share": self.share,
            "band": [
                {"speed_m_s": speed, "numerator": tidy(served), "share": share}
                for speed, served, share in self.band
            ],
            "rows": [row.as_json(speeds) for row in self.rows],
            "totals_by": {
                level: [row.as_json(speeds) for row in rows] for level, rows in self.totals_by.items()
            },
            "assumptions": [text._asdict() for text in self.assumptions],
            "norms": dict(self.norms),
            "provenance": dict(self.provenance),
            "command": self.command,
        }

    def as_table(self, lang: Lang = "zh") -> "pd.DataFrame":
        """Return the rows as a table with headings in ``lang``; a band adds one column of shares per speed."""
        import pandas as pd  # noqa: PLC0415

        speeds = [speed for speed, _, _ in self.band]
        names = [name for name, _ in _HEADINGS]
        table = pd.DataFrame([_cells(row, lang) for row in self.rows], columns=names)
        for position, speed in enumerate(speeds):
            table[f"share {speed:g} m/s"] = [row.shares[position] for row in self.rows]
        headings = {name: text.pick(lang) for name, text in _HEADINGS}
        prefix = headings["share"]
        headings |= {f"share {speed:g} m/s": f"{prefix} {speed:g} m/s" for speed in speeds}
        return table.rename(columns=headings)


def _cells(row: Row, lang: Lang) -> tuple[Any, ...]:
    nearest, reason = row.nearest, row.reason
    return (
        row.code,
        row.name,
        row.level,
        row.parent_code,
        tidy(row.numerator),
        tidy(row.denominator),
        row.share,
        row.covered,
        reason.code if reason else None,
        reason.text.pick(lang) if reason else None,
        nearest.id if nearest else None,
        nearest.name if nearest else None,
        nearest.network_m if nearest else None,
        nearest.straight_m if nearest else None,
        row.lon,
        row.lat,
    )
