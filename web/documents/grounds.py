"""On what a letter to the user of a name rests: which provision it falls under, in sentences that can be sent."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from web.documents.wording import PRINCIPLES, category_of, days_in_words, findings_of, said_text, step_day

_LISTED_KIND = re.compile(r"^(?P<text>.*?)\s*(?P<kind>“[^”]+”类)：(?P<what>.+)$")
_REMARK = re.compile(r"（条文未明定[^（）]*）")
"""A remark of the pack to whoever judges; it is none of the addressee's."""


def grounds_of(case: Mapping[str, Any]) -> list[str]:
    """Say ground by ground what is wrong with the name and under which provision it falls.

    Grounds are the findings of the class of problem as confirmed, without mere notes; where none is left, the article
    the class rests on.
    """
    category = category_of(case)
    serious = [one for one in findings_of(case) if one.get("severity") != "note"]
    own = [one for one in serious if one.get("category") == category]
    said = (_ground(one) for one in own or serious)
    return list(dict.fromkeys(filter(None, said))) or _of_the_class(category)


def _ground(one: Mapping[str, Any]) -> str:
    message = said_text(one.get("message")).strip().rstrip("。")
    return "，".join(filter(None, (message, provisions(str(one.get("citation") or "")))))


def _of_the_class(category: str) -> list[str]:
    return [f"不符合{PRINCIPLES[category]}的规定"] if category in PRINCIPLES else []


def provisions(citation: str) -> str:
    """Turn citations joined by ``；`` into a clause: 属于…所列“怪”类情形（…），不符合…的规定（…）.

    ``""`` for no citation.
    """
    parts = [days_in_words(without_remarks(part)).strip() for part in citation.split("；")]
    known = [part for part in dict.fromkeys(parts) if part]
    listed = [said for part in known if (said := _listed(part))]
    broken = [_broken(part) for part in known if not _listed(part)]
    return "，".join([*listed, *broken])


def without_remarks(citation: str) -> str:
    """Leave out what a citation says to whoever judges and not to the addressee."""
    return _REMARK.sub("", citation)


def _listed(part: str) -> str:
    found = _LISTED_KIND.match(part)
    return f"属于{found['text']}所列{found['kind']}情形（{found['what']}）" if found else ""


def _broken(part: str) -> str:
    article, _, what = part.partition("：")
    return f"不符合{article}的规定" + (f"（{what}）" if what else "")


def standard_of(case: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return the name to be used instead: the new one, else the registered one; ``""`` when neither is known."""
    evidence: Sequence[Mapping[str, Any]] = [one.get("evidence") or {} for one in findings_of(case)]
    said = (
        case.get("new_name"),
        *(one.get(key) for one in evidence for key in ("registered_name", "standard_name")),
        row.get("registered_name"),
    )
    return next((str(one) for one in said if one and one != case.get("name")), "")


def given_name(case: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return the name given or restored; ``""`` while none is settled."""
    return standard_of(case, row) if step_day(case, "renamed", "renamed") else str(case.get("new_name") or "")
