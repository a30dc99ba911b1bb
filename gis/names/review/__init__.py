"""Cases under review: from findings on a name to its end, with who did what when."""

from gis.names.review.annual import AnnualSummary, Tally, summarise_cases
from gis.names.review.case import Case, CaseDetail, case_id_of
from gis.names.review.clocks import Clock
from gis.names.review.deciding import Batch, decide, decide_many
from gis.names.review.decision import Decision
from gis.names.review.detail import case_detail, case_details
from gis.names.review.found import FoundCases, gather
from gis.names.review.listing import CaseFilter, CaseList, list_cases
from gis.names.review.standing import dismissed_in
from gis.names.review.states import ACTIONS, CATEGORIES, REASONS, State, machine_json

__all__ = [
    "ACTIONS",
    "CATEGORIES",
    "REASONS",
    "AnnualSummary",
    "Batch",
    "Case",
    "CaseDetail",
    "CaseFilter",
    "CaseList",
    "Clock",
    "Decision",
    "FoundCases",
    "State",
    "Tally",
    "case_detail",
    "case_details",
    "case_id_of",
    "decide",
    "decide_many",
    "dismissed_in",
    "gather",
    "list_cases",
    "machine_json",
    "summarise_cases",
]
