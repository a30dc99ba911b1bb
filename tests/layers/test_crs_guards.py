import numpy as np
import pytest

from layers.crs import parse_crs, plan_conversion
from layers.crs.guards import Sample
from layers.crs.zones import (
    beijing54_epsg,
    cgcs2000_epsg,
    meridian_of_epsg,
    xian80_epsg,
    zone_meridian,
    zone_of_epsg,
    zone_prefix,
)
from layers.errors import CrsError


def sample(x: float, y: float) -> Sample:
    return Sample(np.array([x], dtype=float), np.array([y], dtype=float), "经度", "纬度")


def refusal(declared: str, x: float, y: float) -> CrsError:
    with pytest.raises(CrsError) as caught:
        plan_conversion(parse_crs(declared), sample(x, y))
    return caught.value


@pytest.mark.parametrize(
    ("zone", "epsg"), [(13, 4491), (23, 4501), (25, 4513), (40, 4528), (41, 4529), (45, 4533)]
)
def test_a_zone_number_says_its_epsg_code(zone, epsg):
    assert cgcs2000_epsg(zone) == epsg
    assert zone_of_epsg(epsg) == zone


@pytest.mark.parametrize(
    ("epsg", "meridian"), [(4534, 75), (4549, 120), (4554, 135), (4502, 75), (4512, 135), (4528, 0)]
)
def test_codes_without_prefix_say_their_central_meridian(epsg, meridian):
    assert meridian_of_epsg(epsg) == meridian


@pytest.mark.parametrize("zone", [13, 20, 25, 40, 45])
def test_the_codes_agree_with_the_names_in_the_epsg_registry(zone):
    for code in (cgcs2000_epsg(zone), xian80_epsg(zone), beijing54_epsg(zone)):
        assert f"zone {zone}" in parse_crs(f"EPSG:{code}").crs.name
    easting_origin = parse_crs(f"EPSG:{cgcs2000_epsg(zone)}").crs.coordinate_operation.params
    assert zone_meridian(zone) in [one.value for one in easting_origin]


def test_prefixes_are_read_from_eastings_and_nothing_else():
    assert zone_prefix([40_512_345, 20_512_345, 512_345, 24_500_000, 3_512_345]).tolist() == [40, 20, 0, 0, 0]


def test_a_prefixed_easting_in_its_zone_is_converted_exactly():
    conversion = plan_conversion(parse_crs("EPSG:4528"), sample(40_500_000, 3_512_345))
    lon, _ = conversion([40_500_000.0], [3_512_345.0])
    assert lon[0] == pytest.approx(120.0, abs=1e-12)
    assert (conversion.used, conversion.accuracy_m) == ("EPSG:4528", 0.0)


def test_cgcs2000_with_prefixed_eastings_goes_row_by_row():
    both = Sample(np.array([39_600_000.0, 40_400_000.0]), np.array([3.5e6, 3.5e6]))
    conversion = plan_conversion(parse_crs("cgcs2000"), both)
    lon, _ = conversion(both.x, both.y)
    assert conversion.used == "EPSG:4527, EPSG:4528"
    assert lon.tolist() == pytest.approx([118.056, 118.944], abs=1e-2)


def test_a_missing_prefix_asks_for_the_central_meridian():
    error = refusal("cgcs2000", 512_345, 3_512_345)
    assert error.message.zh == "声明的坐标系“cgcs2000”以度为单位，但坐标像是米（如 512345, 3512345）。"
    assert error.hint.zh.startswith(
        "东坐标没有带号：请问清中央经线，再用 --crs 指明。CGCS2000 可选 3°: 75°E EPSG:4534、"
    )
    assert "120°E EPSG:4549" in error.hint.zh


def test_a_declared_zone_without_prefix_in_the_file_is_refused():
    error = refusal("EPSG:4528", 512_345, 3_512_345)
    assert error.message.zh == "EPSG:4528 的东坐标应以带号 40 开头，文件里的没有带号（如 512345）。"
    assert error.hint.zh == "若中央经线是 120°E，请用 --crs EPSG:4549。"


def test_another_zone_than_the_declared_one_is_refused():
    error = refusal("EPSG:4528", 39_512_345, 3_512_345)
    assert error.message.zh == "EPSG:4528 是 40 带，但文件里的东坐标带有带号 39（如 39512345）。"
    assert error.hint.zh == "若确为 CGCS2000，请用 --crs EPSG:4527。"


def test_a_prefix_where_the_declared_system_has_none_is_refused():
    error = refusal("EPSG:4549", 40_512_345, 3_512_345)
    assert error.message.zh == "EPSG:4549 的东坐标不带带号，但文件里的东坐标带有带号 40（如 40512345）。"


def test_swapped_degrees_are_refused_and_never_swapped():
    error = refusal("wgs84", 31.7, 119.5)
    assert (
        error.message.zh
        == "经度列“经度”里像是纬度（如 31.7），纬度列“纬度”里像是经度（如 119.5）：两列可能对调了。"
    )
    assert (
        error.hint.zh
        == "核实后用 --columns lon=纬度,lat=经度 指明；空间文件请改正轴序后重新导出。程序不会自行对调。"
    )


def test_swapped_degrees_outside_china_show_by_latitudes_over_ninety():
    assert "两列可能对调了" in refusal("wgs84", 1.3, 103.8).message.zh


def test_surveyors_axis_order_is_refused():
    assert "东坐标列“经度”里像是北坐标（如 3512345）" in refusal("EPSG:4549", 3_512_345, 512_345).message.zh


@pytest.mark.parametrize(
    ("declared", "name"), [("EPSG:4610", "西安80"), ("EPSG:2364", "西安80"), ("EPSG:4214", "北京54")]
)
def test_old_datums_are_refused_because_proj_would_move_them_nowhere(declared, name):
    error = refusal(declared, 119.0, 31.0)
    assert error.message.zh == (
        f"{name}坐标（{declared}）不能在这里转成 CGCS2000：没有公开的转换参数，PROJ 会不报错地移动 0 米，"
        "留下几十到上百米的偏差。"
    )


def test_degrees_under_a_system_in_metres_are_refused():
    assert (
        refusal("EPSG:4549", 119, 31).message.zh
        == "声明的坐标系“EPSG:4549”以米为单位，但坐标像是度数（如 119, 31）。"
    )


def test_an_unknown_word_is_answered_with_the_known_ones():
    with pytest.raises(CrsError) as caught:
        parse_crs("gps坐标")
    assert caught.value.said("zh") == (
        "不认识坐标系“gps坐标”。可写 wgs84、cgcs2000、gcj02、bd09 或 EPSG 编号（如 EPSG:4528）。"
    )


@pytest.mark.parametrize("said", ["GCJ-02", "gcj02", "高德"])
def test_the_shifted_systems_are_understood_as_people_write_them(said):
    assert parse_crs(said).shift == "gcj02"


def test_wgs84_is_taken_for_cgcs2000_within_decimetres():
    conversion = plan_conversion(parse_crs("wgs84"), sample(119, 31))
    assert conversion([119.0], [31.0])[0].tolist() == [119.0]
    assert (conversion.used, conversion.accuracy_m, conversion.notes) == ("EPSG:4326", 0.5, ())


def test_other_datums_go_by_their_published_operation_and_say_its_accuracy():
    conversion = plan_conversion(parse_crs("EPSG:3414"), sample(30_000, 30_000))
    lon, lat = conversion([30_000.0], [30_000.0])
    assert (float(lon[0]), float(lat[0])) == pytest.approx((103.85128939, 1.28758379), abs=1e-7)
    assert conversion.notes[0].zh == "EPSG:3414（SVY21 / Singapore TM）转换到 CGCS2000，标称精度 1 米。"
