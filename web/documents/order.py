"""整改通知书 (条例 Art 31): one letter a case."""

from collections.abc import Mapping
from typing import Any

from layers.text import Text
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.wording import BLANK, category_of, findings_of, kind_of, place_of, principle_of, said_text

TITLE = Text("地名整改通知书", "Order to rectify a name")
_USE = frozenset({"一地多名", "标志"})
"""Problems of using a name (条例 Art 18, 37); the others are problems of giving one (Art 36)."""


def order_paper(issue: Issue) -> bytes:
    """Write one letter a case, each on a page of its own."""
    paper = Paper(issue)
    for index, case in enumerate(issue.cases):
        paper.title(TITLE, new_page=index > 0)
        _letter(paper, issue, case)
    return paper.content()


def _letter(paper: Paper, issue: Issue, case: Mapping[str, Any]) -> None:
    name = str(case.get("name", ""))
    paper.text(Text(f"文号：{BLANK}〔{issue.on.year}〕{BLANK}号", "Number: to be filled in"), indented=False)
    paper.text(Text(f"{BLANK}：", "To: to be filled in"), indented=False)
    paper.text(
        Text(
            f"经查，你单位在{place_of(case)}使用的地名“{name}”存在下列问题，类型为{kind_of(case)}，"
            f"不符合{principle_of(case)}的规定：",
            f"The name {name} does not meet the rule named:",
        )
    )
    for number, one in enumerate(findings_of(case), 1):
        paper.text(Text(f"{number}．{said_text(one.get('message'))}", _english(one)))
    if not findings_of(case):
        paper.text(Text(BLANK, BLANK))
    paper.text(
        Text(
            "根据《地名管理条例》第三十一条，现通知你单位：",
            "Under article 31 of the Regulation on Place Names you are told:",
        )
    )
    for text in _demands(name, case):
        paper.text(text)
    paper.text(_consequence(case))
    paper.text(
        Text(f"联系人：{BLANK}　电话：{BLANK}　地址：{BLANK}", "Contact, telephone, address: to be filled in")
    )
    paper.signed()
    paper.small("送达：　　　　　　　　签收人：　　　　　　　　签收日期：　　　　年　　月　　日")


def _english(one: Mapping[str, Any]) -> str:
    message = one.get("message")
    return str(message.get("en", "")) if isinstance(message, Mapping) else str(message)


def _demands(name: str, case: Mapping[str, Any]) -> list[Text]:
    given = case.get("new_name")
    instead = f"改用标准地名“{given}”" if given else "依法办理更名或恢复使用标准地名"
    return [
        Text(
            f"一、自收到本通知之日起{BLANK}日内停止使用“{name}”，{instead}。",
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
