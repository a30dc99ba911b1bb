"""Data quality of a workspace: shapes, values, dates, units, places, and what is too old or unknown to tell."""

from layers.quality.checking import check_layers, check_quality

__all__ = ["check_layers", "check_quality"]
