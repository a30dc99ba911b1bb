"""公示: what is to be recognised, on what ground, for how long, and where to object."""

from datetime import date, timedelta
from typing import Any

from layers.errors import NotFoundError
from layers.norms import load_profile
from layers.text import Text, counted
from web.documents.grounds import without_remarks
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.wording import BLANK, day_text, kind_of, principle_of, town_of

TITLE = Text("关于不规范地名认定结果的公示", "Public notice of recognised names")
_HEADS = (
    Text("序号", "No."),
    Text("名称", "Name"),
    Text("地名类别", "Class"),
    Text("镇（街道）", "Town"),
    Text("违规类型", "Kind"),
    Text("认定原则", "Principle"),
)
_WIDTHS = (6, 20, 13, 15, 18, 34)
_PERIOD = "name_public_notice_days"


def notice_paper(issue: Issue) -> bytes:
    """Write the notice; without cases its list says 无."""
    paper = Paper(issue, outward=True)
    paper.title(TITLE)
    count = len(issue.cases)
    paper.text(
        Text(
            "根据《地名管理条例》和民发〔2018〕146号文件要求，经排查、核实、论证，拟将下列"
            f" {count} 个地名认定为不规范地名，现予公示。",
            f"Under the Regulation on Place Names {counted(count, 'name is', 'names are')} to be recognised as "
            "not up to standard.",
        )
    )
    paper.table(_HEADS, _rows(issue), widths=_WIDTHS)
    paper.gap()
    paper.text(
        Text(
            f"公示期：{day_text(issue.on).zh}至{_until(issue)}。",
            f"Period of notice: {issue.on.isoformat()} to the day named.",
        )
    )
    paper.text(
        Text(
            "公示期内对上述认定有异议的，请以书面形式提出，写明事实和理由并附证明材料；单位须加盖公章，个人须署名并留联系方式。",
            "Objections are to be made in writing within the period, with reasons, evidence and signature.",
        )
    )
    paper.text(Text(f"受理单位：{issue.office.zh}", f"To: {issue.office.en}"))
    paper.text(
        Text(f"地址：{BLANK}　电话：{BLANK}　电子邮箱：{BLANK}", "Address, telephone, mail: to be filled in")
    )
    paper.signed()
    return paper.content()


def _rows(issue: Issue) -> list[list[Any]]:
    return [
        [
            number,
            case.get("name"),
            issue.class_of(case),
            town_of(case),
            kind_of(case),
            without_remarks(principle_of(case)),
        ]
        for number, case in enumerate(issue.cases, 1)
    ]


def _until(issue: Issue) -> str:
    """Name the last day of the period: by the clocks of the cases, else by the norm, else an open field."""
    clocks = [clock for case in issue.cases for clock in case.get("clocks") or ()]
    due = [str(one["due"]) for one in clocks if one.get("id") == "public_notice" and one.get("due")]
    if due:
        return day_text(date.fromisoformat(max(due))).zh
    try:
        days = load_profile(issue.workspace.settings.norm_profile).number(_PERIOD, on=issue.on)
    except NotFoundError:
        return BLANK
    return day_text(issue.on + timedelta(days=int(days) - 1)).zh
