"""整改通知书 (条例 Art 31): one letter a case."""

from collections.abc import Mapping
from typing import Any

from layers.text import Text
from web.documents.grounds import grounds_of, standard_of
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.wording import BLANK, category_of, numbered, old_name_of, place_of

TITLE = Text("地名整改通知书", "Order to rectify a name")
_USE = frozenset({"一地多名", "标志"})
"""Problems of using a name (条例 Art 18, 37), put right by going back to the registered one;
the others are problems of giving one (Art 36)."""


def order_paper(issue: Issue) -> bytes:
    """Write one letter a case, each on a page of its own."""
    paper = Paper(issue, outward=True)
    for index, case in enumerate(issue.cases):
        paper.title(TITLE, new_page=index > 0)
        _letter(paper, issue, case)
    return paper.content()


def _letter(paper: Paper, issue: Issue, case: Mapping[str, Any]) -> None:
    name = old_name_of(case)
    paper.text(Text(f"文号：{BLANK}〔{issue.on.year}〕{BLANK}号", "Number: to be filled in"), indented=False)
    paper.text(Text(f"{BLANK}：", "To: to be filled in"), indented=False)
    _grounds(paper, issue, case)
    paper.text(
        Text(
            "根据《地名管理条例》第三十一条，现通知你单位：",
            "Under article 31 of the Regulation on Place Names you are told:",
        )
    )
    for text in _demands(name, issue, case):
        paper.text(text)
    paper.text(_consequence(case))
    paper.text(
        Text(f"联系人：{BLANK}　电话：{BLANK}　地址：{BLANK}", "Contact, telephone, address: to be filled in")
    )
    paper.signed()
    paper.small("送达：　　　　　　　　签收人：　　　　　　　　签收日期：　　　　年　　月　　日")


def _grounds(paper: Paper, issue: Issue, case: Mapping[str, Any]) -> None:
    """Say where which name is used and what is wrong with it; several grounds stand in a numbered list."""
    named = issue.class_of(case)
    thing = "地点" if named == BLANK else named
    name, grounds = old_name_of(case), grounds_of(case) or [BLANK]
    begun = f"经查，你单位位于{place_of(case)}的{thing}使用名称“{name}”"
    single = len(grounds) == 1
    paper.text(
        Text(
            f"{begun}，{grounds[0]}。" if single else f"{begun}，存在下列问题：",
            f"The name {name} in use at the place named does not meet the provisions cited.",
        )
    )
    for text in () if single else numbered(grounds):
        paper.text(Text(f"{text}。", f"{text}."))


def _instead(issue: Issue, case: Mapping[str, Any]) -> str:
    standard = standard_of(case, issue.row_of(case))
    if not standard:
        return "依法办理更名或恢复使用标准地名"
    restored = category_of(case) in _USE
    return f"恢复使用标准地名“{standard}”" if restored else f"改用标准地名“{standard}”"


def _demands(name: str, issue: Issue, case: Mapping[str, Any]) -> list[Text]:
    return [
        Text(
            f"一、自收到本通知之日起{BLANK}日内停止使用“{name}”，{_instead(issue, case)}。",
            f"1. Stop using the name {name} within the days named and use the standard name.",
        ),
        Text(
            "二、同步更正地名标志、交通标志、广告牌匾、公开地图、网络信息和有关证件上的名称（《地名管理条例》第十八条）。",
            "2. Correct signs, advertisements, public maps, web pages and papers (article 18).",
        ),
        Text(f"三、整改完成后{BLANK}日内书面报告整改情况。", "3. Report in writing when it is done."),
    ]


def _consequence(case: Mapping[str, Any]) -> Text:
    if category_of(case) in _USE:
        return Text(
            "逾期不改正的，依照《地名管理条例》第三十七条处理。",
            "Whoever does not comply in time is dealt with under article 37.",
        )
    return Text(
        "属于擅自命名、更名且逾期不改正的，依照《地名管理条例》第三十六条处理。",
        "A name given without approval and not corrected in time is dealt with under article 36.",
    )
