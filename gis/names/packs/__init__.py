"""Rule packs: which rules are on and where, with which words, limits, severities and articles of law."""

from gis.names.packs.examples import load_cases, missing_cases
from gis.names.packs.jurisdiction import packs_for
from gis.names.packs.loading import load_packs
from gis.names.packs.model import Pack, RuleSetting, Scope
from gis.names.packs.source import pack_ids
from gis.names.packs.workspace import packs_of_workspace

__all__ = [
    "Pack",
    "RuleSetting",
    "Scope",
    "load_cases",
    "load_packs",
    "missing_cases",
    "pack_ids",
    "packs_for",
    "packs_of_workspace",
]
