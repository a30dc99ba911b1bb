"""Named changes to facilities: kept beside the workspace, answered at once, compared side by side."""

from gis.coverage.scenarios.carrying import Carried, carried
from gis.coverage.scenarios.comparing import compare
from gis.coverage.scenarios.comparison import Comparison
from gis.coverage.scenarios.keeping import (
    Kept,
    delete_scenario,
    list_scenarios,
    load_scenario,
    save_scenario,
)
from gis.coverage.scenarios.planned import planned_until
from gis.coverage.scenarios.scenario import Scenario
from gis.coverage.scenarios.standing import Standing, judged
from gis.coverage.scenarios.what_if import WhatIf, what_if

__all__ = [
    "Carried",
    "Comparison",
    "Kept",
    "Scenario",
    "Standing",
    "WhatIf",
    "carried",
    "compare",
    "delete_scenario",
    "judged",
    "list_scenarios",
    "load_scenario",
    "planned_until",
    "save_scenario",
    "what_if",
]
