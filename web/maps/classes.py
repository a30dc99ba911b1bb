"""Classes of a coverage choropleth: bounds, colours that survive colour blindness and greyscale, and patterns."""

from dataclasses import dataclass

from layers.text import Text


@dataclass(frozen=True, slots=True)
class ShareClass:
    """One class of shares ``low <= share < high`` (the last one includes 1), drawn with ``fill``."""

    low: float
    high: float
    fill: str
    label: Text


SHARE_CLASSES = (
    ShareClass(0.0, 0.2, "#fbf0d0", Text("0 – 20 %", "0 – 20 %")),
    ShareClass(0.2, 0.4, "#cfe3b0", Text("20 – 40 %", "20 – 40 %")),
    ShareClass(0.4, 0.6, "#98cdae", Text("40 – 60 %", "40 – 60 %")),
    ShareClass(0.6, 0.8, "#5fb0b5", Text("60 – 80 %", "60 – 80 %")),
    ShareClass(0.8, 1.01, "#3a86ad", Text("80 – 100 %", "80 – 100 %")),
)
"""Lightness falls steadily, so that a black-and-white print keeps the order."""

UNKNOWN_FILL = "#e3e3e6"
UNCOVERED_PATTERN = "url(#fy-hatch-uncovered)"


def class_table() -> dict[str, object]:
    """Return the classes as JSON values for the drawing scripts."""
    return {
        "shares": [{"low": one.low, "high": one.high, "fill": one.fill} for one in SHARE_CLASSES],
        "unknown": UNKNOWN_FILL,
        "uncovered": UNCOVERED_PATTERN,
    }
