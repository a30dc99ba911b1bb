"""A planning set as .docx and .xlsx, with the papers and workbooks of the office."""

from collections.abc import Sequence

from layers.text import Text
from web.documents.book import Book
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.planning_set.blocks import Head, Part, Picture, Table, Words
from web.planning_set.figures import written

_TABLE_PT = 8.5
_BOOK_WIDTH = 130.0
_LONGEST_TAB = 31
_NOT_IN_TABS = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


class SetIssue(Issue):
    """What stands around a planning set: how it was made names every layer used, no packs of rules."""

    used: Text = Text("", "")

    @property
    def made(self) -> Text:
        """How the set was made."""
        return self.used


def as_paper(issue: Issue, parts: Sequence[Part]) -> bytes:
    """Write the set as .docx, every part on a page of its own."""
    paper = Paper(issue, tight=True, size_pt=11)
    for at, part in enumerate(parts):
        paper.title(part.title, new_page=at > 0)
        for block in part.blocks:
            _block(paper, block)
    return paper.content()


def _block(paper: Paper, block: Head | Words | Table | Picture) -> None:
    if isinstance(block, Head):
        paper.head(block.text)
    elif isinstance(block, Words) and block.small:
        paper.small(block.text.pick(paper.issue.lang))
    elif isinstance(block, Words):
        paper.text(block.text)
    elif isinstance(block, Picture):
        paper.picture(block.png, width_cm=paper.width_cm * block.width_share)
        paper.small(block.says.pick(paper.issue.lang))
    else:
        paper.head(block.title)
        rows = [[written(one) for one in row] for row in block.rows]
        paper.table(block.heads, rows, widths=block.widths, size_pt=_TABLE_PT)
        paper.gap()


def as_book(issue: Issue, parts: Sequence[Part]) -> bytes:
    """Write the set as .xlsx: a sheet for what was asked, one per table, one per town; numbers are numbers."""
    book, taken = Book(issue), set[str]()
    lang = issue.lang
    cover = parts[0]
    words = [
        [block.text.pick(lang)] for part in parts[:2] for block in part.blocks if isinstance(block, Words)
    ]
    book.sheet(cover.title, [Text("说明", "About")], words, widths=[110], tab=Text("说明", "About"))
    taken.add(Text("说明", "About").pick(lang))
    for part in parts:
        for block in part.blocks:
            if isinstance(block, Table) and block.tab is not None:
                tab = _tab(block.tab, taken, lang=lang)
                widths = [_BOOK_WIDTH * one / sum(block.widths) for one in block.widths]
                book.sheet(block.title, block.heads, block.rows, widths=widths, tab=tab)
        if part.book_rows:
            rows = [[*row, *[None] * (4 - len(row))] for row in part.book_rows]
            book.sheet(
                part.title, _TOWN_HEADS, rows, widths=(18, 34, 24, 60), tab=_tab(part.title, taken, lang=lang)
            )
    return book.content()


_TOWN_HEADS = (Text("部分", "Section"), Text("名称", "Name"), Text("项目", "Item"), Text("内容", "Content"))


def _tab(wanted: Text, taken: set[str], *, lang: str) -> Text:
    """Make a name that a sheet may have and no other one has."""
    plain = (wanted.en if lang == "en" else wanted.zh).translate(_NOT_IN_TABS).strip() or "-"
    name, number = plain[:_LONGEST_TAB], 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _LONGEST_TAB - 4]}_{number}"
    taken.add(name.casefold())
    return Text(name, name)
