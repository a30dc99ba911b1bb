"""Which documents there are, in which forms, for cases in which states; and the one door to all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from gis.names.review.states import STATE_LABELS, State
from layers.errors import InputError, NotFoundError
from layers.text import Lang, Text
from layers.workspace import Workspace
from web.documents.application import application_paper
from web.documents.argument import argument_paper
from web.documents.inventory import inventory_book, inventory_paper
from web.documents.issue import Issue
from web.documents.ledger import ledger_book
from web.documents.notice import notice_paper
from web.documents.order import order_paper
from web.documents.recognition import recognition_book, recognition_paper
from web.documents.signage import signage_book, signage_paper
from web.documents.summary import summary_book, summary_paper

_NOTHING = Text("", "")
_FROM_ORDER = frozenset({State.ORDERED, State.RENAMED, State.REPLACING, State.FILED, State.ARCHIVED})
_FROM_RENAMING = _FROM_ORDER - {State.ORDERED}
_ON_NOTICE = frozenset({State.CONFIRMED, State.ARGUED, State.NOTICED, State.OBJECTED})


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document.

    Attributes
    ----------
    makers
        Form (``docx``, ``xlsx``) to what writes it; the first one is the usual form.
    refused
        States of cases such a document must not be made for: nobody is sent an order about a name that was
        excluded, or before the order was decided.
    since, first
        Why it is refused there, and what is to be done first; empty where the states say enough.
    per_case
        Written case by case, so that without cases there is nothing to write; lists say 无 instead.
    """

    id: str
    label: Text
    makers: Mapping[str, Callable[[Issue], bytes]]
    refused: frozenset[str] = frozenset()
    since: Text = _NOTHING
    first: Text = _NOTHING
    per_case: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms it can have, the usual one first."""
        return tuple(self.makers)

    def as_json(self) -> dict[str, Any]:
        """Return id, label, forms, and for cases in which states it can be made."""
        return {
            "id": self.id,
            "label": self.label._asdict(),
            "forms": list(self.forms),
            "states": [state.value for state in State if state not in self.refused],
            "per_case": self.per_case,
        }


_KINDS = (
    DocumentKind(
        "inventory",
        Text("排查清单", "List of suspected names"),
        {"xlsx": inventory_book, "docx": inventory_paper},
    ),
    DocumentKind(
        "recognition",
        Text("认定意见表", "Opinion on suspected names"),
        {"docx": recognition_paper, "xlsx": recognition_book},
        per_case=True,
    ),
    DocumentKind(
        "argument",
        Text("专家论证意见", "Expert argument, one page with map"),
        {"docx": argument_paper},
        per_case=True,
    ),
    DocumentKind(
        "notice", Text("公示", "Public notice"), {"docx": notice_paper}, frozenset(State) - _ON_NOTICE
    ),
    DocumentKind(
        "order",
        Text("整改通知书", "Order to rectify"),
        {"docx": order_paper},
        frozenset(State) - _FROM_ORDER,
        Text("只有已决定下达整改通知的才能出具", "it is issued once rectification has been ordered"),
        Text("先办理认定、论证、公示，再办理“整改通知”", "confirm, argue and notice, then order"),
        per_case=True,
    ),
    DocumentKind("ledger", Text("整改台账", "Ledger of rectification"), {"xlsx": ledger_book}),
    DocumentKind(
        "signage",
        Text("换牌工单", "Work orders for signs"),
        {"docx": signage_paper, "xlsx": signage_book},
        frozenset(State) - _FROM_RENAMING,
        Text(
            "更名或恢复标准名之后才知道新文字", "the new text is known once the name is changed or restored"
        ),
        Text("先办理“更名”或“恢复标准名”", "rename or restore first"),
        per_case=True,
    ),
    DocumentKind(
        "application",
        Text("命名更名申报表与备案登记表", "Application and filing form"),
        {"docx": application_paper},
        frozenset({State.EXCLUDED}),
        per_case=True,
    ),
    DocumentKind(
        "summary",
        Text("年报汇总", "Summary for the annual report"),
        {"xlsx": summary_book, "docx": summary_paper},
    ),
)


def kinds() -> Mapping[str, DocumentKind]:
    """Return every kind of document by id, in the order of the work."""
    return MappingProxyType({one.id: one for one in _KINDS})


def document(
    workspace: Workspace,
    kind: str,
    form: str,
    cases: Sequence[Mapping[str, Any]],
    *,
    on: date,
    lang: Lang = "zh",
) -> bytes:
    """Write one document.

    Parameters
    ----------
    workspace
        Gives office, district, layers for the map, and whether the data are made up.
    kind, form
        A key of ``kinds`` and one of its forms.
    cases
        JSON of review cases with their details (findings, history, namesakes), in the order of printing.
    on
        The day the document is dated. The same input gives the same bytes.
    lang
        ``en`` adds English to headings and paragraphs; the forms stay Chinese.

    Raises
    ------
    NotFoundError
        When there is no such kind.
    InputError
        When it has no such form, a form written case by case has no case, or a case is in a state in which such a
        document must not be made.
    """
    known = kinds().get(kind)
    if known is None:
        raise NotFoundError(
            Text(f"没有名为“{kind}”的文书。", f"There is no document {kind!r}."),
            Text(f"可用：{'、'.join(kinds())}。", f"There are: {', '.join(kinds())}."),
        )
    _check(known, form, cases)
    return known.makers[form](Issue(workspace, tuple(cases), on, lang))


def _check(kind: DocumentKind, form: str, cases: Sequence[Mapping[str, Any]]) -> None:
    if form not in kind.makers:
        raise InputError(
            Text(f"“{kind.label.zh}”没有 {form} 格式。", f"{kind.label.en} cannot be had as {form}."),
            Text(f"可用：{'、'.join(kind.forms)}。", f"Forms: {', '.join(kind.forms)}."),
        )
    if kind.per_case and not cases:
        raise InputError(
            Text(f"没有地名可写“{kind.label.zh}”。", f"There is no case to write for: {kind.label.en}."),
            Text("请至少选一个地名。", "Choose one case at least."),
        )
    for case in cases:
        if case.get("state") in kind.refused:
            raise _too_soon(kind, case)


def _too_soon(kind: DocumentKind, case: Mapping[str, Any]) -> InputError:
    """Say which case is in which state, why the document is not made there, and what to do first."""
    label = STATE_LABELS[str(case["state"])]
    called, number = case.get("name", ""), case.get("number") or case.get("id", "")
    since, first = kind.since, kind.first
    return InputError(
        Text(
            f"“{called}”（{number}）处于“{label.zh}”，不能出具“{kind.label.zh}”{'：' if since.zh else ''}{since.zh}。",
            f"{called} ({number}) is at {label.en!r}; no {kind.label.en.casefold()} can be made"
            f"{': ' if since.en else ''}{since.en}.",
        ),
        Text(
            f"可出具的状态：{_states(kind, 'zh')}；请{first.zh or '先办理'}，或去掉这个地名。",
            f"Possible at: {_states(kind, 'en')}; {first.en or 'take the steps first'}, or leave it out.",
        ),
    )


def _states(kind: DocumentKind, lang: Lang) -> str:
    fitting = [state for state in State if state not in kind.refused]
    return ("; " if lang == "en" else "、").join(STATE_LABELS[one].pick(lang) for one in fitting)
