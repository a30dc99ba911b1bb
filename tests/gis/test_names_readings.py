"""How names are read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.names import read_name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("六安市", "lù ān shì"),
        ("六合区", "lù hé qū"),
        ("朝阳路", "cháo yáng lù"),
        ("长兴街", "cháng xīng jiē"),
        ("曾家村", "zēng jiā cūn"),
        ("单家庄", "shàn jiā zhuāng"),
        ("仇家湾", "qiú jiā wān"),
        ("盖家屯", "gě jiā tún"),
        ("区家村", "ōu jiā cūn"),
        ("十里堡", "shí lǐ pù"),
        ("新都大道", "xīn dū dà dào"),
    ],
)
def test_place_names_are_read_as_places(name, said):
    assert read_name(name).syllables == tuple(said.split())


def test_a_guess_says_that_it_is_one_and_lists_the_others():
    reading = read_name("张埔村")
    assert reading.unsure
    assert ("zhāng", "bù", "cūn") in reading.alternatives


def test_a_name_of_the_dictionary_is_sure():
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
