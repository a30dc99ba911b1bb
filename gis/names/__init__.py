"""Place-name rules: suspect names with evidence, exceptions and citation, never a verdict."""

from gis.names.candidate import Candidate
from gis.names.checking import check_candidates, check_name, check_names, status_of
from gis.names.packs import Pack, load_cases, load_packs, missing_cases, pack_ids, packs_for
from gis.names.pages import rule_pages
from gis.names.readings import Reading, read_name
from gis.names.segment import Segments, segment

__all__ = [
    "Candidate",
    "Pack",
    "Reading",
    "Segments",
    "check_candidates",
    "check_name",
    "check_names",
    "load_cases",
    "load_packs",
    "missing_cases",
    "pack_ids",
    "packs_for",
    "read_name",
    "rule_pages",
    "segment",
    "status_of",
]
