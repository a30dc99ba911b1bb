"""A refused parameter is named with its value and the rule, in both languages."""

import pytest


@pytest.mark.parametrize(
    ("address", "zh", "en"),
    [
        ("/api/coverage?within_min=-3", "within_min=-3：应大于 0", "within_min=-3: it should be above 0"),
        (
            "/api/coverage?within_m=200000",
            "within_m=200000：不应大于 100000",
            "within_m=200000: it should be 100000 or less",
        ),
        (
            "/api/coverage?definition=C9",
            "definition=C9：只能是 C1、C2、C3、C4、C5、C6、C7、C8",
            "definition=C9: it should be C1, C2, C3, C4, C5, C6, C7 or C8",
        ),
        (
            "/api/coverage?within_m=far",
            "within_m=far：应为数字",
            "within_m=far: it should be a number",
        ),
        (
            "/api/coverage?within_m=inf",
            "within_m=inf：应为有限的数",
            "within_m=inf: it should be a finite number",
        ),
        (
            "/api/coverage?on=yesterday",
            "on=yesterday：应为日期，写成 2026-06-30 的样子",
            "on=yesterday: it should be a date like 2026-06-30",
        ),
        ("/api/coverage?colour=red", "colour=red：没有这个参数", "colour=red: there is no such parameter"),
        (
            "/api/coverage?where=kind",
            "where.0=kind：应写成 字段=值",
            "where.0=kind: it should be written key=value",
        ),
        (
            "/api/layers/road/items?limit=0",
            "limit=0：不应小于 1",
            "limit=0: it should be 1 or more",
        ),
        (
            "/api/layers/road/items?limit=ten",
            "limit=ten：应为整数",
            "limit=ten: it should be a whole number",
        ),
        (
            "/api/layers/road/items?bbox=1,2",
            "bbox=1,2：应为 西,南,东,北 四个数（度）",
            "bbox=1,2: it should be four numbers: west,south,east,north in degrees",
        ),
        (
            "/api/layers/road/items?bbox=9,9,1,1",
            "bbox=9,9,1,1：应为 西,南,东,北（度），西不大于东，南不大于北",
            "bbox=9,9,1,1: it should be west,south,east,north in degrees, west <= east and south <= north",
        ),
    ],
)
def test_parameter_value_and_rule_are_named(staff, address, zh, en):
    answer = staff.get(address)
    assert answer.status_code == 400
    assert answer.json()["message"] == {"zh": f"请求参数有误：{zh}。", "en": f"Bad parameters: {en}."}


def test_a_long_text_is_refused_with_the_longest_allowed(visitor):
    message = visitor.get("/api/layers/road/items", params={"q": "长" * 101}).json()["message"]["zh"]
    assert message.endswith("：最多 100 个字符。")


def test_a_value_outside_the_vocabulary_is_refused(staff):
    body = staff.get("/api/coverage?where=kind=nosuch").json()
    assert body["message"]["zh"] == "字段“设施类型”（kind）没有“nosuch”这个取值。"
    assert "care_home（养老机构）" in body["hint"]["zh"]
