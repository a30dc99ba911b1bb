"""How figures about people are printed: in full inside the office, rounded and with small ones withheld outside."""

from dataclasses import dataclass

from layers.text import Lang, Text

WITHHELD = Text("不公布", "withheld")
UNKNOWN = Text("不明", "unknown")
_NOBODY = 1e-9
Figure = float | int | str | None
"""What stands in a cell: a number, a word in its place, or None for what does not apply."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Prints figures for a reader.

    Attributes
    ----------
    least
        In public, people are rounded to multiples of it and 1 to ``least`` - 1 are withheld, so that neither a figure
        nor the difference of two tells of fewer. 1 or less withholds nothing.
    """

    public: bool
    least: int
    lang: Lang

    @property
    def _coarse(self) -> bool:
        return self.public and self.least > 1

    def people(self, number: float | None) -> Figure:
        """Print a number of people; None is unknown."""
        if number is None:
            return UNKNOWN.pick(self.lang)
        if not self._coarse:
            return plain(number)
        if 0 < number < self.least:
            return WITHHELD.pick(self.lang)
        return self._rounded(number)

    def percent(self, numerator: float | None, denominator: float | None) -> Figure:
        """Print a share of people in percent, to one decimal; where nothing is known, say so.

        In public it is the share of the rounded figures, and withheld where either side of it is small or the whole is
        so small that a step of rounding would be a large share.
        """
        if numerator is None or not denominator:
            return UNKNOWN.pick(self.lang)
        if not self._coarse:
            return round(100.0 * numerator / denominator, 1)
        sides = (numerator, denominator - numerator)
        if denominator < 5 * self.least or any(_NOBODY < one < self.least for one in sides):
            return WITHHELD.pick(self.lang)
        return float(round(min(100.0 * self._rounded(numerator) / self._rounded(denominator), 100.0)))

    def share(self, numerator: float | None, denominator: float | None) -> float | None:
        """Return the share behind ``percent`` for a map; None where it says no number."""
        said = self.percent(numerator, denominator)
        return None if said is None or isinstance(said, str) else said / 100.0

    def _rounded(self, number: float) -> int:
        return int(number / self.least + 0.5) * self.least


def plain(number: float) -> float | int:
    """Return a whole number as int, anything else to one decimal."""
    return int(number) if float(number).is_integer() else round(float(number), 1)


def written(value: object) -> str:
    """Write a cell for paper: thousands apart, a dash where nothing applies or is told; texts as they are."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:,.10g}"
