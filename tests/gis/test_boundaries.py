"""Planted faults on a synthetic line are found, one by one, and nothing else is."""

from datetime import date

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from gis.boundaries import Tolerances, check_boundaries
from layers.findings import Severity
from layers.frames import layer_from_rows
from layers.norms import load_profile
from layers.specs import BOUNDARY_LINE, BOUNDARY_MARKER

ON = date(2026, 1, 1)
TO_DEGREES = Transformer.from_crs(4549, 4490, always_xy=True)
DOUBLES = (3, 5, 7)
"""Serials that are double markers; all others up to 8 are single, 9 is the triple one at the eastern end."""


def at(x, y):
    """A point ``x`` metres along the line (which runs west to east) and ``y`` metres to its north."""
    return shapely.Point(TO_DEGREES.transform(500_000 + x, 3_500_000 + y))


def marker(serial, letter, x, y, **more):
    number = f"3234{serial:03d}{letter}"
    structure = {"Q": "single", "A": "double", "B": "double"}.get(letter, "triple")
    faces = 3 if structure == "triple" else 2
    return {
        "id": number,
        "raw_number": number,
        "structure": structure,
        "faces": faces,
        "state": "good",
        "last_inspected": date(2024, 6, 1),
        "geometry": at(x, y),
        **more,
    }


def clean_markers():
    rows = []
    for serial in range(1, 9):
        x = serial * 1000
        if serial in DOUBLES:
            rows += [marker(serial, "A", x, 80), marker(serial, "B", x, -90)]
        else:
            rows.append(marker(serial, "Q", x, 2))
    return [*rows, marker(9, "C", 9900, 100), marker(9, "D", 9950, -100), marker(9, "E", 10100, 0)]


def line(**more):
    shape = shapely.LineString([at(x, 0) for x in (0, 2500, 6000, 10_000)])
    return {
        "id": "L1",
        "name": "苏皖线示例段",
        "line_number": "3234",
        "last_inspected": date(2023, 5, 1),
        "geometry": shape,
        **more,
    }


def found(markers, lines=None, on=ON):
    lines = [line()] if lines is None else lines
    return check_boundaries(
        layer_from_rows(BOUNDARY_MARKER, markers), layer_from_rows(BOUNDARY_LINE, lines), on
    )


def codes(findings):
    return sorted((finding.code.removeprefix("boundaries."), finding.feature_id) for finding in findings)


def changed(number, **values):
    return [row | values if row["id"] == number else row for row in clean_markers()]


def test_a_clean_line_has_no_findings():
    assert found(clean_markers()) == []


def test_a_marker_moved_off_the_line_is_found_with_its_distance():
    (finding,) = found(changed("3234004Q", geometry=at(4000, 60)))
    assert finding.code == "boundaries.off-line"
    assert finding.evidence["distance_m"] == pytest.approx(60, abs=0.1)
    assert finding.evidence["allowed_m"] == 50
    assert finding.message.zh.startswith("界桩“3234004Q”距界线“苏皖线示例段”60米，超过50米。")


def test_a_marker_moved_along_the_line_is_out_of_order():
    assert codes(found(changed("3234004Q", geometry=at(6500, 0)))) == [("serial-order", "3234004Q")]


def test_a_deleted_marker_leaves_a_gap():
    (finding,) = found([row for row in clean_markers() if row["id"] != "3234004Q"])
    assert (finding.code, finding.evidence["missing"]) == ("boundaries.serial-gap", [4])


def test_a_deleted_b_leaves_its_a_incomplete():
    rows = [row for row in clean_markers() if row["id"] != "3234005B"]
    assert codes(found(rows)) == [("group-incomplete", "3234005A")]


def test_a_deleted_member_of_the_triple_is_missed():
    (finding,) = found([row for row in clean_markers() if row["id"] != "3234009D"])
    assert finding.evidence["absent"] == ["D"]


def test_a_duplicated_marker_is_found_once():
    (finding,) = found([*clean_markers(), marker(4, "Q", 4000, 1, id="copy")])
    assert (finding.code, finding.evidence["ids"]) == ("boundaries.number-duplicate", ["3234004Q", "copy"])
    assert finding.severity is Severity.ERROR


def test_a_and_b_exchanged_are_found():
    rows = changed("3234005A", geometry=at(5000, -90))
    rows = [row | {"geometry": at(5000, 80)} if row["id"] == "3234005B" else row for row in rows]
    assert codes(found(rows)) == [("pair-exchanged", "3234005A")]


def test_both_of_a_pair_on_one_bank_are_found():
    assert codes(found(changed("3234005B", geometry=at(5000, 70)))) == [("pair-same-side", "3234005A")]


def test_a_renumbered_marker_leaves_a_gap_and_stands_out_of_order():
    renumbered = marker(10, "Q", 4000, 2)
    rows = [renumbered if row["id"] == "3234004Q" else row for row in clean_markers()]
    assert codes(found(rows)) == [("serial-gap", "3234005A"), ("serial-order", "3234010Q")]


def test_exchanged_numbers_question_one_of_the_two():
    rows = changed("3234001Q", geometry=at(2000, 0))
    rows = [row | {"geometry": at(1000, 0)} if row["id"] == "3234002Q" else row for row in rows]
    assert codes(found(rows)) == [("serial-order", "3234002Q")]


def test_a_shortened_number_is_kept_and_suggested_and_fills_its_gap():
    (finding,) = found(changed("3234004Q", raw_number="323004"))
    assert (finding.code, finding.severity) == ("boundaries.number-incomplete", Severity.REVIEW)
    assert (finding.evidence["number"], finding.evidence["suggestion"]) == ("323004", "3234004Q")
    assert finding.message.zh.endswith("所属界线不明，位置和顺序未能检查。")


def test_a_number_against_the_grammar_is_an_error():
    rows = [*clean_markers(), marker(4, "Q", 4000, 0, id="x", raw_number="苏皖四号")]
    assert codes(found(rows)) == [("number-invalid", "x")]


def test_columns_that_contradict_the_number_are_found():
    (finding,) = found(changed("3234004Q", serial=5, line_number="3234"))
    assert finding.evidence["apart"] == {"serial": {"number": 4, "column": 5}}


def test_letter_and_structure_must_agree():
    assert codes(found(changed("3234004Q", structure="double"))) == [("structure-mismatch", "3234004Q")]


def test_single_and_double_markers_cannot_share_a_number():
    rows = [*clean_markers(), marker(5, "Q", 5000, 0)]
    assert ("group-mixed", "3234005A") in codes(found(rows))


def test_three_faces_in_the_middle_of_a_line_are_questioned():
    assert codes(found(changed("3234004Q", faces=3))) == [("faces", "3234004Q")]


def test_where_two_lines_end_a_single_marker_needs_three_faces():
    meeting = shapely.LineString([at(10_000, 0), at(10_000, 5000)])
    lines = [line(), line(id="L2", line_number="3237", geometry=meeting)]
    rows = [row for row in clean_markers() if row["structure"] != "triple"]
    findings = found([*rows, marker(9, "Q", 10_000, 0)], lines)
    assert codes(findings) == [("faces", "3234009Q")]
    assert findings[0].evidence["expected"] == [3]


def test_a_triple_marker_away_from_the_ends_is_suspect():
    rows = [marker(4, letter, 4000, 0) for letter in "CDE"]
    others = [row for row in clean_markers() if row["id"] != "3234004Q"]
    assert [code for code, _ in codes(found([*others, *rows]))] == ["triple-place"] * 3


def test_serials_counted_against_the_rule_are_one_finding_about_the_line():
    rows = [marker(serial, "Q", (9 - serial) * 1000, 0) for serial in range(1, 9)]
    assert codes(found(rows)) == [("serial-direction", "L1")]


def test_an_oblique_line_may_be_counted_from_either_end():
    oblique = line(geometry=shapely.LineString([at(0, 0), at(9000, 9000)]))
    rows = [marker(serial, "Q", (9 - serial) * 1000, (9 - serial) * 1000) for serial in range(1, 9)]
    assert found(rows, [oblique]) == []


def test_a_line_digitised_in_pieces_and_backwards_counts_the_same():
    whole = line()["geometry"]
    pieces = [shapely.reverse(shapely.LineString(whole.coords[1:])), shapely.LineString(whole.coords[:2])]
    lines = [line(id=f"L{i}", geometry=piece) for i, piece in enumerate(pieces)]
    assert found(clean_markers(), lines) == []


def test_a_closed_line_has_no_order_to_check():
    ring = line(geometry=shapely.LineString([at(0, 0), at(9000, 0), at(9000, 9000), at(0, 0)]))
    rows = [marker(serial, "Q", serial * 1000, 0) for serial in range(1, 9)]
    assert [(f.code, f.severity) for f in found(rows, [ring])] == [
        ("boundaries.serial-order-unknown", Severity.UNKNOWN)
    ]


def test_a_section_that_starts_late_is_a_note():
    (finding,) = found([row for row in clean_markers() if row["id"] not in {"3234001Q", "3234002Q"}])
    assert (finding.code, finding.severity) == ("boundaries.serial-start", Severity.NOTE)


@pytest.mark.parametrize(
    ("state", "severity"),
    [("lost", "error"), ("damaged", "error"), ("moved", "error"), ("relocated", "review")],
)
def test_condition_is_reported(state, severity):
    (finding,) = found(changed("3234004Q", state=state))
    assert (finding.code, finding.severity) == (f"boundaries.state-{state}", severity)


def test_an_inspection_exactly_five_years_ago_is_not_overdue_and_a_day_earlier_is():
    assert found(changed("3234004Q", last_inspected=date(2021, 1, 1))) == []
    assert codes(found(changed("3234004Q", last_inspected=date(2020, 12, 31)))) == [
        ("inspection-overdue", "3234004Q")
    ]


def test_a_marker_without_a_date_counts_as_inspected_with_its_line():
    assert found(changed("3234004Q", last_inspected=None)) == []


def test_an_overdue_line_is_an_error_citing_the_five_years():
    (finding,) = found(clean_markers(), [line(last_inspected=date(2019, 5, 1))])
    assert (finding.code, finding.severity) == ("boundaries.line-inspection-overdue", Severity.ERROR)
    assert "每5年联合检查一次" in finding.citation


def test_missing_dates_are_unknown_not_clear():
    rows = [row | {"last_inspected": None} for row in clean_markers()]
    findings = found(rows, [line(last_inspected=None)])
    assert [(f.code, f.layer_id, f.evidence["count"]) for f in findings] == [
        ("boundaries.inspection-unknown", "boundary_line", 1),
        ("boundaries.inspection-unknown", "boundary_marker", 14),
    ]


def test_without_lines_each_check_that_cannot_run_says_so():
    findings = check_boundaries(layer_from_rows(BOUNDARY_MARKER, clean_markers()), None, ON)
    assert {f.code for f in findings} == {"boundaries.lines-missing"}
    assert {f.severity for f in findings} == {Severity.UNKNOWN}
    assert sorted(f.subject for f in findings) == ["inspection", "match", "order", "place"]
    assert len({f.key for f in findings}) == 4


def test_without_markers_the_lines_are_still_checked():
    lines = layer_from_rows(BOUNDARY_LINE, [line(last_inspected=date(2019, 5, 1))])
    assert codes(check_boundaries(None, lines, ON)) == [
        ("line-inspection-overdue", "L1"),
        ("markers-missing", ""),
    ]


def test_a_marker_of_an_unknown_line_is_found():
    findings = found([*clean_markers(), marker(1, "Q", 500, 0, id="y", raw_number="9999001Q")])
    assert codes(findings) == [("line-unmatched", "y")]
    assert "9999" in findings[0].message.zh


def test_a_marker_without_coordinates_is_unknown():
    (finding,) = found(changed("3234004Q", geometry=None))
    assert (finding.code, finding.severity) == ("boundaries.position-unknown", Severity.UNKNOWN)


def test_lines_without_numbers_are_unknown():
    assert ("line-unnumbered", "") in codes(found(clean_markers(), [line(line_number=None)]))


def test_empty_layers_have_nothing_to_find():
    assert found([], []) == []


def test_the_national_profile_gives_the_default_tolerances():
    assert Tolerances.of(load_profile("national"), ON) == Tolerances()


def faulty_markers():
    rows = changed("3234004Q", geometry=at(4000, 60), state="lost")
    return [*rows, marker(4, "Q", 4000, 1, id="copy"), marker(12, "A", 8500, 30)]


EXPECTED_KEYS = {finding.key for finding in found(faulty_markers())}


@settings(deadline=None, max_examples=25)
@given(st.permutations(faulty_markers()))
def test_keys_do_not_depend_on_row_order(rows):
    assert {finding.key for finding in found(rows)} == EXPECTED_KEYS
