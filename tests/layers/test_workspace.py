"""A workspace is a folder with settings and a store; what is wrong with either is said plainly."""

from dataclasses import replace
from pathlib import Path

import pytest

from layers.errors import InputError, NotFoundError, WorkspaceError
from layers.frames import layer_from_rows
from layers.specs import PLACE_NAME
from layers.store.protocol import By, ImportSource
from layers.workspace import SETTINGS_FILE, STORE_FILE, Settings, Workspace, read_settings

JINTAN = Settings(
    "320413", "金坛区", map_review_number='苏S(2026)"01"号', public_precision_m=0.5, synthetic=True
)


def test_settings_survive_being_written_and_read(tmp_path: Path) -> None:
    Workspace.create(tmp_path / "新 区", JINTAN).close()
    assert read_settings(tmp_path / "新 区") == JINTAN


def test_a_new_workspace_is_empty_and_opens_again(tmp_path: Path) -> None:
    Workspace.create(tmp_path, JINTAN).close()
    with Workspace.open(tmp_path) as workspace:
        assert workspace.store.layer_ids() == ()
        assert workspace.layer_or_none("road") is None
        with pytest.raises(NotFoundError, match="图层“道路”（road）还没有数据。"):
            workspace.layer("road")


def test_a_layer_is_read_through_the_workspace(tmp_path: Path) -> None:
    with Workspace.create(tmp_path, JINTAN) as workspace:
        with workspace.store.importing("place_name", ImportSource("a.csv"), By("经办人")) as sink:
            sink.append(layer_from_rows(PLACE_NAME, [{"id": "1", "name": "桥"}]).frame)
        layer = workspace.layer_or_none("place_name")
        assert layer is not None
        assert len(layer) == len(workspace.layer("place_name")) == 1


def test_a_folder_holds_one_workspace(tmp_path: Path) -> None:
    Workspace.create(tmp_path, JINTAN).close()
    with pytest.raises(WorkspaceError, match="里已经有工作区。"):
        Workspace.create(tmp_path, JINTAN)


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as refused:
        Workspace.open(tmp_path)
    assert refused.value.message.zh == f"{tmp_path} 不是工作区：没有 fangyu.toml。"


def test_a_workspace_whose_data_are_gone_is_not_opened_empty(tmp_path: Path) -> None:
    Workspace.create(tmp_path, JINTAN).close()
    (tmp_path / STORE_FILE).unlink()
    with pytest.raises(WorkspaceError, match=r"里的 layers\.gpkg 不见了。"):
        Workspace.open(tmp_path)
    assert not (tmp_path / STORE_FILE).exists()


def test_a_store_that_lost_its_settings_is_taken_over(tmp_path: Path) -> None:
    with (
        Workspace.create(tmp_path, JINTAN) as workspace,
        workspace.store.importing("road", ImportSource("a.csv"), By("经办人")),
    ):
        pass
    (tmp_path / SETTINGS_FILE).unlink()
    with Workspace.create(tmp_path, JINTAN) as workspace:
        assert workspace.store.layer_ids() == ("road",)


def test_nothing_is_made_where_the_store_cannot_be(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).write_text("别的东西")
    with pytest.raises(WorkspaceError, match="不是 GeoPackage 文件"):
        Workspace.create(tmp_path, JINTAN)
    assert not (tmp_path / SETTINGS_FILE).exists()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (replace(JINTAN, code="3204"), "区划代码“3204”不是六位数字。"),
        (replace(JINTAN, code="３２０４１３"), "区划代码“３２０４１３”不是六位数字。"),
        (replace(JINTAN, name=" "), "没有写明区县名称。"),
        (replace(JINTAN, public_min_count=-1), "public_min_count 是 -1，应为零或正数。"),
        (replace(JINTAN, public_precision_m=float("nan")), "public_precision_m 是 nan，应为零或正数。"),
    ],
)
def test_impossible_settings_are_refused(tmp_path: Path, settings: Settings, message: str) -> None:
    with pytest.raises(InputError) as refused:
        Workspace.create(tmp_path, settings)
    assert refused.value.message.zh == message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('code = "320413"\nname = "金坛区"\ncolour = "red"', "不认识的设置 colour"),
        ('name = "金坛区"', "缺少设置 code"),
        ('code = 320413\nname = "金坛区"', "code 的值 320413 类型不对"),
        ('code = "320413"\nname = "金坛区"\nsynthetic = 1', "synthetic 的值 1 类型不对"),
        ('code = "320413"\nname = "金坛区"\nname_packs = [1]', "name_packs 的值 [1] 类型不对"),
        ("code = 1\nmood = 2", "不认识的设置 mood；缺少设置 name；code 的值 1 类型不对"),
    ],
)
def test_settings_that_cannot_be_understood_are_all_named(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / SETTINGS_FILE).write_text(written, encoding="utf-8")
    with pytest.raises(WorkspaceError) as refused:
        read_settings(tmp_path)
    assert refused.value.message.zh == f"{tmp_path / SETTINGS_FILE} 读不懂：{said}。"


def test_a_file_of_settings_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(WorkspaceError, match="读不懂"):
        read_settings(tmp_path)


def test_settings_saved_by_a_windows_editor_are_read(tmp_path: Path) -> None:
    (tmp_path / SETTINGS_FILE).write_text('code = "320413"\r\nname = "金坛区"\r\n', encoding="utf-8-sig")
    assert read_settings(tmp_path) == Settings("320413", "金坛区")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (replace(JINTAN, norm_profile="nope"), "没有规范方案“nope”。"),
        (replace(JINTAN, name_packs=("national-2022", "nope")), "没有名为“nope”的规则包。"),
    ],
)
def test_rules_that_are_not_shipped_make_no_workspace(
    tmp_path: Path, settings: Settings, message: str
) -> None:
    with pytest.raises(NotFoundError) as caught:
        Workspace.create(tmp_path / "ws", settings)
    assert caught.value.message.zh == message
    assert not (tmp_path / "ws").exists()
