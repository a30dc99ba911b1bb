"""专家论证意见: one page a case, with the map, the evidence in short, and room for the experts."""

from collections.abc import Mapping, Sequence
from typing import Any

from layers.text import Text
from web.documents.evidence import GRADES
from web.documents.issue import Issue
from web.documents.paper import Paper
from web.documents.plan import Numbered, draw, numbered
from web.documents.recognition import exceptions_of
from web.documents.wording import BLANK, findings_of, kind_of, place_of, principle_of, said_text
from web.maps.furniture import as_of_line, credits_of

TITLE = Text("地名专家论证意见", "Expert argument on a name")
_MAP_CM = 13.2
_WIDE = 34
"""Characters in a line of a value cell."""
_LONGEST_NAME = 10
_MORE = "……（详见认定意见表）"
_NO_MAP = "没有坐标，不能绘图。"


def argument_paper(issue: Issue) -> bytes:
    """Write one page of A4 a case; what does not fit is cut and says where the whole is."""
    paper = Paper(issue, outward=True, tight=True, size_pt=10.5)
    for index, case in enumerate(issue.cases):
        paper.title(TITLE, new_page=index > 0)
        paper.form(_top(issue, case), label_share=0.17, size_pt=10)
        _map(paper, issue, case)
        paper.form(_below(case), label_share=0.17, size_pt=10)
    return paper.content()


def _top(issue: Issue, case: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    said = issue.class_of(case)
    return [
        (Text("名称及类别", "Name and class"), fitted([f"{case.get('name', '')}（{said}）"], 2)),
        (Text("位置", "Place"), fitted([place_of(case)], 1)),
        (Text("类型", "Kind"), fitted([kind_of(case)], 1)),
    ]


def _map(paper: Paper, issue: Issue, case: Mapping[str, Any]) -> None:
    png = draw(issue.workspace, case)
    if png is None:
        paper.small(_NO_MAP)
    else:
        paper.picture(png, width_cm=_MAP_CM)
    paper.small(f"★ 本处；数字为下列同名、近音地名（15 公里以内）；上方为北。{source_line(issue)}")


def source_line(issue: Issue) -> str:
    """Say whose data the map shows, how old they are, and its 审图号 or that it is not for the public."""
    store, settings = issue.workspace.store, issue.workspace.settings
    shown = [store.summary(one) for one in ("place_name", "road", "admin_unit") if one in store.layer_ids()]
    number = settings.map_review_number.strip()
    stamp = f"审图号：{number}。" if number else "内部资料，不得公开。"
    return f"{credits_of(shown, 'zh')}{as_of_line(shown, 'zh')}。{stamp}"


def _below(case: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    problems = [said_text(one.get("message")) for one in findings_of(case)] or [BLANK]
    return [
        (Text("同名近音", "Namesakes"), _namesakes(case)),
        (Text("发现的问题", "Findings"), fitted(problems, 5)),
        (Text("已考虑的例外", "Exceptions"), fitted(_exceptions(case), 4)),
        (Text("条文依据", "Citation"), fitted([principle_of(case)], 2)),
        (
            Text("专家意见", "Opinion"),
            ["□ 建议更名或恢复标准名　　□ 建议保留（可改可不改的不改）", "□ 其他：", "理由：", "", ""],
        ),
        (Text("专家签名", "Signed"), ["", "日期：　　　　年　　月　　日"]),
    ]


def _exceptions(case: Mapping[str, Any]) -> list[str]:
    """List the exceptions, those that apply or cannot be judged before those that do not apply."""
    return sorted(exceptions_of(case), key=lambda text: text.endswith("不适用"))


def _namesakes(case: Mapping[str, Any]) -> str:
    """List the namesakes by the numbers they bear on the map; every number of the map is in the list."""
    listed, total = numbered(case), len(case.get("namesakes") or ())
    said = [
        f"{one.number} {_cut(one.name)}（{GRADES.get(one.grade, one.grade)}，{_far(one)}）" for one in listed
    ]
    more = f"等共 {total} 处" if total > len(listed) else ""
    return ("；".join(said) + more) or "未发现"


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _far(one: Numbered) -> str:
    if one.distance_m is None:
        return "距离不明"
    far = f"{one.distance_m / 1000:.1f} 公里" if one.distance_m >= 1000 else f"{one.distance_m:.0f} 米"  # noqa: PLR2004
    return far if one.on_map else f"{far}，图外"


def fitted(texts: Sequence[str], lines: int) -> list[str]:
    """Cut texts so that together they take at most ``lines`` lines of a value cell; a cut says where the whole is."""
    kept: list[str] = []
    left = lines
    for at, text in enumerate(texts):
        needs = max(1, -(-len(text) // _WIDE))
        if needs > left or (left == needs and at + 1 < len(texts)):
            room = left * _WIDE - len(_MORE)
            return [*kept, text[:room] + _MORE]
        kept.append(text)
        left -= needs
    return kept
