import pytest

from gis.names import load_packs
from gis.names.namesakes import Grade
from layers.errors import NotFoundError
from web.evidence import evidence_words
from web.texts import all_texts


@pytest.fixture(scope="module")
def words():
    return evidence_words(("national-2022",))


def test_every_word_list_of_the_pack_has_its_label(words):
    used = {one.id for rule in load_packs(("national-2022",)).rules.values() for one in rule.words.lists}
    assert used <= set(words["list"])
    assert words["list"]["global"]["zh"] == "世界、国家层级的词"


def test_codes_are_labelled_in_both_languages(words):
    assert words["class_from"]["given"] == {"zh": "登记册所填", "en": "as the register has it"}
    assert [one for of in words.values() for one in of.values() if not one["zh"] or not one["en"]] == []


def test_every_grade_of_likeness_has_its_label(words):
    assert set(words["grade"]) == set(Grade)
    assert words["grade"]["exact"] == {"zh": "同名", "en": "same name"}


def test_every_category_of_the_pack_has_an_english_label():
    categories = {rule.category for rule in load_packs(("national-2022",)).rules.values()}
    assert categories
    assert {f"category_{one}" for one in categories} <= set(all_texts())


def test_an_unknown_pack_is_refused():
    with pytest.raises(NotFoundError, match="nowhere"):
        evidence_words(("nowhere",))
