"""The spelling of the name to be given, in a form and on a sign; a reading that is not certain says so."""

from collections.abc import Mapping
from typing import Any

from gis.names.gazetteer.spelling import spelled
from gis.names.readings import load_readings
from web.documents.issue import Issue
from web.documents.wording import BLANK

_TO_CHECK = "（读音待核）"


def spelling_of(issue: Issue, case: Mapping[str, Any], name: str, *, on_sign: bool = False) -> str:
    """Spell a name with tones, or as signs bear it; an open field for no name and for one that cannot be read."""
    if not name:
        return BLANK
    spelt = spelled(
        name,
        jurisdiction=str((case.get("town") or {}).get("code") or issue.workspace.settings.code),
        readings=load_readings(issue.workspace.root),
    )
    written = spelt.sign_form if on_sign else spelt.pinyin
    if not written:
        return BLANK
    return f"{written}{_TO_CHECK}" if spelt.unsure else written
