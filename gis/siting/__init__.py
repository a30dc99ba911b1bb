"""Where the next sites go: covering, median and centre models with proven bounds."""

from gis.siting.center import p_center
from gis.siting.covering import lscp, mclp
from gis.siting.median import p_median
from gis.siting.plan import SitingPlan

__all__ = ["SitingPlan", "lscp", "mclp", "p_center", "p_median"]
