"""Every change is kept with who, when and why, and an import can be taken back."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.errors import NotFoundError, WorkspaceError
from layers.frames import layer_from_rows
from layers.specs import PLACE_NAME
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import By, ImportSource, OnExisting

CLERK, BOSS = By("经办人", "季度更新"), By("复核人", "核对有误")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    opened = GeoPackageStore(tmp_path / "layers.gpkg", busy_s=0.2)
    yield opened
    opened.close()


def names(ids: Sequence[int], name: str = "桥", **values: object) -> gpd.GeoDataFrame:
    rows = [
        {"id": f"N{n}", "name": f"{name}{n}", "geometry": shapely.Point(119 + n / 7, 31 + n / 11), **values}
        for n in ids
    ]
    return layer_from_rows(PLACE_NAME, rows).frame


def take_in(store: GeoPackageStore, frame: gpd.GeoDataFrame, on_existing: OnExisting = "reject") -> int:
    with store.importing("place_name", ImportSource("名册.xlsx"), CLERK, on_existing) as sink:
        sink.append(frame)
    return sink.import_id


def content(store: GeoPackageStore) -> pd.DataFrame:
    frame = store.read("place_name").frame
    return pd.DataFrame(frame).assign(geometry=frame.geometry.to_wkb()).set_index("id").sort_index()


def test_rows_of_an_import_are_adds_with_its_number(store: GeoPackageStore) -> None:
    take_in(store, names(range(3)))
    changes = store.history("place_name")
    assert [(one.feature_id, one.action, one.import_id) for one in changes] == [
        ("N2", "add", 1),
        ("N1", "add", 1),
        ("N0", "add", 1),
    ]
    assert changes[0].by == CLERK
    assert datetime.now(UTC) - changes[0].at < timedelta(minutes=1)
    assert changes[0].before is None


def test_a_change_shows_the_feature_before_and_after(store: GeoPackageStore) -> None:
    take_in(store, names([5], heritage=True))
    store.edit("place_name", "N5", {"name": "老桥"}, BOSS)
    edit, added = store.history("place_name", "N5")
    assert edit.before == added.after
    assert (edit.before or {})["name"] == "桥5"
    assert (edit.after or {})["name"] == "老桥"
    assert (edit.after or {})["heritage"] is True
    assert (edit.after or {})["geometry"] == shapely.to_wkt(shapely.Point(119 + 5 / 7, 31 + 5 / 11), -1)


def test_a_removal_keeps_the_last_state(store: GeoPackageStore) -> None:
    take_in(store, names([1, 2]))
    store.remove("place_name", ["N1"], BOSS)
    removal, added = store.history("place_name", "N1")
    assert (removal.action, removal.by, removal.after) == ("remove", BOSS, None)
    assert removal.before == added.after


def test_a_limit_gives_the_newest(store: GeoPackageStore) -> None:
    take_in(store, names(range(5)))
    store.edit("place_name", "N0", {"name": "老桥"}, BOSS)
    take_in(store, names([9]))
    numbers = [one.change_id for one in store.history(limit=3)]
    assert numbers == sorted(numbers, reverse=True)
    assert [one.feature_id for one in store.history(limit=3)] == ["N9", "N0", "N4"]


def test_history_of_a_feature_that_never_was_is_empty(store: GeoPackageStore) -> None:
    take_in(store, names([1]))
    assert store.history("place_name", "N7") == ()
    assert store.history("road") == ()
    with pytest.raises(NotFoundError):
        store.history("roads")


def test_imports_are_listed_newest_first(store: GeoPackageStore) -> None:
    take_in(store, names([1, 2]))
    take_in(store, names([2, 3], "新桥"), "update")
    newest, oldest = store.imports()
    assert (oldest.import_id, oldest.rows_added, oldest.rows_updated, oldest.by) == (1, 2, 0, CLERK)
    assert (newest.import_id, newest.rows_added, newest.rows_updated) == (2, 1, 1)
    assert newest.undone_at is None


def test_undo_takes_added_rows_away_and_says_so_in_the_history(store: GeoPackageStore) -> None:
    take_in(store, names(range(3)))
    number = take_in(store, names(range(3, 5)))
    assert store.undo(number, BOSS) == 2
    assert store.read("place_name").frame["id"].tolist() == ["N0", "N1", "N2"]
    newest = store.history("place_name")[0]
    assert (newest.action, newest.feature_id, newest.by, newest.import_id) == ("remove", "N4", BOSS, number)
    assert store.imports()[0].undone_at is not None


def test_undo_returns_updated_rows_to_what_they_were(store: GeoPackageStore) -> None:
    take_in(store, names(range(3), heritage=True, site_m2=0.1 + 0.2))
    before = content(store)
    number = take_in(store, names(range(1, 6), "新桥", heritage=False), "update")
    assert store.undo(number, BOSS) == 5
    pd.testing.assert_frame_equal(content(store), before)
    assert store.summary("place_name").bbox == pytest.approx((119, 31, 119 + 2 / 7, 31 + 2 / 11), abs=1e-4)


def test_an_undone_import_is_no_source_any_more(store: GeoPackageStore) -> None:
    take_in(store, names([1]))
    with store.importing("place_name", ImportSource("错的.xlsx", synthetic=True), CLERK) as sink:
        sink.append(names([2]))
    store.undo(sink.import_id, BOSS)
    assert store.summary("place_name").sources == ("名册.xlsx",)
    assert not store.summary("place_name").synthetic


def test_undoing_twice_is_refused(store: GeoPackageStore) -> None:
    number = take_in(store, names([1]))
    store.undo(number, BOSS)
    with pytest.raises(WorkspaceError, match=r"第 1 次导入（名册\.xlsx）已于 .* 撤销。"):
        store.undo(number, BOSS)


def test_undoing_an_import_that_never_was_is_refused(store: GeoPackageStore) -> None:
    with pytest.raises(NotFoundError, match="没有第 4 次导入。"):
        store.undo(4, BOSS)


def test_undo_never_loses_a_later_edit(store: GeoPackageStore) -> None:
    number = take_in(store, names(range(3)))
    store.edit("place_name", "N1", {"name": "老桥"}, BOSS)
    with pytest.raises(WorkspaceError, match="第 1 次导入不能撤销：有 1 个要素后来又改过（N1）。") as refused:
        store.undo(number, BOSS)
    assert refused.value.hint.zh == (
        "先撤销更晚的导入（见 fangyu imports）；谁在何时改了这些要素，见 fangyu history。"
    )
    assert store.count("place_name") == 3


def test_an_edited_feature_can_be_removed_and_the_rest_undone(store: GeoPackageStore) -> None:
    number = take_in(store, names(range(3)))
    store.edit("place_name", "N1", {"name": "老桥"}, BOSS)
    store.remove("place_name", ["N1"], BOSS)
    assert store.undo(number, BOSS) == 2
    assert store.count("place_name") == 0


def test_imports_can_be_undone_one_after_the_other_newest_first(store: GeoPackageStore) -> None:
    first = take_in(store, names(range(3)))
    second = take_in(store, names(range(2, 5), "新桥"), "update")
    with pytest.raises(WorkspaceError, match="N2"):
        store.undo(first, BOSS)
    assert store.undo(second, BOSS) == 3
    assert store.undo(first, BOSS) == 3
    assert store.count("place_name") == 0


def test_an_id_that_was_undone_can_be_imported_again(store: GeoPackageStore) -> None:
    store.undo(take_in(store, names([1])), BOSS)
    take_in(store, names([1], "新桥"))
    actions = [(one.action, one.import_id) for one in store.history("place_name", "N1")]
    assert actions == [("add", 2), ("remove", 1), ("add", 1)]


def test_a_large_import_is_not_copied_into_the_history(tmp_path: Path) -> None:
    store = GeoPackageStore(tmp_path / "layers.gpkg")
    take_in(store, names(range(20_000), "某某某某某某某某某"))
    rows = store.read("place_name").frame.memory_usage(deep=True).sum()
    assert len(store.history("place_name", limit=5)) == 5
    store.close()
    assert (tmp_path / "layers.gpkg").stat().st_size < min(rows, 8_000_000)


steps = st.lists(
    st.tuples(
        st.sampled_from(["import", "update", "edit", "remove"]), st.sets(st.integers(0, 6), min_size=1)
    ),
    max_size=5,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=steps, last=st.sets(st.integers(0, 9), min_size=1), update=st.booleans())
def test_undoing_the_newest_import_restores_the_layer_exactly(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, set[int]]],
    last: set[int],
    update: bool,  # noqa: FBT001
) -> None:
    store = GeoPackageStore(tmp_path_factory.mktemp("w") / "layers.gpkg")
    take_in(store, names([0, 1, 2]))
    for turn, (action, ids) in enumerate(before):
        present = [one for one in store.read("place_name").frame["id"] if int(one[1:]) in ids]
        if action in {"import", "update"}:
            take_in(store, names(sorted(ids), f"第{turn}"), "update" if action == "update" else "reject")
        elif action == "remove":
            store.remove("place_name", present, BOSS)
        else:
            for one in present:
                store.edit("place_name", one, {"name": f"改{turn}"}, BOSS)
    kept = content(store)
    number = take_in(store, names(sorted(last), "末次"), "update" if update else "reject")
    store.undo(number, BOSS)
    pd.testing.assert_frame_equal(content(store), kept)
    store.close()
