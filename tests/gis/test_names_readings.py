"""How names are read."""

import csv
import gzip
import hashlib
import time
from itertools import starmap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.names import read_name
from gis.names.readings import load_readings, shipped_readings
from gis.names.readings.syllables import is_syllable
from layers.errors import FileFormatError


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("六安市", "lù ān shì"),
        ("六合区", "lù hé qū"),
        ("乐清市", "yuè qīng shì"),
        ("涡阳县", "guō yáng xiàn"),
        ("台州市", "tāi zhōu shì"),
        ("蚌埠市", "bèng bù shì"),
        ("西华县", "xī huá xiàn"),
        ("华县", "huà xiàn"),
        ("朝阳路", "cháo yáng lù"),
        ("朝霞路", "zhāo xiá lù"),
        ("长兴街", "cháng xīng jiē"),
        ("长子县", "zhǎng zǐ xiàn"),
        ("曾家村", "zēng jiā cūn"),
        ("单家庄", "shàn jiā zhuāng"),
        ("仇家湾", "qiú jiā wān"),
        ("解家沟", "xiè jiā gōu"),
        ("区家村", "ōu jiā cūn"),
        ("十里堡", "shí lǐ pù"),
        ("油坊村", "yóu fáng cūn"),
        ("新都大道", "xīn dū dà dào"),
        ("一马不二路", "yī mǎ bù èr lù"),
        ("九华山", "jiǔ huá shān"),
        ("镜泊湖", "jìng pō hú"),
        ("青藏高原", "qīng zàng gāo yuán"),
        ("回龙观", "huí lóng guàn"),
        ("漷县镇", "huǒ xiàn zhèn"),
        ("苕溪", "tiáo xī"),
    ],
)
def test_place_names_are_read_as_places(name, said):
    reading = read_name(name)
    assert (reading.syllables, reading.unsure) == (tuple(said.split()), False)


@pytest.mark.parametrize(
    "name",
    [
        *("乐陵市", "大城县", "称多县", "扎鲁特旗", "扎囊县", "舟曲县", "玛曲县", "那曲市", "解州镇", "盂县"),
        *("绥棱县", "覃塘区", "华龙区", "贡嘎县", "曲靖市", "监利市", "济源市", "丹棱县", "八宿县", "牡丹区"),
    ],
)
def test_names_that_reference_works_read_differently_are_unsure_with_both_readings(name):
    reading = read_name(name)
    assert reading.unsure
    assert reading.alternatives


def test_a_guess_says_that_it_is_one_and_lists_the_others():
    reading = read_name("张埔村")
    assert reading.unsure
    assert ("zhāng", "bù", "cūn") in reading.alternatives


def test_a_surname_at_the_head_of_a_village_is_likeliest_but_not_sure():
    reading = read_name("大单庄")
    assert reading.syllables == ("dà", "shàn", "zhuāng")
    assert reading.alternatives == (("dà", "dān", "zhuāng"),)


def test_the_suffix_zi_is_neutral_and_the_full_tone_is_listed():
    reading = read_name("岗子村")
    assert reading.syllables == ("gǎng", "zi", "cūn")
    assert reading.alternatives == (("gǎng", "zǐ", "cūn"),)


@pytest.mark.parametrize(("code", "said"), [("450100", "xū"), ("340800", "wéi"), ("44", "xū")])
def test_a_market_in_the_south_is_a_dike_further_north(code, said):
    reading = read_name("新圩村", code)
    assert (reading.syllables[1], reading.unsure, reading.evidence[1]) == (said, False, "region")


def test_without_a_code_the_character_of_many_regions_is_unsure():
    assert read_name("新圩村").unsure


def test_a_word_of_the_dictionary_is_sure_and_says_so():
    reading = read_name("东莞")
    assert (reading.unsure, reading.evidence) == (False, ("dictionary", "dictionary"))


def test_tones_come_off_without_losing_the_umlaut():
    assert read_name("绿女").toneless == ("lü", "nü")


def test_an_empty_name_has_no_syllables():
    assert read_name("").syllables == ()


@settings(deadline=None)
@given(st.text(max_size=40))
def test_every_character_is_read_or_stands_for_itself(name):
    reading = read_name(name)
    assert len(reading.syllables) == len(name) == len(reading.evidence)
    assert all(len(one) == len(name) for one in reading.alternatives)


def test_every_reading_of_a_chinese_name_is_pinyin():
    assert all(map(is_syllable, read_name("乌鲁木齐市天山区龟兹绿洲嗯嘞").syllables[:12]))


def test_a_workspace_reads_in_its_own_way_and_others_do_not(tmp_path):
    (tmp_path / "readings.toml").write_text('[phrases]\n"云溪" = "yún qī"\n', encoding="utf-8")
    own = load_readings(tmp_path)
    assert read_name("云溪路", readings=own).syllables == ("yún", "qī", "lù")
    assert read_name("云溪路").syllables == ("yún", "xī", "lù")


def test_an_edited_dictionary_counts_at_once(tmp_path):
    file = tmp_path / "readings.toml"
    file.write_text('[characters]\n"埔" = "bù"\n', encoding="utf-8")
    assert read_name("张埔", readings=load_readings(tmp_path)).syllables == ("zhāng", "bù")
    file.write_text('[characters]\n"埔" = "pǔ"  # \n', encoding="utf-8")
    assert read_name("张埔", readings=load_readings(tmp_path)).syllables == ("zhāng", "pǔ")


def test_a_folder_without_a_dictionary_gives_the_shipped_one(tmp_path):
    assert load_readings(tmp_path) is load_readings(None) is shipped_readings()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[phrases]\n"云溪" = "yun2 xi1"\n', "readings.toml：phrases.云溪：“yun2”不是汉语拼音音节。"),
        ('[phrases]\n"云溪" = "yún"\n', "readings.toml：phrases.云溪：2 个字，却有 1 个音节。"),
        ('[phrases]\n"yunxi" = "yún"\n', "readings.toml：phrases.yunxi：键应为汉字。"),
        ('[characters]\n"云溪" = "yún xī"\n', "readings.toml：characters.云溪：这里一次只写一个字。"),
        ('[characters]\n"云" = 3\n', "readings.toml：characters.云：读音应为一段文字。"),
        ('[words]\n"云" = "yún"\n', "readings.toml：words：没有这个部分。"),
        ('[regions.4]\n"云" = "yún"\n', "readings.toml：regions.4：区划代码应为 2、4 或 6 位数字。"),
        ('phrases = "云溪"\n', "readings.toml：phrases：应为一组 键 = 值。"),
    ],
)
def test_a_dictionary_that_cannot_be_used_says_where_and_why(tmp_path, content, message):
    (tmp_path / "readings.toml").write_text(content, encoding="utf-8")
    with pytest.raises(FileFormatError) as raised:
        load_readings(tmp_path)
    assert raised.value.message.zh == message


def test_a_dictionary_that_is_no_toml_is_refused(tmp_path):
    (tmp_path / "readings.toml").write_bytes("[phrases]\n云溪 = yún".encode("gb18030"))
    with pytest.raises(FileFormatError, match=r"readings\.toml 不是可读的 TOML"):
        load_readings(tmp_path)


@pytest.mark.slow
def test_fifty_thousand_names_are_read_within_five_seconds():
    names = list(
        starmap("{}{}村{}".format, zip("曾单长都朝曲" * 9000, "家庄山水" * 13500, range(54_000), strict=True))
    )
    begun = time.process_time()
    for name in names[:50_000]:
        read_name(name)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("half", "AB")
def test_nearly_all_listed_readings_are_right_and_every_wrong_one_is_unsure(real_data, half):
    with (real_data / "names/dev_pinyin.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if _half(row["name"]) == half]
    read = [(read_name(row["name"]), tuple(row["pinyin_with_tones"].split())) for row in rows]
    wrong = [reading for reading, said in read if reading.syllables != said]
    assert len(wrong) <= 0.03 * len(rows)
    assert all(reading.unsure for reading in wrong)


def _half(name):
    """Return the half of the cases a name belongs to; the names of half B are kept from being read."""
    return "AB"[hashlib.sha256(name.encode()).digest()[-1] % 2]


def test_few_towns_are_unsure(real_data):
    with gzip.open(real_data / "names/streets_nationwide_2023.csv.gz", "rt", encoding="utf-8-sig") as file:
        names = [row["name"] for row in csv.DictReader(file)][::20]
    assert sum(read_name(name).unsure for name in names) < 0.08 * len(names)
