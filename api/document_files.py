"""Documents of the review, as both doors give them: which cases go in, in which form, under which file name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from layers.errors import InputError, NotFoundError
from layers.text import Lang, Text

if TYPE_CHECKING:
    from gis.names.review.found import FoundCases
    from layers.workspace import Workspace

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWanted:
    """Which document is wanted.

    Attributes
    ----------
    form
        ``docx`` or ``xlsx``; the usual one of the kind when empty.
    case_ids
        In the order of printing. None given: lists have every case they may have, papers written case by case have
        none and are refused.
    on
        The day the document is dated; the workspace's day when None.
    """

    kind: str
    form: str = ""
    case_ids: Sequence[str] = ()
    on: date | None = None
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document ready to be kept."""

    name: str
    media_type: str
    content: bytes


def document_file(workspace: "Workspace", found: "FoundCases", wanted: DocumentWanted) -> DocumentFile:
    """Write one document.

    Raises
    ------
    NotFoundError
        When there is no such kind, or no such case.
    InputError
        When the kind has no such form, or may not be written for such a case, or has no case.
    """
    from gis.names.review import case_details, list_cases  # noqa: PLC0415 - geopandas loads with the first question
    from web.documents import document, kinds  # noqa: PLC0415 - python-docx loads with the first document

    known = kinds().get(wanted.kind)
    if known is None:
        raise NotFoundError(
            Text(f"没有名为“{wanted.kind}”的文书。", f"There is no document {wanted.kind!r}."),
            Text(f"可用：{'、'.join(kinds())}。", f"There are: {', '.join(kinds())}."),
        )
    _refuse_twice(wanted.case_ids)
    on, form = wanted.on or workspace.day, wanted.form or known.forms[0]
    ids = wanted.case_ids
    if not ids and not known.per_case:
        listed = list_cases(workspace, (), found=found, on=on)
        ids = [one.id for one in listed.cases if one.state not in known.refused]
    cases = case_details(workspace, ids, found, on=on, namesakes=known.per_case)
    details = [one.as_json() for one in cases]
    content = document(workspace, wanted.kind, form, details, on=on, lang=wanted.lang)
    return DocumentFile(f"{known.label.zh}-{on}.{form}", MEDIA_TYPES[form], content)


def _refuse_twice(case_ids: Sequence[str]) -> None:
    if len(set(case_ids)) < len(case_ids):
        raise InputError(
            Text("同一案件写了两次。", "A case is named twice."),
            Text("请去掉重复的编号。", "Name each once."),
        )
