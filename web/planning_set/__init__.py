"""The planning set (布局专项规划图册): indicators, one map per service and tier, one page per town, as docx, xlsx, pdf, html."""

from web.planning_set.making import FORMS, planning_set
from web.planning_set.request import PlanningSetRequest

__all__ = ["FORMS", "PlanningSetRequest", "planning_set"]
