"""Overlays: which packs a place has, what each decides, and packs an office writes itself."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gis.checks import run_checks
from gis.names import Candidate, check_candidates, check_name, load_packs, missing_cases, pack_ids, packs_for
from gis.names.packs import load_cases, packs_of_workspace
from gis.names.precheck import Register
from layers.errors import InputError, NotFoundError
from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace

NATIONAL = "national-2022"
OVERLAYS = tuple(one for one in pack_ids() if one != NATIONAL)
BASE = 'extends = "national-2022"\ntitle = {zh = "本地", en = "local"}\n'


def _write(folder, pack_toml, *, pack_id="local", words="", cases=""):
    (folder / "packs" / pack_id / "words").mkdir(parents=True)
    (folder / "packs" / pack_id / "pack.toml").write_text(f'id = "{pack_id}"\n{pack_toml}', encoding="utf-8")
    (folder / "packs" / pack_id / "words/local.toml").write_text(words, encoding="utf-8")
    (folder / "packs" / pack_id / "cases.toml").write_text(cases, encoding="utf-8")
    return folder


def _case(rule):
    shown = 'found = [{name = "云溪花园", severity = "review"}]\npasses = [{name = "青山路"}]\n'
    return f'[[cases]]\nrule = "{rule}"\n{shown}'


def _found(pack_id, rule, **facts):
    findings = check_name(Candidate(**facts), load_packs((pack_id,)))
    return [one for one in findings if one.code == f"names.{rule}"]


def _duplicates(pack_id, names, codes, entity_class):
    pairs = zip(names, codes, strict=True)
    candidates = [
        Candidate(id=str(at), name=name, jurisdiction=code, entity_class=entity_class)
        for at, (name, code) in enumerate(pairs)
    ]
    found = check_candidates(candidates, load_packs((pack_id,)))
    return [one for one in found if one.code == "names.exact-duplicate"]


@pytest.mark.parametrize(
    ("code", "packs"),
    [
        ("11", ()),
        ("32", ("jiangsu",)),
        ("320413", ("jiangsu",)),
        ("329901", ("jiangsu",)),
        ("320102001001", ("jiangsu", "nanjing")),
        ("3205", ("jiangsu", "suzhou")),
        ("33", ("zhejiang",)),
        ("330106", ("zhejiang", "hangzhou")),
        ("3302", ("zhejiang", "ningbo")),
        ("510104002", ("chengdu-2025",)),
        ("3407", ("tongling",)),
        ("440106", ("guangdong",)),
        ("320000", ("jiangsu",)),
    ],
)
def test_a_place_has_the_national_pack_then_its_provinces_then_its_citys(code, packs):
    assert packs_for(code) == (NATIONAL, *packs)


@pytest.mark.parametrize(
    "code", ["", "3", "320", "32041", "金坛区", "32041x", "３２０４１３", " 320413", "3204130010010"]
)
def test_what_is_no_division_code_is_refused_with_the_form_wanted(code):
    with pytest.raises(InputError, match=f"“{code}”不是行政区划代码。") as error:
        packs_for(code)
    assert "2、4、6、9 或 12 位数字" in error.value.hint.zh


def test_a_code_of_no_province_is_refused():
    with pytest.raises(InputError, match="行政区划代码“990101”的前两位“99”不是任何省级区域的代码。"):
        packs_for("990101")


@settings(deadline=None, max_examples=30)
@given(st.permutations(["jiangsu", "zhejiang", "chengdu-2025", "shandong"]))
def test_packs_lie_over_each_other_in_the_order_given(ids):
    pack = load_packs(tuple(ids))
    assert pack.parts == (NATIONAL, *ids)
    assert pack.id == ids[-1]


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(OVERLAYS),
    st.text(alphabet="云溪皇帝国际天下中央巴黎江苏南京小", min_size=1, max_size=5),
    st.sampled_from(["路", "村", "镇", "山", "公园"]),
)
def test_local_lists_for_buildings_leave_other_classes_as_the_nation_has_them(pack_id, specific, generic):
    assume(
        "小镇" not in specific + generic
    )  # a generic part of residential areas, which Nanjing's list allows
    candidate = Candidate(name=specific + generic)
    national = {one.key: one.severity for one in check_name(candidate, NATIONAL)}
    local = {one.key: one.severity for one in check_name(candidate, load_packs((pack_id,)))}
    assert {key: local.get(key) for key in national} == national


@pytest.mark.parametrize("pack_id", OVERLAYS)
def test_loading_an_overlay_does_not_change_the_national_pack(pack_id):
    before = load_packs((NATIONAL,))
    load_packs((pack_id,))
    assert load_packs((NATIONAL,)) == before
    assert set(before.rules) <= set(load_packs((pack_id,)).rules)


@pytest.mark.parametrize("pack_id", OVERLAYS)
def test_an_overlay_says_where_it_holds_and_what_was_not_seen(pack_id):
    pack = load_packs((pack_id,))
    assert all(re.fullmatch(r"\d{2}|\d{4}", one) for one in pack.jurisdictions)
    assert pack.jurisdictions
    assert pack.remark is not None


def test_only_texts_that_were_seen_are_called_so():
    assert {one for one in pack_ids() if load_packs((one,)).verified} == {"ningbo"}


def test_a_finding_names_the_pack_and_how_far_its_text_was_seen():
    finding = _found("nanjing", "restricted-word", name="云溪御园")[0]
    assert finding.evidence["pack"] == "nanjing"
    assert finding.citation.endswith("不得使用“皇、帝、御”［据报道或转载，待核原文］")


def test_a_national_word_stays_national_under_an_overlay():
    finding = _found("nanjing", "exaggerating-word", name="宇宙花园")[0]
    assert finding.evidence["pack"] == NATIONAL
    assert "南京" not in finding.citation


def test_nanjing_also_goes_by_the_rules_of_its_province():
    assert load_packs(("nanjing",)).parts == (NATIONAL, "jiangsu", "nanjing")
    assert _found("nanjing", "restricted-word", name="革命大厦")[0].evidence["pack"] == "jiangsu"


def test_nanjing_lists_the_generic_parts_of_estates_and_of_buildings():
    assert _found("nanjing", "unlisted-generic", name="云溪墅", entity_class="residential") == []
    assert (
        _found("nanjing", "unlisted-generic", name="云溪墅", entity_class="building")[0].severity == "review"
    )


def test_a_name_from_before_the_local_rules_is_left_alone():
    old = _found("nanjing", "unlisted-generic", name="云溪豪郡", in_use_since=date(2010, 1, 1))
    assert [one.severity for one in old] == ["note"]


def test_the_nation_does_not_mind_generic_parts_of_bays():
    assert check_name(Candidate(name="云溪湾", entity_class="residential")) == []


def test_jiangsu_hears_an_organ_of_the_state_in_other_characters():
    finding = _found("jiangsu", "landmark-homophone", name="钟南海花园")[0]
    assert (finding.evidence["word"], finding.evidence["sounds_like"]) == ("钟南海", "中南海")
    assert finding.severity == "review"


def test_street_offices_are_unique_in_all_of_zhejiang_and_the_finding_cites_it():
    found = _duplicates("zhejiang", ["云溪街道"] * 2, ["330102001", "331022001"], "division")
    assert {one.evidence["pack"] for one in found} == {"zhejiang"}
    assert "街道办事处全省不重名" in found[0].citation


def test_scopes_of_other_classes_stay_national_in_zhejiang():
    found = _duplicates("zhejiang", ["云溪路"] * 2, ["330102", "330102"], "road")
    assert {one.evidence["pack"] for one in found} == {NATIONAL}


@pytest.mark.parametrize(
    ("pack_id", "codes", "count"),
    [
        ("ningbo", ["330203", "330226"], 2),
        ("tongling", ["340705", "340722"], 2),
        ("chengdu-2025", ["510104", "510105"], 0),
        ("chengdu-2025", ["510104", "510104"], 2),
        (NATIONAL, ["330203", "330226"], 0),
    ],
)
def test_estates_of_one_name_clash_in_the_whole_city_or_in_the_district(pack_id, codes, count):
    assert len(_duplicates(pack_id, ["云溪花园"] * 2, codes, "residential")) == count


def test_what_comparing_names_goes_by_is_a_parameter_of_the_pack():
    assert load_packs(("tongling",)).parameters["tones"] == "toneless"
    assert load_packs(("chengdu-2025",)).parameters["city_names"] == ["成都"]
    assert load_packs(("ningbo",)).parameters["same_by"] == "specific"
    assert "tones" not in load_packs((NATIONAL,)).parameters


def test_an_offices_own_pack_adds_words_and_changes_only_what_it_says(tmp_path):
    words = '[own]\nlabel = {zh = "本地", en = "own"}\nsource = "本地条例"\nwords = "云溪"\n'
    said = BASE + (
        'jurisdictions = ["320413"]\nword_files = ["local"]\n[rules.exaggerating-word]\nseverity = "review"\n'
        'lists = ["own"]\n[rules.odd-wording]\nenabled = false\n'
    )
    folder = _write(tmp_path, said, words=words, cases=_case("exaggerating-word"))
    pack = load_packs(("local",), folder=folder)
    finding = check_name(Candidate(name="云溪花园"), pack)[0]
    assert (finding.severity, finding.evidence["list_source"], finding.evidence["pack"]) == (
        "review",
        "本地条例",
        "local",
    )
    assert set(load_packs((NATIONAL,)).rules) - set(pack.rules) == {"odd-wording"}
    assert packs_for("320413", folder=folder) == (NATIONAL, "jiangsu", "local")


def test_an_offices_own_pack_is_read_again_when_it_changes(tmp_path):
    folder = _write(tmp_path, BASE)
    assert load_packs(("local",), folder=folder).title.zh == "本地"
    path = folder / "packs/local/pack.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("本地", "改后的名称"), encoding="utf-8")
    assert load_packs(("local",), folder=folder).title.zh == "改后的名称"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("[rules.foreign-place]\nlists = [", "local/pack.toml 第 5 行：不是合法的 TOML"),
        ('[rules.moon-word]\nseverity = "note"\n', "local/pack.toml 第 4 行：规则“moon-word”不存在。"),
        ('[rules.foreign-place]\nlists = ["moon"]\n', "第 5 行：规则 foreign-place 所写的词表“moon”不存在。"),
        (
            '[rules.foreign-place]\nseverity = "fatal"\n',
            "第 5 行：规则 foreign-place 所写的级别“fatal”不存在。",
        ),
        ('[rules.homophone]\nexceptions = {luck = "note"}\n', "规则 homophone 所写的例外“luck”不存在。"),
        ('[rules.homophone]\ncitation = ["某法 第一条"]\n', "规则 homophone 所写的依据“某法”不存在。"),
        ('[rules.restricted-word]\ncategory = "大"\n', "规则 restricted-word 缺少 severity、citation。"),
        ('[rules.homophone]\nseverity = "note"\n', "第 4 行：cases.toml 里缺少规则 homophone 的例名。"),
        (
            '[basis]\n"某法" = {text = "某法", seen = "half"}\n',
            "seen 须为 full、part、press、memory 之一，现为“half”",
        ),
        ('word_files = ["none"]\n', "第 4 行：缺少词表文件 words/none.toml。"),
        ("[rules.homophone]\nseverity = 5\n", "第 5 行：[rules.homophone] 的“severity”应为文字，现为 5。"),
        ('[rules.homophone]\nseverty = "note"\n', "第 5 行：[rules.homophone] 里没有“severty”这一项。"),
        ('[rules.homophone]\nclasses = ["castle"]\n', "第 5 行：地名类别“castle”不存在。"),
        ('[rules.homophone]\ncategory = "小"\n', "第 5 行：规则 homophone 的类别“小”不在"),
        ('jurisdictions = ["金坛"]\n', "第 4 行：jurisdictions 里的“金坛”不是行政区划代码的前几位。"),
        ('effective_from = "2026"\n', "第 4 行：pack.toml 的“effective_from”应为日期"),
        ("rules = 3\n", "第 4 行：pack.toml 的“rules”应为表，现为 3。"),
        ("scopes = 3\n", "第 4 行：scopes 应写作 [[scopes]]。"),
        ('[[scopes]]\nclasses = ["road"]\n', "第 4 行：[[scopes]] 缺少或写错"),
    ],
)
def test_a_broken_pack_is_refused_with_file_line_and_value(tmp_path, said, message):
    folder = _write(tmp_path, BASE + said)
    with pytest.raises(InputError, match=re.escape(message)):
        load_packs(("local",), folder=folder)


def test_a_pack_with_a_missing_case_says_which_rule(tmp_path):
    folder = _write(tmp_path, BASE + '[rules.homophone]\nseverity = "note"\n[rules.odd-symbol]\nseverity = "note"\n',
                    cases=_case("odd-symbol"))  # fmt: skip
    assert missing_cases("local", folder=folder) == ("homophone",)


def test_thresholds_and_scopes_need_examples_too(tmp_path):
    said = (
        '[basis]\n"某法" = "某法"\n[[scopes]]\nclasses = ["road"]\ncode_digits = 4\n'
        'label = {zh = "市", en = "city"}\nexact = true\n'
    )
    folder = _write(tmp_path, BASE + said)
    (folder / "packs/local/thresholds.toml").write_text(
        '["城"]\nneeds = "site_m2 >= 1"\nbasis = "某法"\n', encoding="utf-8"
    )
    assert missing_cases("local", folder=folder) == ("exact-duplicate", "generic-size")


def test_a_pack_under_a_folder_of_another_name_is_refused(tmp_path):
    folder = _write(tmp_path, BASE)
    (folder / "packs/local").rename(folder / "packs/other")
    with pytest.raises(
        InputError, match=r"other/pack.toml 第 1 行：id 写作“local”，应与文件夹名“other”相同。"
    ):
        load_packs(("other",), folder=folder)


def test_packs_that_extend_each_other_are_refused(tmp_path):
    for one, base in (("a", "b"), ("b", "a")):
        _write(tmp_path, f'extends = "{base}"\n', pack_id=one)
    with pytest.raises(InputError, match=r"extends 成环：a → b → a。"):
        load_packs(("a",), folder=tmp_path)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    folder = _write(tmp_path, BASE)
    (folder / "packs/local/pack.toml").write_bytes("id = 'local' # 方舆".encode("gbk"))
    with pytest.raises(InputError, match=r"local/pack.toml 不是 UTF-8 编码"):
        load_packs(("local",), folder=folder)


def test_a_folder_without_packs_has_the_shipped_ones(tmp_path):
    assert pack_ids(tmp_path) == pack_ids()
    with pytest.raises(NotFoundError, match=r"没有名为“../etc”的规则包。"):
        load_packs(("../etc",), folder=tmp_path)


LIST = '[own]\nlabel = {zh = "本地", en = "own"}\nsource = "本地条例"\nwords = "云溪"\n'


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ('words = ["云溪"]\n', "local/words/local.toml 第 1 行：词表“words”应为表（[编号]）。"),
        (LIST.replace('"云溪"', '["云溪"]'), "第 4 行：词表“own”words 应为一行文字，词之间用空格隔开"),
        (LIST.replace('source = "本地条例"\n', ""), "第 1 行：词表“own”缺少 source。"),
        (LIST.replace('{zh = "本地", en = "own"}', '"本地"'), "第 2 行：词表“own”label 应为{ zh ="),
        (LIST + 'note = "x"\n', "第 5 行：词表“own”没有“note”这一项。"),
        (LIST + 'basis = "某法 第一条"\n', "第 5 行：词表“own”的依据“某法”不在 pack.toml 的 [basis] 里。"),
        (LIST.replace("[own]", "[[own]]"), "第 1 行：词表“own”应为表（[编号]）。"),
    ],
)
def test_a_wrong_list_of_words_is_refused_with_file_line_and_list(tmp_path, words, message):
    folder = _write(tmp_path, BASE + 'word_files = ["local"]\n', words=words)
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        load_packs(("local",), folder=folder)
    assert "docs/packs.md" in caught.value.hint.zh


def test_the_pack_of_the_guide_can_be_copied_as_it_stands(tmp_path):
    guide = (Path(__file__).parents[2] / "docs/packs.md").read_text(encoding="utf-8")
    for text, name in re.findall(r"```toml\n(# packs/(\S+)\n.*?)```", guide, re.DOTALL):
        path = tmp_path / "packs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert packs_for("320413", folder=tmp_path) == (NATIONAL, "jiangsu", "jintan")
    pack = load_packs(("jintan",), folder=tmp_path)
    [case] = load_cases("jintan", folder=tmp_path)
    for name in case["found"]:
        said = check_name(Candidate(name=name["name"], entity_class=name["entity_class"]), pack)
        assert ("names.restricted-word", name["severity"]) in {(one.code, one.severity) for one in said}
    for name in case["passes"]:
        assert not check_name(Candidate(**name), pack)


def _workspace(folder, own):
    with Workspace.create(folder, Settings(code="320413", name="金坛区")):
        pass
    _write(folder, own, words=LIST)
    return Workspace.open(folder)


def test_packs_of_the_workspace_for_its_district_are_used_last(tmp_path):
    with _workspace(tmp_path, BASE + 'jurisdictions = ["3204"]\n') as opened:
        assert packs_of_workspace(opened) == (NATIONAL, "local")


def test_packs_of_the_workspace_for_another_district_are_not_used(tmp_path):
    with _workspace(tmp_path, BASE + 'jurisdictions = ["330106"]\n') as opened:
        assert packs_of_workspace(opened) == (NATIONAL,)


@pytest.mark.parametrize("own", [BASE + "oops", BASE + "jurisdictions = 3204\n"])
def test_a_broken_pack_of_the_workspace_stops_what_needs_packs(tmp_path, own):
    with _workspace(tmp_path, own) as opened, pytest.raises(InputError, match=r"local/pack.toml 第 4 行"):
        packs_of_workspace(opened)


def test_words_of_the_workspaces_own_pack_are_found_by_every_check(tmp_path):
    own = BASE + (
        'jurisdictions = ["320413"]\nword_files = ["local"]\n[rules.exaggerating-word]\nlists = ["own"]\n'
    )
    with _workspace(tmp_path, own) as opened:
        (tmp_path / "packs/local/cases.toml").write_text(_case("exaggerating-word"), encoding="utf-8")
        rows = [{"id": "n1", "name": "云溪花园", "entity_class": "residential", "status": "standard"}]
        layer = layer_from_rows(spec_of("place_name"), rows)
        with opened.store.importing("place_name", ImportSource("测试"), By("测试")) as sink:
            sink.append(layer.frame)
        found = [one for one in run_checks(opened, "names") if one.code == "names.exaggerating-word"]
        assert [one.evidence["pack"] for one in found] == ["local"]
        assert Register.of_workspace(opened).pack.parts[-1] == "local"
