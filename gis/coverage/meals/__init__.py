"""Meals in two tiers: who gets one today, where the next kitchens and points go, and what each of them adds."""

from gis.coverage.meals.planning import plan_meals
from gis.coverage.meals.report import MealPlanReport
from gis.coverage.meals.request import MealRequest

__all__ = ["MealPlanReport", "MealRequest", "plan_meals"]
