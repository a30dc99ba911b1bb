import re

import pytest

from web.texts import all_texts, texts

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def test_every_text_has_both_languages():
    assert [key for key, text in all_texts().items() if not text.zh.strip() or not text.en.strip()] == []


def test_both_languages_take_the_same_words():
    differing = [
        key
        for key, text in all_texts().items()
        if set(PLACEHOLDER.findall(text.zh)) != set(PLACEHOLDER.findall(text.en))
    ]
    assert differing == []


def test_english_texts_are_english():
    chinese = re.compile(r"[\u4e00-\u9fff]")
    assert [key for key, said in texts("en").items() if chinese.search(said)] == ["other_language"]


def used_keys(web_folder):
    said = "".join(
        path.read_text(encoding="utf-8")
        for pattern in ("templates/*.html", "static/draw/*.js", "static/pages/*.js", "*.py", "maps/*.py")
        for path in sorted(web_folder.glob(pattern))
    )
    return said, {
        *re.findall(r'\btext\(\s*"(\w+)"', said),
        *re.findall(r"\{\{ ?t\.(\w+)", said),
        *re.findall(r"\bor t\.(\w+)", said),
        *re.findall(r'\bsaid\["(\w+)"\]', said),
        *re.findall(r'texts\(lang\)\["(\w+)"\]', said),
    }


def test_every_text_a_page_asks_for_exists(web_folder):
    _, used = used_keys(web_folder)
    assert len(used) > 80
    assert used - set(all_texts()) == set()


@pytest.mark.parametrize("family", ["def_", "review_check_", "severity_", "page_", "map_title_", "plan_by_"])
def test_families_of_texts_are_complete(family):
    wanted = {
        "def_": {"C1", "C2", "C3", "C5", "C6", "auto"},
        "review_check_": {"all", "quality", "names", "signs", "boundaries", "cemeteries"},
        "severity_": {"error", "suspect", "review", "unknown", "note"},
        "page_": {"public", "plan", "review", "login"},
        "map_title_": {"public", "internal"},
        "plan_by_": {"village", "town", "county"},
    }[family]
    assert wanted <= {key.removeprefix(family) for key in all_texts() if key.startswith(family)}


def test_no_text_is_left_over(web_folder):
    said, used = used_keys(web_folder)
    families = (
        "evidence_",
        "category_",
        "unit_",
        "def_",
        "review_check_",
        "severity_",
        "page_",
        "map_title_",
    )
    idle = [
        key
        for key in all_texts()
        if key not in used and not key.startswith(families) and f'"{key}"' not in said
    ]
    assert idle == []
