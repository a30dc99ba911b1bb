"""Taking files into a workspace: good rows go in within one transaction, every other row is reported."""

from layers.importing.options import ImportOptions
from layers.importing.osm import import_osm
from layers.importing.report import ImportReport, Reject
from layers.importing.run import import_file

__all__ = ["ImportOptions", "ImportReport", "Reject", "import_file", "import_osm"]
