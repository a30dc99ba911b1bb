"""English reads as English: no Chinese punctuation in it, and one thing is not called several."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.text import Text, counted, joined

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("data", "layers", "gis", "web", "api")
CHINESE = re.compile("[；、，（）。：？！“”‘’《》【】「」]")
COUNTED_ALIKE = re.compile(
    r"(?<!\.en)\} (?:new |more )?(?:facilities|gaps|candidates|findings|rows|quarters|plates|markers|cemeteries)\b"
)


def english_halves() -> Iterator[tuple[str, ast.expr]]:
    """Yield the English argument of every Text(...) and said(...) of the code, with where it stands."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = getattr(call, "func", None) if isinstance(call, ast.Call) else None
                if getattr(name, "id", None) in {"Text", "said"} and len(call.args) > 1:
                    yield f"{path.relative_to(ROOT)}:{call.args[1].lineno}", call.args[1]


def constants(half: ast.expr) -> Iterator[str]:
    return (
        one.value for one in ast.walk(half) if isinstance(one, ast.Constant) and isinstance(one.value, str)
    )


def test_no_english_text_of_the_code_holds_chinese_punctuation():
    wrong = [at for at, half in english_halves() if any(CHINESE.search(one) for one in constants(half))]
    assert wrong == []


def test_lists_in_english_texts_are_not_joined_the_chinese_way():
    """A name that was joined with the enumeration comma stands in no English half of the same function."""
    wrong = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for function in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
                wrong += [
                    f"{path.relative_to(ROOT)}: {one}" for one in _joined_names(function) & _said(function)
                ]
    assert wrong == []


def _joined_names(function: ast.FunctionDef) -> set[str]:
    """Find the names given by one ``"、".join(…)``; a pair of names by languages is something else."""
    return {
        one.targets[0].id
        for one in ast.walk(function)
        if isinstance(one, ast.Assign)
        and isinstance(one.targets[0], ast.Name)
        and isinstance(one.value, ast.Call)
        and isinstance(one.value.func, ast.Attribute)
        and isinstance(one.value.func.value, ast.Constant)
        and one.value.func.value.value == "、"
    }


def _said(function: ast.FunctionDef) -> set[str]:
    halves = (
        call.args[1]
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", None) in {"Text", "said"}
        and len(call.args) > 1
    )
    return {one.id for half in halves for one in ast.walk(half) if isinstance(one, ast.Name)}


def test_no_english_text_of_the_pages_holds_chinese_punctuation():
    texts = tomllib.loads((ROOT / "web" / "texts.toml").read_text(encoding="utf-8"))
    assert [key for key, one in texts.items() if CHINESE.search(one["en"])] == []


def test_no_english_label_of_a_norm_or_vocabulary_holds_chinese_punctuation():
    lines = (
        f"{path.name}: {line}"
        for folder in ("norms", "vocabularies")
        for path in sorted((ROOT / "data" / folder).rglob("*.toml"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    assert [line for line in lines if re.search(r": en = .*", line) and CHINESE.search(line)] == []


def test_things_are_counted_with_the_function_that_knows_one():
    wrong = []
    for path in sorted(one for package in PACKAGES for one in (ROOT / package).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for call in ast.walk(ast.parse(source)):
            if (
                isinstance(call, ast.Call)
                and getattr(call.func, "id", None) in {"Text", "said"}
                and len(call.args) > 1
            ):
                half = ast.get_source_segment(source, call.args[1]) or ""
                wrong += [f"{path.relative_to(ROOT)}: {one}" for one in COUNTED_ALIKE.findall(half)]
    assert wrong == []


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (1, ("facility has", "facilities have"), "1 facility has"),
        (0, ("facility has", "facilities have"), "0 facilities have"),
        (2, ("site",), "2 sites"),
        (1, ("gap",), "1 gap"),
        (12_345, ("place",), "12,345 places"),
    ],
)
def test_one_thing_is_singular_and_any_other_number_plural(number, words, said):
    assert counted(number, *words) == said


@given(st.floats(0, 1e6))
def test_the_noun_agrees_with_the_number_as_it_is_written(number):
    written, noun = counted(number, "bed").split()
    assert (noun == "bed") == (written == "1")


def test_a_list_is_joined_in_both_languages():
    assert joined(["甲", "乙"]) == Text("甲、乙", "甲, 乙")
    assert joined([]) == Text("", "")
