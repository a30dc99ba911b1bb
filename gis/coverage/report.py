"""The coverage report: a number never without its definition, its unknowns and how it was made."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gis.coverage.capacity import Load
from gis.coverage.definitions import Definition
from gis.coverage.flips import Flips
from gis.coverage.people import People
from gis.coverage.request import CoverageRequest
from gis.coverage.rows import Row, tidy
from gis.coverage.shown import Shown, Tabular
from layers.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageReport(Tabular):
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
    people
        Served, unserved and unknown at the main speed; they add up.
    flips
        Whose answer hangs on the speed; None without a band.
    loads
        What facilities hold and take on; empty but for C7.
    limit_m, limit
        Greatest distance counted at the main speed, and the limit in words; None and empty for C1 and C2.
    norms
        Profile id and the values used.
    shown
        What it can be drawn on.
    """

    request: CoverageRequest
    definition: Definition
    measure: Text
    unit_of_measure: str
    numerator: float
    denominator: float
    share: float | None
    band: tuple[tuple[float, float, float | None], ...]
    people: People
    rows: tuple[Row, ...]
    totals_by: "Mapping[str, tuple[Row, ...]]"
    assumptions: tuple[Text, ...]
    norms: "Mapping[str, Any]"
    provenance: "Mapping[str, Any]"
    command: str
    flips: Flips | None = None
    loads: tuple[Load, ...] = ()
    limit_m: float | None = None
    limit: Text = field(default_factory=lambda: Text("", ""))
    shown: Shown | None = field(default=None, repr=False, compare=False)

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
            "band_share": self.band_share,
            "people": self.people.as_json(),
            "rows": [row.as_json(speeds) for row in self.rows],
            "totals_by": {
                level: [row.as_json(speeds) for row in rows] for level, rows in self.totals_by.items()
            },
            "flips": self.flips.as_json() if self.flips else None,
            "loads": [one.as_json() for one in self.loads],
            "assumptions": [text._asdict() for text in self.assumptions],
            "norms": dict(self.norms),
            "provenance": dict(self.provenance),
            "command": self.command,
        }

    @property
    def band_share(self) -> dict[str, float | None] | None:
        """Return least, middle and greatest share of the band; None without one."""
        shares = sorted(share for _, _, share in self.band if share is not None)
        if not shares:
            return None
        return {"min": shares[0], "median": shares[len(shares) // 2], "max": shares[-1]}
