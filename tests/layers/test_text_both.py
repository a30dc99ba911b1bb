"""A text that says a thing in both languages is parted; any other is left as it is."""

import pytest

from layers.text import Text, both


@pytest.mark.parametrize(
    ("written", "parted"),
    [
        (
            "方舆默认值，无规范依据 / a default of this program",
            Text("方舆默认值，无规范依据", "a default of this program"),
        ),
        ("要求（转载 / Anhui, reposted）", Text("要求（转载）", "要求 (Anhui, reposted)")),
        ("GB 50180-2018 / 4.0.4", Text("GB 50180-2018 / 4.0.4", "GB 50180-2018 / 4.0.4")),
        ("甲 / 乙", Text("甲 / 乙", "甲 / 乙")),
        ("", Text("", "")),
    ],
)
def test_a_text_in_both_languages_is_parted(written, parted):
    assert both(written) == parted
