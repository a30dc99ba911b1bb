"""How the checks of signs and plates report: codes, category, citations."""

from collections.abc import Mapping
from typing import Any

from layers.findings import Finding, Severity
from layers.text import Text

CATEGORY = "标志"
SIGNS, PLATES = "road_sign", "door_plate"

STANDARD = "地名管理条例（2022）第十五条、第十八条：标志应使用标准地名"
SPELLING = "地名管理条例（2022）第十五条；GB 17733-2008《地名 标志》（转述，未见原文）"
PLACING = "《宁波市地名管理条例》第二十四条（位置不当属标志缺陷）；他处作默认，未核"
AT_ENDS = "《上海市地名管理条例》第三十三条（起止点、路口设置）；他处作默认，未核"
NUMBERING = "《宁波市地名管理条例》第二十三条（不得跳号、重号）；他处作默认，未核"
SIDES = "门牌编号规则由各地自定，单双号方位取自规范方案，未核"
UPKEEP = "《宁波市地名管理条例》第二十一条、第二十四条；他处以所填期限为准"
ADDRESSED = "有址有牌、一址一牌（各地门楼牌管理办法，未核）"

RULES: Mapping[str, Text] = {
    "signs-missing": Text("没有“地名标志”图层", "no layer of signs"),
    "plates-missing": Text("没有“门楼牌”图层", "no layer of plates"),
    "register-missing": Text("没有“标准地名”图层", "no register of names"),
    "roads-missing": Text("没有“道路”图层", "no layer of roads"),
    "text-unknown": Text("牌面文字未填", "text of the sign not recorded"),
    "pinyin-unknown": Text("牌面拼音未填", "pinyin of the sign not recorded"),
    "old-name": Text("牌面仍是曾用名", "the sign still shows a former name"),
    "nonstandard-name": Text("牌面是非标准地名", "the sign shows a name that is not the standard one"),
    "generic-missing": Text("牌面缺通名", "the sign lacks the generic term"),
    "nonstandard-characters": Text("牌面用字不规范", "traditional or rare characters on the sign"),
    "name-differs": Text("牌面与标准地名不符", "the sign differs from the standard name"),
    "name-unregistered": Text("牌面名称不在名册", "the name on the sign is not in the register"),
    "target-unregistered": Text("对应地名不在名册", "the place it names is not in the register"),
    "pinyin-letters": Text("牌面拼音拼写不符", "wrong letters in the pinyin"),
    "pinyin-english": Text("通名译成英文", "a generic term in English, not pinyin"),
    "pinyin-form": Text("拼音大小写或分写不合", "capitals or spacing of the pinyin"),
    "far-from-road": Text("标志远离所指道路", "the sign stands far from its road"),
    "road-unknown": Text("所指道路不在道路图层", "the road of a sign is not in the road layer"),
    "road-unsigned": Text("道路没有路名牌", "a road without any sign"),
    "road-end-unsigned": Text("道路一端没有路名牌", "an end of a road without a sign"),
    "setup-overdue": Text("到期未设置", "not set up in time"),
    "setup-pending": Text("待设置，未到期", "to be set up, not yet due"),
    "defect": Text("缺损，未到期或期限不明", "damaged or missing, not known to be overdue"),
    "repair-overdue": Text("缺损，逾期未修", "damaged or missing, repair overdue"),
    "limit-unknown": Text("期限不明", "time limit not known"),
    "plate-number-unknown": Text("号码未填", "number not recorded"),
    "plate-number-form": Text("号码写法不规范", "number not written in Arabic numerals"),
    "plate-duplicate": Text("同一道路重号", "a number twice on one street"),
    "building-duplicate": Text("同一小区楼栋（单元）重号", "a building or stair number twice"),
    "plate-gap": Text("跳号", "numbers skipped"),
    "plate-side": Text("单双号错侧", "on the wrong side of the street"),
    "plate-sides-reversed": Text("整条道路单双号与规则相反", "a whole street numbered the other way round"),
    "plate-sides-mixed": Text("整条道路单双号混排", "odd and even numbers mixed along a street"),
    "plate-order": Text("号序错乱", "out of order along the street"),
    "plate-order-none": Text("整条道路号码无序", "no order of numbers along a street"),
    "plate-course-unknown": Text("道路走向不明", "course of the street not plain"),
    "plate-far": Text("门牌远离所在道路", "the plate is far from its street"),
    "plate-street-unknown": Text("门牌道路不在道路图层", "the street of plates is not in the road layer"),
    "plate-street-unregistered": Text("门牌道路不在名册", "the street of plates is not in the register"),
    "plate-old-street": Text("门牌仍用道路曾用名", "plates still show a street's former name"),
    "plate-address-missing": Text("有牌无址", "a plate without an address"),
    "plate-address-differs": Text("地址与牌面不符", "address and plate differ"),
    "plate-address-unknown": Text("地址列为空", "addresses not recorded"),
    "address-without-plate": Text("有址无牌", "an address without a plate"),
}
"""Every code this package reports (after ``signs.``), and what it says."""


def about(
    layer_id: str,
    feature: tuple[str, str],
    code: str,
    severity: Severity,
    message: Text,
    *,
    citation: str,
    subject: str = "",
    **evidence: Any,  # noqa: ANN401 - JSON values
) -> Finding:
    """Report on one feature (id, name); evidence that is None is left out."""
    return Finding(
        code=f"signs.{code}",
        severity=severity,
        layer_id=layer_id,
        feature_id=feature[0],
        feature_name=feature[1],
        message=message,
        citation=citation,
        category=CATEGORY,
        subject=subject,
        evidence={key: value for key, value in evidence.items() if value is not None},
    )
