"""Options that change nothing are named, and only those."""

import pytest

from gis.coverage import CoverageRequest
from gis.coverage.idle import idle_options


@pytest.mark.parametrize(
    ("given", "definitions", "told"),
    [
        ({"kernel": "gaussian"}, ["C6"], ["--kernel gaussian 只用于 C8，这里没有用。"]),
        ({"kernel": "gaussian"}, ["C6", "C8"], []),
        ({"need_per_1000": 20.0}, ["C5", "C6"], ["--need-per-1000 20 只用于 C7、C8，这里没有用。"]),
        ({"need_per_1000": 20.0}, ["C7"], []),
        ({"mode": "drive"}, ["C5"], ["--mode drive 只用于 C4、C6、C7、C8，这里没有用。"]),
        ({"mode": "drive", "within_min": 15.0}, ["C5"], []),
        ({}, ["C1"], []),
    ],
)
def test_an_option_no_definition_looks_at_is_named(given, definitions, told):
    assert [one.zh for one in idle_options(CoverageRequest(**given), definitions)] == told
