"""What may be asked and sent about cases, within which bounds; anything else is refused."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.queries import Limit, Offset, Query

if TYPE_CHECKING:
    from gis.names.review import CaseFilter, Decision

StateWanted = Literal[
    "",
    "open",
    "suspected",
    "verifying",
    "confirmed",
    "excluded",
    "argued",
    "noticed",
    "objected",
    "ordered",
    "renamed",
    "replacing",
    "filed",
    "archived",
]
Version = Annotated[
    int, Field(ge=0, le=2**31, description="看到的版本，没人处理过为 0 / Version that was looked at")
]


class CasesQuery(Query):
    """Which cases."""

    state: Annotated[
        StateWanted, Field(description="状态；open 为未结 / State; open: neither excluded nor archived")
    ] = ""
    category: Annotated[str, Field(max_length=20, description="类别 / Category")] = ""
    town: Annotated[
        str,
        Field(
            max_length=12, description="乡镇街道九位代码，- 为不明 / Nine digits of the town, - when unknown"
        ),
    ] = ""
    severity: Annotated[
        Literal["", "error", "suspect", "review", "unknown"], Field(description="程度 / Severity")
    ] = ""
    overdue: Annotated[bool | None, Field(description="是否逾期 / Past a deadline")] = None
    older_than_days: Annotated[
        int | None, Field(ge=0, le=100_000, description="发现超过几天 / Found more than so many days ago")
    ] = None
    q: Annotated[str, Field(max_length=100, description="名称或编号里包含 / Part of name or id")] = ""
    limit: Limit = 100
    offset: Offset = 0

    def wanted(self) -> "CaseFilter":
        """Return what the list of cases is asked for."""
        from gis.names.review import CaseFilter  # noqa: PLC0415 - geopandas loads with the first question

        return CaseFilter(**self.model_dump())


class SummaryQuery(Query):
    """Which period."""

    from_: Annotated[date | None, Field(alias="from", description="发现日期从哪天起 / Found on or after")] = (
        None
    )
    to: Annotated[date | None, Field(description="发现日期到哪天止 / Found on or before")] = None


class DocumentQuery(Query):
    """Which document, for which cases."""

    form: Annotated[
        Literal["", "docx", "xlsx"],
        Field(description="格式，不写为常用格式 / Form, the usual one by default"),
    ] = ""
    case: Annotated[
        tuple[Annotated[str, Field(max_length=100)], ...],
        Field(description="案件编号，可重复 / Case ids", max_length=500),
    ] = ()
    on: Annotated[date | None, Field(description="落款日期 / The day it is dated")] = None
    lang: Annotated[
        Literal["zh", "en"] | None, Field(description="en 时加英文标题 / en adds English headings")
    ] = None


class _Sent(BaseModel):
    """What is sent; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DecisionBody(_Sent):
    """One decision."""

    action: Annotated[str, Field(max_length=40, description="动作，见 /api/cases/states / What to do")]
    who: Annotated[str, Field(max_length=200, description="经办人 / Who decides")]
    note: Annotated[str, Field(max_length=20_000, description="说明 / Note")] = ""
    reason: Annotated[str | None, Field(max_length=40, description="排除原因 / Reason")] = None
    category: Annotated[str | None, Field(max_length=20, description="认定类别 / Category")] = None
    new_name: Annotated[str | None, Field(max_length=1000, description="新名称 / New name")] = None
    on: Annotated[date | None, Field(description="办理日期 / The office's date")] = None

    def decision(self) -> "Decision":
        """Return what is decided."""
        from gis.names.review import Decision  # noqa: PLC0415 - as above

        return Decision(**{name: getattr(self, name) for name in DecisionBody.model_fields})


class CaseDecisionBody(DecisionBody):
    """One decision on one case."""

    version: Version


class CaseVersion(_Sent):
    """A case and the version that was looked at."""

    id: Annotated[str, Field(max_length=100, description="案件编号 / Case id")]
    version: Version


class BatchBody(DecisionBody):
    """One decision on many cases."""

    cases: Annotated[list[CaseVersion], Field(min_length=1, max_length=1000, description="案件 / Cases")]
