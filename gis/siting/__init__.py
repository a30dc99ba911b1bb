"""Where the next sites go: covering, median and centre models with proven bounds."""

from gis.siting.alternatives import Alternative, Alternatives, Swap, alternatives, cost_alternatives
from gis.siting.capacitated import CapacitatedPlan, capacitated_mclp
from gis.siting.center import p_center
from gis.siting.constraints import Constraints
from gis.siting.covering import lscp, mclp
from gis.siting.curve import CurvePoint, coverage_curve
from gis.siting.median import p_median
from gis.siting.periods import PeriodPlan, over_periods
from gis.siting.plan import SitingPlan
from gis.siting.tiered import Tiers, TwoTierPlan, trade_off, two_tier

__all__ = [
    "Alternative",
    "Alternatives",
    "CapacitatedPlan",
    "Constraints",
    "CurvePoint",
    "PeriodPlan",
    "SitingPlan",
    "Swap",
    "Tiers",
    "TwoTierPlan",
    "alternatives",
    "capacitated_mclp",
    "cost_alternatives",
    "coverage_curve",
    "lscp",
    "mclp",
    "over_periods",
    "p_center",
    "p_median",
    "trade_off",
    "two_tier",
]
