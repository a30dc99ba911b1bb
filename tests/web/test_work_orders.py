"""The map of work orders: one file, numbered, internal, harmless."""

import json
import re
from datetime import date

import pytest

from gis.names.signs import WorkOrder
from layers.text import Text
from web.work_orders import orders_map

HOSTILE = "</script><script>alert(1)</script>"
DATA = re.compile(r'<script type="application/json" id="fangyu-data-work_order">(.*?)</script>', re.DOTALL)


def order(number, **changes):
    values = {
        "number": number,
        "layer_id": "road_sign",
        "feature_id": f"s{number}",
        "work": "replace",
        "priority": 1,
        "town": "清溪镇",
        "near": "桃园路",
        "lon": 119.5 + number / 1000,
        "lat": 31.7,
        "old_text": "跃进路",
        "right_text": "桃园路",
        "right_pinyin": "TAOYUAN LU",
        "pinyin_unsure": False,
        "why": (Text("标志“跃进路”仍是曾用名。", "Sign '跃进路' still shows a former name."),),
        "rules": ("signs.old-name",),
        "keys": ("k",),
        "due": date(2025, 6, 1),
        "overdue": True,
    }
    return WorkOrder(**(values | changes))


@pytest.fixture(scope="module")
def page(workspace):
    orders = [order(1), order(2, old_text=HOSTILE), order(3, lon=None, lat=None, town="", pinyin_unsure=True)]
    return orders_map(workspace, orders)


def test_the_page_loads_nothing_and_says_that_it_is_internal(page):
    assert not re.search(r"<script[^>]+src=|<link|https?://[^\"' ]+\.(?:js|css)", page)
    assert "内部资料" in page
    assert "共 3 件，其中逾期 3 件" in page


def test_orders_with_a_place_are_on_the_map_and_all_in_the_list(page):
    features = json.loads(DATA.search(page)[1])["features"]
    assert [one["id"] for one in features] == ["1", "2"]
    assert features[0]["properties"]["why"] == "标志“跃进路”仍是曾用名。"
    assert re.findall(r'data-order="(\d)"', page) == ["1", "2"]
    assert "镇街不明（1）" in page


def test_a_hostile_text_cannot_leave_its_place(page):
    assert "<script>alert(1)" not in page


def test_an_unsure_reading_is_said(page):
    assert page.count("（读音待核）") == 2


def test_nothing_to_do_gives_a_page_that_says_so(workspace):
    assert "No sign or plate needs work." in orders_map(workspace, [], lang="en")
