"""Two tiers of meals: kitchens supply points, points serve at the table and at the door, hot and within capacity."""

from gis.siting.tiered.curve import trade_off
from gis.siting.tiered.plan import REASONS, TwoTierPlan
from gis.siting.tiered.question import Tiers
from gis.siting.tiered.solving import two_tier

__all__ = ["REASONS", "Tiers", "TwoTierPlan", "trade_off", "two_tier"]
