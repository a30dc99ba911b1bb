"""Judging a list: each row by the packs of its jurisdiction, by itself and against the other rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gis.names.checking import check_candidates, status_of
from gis.names.listing.reading import NameList
from gis.names.listing.rows import LONGEST_NAME, ListedName
from gis.names.packs import load_packs, packs_for
from gis.names.segment import segment
from layers.findings import Finding, Severity
from layers.text import Text

_SHOWN = ("code", "category", "severity", "message", "evidence", "citation", "exceptions")
_ARTICLE_9 = "《地名管理条例》（国务院令第753号，2022-05-01起施行）第九条：地名由专名和通名组成，含义明确"
NATIONAL = "national-2022"
_LEVELS = {
    2: Text("省", "province"),
    4: Text("设区市", "city"),
    6: Text("区县", "county"),
    9: Text("镇街", "town"),
}
_NAMELESS = "names.unnamed"


@dataclass(frozen=True, slots=True)
class CheckedName:
    """What was found about one row.

    Attributes
    ----------
    status
        ``clear``, ``review`` or ``suspect``.
    entity_class, class_from
        The class it was judged as, and whether it was ``given``, ``inferred`` from the name, or is ``unknown``.
    packs
        Ids of the rule packs it was judged by.
    """

    listed: ListedName
    findings: tuple[Finding, ...]
    status: str
    entity_class: str
    class_from: str
    packs: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as JSON values."""
        return {
            "row": self.listed.row,
            "name": self.listed.candidate.name,
            "class": self.entity_class,
            "class_from": self.class_from,
            "jurisdiction": self.listed.jurisdiction.code or None,
            "packs": list(self.packs),
            "status": self.status,
            "findings": [finding_json(one) for one in self.findings],
            "problems": [one.as_json() for one in self.listed.problems],
            "notes": [one._asdict() for one in self.listed.notes],
        }


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return what a finding says without the layer and key that only a workspace has."""
    said = finding.as_json()
    return {name: said[name] for name in _SHOWN}


def check_list(
    names: NameList, *, packs: Sequence[str] = (), on: date | None = None
) -> tuple[CheckedName, ...]:
    """Judge every row of a list.

    Parameters
    ----------
    packs
        Ids of rule packs for all rows; without them each row is judged by the packs of its jurisdiction.
    on
        Day of the judgement; today by default.

    Returns
    -------
    tuple of CheckedName
        One for each row, in the order of the list.

    Raises
    ------
    NotFoundError
        When there is no such pack.
    """
    chosen = tuple(packs)
    if chosen:
        load_packs(chosen)
    by_packs: dict[tuple[str, ...], list[ListedName]] = defaultdict(list)
    for row in names.rows:
        by_packs[chosen or packs_of(row.jurisdiction.code)].append(row)
    found: dict[int, list[Finding]] = defaultdict(list)
    of_row: dict[int, tuple[str, ...]] = {}
    for ids, rows in by_packs.items():
        of_row |= {row.row: ids for row in rows}
        for row_number, finding in _judged(ids, rows, names.rows, on):
            found[row_number].append(finding)
    return tuple(_checked(row, found[row.row], of_row[row.row]) for row in names.rows)


def _with_note(row: ListedName, scope_class: str, packs: tuple[str, ...]) -> ListedName:
    """Say of a row whose jurisdiction is not known finely enough that it was compared with no other."""
    group = row.jurisdiction.group
    digits = [one.code_digits for one in load_packs(packs).scopes if scope_class in one.classes]
    if not group or not digits or len(group) >= min(digits):
        return row
    level = _LEVELS[min(digits)]
    said = Text(
        f"辖区不明（没有写到{level.zh}），没有与清单中其他地名比较重名。",
        f"The jurisdiction is not known down to the {level.en}: not compared with the other names.",
    )
    return replace(row, notes=(*row.notes, said))


def packs_of(code: str) -> tuple[str, ...]:
    """Return the packs of a jurisdiction; the national one where it is not known."""
    return packs_for(code) if code else (NATIONAL,)


def _judged(
    ids: tuple[str, ...], rows: Sequence[ListedName], every: Sequence[ListedName], on: date | None
) -> list[tuple[int, Finding]]:
    """Judge the rows of one set of packs; rows of other packs in the same provinces are compared with as well."""
    own = {row.candidate.id for row in rows}
    provinces = {row.candidate.jurisdiction[:2] for row in rows}
    around = [row.candidate for row in every if row.candidate.jurisdiction[:2] in provinces]
    findings = check_candidates(around, load_packs(ids), on=on)
    return [(int(one.feature_id), one) for one in findings if one.feature_id in own]


def _checked(row: ListedName, findings: Sequence[Finding], packs: tuple[str, ...]) -> CheckedName:
    said = (*findings, *_unusable(row, findings))
    parts = segment(row.candidate)
    return CheckedName(
        _with_note(row, parts.scope_class, packs),
        said,
        status_of(said),
        parts.entity_class,
        parts.class_from,
        packs,
    )


def _unusable(row: ListedName, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Say that a cell holds no name, or far more than a name."""
    name = row.candidate.name
    if not name.strip() and not findings:
        return (_finding(row, _NAMELESS, "有地无名", Text("名称为空。", "The name is empty.")),)
    if len(name) > LONGEST_NAME:
        said = Text(
            f"名称有 {len(name)} 个字符，不像一个地名；请核对是否把说明填进了名称。",
            f"{len(name)} characters are no name: was a remark written into the column?",
        )
        return (_finding(row, "names.too-long", "怪", said),)
    return ()


def _finding(row: ListedName, code: str, category: str, message: Text) -> Finding:
    return Finding(
        code=code,
        category=category,
        severity=Severity.REVIEW,
        layer_id=row.candidate.layer_id,
        feature_id=row.candidate.id,
        feature_name=row.candidate.name[:LONGEST_NAME],
        message=message,
        citation=_ARTICLE_9,
        evidence={"length": len(row.candidate.name)},
    )
