"""How names are spelt in Hanyu Pinyin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from gis.names.readings import check_pinyin, romanize
from layers.errors import InputError
from layers.frames import layer_from_rows
from layers.specs import spec_of


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("兴通街", "Xīngtōng Jiē"),
        ("皇家帝苑", "Huángjiā Dìyuàn"),
        ("溪云大广场", "Xīyún Dàguǎngchǎng"),
        ("云大广场", "Yúndà Guǎngchǎng"),
        ("云溪师大花园", "Yúnxīshīdà Huāyuán"),
        ("太行山", "Tàiháng Shān"),
        ("西辽河", "Xīliáo Hé"),
        ("景山后街", "Jǐngshān Hòujiē"),
        ("黑龙江省", "Hēilóngjiāng Shěng"),
        ("景德镇市", "Jǐngdézhèn Shì"),
        ("西安市", "Xī'ān Shì"),
        ("五一广场", "Wǔyī Guǎngchǎng"),
        ("五一路", "Wǔyī Lù"),
        ("统一路", "Tǒngyī Lù"),
        ("经五路", "Jīng 5 Lù"),
        ("三环路", "3 Huán Lù"),
        ("二马路", "2 Mǎlù"),
        ("第九巷", "Dì-9 Xiàng"),
        ("建国路十二巷", "Jiànguólù 12 Xiàng"),
        ("江北路", "Jiāngběi Lù"),
        ("北京西路", "Běijīng Xīlù"),
        ("三都水族自治县", "Sāndū Shuǐzú Zìzhìxiàn"),
        ("新疆维吾尔自治区", "Xīnjiāng Uygur Zìzhìqū"),
        ("江苏省常州市金坛区雪堰镇", "Jiāngsū Shěng Chángzhōu Shì Jīntán Qū Xuěyàn Zhèn"),
        ("张家村村民委员会", "Zhāngjiācūn Cūnmín Wěiyuánhuì"),
        ("阳光花园社区居民委员会", "Yángguāng Huāyuán Shèqū Jūmín Wěiyuánhuì"),
        ("南京长江大桥", "Nánjīng Chángjiāng Dàqiáo"),
        ("金坛区人民医院", "Jīntán Qū Rénmín Yīyuàn"),
        ("幸福花园二期", "Xìngfú Huāyuán 2 Qī"),
        ("A8公寓", "A8 Gōngyù"),
        ("造币左路", "Zàobì Zuǒlù"),
        ("小南街", "Xiǎo Nánjiē"),
        ("广渠南水关", "Guǎngqú Nánshuǐguān"),
        ("解放路南小街", "Jiěfànglù Nánxiǎojiē"),
        ("第二松花江", "Dì'èr Sōnghuā Jiāng"),
        ("东四十二条", "Dōngsì 12 Tiáo"),
        ("中山北路三段", "Zhōngshānběilù 3 Duàn"),
        ("中山东一路", "Zhōngshān Dōng 1 Lù"),
        ("南三环路", "Nán 3 Huán Lù"),
        ("十三陵", "Shísān Líng"),
        ("府城大道中段", "Fǔchéngdàdào Zhōngduàn"),
        ("上海虹桥国际机场", "Shànghǎi Hóngqiáo Guójì Jīchǎng"),
        ("永丰渠", "Yǒngfēng Qú"),
        ("青藏高原", "Qīngzàng Gāoyuán"),
        ("常州市金坛区儒林镇", "Chángzhōu Shì Jīntán Qū Rúlín Zhèn"),
        ("托斯卡纳·庄园", "Tuōsīkǎnà·Zhuāngyuán"),
    ],
)
def test_names_are_spelt_by_the_rules_of_1984(name, pinyin):
    spelt = romanize(name)
    assert (spelt.pinyin, spelt.unsure) == (pinyin, False)


def test_a_settlement_is_one_word():
    assert romanize("周口店", entity_class="settlement").pinyin == "Zhōukǒudiàn"
    assert romanize("太平沟", entity_class="settlement").pinyin == "Tàipínggōu"


def test_the_form_for_signs_is_in_capitals_without_tones():
    assert romanize("兴通街").sign_form == "XINGTONG JIE"
    assert romanize("女娲路").sign_form == "NÜWA LU"
    assert romanize("安娥路").sign_form == "AN'E LU"


def test_an_unsure_name_lists_whole_spellings():
    spelt = romanize("六合路")
    assert (spelt.pinyin, spelt.unsure, spelt.alternatives) == ("Lùhé Lù", True, ("Liùhé Lù",))


def test_a_final_r_is_joined_and_the_full_syllable_is_listed():
    spelt = romanize("盆儿胡同")
    assert (spelt.pinyin, spelt.alternatives) == ("Pénr Hútòng", ("Pén'ér Hútòng",))


def test_json_has_one_piece_of_evidence_a_character():
    said = romanize("单县").as_json()
    assert list(said) == ["name", "pinyin", "sign_form", "unsure", "alternatives", "evidence"]
    assert said["evidence"][0] == {"character": "单", "syllable": "shàn", "from": "dictionary", "others": []}


@pytest.mark.parametrize("name", ["", "   ", "\u200b\x00"])
def test_an_empty_name_is_refused(name):
    with pytest.raises(InputError, match="名称是空的。"):
        romanize(name)


def test_a_name_of_three_hundred_characters_is_refused():
    with pytest.raises(InputError, match="“路路路路路路路路路路…”有 300 个字，名称最多 100 个字。"):
        romanize("路" * 300)


def test_what_cannot_be_read_stands_as_it_is_and_makes_the_name_unsure():
    spelt = romanize("😀路")
    assert (spelt.pinyin, spelt.unsure) == ("😀 Lù", True)


def test_full_width_letters_are_narrowed_and_control_characters_dropped():
    assert romanize("ＡＢ\x07大厦").pinyin == "AB Dàshà"


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="东西南北一二三十环路街巷村镇长乐儿安A9·()花园社区委员会", min_size=1, max_size=12))
def test_spelling_loses_no_character(name):
    spelt = romanize(name)
    assert len(spelt.evidence) == len("".join(one for one, *_ in spelt.evidence))
    assert spelt.pinyin
    assert spelt.pinyin not in spelt.alternatives


def _found(pinyin, name="兴通街"):
    row = {"id": "1", "name": name, "pinyin": pinyin, "geometry": Point(119, 31)}
    layer = layer_from_rows(spec_of("place_name"), [row])
    return [(one.severity.value, one.code, one.category) for one in check_pinyin(layer)]


@pytest.mark.parametrize("pinyin", ["Xīngtōng Jiē", "Xingtong Jie", "XINGTONG JIE", "XĪNGTŌNG JIĒ"])
def test_pinyin_by_the_rules_is_not_found(pinyin):
    assert _found(pinyin) == []


def test_other_letters_or_tones_ask_for_a_review():
    assert _found("Xìngtōng Jiē") == [("review", "names.pinyin", "用字")]


def test_other_spaces_or_capitals_are_noted():
    assert _found("Xīng tōng jiē") == [("note", "names.pinyin", "用字")]


def test_either_reading_of_an_unsure_name_will_do_and_a_third_is_noted():
    assert _found("Liùhé Lù", "六合路") == []
    assert _found("Lǔhé Lù", "六合路") == [("note", "names.pinyin", "用字")]


@pytest.mark.parametrize(
    ("name", "pinyin", "alternative"),
    [
        ("乌鲁木齐市", "Ürümqi Shì", "Wūlǔmùqí Shì"),
        ("乌鲁木齐北路", "Ürümqi Běilù", "Wūlǔmùqí Běilù"),
        ("呼和浩特市", "Hohhot Shì", "Hūhéhàotè Shì"),
        ("喀什地区", "Kashi Dìqū", "Kaxgar Dìqū"),
        ("香格里拉市", "Xamgyi'nyilha Shì", "Xiānggélǐlā Shì"),
        ("伊犁哈萨克自治州", "Ili Kazak Zìzhìzhōu", "Yīlí Hāsàkè Zìzhìzhōu"),
    ],
)
def test_well_known_names_of_minority_languages_stand_in_their_official_form(name, pinyin, alternative):
    spelt = romanize(name)
    assert (spelt.pinyin, spelt.unsure) == (pinyin, False)
    assert alternative in spelt.alternatives


def test_an_official_form_comes_with_a_remark_and_keeps_the_syllables_as_evidence():
    said = romanize("乌鲁木齐路").as_json()
    assert said["remark"]["zh"] == "乌鲁木齐 Ürümqi 按少数民族语地名音译转写法，不是汉字读音。"
    assert [(one["syllable"], one["from"]) for one in said["evidence"][:2]] == [
        ("wū", "official"),
        ("lǔ", "official"),
    ]


@pytest.mark.parametrize(
    ("name", "jurisdiction"),
    [("巴彦嘎查", ""), ("乌鲁木齐村", ""), ("沙雅县", "652924"), ("墨竹工卡县", "540127")],
)
def test_other_names_of_minority_languages_are_unsure_and_the_evidence_says_why(name, jurisdiction):
    spelt = romanize(name, jurisdiction=jurisdiction)
    assert spelt.unsure
    assert spelt.evidence[0][2] == "transcription"
    assert spelt.remark is not None
    assert spelt.remark.zh.startswith("可能是少数民族语地名")


@pytest.mark.parametrize(
    ("name", "jurisdiction", "pinyin"),
    [
        ("人民路", "650102", "Rénmín Lù"),
        ("和田镇", "450000", "Hétián Zhèn"),
        ("香格里拉路", "", "Xiānggélǐlā Lù"),
    ],
)
def test_chinese_names_and_namesakes_elsewhere_keep_their_syllables(name, jurisdiction, pinyin):
    spelt = romanize(name, jurisdiction=jurisdiction)
    assert (spelt.pinyin, spelt.unsure, spelt.remark) == (pinyin, False, None)


@pytest.mark.parametrize("pinyin", ["Ürümqi Lù", "Wulumuqi Lu", "ÜRÜMQI LU"])
def test_the_register_may_have_the_official_form_or_the_syllables(pinyin):
    assert _found(pinyin, "乌鲁木齐路") == []
