"""What long work says: nothing where it is quick, a plain line now and then where no terminal looks on."""

import time

import pytest

from api.cli.language import choose
from api.cli.progress import _in_lines, shown_progress
from layers.text import Text

STAGE = Text("测算覆盖", "Measuring coverage")


@pytest.fixture(autouse=True)
def in_chinese():
    choose("zh")


def test_quick_work_says_nothing(capsys):
    with shown_progress() as progress:
        progress(STAGE, 0, 1)
    assert capsys.readouterr() == ("", "")


def test_long_work_without_a_terminal_tells_stage_and_share_on_stderr(capsys):
    with _in_lines(0.01) as progress:
        progress(STAGE, 1, 4)
        time.sleep(0.2)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0] == "… 测算覆盖 1/4 (25%)"
