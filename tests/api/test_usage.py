"""A command line written wrongly is explained in the language asked for, with exit code 2."""

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.cli.program import language_first


def run(*args: object, lang: str = "zh"):
    return CliRunner().invoke(app, [str(arg) for arg in args], env={"FANGYU_LANG": lang})


@pytest.mark.parametrize(
    ("args", "zh", "en"),
    [
        (["nope"], "没有命令 nope。", "There is no command nope."),
        (["layers", "--nonsense"], "没有选项 --nonsense。", "There is no option --nonsense."),
        (["import", "road"], "缺少参数 FILE。", "Argument FILE is missing."),
        (["init", "x"], "缺少选项 --code。", "Option --code is missing."),
        (
            ["cover", "--travel", "fly"],
            "--travel=fly：只能是 network、straight。",
            "--travel=fly: it should be one of network, straight.",
        ),
        (["layers", "extra"], "多出了 extra。", "extra is too much."),
    ],
)
def test_wrong_usage_is_explained(args, zh, en):
    for lang, message in (("zh", f"参数错误：{zh}\n"), ("en", f"Usage error: {en}\n")):
        result = run(*args, lang=lang)
        assert result.exit_code == 2
        assert result.stderr.startswith(message)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["cover", "--within-min", "x"], "--within-min"),
        (["history", "--limit", "0"], "--limit"),
        (["undo", "x"], "IMPORT_ID"),
    ],
)
def test_a_number_that_is_none_is_refused_with_the_way_to_the_help(args, message):
    result = run(*args)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"参数错误：{message}")
    assert result.stderr.endswith(f"用法见 fangyu {args[0]} --help。\n")


def test_the_language_may_stand_after_the_command(tmp_path):
    for args in (["layers", "-w", tmp_path, "--lang", "en"], ["layers", "--lang=en", "-w", tmp_path]):
        assert run(*args).stderr.startswith(f"Error: {tmp_path} is no workspace")
    assert run("layers", "--nonsense", "--lang", "en").stderr.startswith("Usage error: ")


def test_what_follows_a_double_dash_is_left_alone():
    assert language_first(["cover", "--", "--lang", "en"]) == ["cover", "--", "--lang", "en"]
    assert language_first(["map", "--lang", "en", "--", "x"]) == ["--lang", "en", "map", "--", "x"]


def test_a_language_we_do_not_speak_is_refused():
    result = run("layers", "--lang", "fr")
    assert result.stderr == "参数错误：--lang=fr：只能是 zh、en。\n用法见 fangyu --help。\n"


def test_a_language_without_its_value_is_refused():
    result = run("layers", "--lang")
    assert result.exit_code == 2
    assert result.stderr.startswith("参数错误：选项 --lang 后面没有值")


def test_the_help_of_every_command_names_the_language():
    assert "--lang" in run("layers", "--help").stdout
