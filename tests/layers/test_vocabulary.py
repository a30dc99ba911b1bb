"""Words offices write become codes, and codes become labels."""

import pytest

from data import shipped
from layers.specs import SPECS
from layers.text import Text
from layers.vocabulary import code_for, label_of, vocabulary

SHIPPED = sorted(path.stem for path in shipped("vocabularies").glob("*.toml"))
USED = sorted({field.vocabulary for spec in SPECS.values() for field in spec.fields if field.vocabulary})


def test_every_vocabulary_a_field_names_is_shipped() -> None:
    assert set(USED) <= set(SHIPPED)


@pytest.mark.parametrize("name", USED)
def test_code_labels_and_aliases_all_lead_to_the_code(name: str) -> None:
    for term in vocabulary(name).values():
        for word in (term.code, term.label.zh, term.label.en, *term.aliases):
            assert code_for(name, f" {word.upper()} ") == term.code, f"{word!r} of {name} is ambiguous"


@pytest.mark.parametrize("name", USED)
def test_every_term_has_both_labels_and_a_plain_code(name: str) -> None:
    for code, term in vocabulary(name).items():
        assert term.label.zh
        assert term.label.en
        assert code.replace("_", "").isascii()


@pytest.mark.parametrize("word", ["失智照顧型", "安養機構", "老人公寓", "老人住宅"])
def test_residential_care_of_taiwan_is_a_care_home(word: str) -> None:
    assert code_for("care_kind", word) == "care_home"


def test_an_unknown_word_has_no_code() -> None:
    assert code_for("unit_level", "星球") is None


def test_an_unknown_code_labels_itself() -> None:
    assert label_of("unit_level", "village") == Text("村居", "Village or community")
    assert label_of("unit_level", "星球") == Text("星球", "星球")


def test_an_unknown_vocabulary_is_not_shipped() -> None:
    with pytest.raises(FileNotFoundError, match=r"data/vocabularies/none\.toml 不在安装包内"):
        vocabulary("none")
