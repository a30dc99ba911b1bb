"""地名录: the gazetteer as a paper by class and pinyin with an index of initials, or as a workbook."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from gis.names.gazetteer import Entry
from layers.errors import InputError
from layers.text import Lang, Text, counted
from layers.vocabulary import vocabulary
from layers.workspace import Workspace
from web.documents.book import Book
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.wording import BLANK, day_text

TITLE = Text("标准地名录", "Gazetteer of standard names")
INDEX = Text("首字母索引", "Index by initial")
_HEADS = (
    Text("序号", "No."),
    Text("标准名称", "Standard name"),
    Text("汉语拼音", "Pinyin"),
    Text("专名", "Specific"),
    Text("通名", "Generic"),
    Text("地名类别", "Class"),
    Text("类别代码", "Class code"),
    Text("地名代码", "Place code"),
    Text("坐标（CGCS2000）", "Coordinates (CGCS2000)"),
    Text("经度", "Longitude"),
    Text("纬度", "Latitude"),
    Text("地名含义", "Meaning"),
    Text("地名来历", "Origin"),
    Text("历史沿革", "History"),
    Text("曾用名", "Former names"),
    Text("少数民族文字", "Minority script"),
    Text("批准机关及文号", "Approval"),
    Text("批准日期", "Approved on"),
    Text("始用日期", "In use since"),
    Text("地名文化遗产", "Heritage"),
    Text("由程序补充、待核", "Filled in, to be checked"),
)
_WIDTHS = (7, 20, 24, 14, 8, 14, 10, 22, 30, 12, 12, 30, 30, 30, 20, 14, 24, 12, 12, 8, 20)
_FILLED = {
    "specific": "专名",
    "generic": "通名",
    "entity_class": "类别",
    "type_code": "类别代码",
    "pinyin": "拼音",
}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MARK = "＊"
"""Stands before what the program filled in and nobody checked."""


def gazetteer_document(
    workspace: Workspace, form: str, entries: Sequence[Entry], *, on: date, lang: Lang = "zh"
) -> bytes:
    """Write the gazetteer as ``docx`` or ``xlsx``: by class, then by pinyin; without entries it says 无.

    What the program filled in is marked and named: it is to be checked before printing.

    Raises
    ------
    InputError
        When the form is another one.
    """
    issue = Issue(workspace, (), on, lang)
    ordered = in_order(entries)
    if form == "xlsx":
        return _book(issue, ordered)
    if form == "docx":
        return _paper(issue, ordered)
    raise InputError(
        Text(f"地名录没有 {form} 格式。", f"The gazetteer cannot be had as {form}."),
        Text("可用：docx、xlsx、json。", "Forms: docx, xlsx, json."),
    )


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Sort by class (in the order of the vocabulary, none last), then by pinyin without tones, then by name."""
    order = {code: at for at, code in enumerate(vocabulary("name_class"))}
    last = len(order)
    return sorted(
        entries,
        key=lambda one: (
            order.get(one.entity_class, last),
            one.entity_class,
            plain_letters(one.pinyin),
            one.name,
            one.id,
        ),
    )


def plain_letters(pinyin: str) -> str:
    """Reduce a spelling to small letters without tones, spaces and apostrophes; ``ü`` sorts as ``u``."""
    split = unicodedata.normalize("NFD", pinyin.casefold())
    return "".join(one for one in split if one.isalnum())


def _book(issue: Issue, ordered: Sequence[Entry]) -> bytes:
    book = Book(issue)
    book.sheet(TITLE, _HEADS, [_row(number, one) for number, one in enumerate(ordered, 1)], widths=_WIDTHS)
    return book.content()


def _row(number: int, one: Entry) -> list[object]:
    return [
        number, one.name, one.pinyin, one.specific, one.generic, one.class_label.zh, one.type_code, one.place_code,
        one.position, one.lon, one.lat, one.meaning, one.origin, one.history, one.former_names, one.ethnic_writing,
        one.approval, one.approved_on, one.in_use_since,
        None if one.heritage is None else ("是" if one.heritage else "否"),
        filled_text(one),
    ]  # fmt: skip


def filled_text(one: Entry) -> str:
    """Name what the program filled in; a reading that is not certain says so."""
    named = [label for name, label in _FILLED.items() if name in one.filled]
    return "、".join(named) + ("（读音不确定）" if one.unsure else "")


def _paper(issue: Issue, ordered: Sequence[Entry]) -> bytes:
    paper = Paper(issue, size_pt=10.5)
    paper.title(TITLE)
    paper.text(
        Text(
            f"{issue.district}，截至{day_text(issue.on).zh}，共 {len(ordered)} 条。{_MARK}由程序补充，付印前须核对。",
            f"{issue.district}, {counted(len(ordered), 'entry', 'entries')} as of {issue.on.isoformat()}. "
            f"{_MARK}: filled in, to check.",
        )
    )
    if not ordered:
        paper.text(Text("无", "None"))
    numbers = {one.id: number for number, one in enumerate(ordered, 1)}
    for _, some in groupby(ordered, key=lambda one: one.entity_class):
        listed = list(some)
        paper.head(listed[0].class_label)
        for one in listed:
            paper.entry(
                f"{numbers[one.id]}　{one.name}", _marked(one, "pinyin", one.pinyin), " ".join(_said(one))
            )
    _index(paper, ordered, numbers)
    return paper.content()


def _index(paper: Paper, ordered: Sequence[Entry], numbers: dict[str, int]) -> None:
    if not ordered:
        return
    paper.title(INDEX, new_page=True)
    by_sound = sorted(ordered, key=lambda one: (plain_letters(one.pinyin), one.name, one.id))
    for letter, some in groupby(by_sound, key=initial_of):
        paper.head(Text(letter, letter))
        listed = "　".join(f"{one.name} {numbers[one.id]}" for one in some)
        paper.text(Text(listed, listed), indented=False)


def initial_of(one: Entry) -> str:
    """Return the initial letter of an entry in capitals; ``#`` for one that has no letter to sort by."""
    first = plain_letters(one.pinyin)[:1].upper()
    return first if first in _LETTERS and first else "#"


def _marked(one: Entry, name: str, value: str) -> str:
    return f"{_MARK}{value}" if name in one.filled else value


def _said(one: Entry) -> Iterator[str]:
    """Give the sentences of an entry; what the register does not say is left out, meaning and origin stay open."""
    yield f"{_marked(one, 'type_code', one.type_label.zh or one.class_label.zh)}。"
    if one.place_code:
        yield f"地名代码 {one.place_code}。"
    if one.position:
        yield f"{one.position}。"
    if one.ethnic_writing:
        yield f"少数民族文字：{one.ethnic_writing}。"
    yield f"含义：{one.meaning or BLANK}。"
    yield f"来历：{one.origin or BLANK}。"
    if one.history:
        yield f"沿革：{one.history}。"
    if one.former_names:
        yield f"曾用名：{one.former_names}。"
    approval = "，".join(
        filter(None, (one.approval, day_text(one.approved_on).zh if one.approved_on else ""))
    )
    if approval:
        yield f"批准：{approval}。"
    if one.in_use_since:
        yield f"始用：{one.in_use_since.year}年。"
    if one.heritage:
        yield "列入地名文化遗产。"
