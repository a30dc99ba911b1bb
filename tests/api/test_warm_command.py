import pytest
from typer.testing import CliRunner

from api.cli import app
from gis.kernels.first_use import tell

runner = CliRunner()


def warm(lang):
    return runner.invoke(app, ["warm"], env={"FANGYU_LANG": lang, "FANGYU_DEBUG": None})


def compiling(*kernels):
    def ask(_progress):
        for one in kernels:
            tell(one)
        return len(kernels)

    return ask


ZH = "首次使用：正在为本机编译计算内核，约需半分钟，之后不再需要……\n已编译 2 个计算内核。\n"
EN = (
    "First use: compiling the kernels for this machine, half a minute or so; not needed again …\n"
    "Compiled 2 kernels.\n"
)


@pytest.mark.parametrize(("lang", "lines"), [("zh", ZH), ("en", EN)])
def test_the_first_use_is_said_once_on_stderr(monkeypatch, lang, lines):
    monkeypatch.setattr("gis.coverage.warming.compile_everything", compiling("one", "other"))
    result = warm(lang)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", lines)


def test_nothing_is_said_of_compiling_where_all_is_kept(monkeypatch):
    monkeypatch.setattr("gis.coverage.warming.compile_everything", compiling())
    assert warm("en").stderr == "Every kernel is compiled already.\n"


def test_who_listens_in_one_command_does_not_listen_in_the_next(monkeypatch):
    monkeypatch.setattr("gis.coverage.warming.compile_everything", compiling("one"))
    warm("en")
    tell("another")
    assert warm("en").stderr.count("First use") == 1
