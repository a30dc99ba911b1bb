"""The planning set (布局专项规划图册): indicators, a map per service and tier, a page per town, in four forms."""

from web.planning_set.making import FORMS, planning_set
from web.planning_set.request import PlanningSetRequest

__all__ = ["FORMS", "PlanningSetRequest", "planning_set"]
