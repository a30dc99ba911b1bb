"""Norm profiles: inheritance, dates, standing and clear refusals."""

from datetime import date

import pytest

from layers.errors import NotFoundError
from layers.norms import load_profile, printed, profile_ids


def test_every_shipped_profile_loads_and_says_where_each_value_is_from():
    for profile_id in profile_ids():
        profile = load_profile(profile_id)
        assert profile.id == profile_id
        assert all(
            one.source and one.jurisdiction and one.label.zh and one.label.en for one in profile.values
        )


def test_no_value_is_given_twice_for_the_same_day_in_one_file():
    for profile_id in profile_ids():
        own = load_profile(profile_id).values
        parent = {
            id(one) for other in profile_ids() if other != profile_id for one in load_profile(other).values
        }
        keys = [(v.param, v.applies_to, v.effective_from) for v in own if id(v) not in parent]
        assert len(keys) == len(set(keys))


def test_the_walking_band_is_slow_middle_fast():
    profile = load_profile("national")
    assert [profile.number(f"walk_speed_{name}_m_s") for name in ("slow", "middle", "fast")] == [
        0.76,
        1.0,
        1.3,
    ]


def test_a_profile_inherits_what_it_does_not_say():
    assert load_profile("ningbo").number("boundary_inspection_years") == 5
    assert load_profile("ningbo").number("sign_days") == 60


def test_a_profile_overlays_what_it_says_itself():
    assert not load_profile("national").value("cemetery_service_years").verified
    assert load_profile("anhui").value("cemetery_service_years").verified


def test_the_day_picks_the_version():
    old = load_profile("national").value("burial_prohibition", on=date(2026, 3, 29))
    new = load_profile("national").value("burial_prohibition", on=date(2026, 3, 30))
    assert old.clause == "第十条"
    assert "798" in new.source


def test_applies_to_tells_values_of_one_parameter_apart():
    profile = load_profile("shaoxing")
    assert profile.number("care_area_m2_per_100_households", applies_to="existing_quarter") == 20


def test_an_unknown_profile_is_refused_with_the_list():
    with pytest.raises(NotFoundError) as caught:
        load_profile("atlantis")
    assert caught.value.message.zh == "没有规范方案“atlantis”。"
    assert "national" in caught.value.hint.zh


def test_an_unknown_parameter_is_refused_with_the_list():
    with pytest.raises(NotFoundError) as caught:
        load_profile("national").value("beds_on_mars")
    assert caught.value.message.en == "Norm profile 'national' has no parameter beds_on_mars."
    assert "detour_factor" in caught.value.hint.en


def test_a_parameter_out_of_force_is_refused_with_the_day():
    with pytest.raises(NotFoundError) as caught:
        load_profile("national").value("nursing_bed_share", on=date(2027, 1, 1))
    assert caught.value.message.en == (
        "Norm profile 'national' has no value of nursing_bed_share in force on 2027-01-01."
    )


def test_a_text_is_not_a_number():
    with pytest.raises(NotFoundError, match="不是数字"):
        load_profile("national").number("burial_prohibition", on=date(2020, 1, 1))


def test_a_result_prints_profile_value_and_standing():
    profile = load_profile("national")
    said = printed(profile, [profile.value("detour_factor")])
    assert said["profile"] == "national"
    assert (said["values"][0]["value"], said["values"][0]["verified"]) == (1.3, False)
