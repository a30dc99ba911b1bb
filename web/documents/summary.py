"""年报汇总: found = rectified + pending + excluded, by category and by town."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis.names.review.states import CATEGORIES, RECTIFIED
from layers.text import Text
from web.documents.book import Book
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.wording import KINDS, category_of, day_text

TITLE = Text("不规范地名清理整治汇总", "Summary of rectification")
_HEADS = (
    Text("排查发现", "Found"),
    Text("已整改", "Rectified"),
    Text("待处理", "Pending"),
    Text("排除", "Excluded"),
)
_BY_CATEGORY = Text("按类型", "By kind")
_BY_TOWN = Text("按镇（街道）", "By town")
_TOTAL, _UNTOLD = "合计", "未注明"
_WIDTHS = (30, 12, 12, 12, 12)


@dataclass(frozen=True, slots=True)
class Sums:
    """Cases counted by outcome; ``found`` is the sum of the others, always."""

    rectified: int = 0
    pending: int = 0
    excluded: int = 0

    @property
    def found(self) -> int:
        """Every case."""
        return self.rectified + self.pending + self.excluded

    def row(self) -> list[int]:
        """Return the four figures in the order of the table."""
        return [self.found, self.rectified, self.pending, self.excluded]


def outcome_of(case: Mapping[str, Any]) -> str:
    """Tell whether a case is ``rectified``, ``excluded`` or still ``pending``, from its state alone."""
    state = str(case.get("state", ""))
    if state == "excluded":
        return "excluded"
    return "rectified" if state in RECTIFIED else "pending"


def sums_of(cases: Iterable[Mapping[str, Any]]) -> Sums:
    """Count cases by outcome; each counts once."""
    outcomes = [outcome_of(case) for case in cases]
    return Sums(*(outcomes.count(one) for one in ("rectified", "pending", "excluded")))


def grouped(cases: Sequence[Mapping[str, Any]], keys: Sequence[str], order: Sequence[str]) -> list[list[Any]]:
    """Make a table of sums by key: those of ``order`` first, then others by name, then the total."""
    found = set(keys)
    names = [one for one in order if one in found] + sorted(found - set(order) - {""})
    names += [""] if "" in found else []
    rows = [
        [_named(name), *sums_of(case for case, key in zip(cases, keys, strict=True) if key == name).row()]
        for name in names
    ]
    return [*rows, [_TOTAL, *sums_of(cases).row()]]


def _named(name: str) -> str:
    return KINDS[name].zh if name in KINDS else name or _UNTOLD


def _by_category(issue: Issue) -> list[list[Any]]:
    return grouped(issue.cases, [category_of(case) for case in issue.cases], CATEGORIES)


def _by_town(issue: Issue) -> list[list[Any]]:
    towns = [str((case.get("town") or {}).get("name") or "") for case in issue.cases]
    codes = {
        town: str((case.get("town") or {}).get("code") or "")
        for town, case in zip(towns, issue.cases, strict=True)
    }
    return grouped(issue.cases, towns, sorted(filter(None, set(towns)), key=lambda one: (codes[one], one)))


def summary_book(issue: Issue) -> bytes:
    """Write the summary as a workbook of two sheets."""
    book = Book(issue)
    for title, rows in ((_BY_CATEGORY, _by_category(issue)), (_BY_TOWN, _by_town(issue))):
        whole = Text(f"{TITLE.zh}（{title.zh}）", f"{TITLE.en}, {title.en.casefold()}")
        book.sheet(whole, (title, *_HEADS), rows, widths=_WIDTHS, tab=title)
    return book.content()


def summary_paper(issue: Issue) -> bytes:
    """Write the summary as a paper for the annual report."""
    paper, sums = Paper(issue), sums_of(issue.cases)
    paper.title(TITLE)
    paper.text(
        Text(
            f"截至{day_text(issue.on).zh}，{issue.district}共排查发现 {sums.found} 个，其中已整改 {sums.rectified} 个，"
            f"待处理 {sums.pending} 个，经核实排除 {sums.excluded} 个。",
            f"As of {issue.on.isoformat()}: found {sums.found}, rectified {sums.rectified}, pending {sums.pending}, "
            f"excluded {sums.excluded}.",
        )
    )
    for title, rows in ((_BY_CATEGORY, _by_category(issue)), (_BY_TOWN, _by_town(issue))):
        paper.head(title)
        paper.table((title, *_HEADS), rows, widths=_WIDTHS)
        paper.gap()
    paper.text(
        Text(
            "口径：排查发现＝已整改＋待处理＋排除，每个地名计一次；已整改指已更名或恢复标准名及其后各状态；"
            "类型按认定类型，未认定的按首个疑似类型。",
            "Found = rectified + pending + excluded; every name counts once; rectified means renamed or restored "
            "and later; kind as confirmed, else the first one suspected.",
        )
    )
    paper.signed()
    return paper.content()
