"""What a store promises: rows come back as they went in, and every read tells where they came from."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.errors import InputError, NotFoundError, WorkspaceError
from layers.frames import layer_from_rows
from layers.model import LayerSpec
from layers.specs import CARE_FACILITY, PLACE_NAME, ROAD, SPECS
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import By, ImportSource, OnExisting, Refused

CLERK = By("经办人", "季度更新")
EVERY_KIND = {
    "id": "A1",
    "name": "城东养老院",
    "kind": "care_home",
    "functions": "助餐;助浴",
    "beds": 60,
    "area_m2": 0.1 + 0.2,
    "opened_on": pd.Timestamp("2019-05-01"),
    "geometry": shapely.Point(119.5712345, 31.7412345),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    opened = GeoPackageStore(tmp_path / "layers.gpkg", busy_s=0.2)
    yield opened
    opened.close()


def frame(spec: LayerSpec, *rows: dict[str, object]) -> gpd.GeoDataFrame:
    return layer_from_rows(spec, rows).frame


def points(count: int, *, first: int = 0, **values: object) -> gpd.GeoDataFrame:
    at = np.arange(first, first + count)
    columns = {"id": [f"P{n}" for n in at], "name": [f"点{n}" for n in at], **values}
    shapes = shapely.points(119.0 + at % 100 * 0.01, 31.0 + at // 100 * 0.01)
    return gpd.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4490")


def take_in(
    store: GeoPackageStore,
    spec: LayerSpec,
    *batches: gpd.GeoDataFrame,
    source: ImportSource | None = None,
    on_existing: OnExisting = "reject",
) -> tuple[int, list[Refused]]:
    refused: list[Refused] = []
    with store.importing(spec.id, source or ImportSource("名册.xlsx"), CLERK, on_existing) as sink:
        for batch in batches:
            refused.extend(sink.append(batch))
    return sink.import_id, refused


def test_a_new_store_has_no_layers(store: GeoPackageStore) -> None:
    assert store.layer_ids() == ()
    assert store.imports() == ()
    assert store.history() == ()


def test_rows_come_back_as_they_went_in(store: GeoPackageStore) -> None:
    given_frame = frame(
        CARE_FACILITY, EVERY_KIND, {**EVERY_KIND, "id": "A2", "beds": None, "opened_on": None}
    )
    take_in(store, CARE_FACILITY, given_frame)
    pd.testing.assert_frame_equal(
        pd.DataFrame(store.read("care_facility").frame), pd.DataFrame(given_frame), check_exact=True
    )


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_every_layer_can_be_stored_empty_and_read(store: GeoPackageStore, spec: LayerSpec) -> None:
    take_in(store, spec)
    assert len(store.read(spec.id)) == 0
    assert store.summary(spec.id).bbox is None
    assert store.layer_ids() == (spec.id,)


def test_layers_are_listed_in_the_order_of_the_specifications(store: GeoPackageStore) -> None:
    for spec in (ROAD, CARE_FACILITY, PLACE_NAME):
        take_in(store, spec)
    assert store.layer_ids() == ("place_name", "care_facility", "road")


def test_a_name_without_a_place_keeps_none(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, frame(PLACE_NAME, {"id": "N1", "name": "新桥", "geometry": None}))
    assert store.read("place_name").frame.geometry[0] is None


def test_a_layer_that_was_never_imported_is_not_found(store: GeoPackageStore) -> None:
    with pytest.raises(NotFoundError, match="图层“道路”（road）还没有数据。"):
        store.read("road")
    with pytest.raises(NotFoundError, match="没有名为“roads”的图层。"):
        store.summary("roads")


def test_one_feature_is_read_by_its_id(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, points(5))
    assert store.feature("place_name", "P3").frame["name"].tolist() == ["点3"]
    with pytest.raises(NotFoundError, match="图层“标准地名”没有编号为 P9 的要素。"):
        store.feature("place_name", "P9")


def test_pages_follow_insertion_order(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, points(6), points(4, first=6))
    assert store.read("place_name", limit=3, offset=5).frame["id"].tolist() == ["P5", "P6", "P7"]
    assert len(store.read("place_name", offset=8)) == 2


boxes = st.tuples(*[st.floats(118.9, 120.1), st.floats(30.9, 31.3)] * 2).map(
    lambda edges: (min(edges[::2]), min(edges[1::2]), max(edges[::2]), max(edges[1::2]))
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(box=boxes)
def test_a_box_gives_exactly_the_features_whose_envelope_meets_it(
    store: GeoPackageStore, box: tuple[float, float, float, float]
) -> None:
    every = points(2500)
    if not store.layer_ids():
        take_in(store, PLACE_NAME, every)
    inside = every[shapely.intersects(every.geometry.to_numpy(), shapely.box(*box))]
    assert store.read("place_name", bbox=box).frame["id"].tolist() == inside["id"].tolist()
    assert store.count("place_name", bbox=box) == len(inside)


def test_a_box_through_a_point_meets_it_though_the_index_rounds(store: GeoPackageStore) -> None:
    lon, lat = 119.123456789012, 31.123456789012
    take_in(
        store, PLACE_NAME, frame(PLACE_NAME, {"id": "N", "name": "桥", "geometry": shapely.Point(lon, lat)})
    )
    nudge = 1e-9
    assert store.count("place_name", bbox=(lon, lat, lon, lat)) == 1
    assert store.count("place_name", bbox=(lon + nudge, lat, lon + 1, lat)) == 0


def test_an_inside_out_box_is_refused(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, points(1))
    with pytest.raises(InputError, match=r"范围框 \(120, 31, 119, 32\) 不对：应为 西,南,东,北。"):
        store.read("place_name", bbox=(120, 31, 119, 32))


def test_a_summary_tells_extent_date_sources_and_that_data_are_made_up(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, points(3, as_of=pd.Timestamp("2025-12-31")))
    made_up = ImportSource("样例.csv", synthetic=True)
    take_in(store, PLACE_NAME, points(2, first=3, as_of=pd.Timestamp("2024-06-30")), source=made_up)
    summary = store.summary("place_name")
    assert (summary.count, summary.as_of, summary.synthetic) == (5, date(2025, 12, 31), True)
    assert summary.sources == ("名册.xlsx", "样例.csv")
    assert summary.bbox == pytest.approx((119.0, 31.0, 119.04, 31.0))
    assert store.read("place_name").provenance.version == summary.version


def test_doubled_ids_are_refused_and_named(store: GeoPackageStore) -> None:
    first, _ = take_in(store, PLACE_NAME, points(3))
    second, refused = take_in(store, PLACE_NAME, points(3, first=2), points(1, first=4))
    assert refused == [Refused(0, "P2", first), Refused(0, "P4", second)]
    assert store.summary("place_name").count == 5


def test_an_update_replaces_what_it_gives_and_leaves_what_it_does_not(store: GeoPackageStore) -> None:
    take_in(store, CARE_FACILITY, frame(CARE_FACILITY, EVERY_KIND))
    take_in(
        store,
        CARE_FACILITY,
        frame(CARE_FACILITY, {**EVERY_KIND, "beds": 80, "kind": None}),
        on_existing="update",
    )
    row = store.feature("care_facility", "A1").frame.iloc[0]
    assert (row["beds"], row["kind"], row["area_m2"]) == (80, "care_home", 0.1 + 0.2)
    assert (store.imports()[0].rows_added, store.imports()[0].rows_updated) == (0, 1)


def test_an_update_that_says_nothing_new_is_no_change(store: GeoPackageStore) -> None:
    take_in(store, CARE_FACILITY, frame(CARE_FACILITY, EVERY_KIND))
    take_in(store, CARE_FACILITY, frame(CARE_FACILITY, EVERY_KIND), on_existing="update")
    assert store.imports()[0].rows_updated == 0
    assert [one.action for one in store.history("care_facility")] == ["add"]


def test_one_update_cannot_give_a_row_twice(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, points(1))
    renamed = points(1, name=["甲"]), points(1, name=["乙"])
    _, refused = take_in(store, PLACE_NAME, *renamed, on_existing="update")
    assert refused == [Refused(0, "P0", 1)]
    assert store.feature("place_name", "P0").frame["name"].tolist() == ["甲"]


def test_an_import_that_fails_leaves_nothing(store: GeoPackageStore) -> None:
    with pytest.raises(InputError, match="缺少必填的 name"):
        take_in(store, PLACE_NAME, points(10), points(2, first=10, name=["桥", None]))
    assert store.layer_ids() == ()
    assert store.imports() == ()


def test_a_row_without_a_required_value_is_refused(store: GeoPackageStore) -> None:
    with pytest.raises(InputError, match="place_name 第 2 行缺少必填的 name。"):
        take_in(store, PLACE_NAME, points(2, name=["桥", None]))


def test_an_empty_batch_is_no_rows(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, points(0), points(2), points(0))
    assert store.read("place_name").frame["id"].tolist() == ["P0", "P1"]


def test_rows_in_another_crs_are_refused(store: GeoPackageStore) -> None:
    with pytest.raises(InputError, match="写入 place_name 的数据坐标系是 EPSG:4326，应为 EPSG:4490。"):
        take_in(store, PLACE_NAME, points(1).set_crs("EPSG:4326", allow_override=True))


def test_an_import_does_not_change_the_frame_it_was_given(store: GeoPackageStore) -> None:
    mine = points(2)
    before = mine.copy()
    take_in(store, PLACE_NAME, mine)
    pd.testing.assert_frame_equal(pd.DataFrame(mine), pd.DataFrame(before))


def test_every_change_gives_the_layer_a_new_version(store: GeoPackageStore) -> None:
    versions = []
    for change in (
        lambda: take_in(store, PLACE_NAME, points(3)),
        lambda: store.edit("place_name", "P0", {"name": "甲"}, CLERK),
        lambda: store.remove("place_name", ["P1"], CLERK),
        lambda: take_in(store, PLACE_NAME, points(1, first=9)),
    ):
        change()
        versions.append(store.summary("place_name").version)
    assert len(set(versions)) == 4


def test_two_workspaces_never_share_a_version(tmp_path: Path) -> None:
    versions = []
    for name in ("a.gpkg", "b.gpkg"):
        store = GeoPackageStore(tmp_path / name)
        take_in(store, PLACE_NAME, points(1))
        versions.append(store.summary("place_name").version)
        store.close()
    assert versions[0] != versions[1]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"beds": "许多"}, "care_facility 的 beds 不能改为 '许多'。"),
        ({"beds": -1}, "care_facility 的 beds 不能改为 -1。"),
        ({"kind": "城堡"}, "care_facility 的 kind 不能改为 '城堡'。"),
        ({"opened_on": "去年"}, "care_facility 的 opened_on 不能改为 '去年'。"),
        ({"id": "B1"}, "care_facility 的 id 不能改为 'B1'。"),
        ({"name": None}, "care_facility 的 name 不能改为 None。"),
        (
            {"geometry": shapely.LineString([(0, 0), (1, 1)])},
            "care_facility 的 geometry 不能改为 'LineString'。",
        ),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(
    store: GeoPackageStore, values: dict[str, object], message: str
) -> None:
    take_in(store, CARE_FACILITY, frame(CARE_FACILITY, EVERY_KIND))
    with pytest.raises(InputError) as refused:
        store.edit("care_facility", "A1", values, CLERK)
    assert refused.value.message.zh == message
    assert len(store.history("care_facility")) == 1


def test_an_edit_changes_fields_and_place(store: GeoPackageStore) -> None:
    take_in(store, CARE_FACILITY, frame(CARE_FACILITY, EVERY_KIND))
    moved = shapely.Point(119.9, 31.9)
    store.edit("care_facility", "A1", {"beds": 75, "opened_on": date(2020, 1, 2), "geometry": moved}, CLERK)
    row = store.read("care_facility", bbox=(119.8, 31.8, 120, 32)).frame.iloc[0]
    assert (row["beds"], row["opened_on"], row.geometry) == (75, pd.Timestamp("2020-01-02"), moved)
    assert store.count("care_facility", bbox=(119.5, 31.7, 119.6, 31.8)) == 0


def test_an_edit_of_an_unknown_field_names_the_known_ones(store: GeoPackageStore) -> None:
    take_in(store, CARE_FACILITY, frame(CARE_FACILITY, EVERY_KIND))
    with pytest.raises(NotFoundError, match="没有字段 bed。"):
        store.edit("care_facility", "A1", {"bed": 1}, CLERK)


def test_removing_an_unknown_feature_removes_none(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, points(2))
    with pytest.raises(NotFoundError, match="没有编号为 P7、P8 的要素"):
        store.remove("place_name", ["P0", "P7", "P8"], CLERK)
    assert store.count("place_name") == 2


def test_removed_features_leave_the_index_and_the_extent(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, points(2500))
    assert store.remove("place_name", [f"P{n}" for n in range(100, 2500)], CLERK) == 2400
    assert store.count("place_name", bbox=(118, 30, 121, 33)) == 100
    assert store.summary("place_name").bbox == pytest.approx((119, 31, 119.99, 31), abs=1e-4)


def test_many_threads_read_while_one_writes(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, points(200))
    seen: set[int] = set()
    errors: list[BaseException] = []

    def read() -> None:
        try:
            seen.update(len(store.read("place_name")) for _ in range(10))
        except BaseException as error:  # noqa: BLE001 - a thread's error must reach the test
            errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(6)]
    with store.importing("place_name", ImportSource("b"), CLERK) as sink:
        sink.append(points(100, first=200))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert errors == []
    assert seen == {200}
    assert store.count("place_name") == 300


def test_a_second_import_inside_the_first_is_refused_at_once(store: GeoPackageStore) -> None:
    with (
        store.importing("place_name", ImportSource("a"), CLERK),
        pytest.raises(WorkspaceError, match="正在被另一个导入或程序写入"),
        store.importing("road", ImportSource("b"), CLERK),
    ):
        raise AssertionError
    assert store.layer_ids() == ("place_name",)


def test_a_closed_store_says_so(store: GeoPackageStore) -> None:
    store.close()
    with pytest.raises(WorkspaceError, match="已经关闭"):
        store.layer_ids()


def test_a_closed_store_is_one_file(tmp_path: Path) -> None:
    store = GeoPackageStore(tmp_path / "layers.gpkg")
    take_in(store, PLACE_NAME, points(10))
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == ["layers.gpkg"]


def test_a_summary_credits_the_sources_that_the_rows_name(store: GeoPackageStore) -> None:
    take_in(store, PLACE_NAME, points(2, source="甲"), points(3, first=2, source="乙"), points(1, first=5))
    assert store.summary("place_name").credits == ("乙", "甲")
