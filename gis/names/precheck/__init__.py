"""May this name be given? Rules, namesakes, place and reading of a proposed name, and others that would pass."""

from gis.names.precheck.checking import precheck
from gis.names.precheck.place import Place, place_of
from gis.names.precheck.register import Register
from gis.names.precheck.report import PrecheckReport
from gis.names.precheck.surroundings import Surroundings

__all__ = ["Place", "PrecheckReport", "Register", "Surroundings", "place_of", "precheck"]
