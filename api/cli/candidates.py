"""Options about where a site may go, of the commands that plan meals and periods, beside those about reach."""

from dataclasses import dataclass
from typing import Any

from api.cli import site_options as asked
from api.cli.reaching import Reach


@dataclass(frozen=True, kw_only=True)
class Sought(Reach):
    """What is in reach of whom, where a site may go, and when a plan is good enough."""

    candidates: asked.CandidatesOf = "grid"
    spacing_m: asked.Spacing = 500.0
    exclude: asked.Exclude = None
    time_limit_s: asked.TimeLimit = 30.0
    gap: asked.Gap = 0.0

    def sites(self) -> dict[str, Any]:
        """Return its own options as fields of a request for sites."""
        return {
            "candidates": self.candidates,
            "spacing_m": self.spacing_m,
            "exclude": tuple(self.exclude or ()),
            "time_limit_s": self.time_limit_s,
            "gap": self.gap,
        }


CANDIDATES = ("candidates", "spacing_m", "exclude", "time_limit_s", "gap")
"""Names of its own options."""
