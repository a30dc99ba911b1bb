import zipfile

import pytest

from layers.errors import FileFormatError
from layers.reading import archive
from layers.reading.archive import check_archive
from layers.reading.opening import open_source
from layers.reading.source import Wish


def zipped(path, entries: dict[str, bytes]):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return path


def refusal(path) -> str:
    with pytest.raises(FileFormatError) as caught:
        check_archive(path)
    return caught.value.message.zh


def test_a_zip_bomb_is_not_opened(tmp_path):
    bomb = zipped(tmp_path / "bomb.zip", {"a.csv": b"0" * 50_000_000})
    assert refusal(bomb) == "不打开 bomb.zip：条目“a.csv”压缩比达 1029 倍，上限 200 倍。"


def test_a_workbook_can_be_a_bomb_too(tmp_path):
    bomb = zipped(tmp_path / "bomb.xlsx", {"xl/worksheets/sheet1.xml": b"0" * 50_000_000})
    assert "压缩比达 1029 倍" in refusal(bomb)


def test_the_hint_for_a_workbook_bomb_speaks_of_a_workbook(tmp_path):
    bomb = zipped(tmp_path / "bomb.xlsx", {"xl/worksheets/sheet1.xml": b"0" * 50_000_000})
    with pytest.raises(FileFormatError) as caught, open_source(bomb, Wish()):
        pass
    assert caught.value.hint.zh == (
        "这个工作簿不像办公软件存的；请用 Excel 或 WPS 打开核对，只留需要的工作表，另存为 .xlsx。"
    )


def test_an_old_workbook_under_a_new_name_is_told_as_such(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512)
    with pytest.raises(FileFormatError) as caught, open_source(path, Wish()):
        pass
    assert caught.value.said("zh") == (
        "a.xlsx 其实是旧版 .xls 工作簿（或带密码的工作簿），只是后缀写成了 .xlsx。"
        "请用 Excel 或 WPS 另存为 .xlsx。"
    )


def test_an_archive_in_an_archive_is_not_opened(tmp_path):
    assert refusal(zipped(tmp_path / "a.zip", {"b.zip": b"PK"})) == "不打开 a.zip：内含压缩文件“b.zip”。"


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "/etc/a.csv", "..\\a.csv"])
def test_paths_that_climb_out_are_refused(tmp_path, name):
    assert "指向压缩包之外" in refusal(zipped(tmp_path / "a.zip", {name: b"x"}))


def test_too_many_entries_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    assert (
        refusal(zipped(tmp_path / "a.zip", {f"{n}.csv": b"x" for n in range(4)}))
        == "不打开 a.zip：含 4 个条目，上限 3。"
    )


def test_too_much_content_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 1_000_000)
    big = zipped(tmp_path / "a.zip", {"a.csv": b"x" * 2_000_000})
    assert refusal(big) == "不打开 a.zip：解压后有 2 MB，上限 1 MB。"


def test_what_is_no_zip_is_said_to_be_none(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"hello")
    assert refusal(tmp_path / "a.zip") == "a.zip 不是完好的压缩文件。"
