import pytest
from coverage_town import facility, people, town, village

from gis.coverage import CoverageRequest, gap_list
from gis.coverage.calling import called, first_word
from layers.text import Text


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("东村养老院", "“东村养老院”", "东村养老院"),
        ("", "未命名（w5）", "unnamed (w5)"),
        ("w5", "未命名（w5）", "unnamed (w5)"),
    ],
)
def test_a_facility_without_a_name_is_called_unnamed_with_its_id(name, zh, en):
    assert called(name, "w5") == Text(zh, en)


def test_a_name_at_the_start_of_a_sentence_stays_as_it_is_written():
    assert [first_word(called(one, "w5")) for one in ("iCare", "")] == ["iCare", "Unnamed (w5)"]


def test_a_gap_does_not_pass_an_id_off_as_a_name(tmp_path):
    here = town(
        tmp_path,
        admin_unit=[village(1, 0, 0)],
        population=[people(500, 500, 10)],
        care_facility=[facility(5000, 500, id="w5", name=None)],
    )
    [gap] = gap_list(here, CoverageRequest(definition="C5", within_m=500.0)).gaps
    assert "未命名（w5）" in gap.reason.text.zh
    assert "unnamed (w5)" in gap.reason.text.en
