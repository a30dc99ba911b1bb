import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import EncodingError
from layers.reading.encoding import detect_encoding

CHINESE = "名称,地址\n金坛区西城街道河滨社区居家养老服务中心,东门大街１２号\n"


def refused(content: bytes, wanted: str | None = None) -> EncodingError:
    with pytest.raises(EncodingError) as caught:
        detect_encoding([content], wanted)
    return caught.value


@pytest.mark.parametrize(
    ("encoded", "expected"),
    [
        (CHINESE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + CHINESE.encode(), "utf-8-sig"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (CHINESE.encode("utf-16"), "utf-16"),
        (b"name,beds\nA,1\n", "utf-8"),
        (b"", "utf-8"),
    ],
)
def test_the_encodings_offices_use_are_told_apart(encoded, expected):
    assert detect_encoding([encoded]) == expected


@settings(deadline=None)
@given(cut=st.integers(1, 60), text=st.text("养老院卫生街道村居a1,", min_size=1, max_size=40))
def test_where_the_stream_is_cut_does_not_matter(cut, text):
    content = (CHINESE + text).encode("gb18030")
    pieces = [content[at : at + cut] for at in range(0, len(content), cut)]
    assert detect_encoding(pieces) == "gb18030"


def test_bytes_that_fit_nothing_are_refused_with_both_offsets():
    error = refused(b"name\n" + "养老".encode("gb18030") + b"\xff\xff")
    assert error.message.zh == (
        "认不出文件的编码：既不是 UTF-8（第 5 字节起无法解码），也不是 GB18030（第 9 字节起无法解码）。"
    )
    assert error.hint.zh == "请用 --encoding 指明（如 utf-8、gb18030、big5），或在原软件中另存为 UTF-8。"


@pytest.mark.parametrize(
    "encoded", ["名稱,地址,電話號碼,臺北市政府社會局".encode("big5"), "Café, Résumé, naïve".encode("latin-1")]
)
def test_what_decodes_as_gb18030_but_does_not_read_like_chinese_is_refused(encoded):
    assert "认不出文件的编码" in refused(encoded).message.zh


def test_a_named_encoding_is_checked_to_the_last_byte():
    assert detect_encoding(["名稱".encode("big5")], "big5") == "big5"
    error = refused(CHINESE.encode("gb18030"), "utf-8")
    assert error.message.zh == "文件不是 utf-8 编码：第 0 字节起无法解码。"


def test_a_character_cut_off_at_the_end_is_noticed():
    assert "第 6 字节起" in refused("养老院".encode()[:-1], "utf-8").message.zh


def test_an_encoding_that_does_not_exist_is_refused():
    assert refused(b"", "gbk2").message.zh == "没有名为“gbk2”的编码。"
