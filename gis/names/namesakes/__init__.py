"""Names that are the same or can be taken for each other: graded, inside the legal scope, live and at national size."""

from gis.names.namesakes.grades import Grade, grade
from gis.names.namesakes.index import NameIndex, Namesake, Near

__all__ = ["Grade", "NameIndex", "Namesake", "Near", "grade"]
