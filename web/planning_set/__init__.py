"""The planning set (布局专项规划图册): indicators, a map per service and tier, a page per town, in four forms."""

from web.planning_set.making import FORMS, check_form, planning_set
from web.planning_set.request import PlanningSetRequest

__all__ = ["FORMS", "PlanningSetRequest", "check_form", "planning_set"]
