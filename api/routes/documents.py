"""``/api/documents``: what a bureau produces from review cases."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from api import documented
from api.asking import STAFF, ServedHere
from api.case_queries import DocumentQuery
from api.document_files import MEDIA_TYPES, DocumentWanted, document_file
from api.queries import NoParameters
from api.reviewing import found_cases

router = APIRouter(prefix="/api/documents", tags=["documents"], dependencies=[STAFF])
Kind = Annotated[str, Path(description="文书种类，见 /api/documents / Kind of document", max_length=40)]
_FILES: documented.Answers = {
    200: {
        "description": "文件 / The file",
        "content": {one: {"schema": documented.BINARY} for one in MEDIA_TYPES.values()},
    }
}


@router.get(
    "",
    summary="文书种类 / Kinds of documents",
    responses=documented.answers({"type": "array", "items": {"type": "object"}})
    | documented.problems(400, 401),
)
def list_documents(_: Annotated[NoParameters, Query()]) -> list[dict[str, Any]]:
    """List the documents there are, in which forms, and for cases in which states."""
    from web.documents import kinds  # noqa: PLC0415 - python-docx loads with the first document

    return [one.as_json() for one in kinds().values()]


@router.get(
    "/{kind}",
    summary="文书 / A document",
    response_class=Response,
    responses=_FILES | documented.problems(400, 401, 404, 409),
)
def give_document(kind: Kind, query: Annotated[DocumentQuery, Query()], served: ServedHere) -> Response:
    """Write a document for the cases named; lists without a case named have every case they may have."""
    wanted = DocumentWanted(
        kind=kind, form=query.form, case_ids=query.case, on=query.on, lang=query.lang or "zh"
    )
    file = document_file(served.workspace, found_cases(served), wanted)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        "Cache-Control": "no-store",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)
