"""Cutting names into parts and telling their class."""

import pytest

from gis.names import Candidate, segment
from layers.vocabulary import code_for


@pytest.mark.parametrize(
    ("name", "prefix", "specific", "generic", "body"),
    [
        ("云溪花园小区", "", "云溪花园", "小区", ""),
        ("江苏省常州市金坛区东门大街", "江苏省常州市金坛区", "东门", "大街", ""),
        ("新河村村民委员会", "", "新河", "村", "村民委员会"),
        ("人民东路", "", "人民", "东路", ""),
        ("阳光社区居委会", "", "阳光", "", "社区居委会"),
        ("村委会", "", "村委会", "", ""),
    ],
)
def test_a_name_is_cut_into_its_parts(name, prefix, specific, generic, body):
    parts = segment(Candidate(name=name))
    assert (parts.prefix, parts.specific, parts.generic, parts.body) == (prefix, specific, generic, body)


@pytest.mark.parametrize(
    ("name", "entity_class", "committee"),
    [
        ("新河村", "settlement", "village"),
        ("新河社区居委会", "committee", "community"),
        ("新河村社区", "committee", "village"),
        ("莱茵小镇社区", "committee", "community"),
        ("中央大学旧址", "heritage", ""),
        ("云溪镇", "division", ""),
        ("云溪小镇", "residential", ""),
        ("云溪大厦", "building", ""),
        ("东门大街", "road", ""),
        ("云溪", "unknown", ""),
        ("翡翠湾", "unknown", ""),
        ("云溪花园A区", "residential", ""),
    ],
)
def test_the_class_is_inferred_from_body_or_generic_part(name, entity_class, committee):
    parts = segment(Candidate(name=name))
    assert (parts.entity_class, parts.committee) == (entity_class, committee)


def test_a_given_class_is_kept():
    parts = segment(Candidate(name="云溪村", entity_class="residential"))
    assert (parts.entity_class, parts.class_from) == ("residential", "given")


def test_the_parts_of_a_register_are_taken_when_they_fit():
    parts = segment(Candidate(name="望江门", specific="望江门", generic=""))
    fitting = segment(Candidate(name="老河口码头", specific="老河口", generic="码头"))
    assert (parts.specific, fitting.specific, fitting.generic) == ("望江门", "老河口", "码头")


def test_a_branch_in_brackets_and_wide_letters_are_evened_out():
    parts = segment(Candidate(name="ＡＢ 酒店（人民路店）"))
    assert (parts.text, parts.branch) == ("AB酒店", "(人民路店)")


@pytest.mark.parametrize("section", ["东区", "二期", "A区", "2期", "AC区"])
def test_a_section_of_an_estate_is_no_part_of_its_name(section):
    parts = segment(Candidate(name=f"云溪花园{section}"))
    assert (parts.stem, parts.section) == ("云溪花园", section)


@pytest.mark.parametrize(
    ("name", "judged"),
    [
        ("維也納花園", "维也纳花园"),
        ("巴 黎 花 园", "巴黎花园"),
        ("巴黎\u200b花\u0000园", "巴黎花园"),
        ("ＭＯＭＯ大厦", "MOMO大厦"),
        ("巴黎花园（一期）", "巴黎花园"),
    ],
)
def test_width_script_and_unseen_characters_are_evened_out_and_the_name_as_written_is_kept(name, judged):
    parts = segment(Candidate(name=name))
    assert parts.text == judged
    assert parts.written == (name if judged + parts.branch != name else "")


@pytest.mark.parametrize(
    ("name", "kind"), [("阳光花园", "community"), ("新河", "village"), ("新河村", "village")]
)
def test_a_committee_named_without_its_body_is_a_community_where_it_is_called_like_an_estate(name, kind):
    assert segment(Candidate(name=name, entity_class="committee")).committee == kind


@pytest.mark.parametrize(
    ("word", "code"), [("village", "committee"), ("Community", "committee"), ("楼盘", "residential")]
)
def test_words_for_classes_in_both_languages_lead_to_their_code(word, code):
    assert code_for("name_class", word) == code
