"""Help in a narrow window: every word of it is there."""

import re

import pytest
from typer.testing import CliRunner

from api.cli import app


def helped(*words):
    """Return help in 80 columns without its frame and spaces, so that it can be held against the texts."""
    result = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "80", "TERMINAL_WIDTH": "80"})
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize(
    "words", [(), ("cover",), ("site",), ("meals",), ("phases",), ("gaps",), ("access",), ("run",)]
)
def test_no_word_of_a_help_is_cut_off(words):
    assert "…" not in helped(*words)


def test_every_kernel_is_named_in_the_help_of_cover():
    shown = re.sub(r"[│\s]", "", helped("cover"))
    assert "rectangle（缺省）step-slowstep-fastgaussian3sfca" in shown
