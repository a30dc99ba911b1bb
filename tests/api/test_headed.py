"""A long table on the screen says, under itself, how many rows it leaves out."""

import pytest

from api.cli.headed import Headed, give_headed
from api.cli.language import choose
from api.cli.options import ReportFormat


@pytest.fixture(autouse=True)
def in_chinese():
    choose("zh")


def shown(count, capsys):
    rows = [(f"第{at}村",) for at in range(count)]
    headed = Headed(
        flat=lambda: (("名称",), rows), sheets=list, lines=list, columns=("名称",), rows=lambda: rows
    )
    give_headed({}, headed, ReportFormat.TABLE, None)
    return capsys.readouterr()


def test_what_is_left_out_is_counted_on_stdout_below_the_table(capsys):
    out, err = shown(86, capsys)
    assert out.rstrip().splitlines()[-1] == "… 另有 46 行没有列出，全部见 --format csv 或 -o 文件。"
    assert err == ""


def test_a_short_table_leaves_nothing_out(capsys):
    assert "另有" not in shown(40, capsys).out
