"""A study repeats: the same results, or what differs and why."""

import json
from datetime import date
from pathlib import Path

import pytest
from coverage_town import facility, people, town, village
from hypothesis import given
from hypothesis import strategies as st

from gis.coverage.changes import Change
from gis.coverage.studies import Study, differences, question_toml, read_study, run_study, study_head
from gis.coverage.studies.checksums import result_sha256
from layers.errors import FileFormatError, InputError, NotFoundError
from layers.workspace import Workspace

HEAD = "day = 2026-01-01\n"
COVER = '[[question]]\nid = "a"\nkind = "cover"\nwithin_m = 600\n'


def study(folder: Path, text: str) -> Study:
    file = folder / "study.toml"
    file.write_text(text, encoding="utf-8")
    return read_study(file)


def place(root: Path, *, beds: int = 20) -> Workspace:
    return town(
        root,
        care_facility=[facility(300, 300, beds=beds), facility(2500, 300, beds=30)],
        population=[people(100, 100, 10), people(1500, 200, 20), people(2500, 200, 30)],
        admin_unit=[village(1, 0, 0), village(2, 1000, 0), village(3, 2000, 0)],
    )


def refused(folder: Path, text: str) -> str:
    with pytest.raises(InputError) as caught:
        study(folder, text)
    return caught.value.message.en


def kept(folder: Path, workspace: Workspace, asked: Study) -> Path:
    done = run_study(workspace, asked)
    for one in done.answers:
        (folder / f"{one.question.id}.json").write_text(json.dumps(one.result), encoding="utf-8")
    (folder / "provenance.json").write_text(json.dumps(done.provenance), encoding="utf-8")
    return folder


def test_a_study_without_a_day_is_refused(tmp_path):
    assert "study.toml, key day: a date is needed" in refused(tmp_path, COVER)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("within_mi = 3", "study.toml, question 'a', key within_mi: there is no such key"),
        ('within_min = "ten"', "study.toml, question 'a', key within_min: 'ten' should be a number."),
        ("within_min = true", "study.toml, question 'a', key within_min: True should be a number."),
        ('mode = "fly"', "study.toml, question 'a', key mode: it should be one of walk, e-bike, drive."),
        ('where = ["kind"]', "study.toml, question 'a', key where: 'kind' should be written field=value."),
        ('on = "soon"', "study.toml, question 'a', key on: 'soon' should be a date."),
        ('changes = ["burn:x"]', "study.toml, question 'a', key changes: a change is written like"),
        ('layer = "x"\nlayer_id = "y"', "study.toml, question 'a', key layer_id: it is given twice."),
    ],
)
def test_a_wrong_key_or_value_is_refused_by_file_question_and_key(tmp_path, line, said):
    assert refused(tmp_path, f"{HEAD}{COVER}{line}\n").startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD, "study.toml, key question: there is no question"),
        (f"{HEAD}nam = 1\n{COVER}", "study.toml, key nam: there is no such key; keys: name, day, norms"),
        (f"{HEAD}{COVER}{COVER}", "study.toml, question 'a', key id: it is given twice."),
        (
            f'{HEAD}[[question]]\nid = "a/b"\nkind = "cover"\n',
            "study.toml, question 'a/b', key id: it should be",
        ),
        (
            f'{HEAD}[[question]]\nkind = "guess"\n',
            "study.toml, question '01-guess', key kind: it should be one of",
        ),
        (f"{HEAD}[workspace]\nroads = 1\n{COVER}", "study.toml, key workspace.roads: there is no such key"),
        (
            f'{HEAD}[[question]]\nid="p"\nkind="phases"\n',
            "study.toml, question 'p', key periods: it is missing",
        ),
    ],
)
def test_a_wrong_file_is_refused_by_key(tmp_path, text, said):
    assert refused(tmp_path, text).startswith(said)


def test_a_file_that_is_no_toml_or_not_there_is_said_so(tmp_path):
    with pytest.raises(FileFormatError, match=r"study\.toml"):
        study(tmp_path, "day = ")
    with pytest.raises(NotFoundError):
        read_study(tmp_path / "none.toml")


def test_options_of_the_command_line_and_fields_are_both_keys(tmp_path):
    text = f'{HEAD}norms = "nanjing"\n{COVER}layer = "care_facility"\nclose = ["x"]\nwhere = {{ kind = "care_home" }}\n'
    [one] = study(tmp_path, text).questions
    assert one.request.changes == (Change(action="close", id="x"),)
    assert one.request.filters == (("kind", "care_home"),)
    assert (one.request.on.isoformat(), one.request.norms) == ("2026-01-01", "nanjing")


def test_a_kernel_is_one_of_coverage_and_several_of_access(tmp_path):
    more = '[[question]]\nid = "b"\nkind = "access"\nwithin_m = 600\nkernel = ["gaussian"]\n'
    one, other = study(tmp_path, HEAD + COVER + 'definition = "C8"\nkernel = "gaussian"\n' + more).questions
    assert one.request.kernel == "gaussian"
    assert (other.request.kernels, other.request.reach.kernel) == (("gaussian",), None)


def test_a_layer_without_data_is_named_with_file_and_question(tmp_path):
    asked = study(tmp_path, HEAD + COVER.replace("within_m", 'layer = "shelter"\nwithin_m'))
    with pytest.raises(NotFoundError, match=r"study\.toml，问题“a”：.*shelter"):
        run_study(place(tmp_path), asked)


def test_a_study_run_twice_gives_the_same_checksums(tmp_path):
    site = '[[question]]\nid = "s"\nkind = "site"\nwithin_m = 600\nsites = 1\n'
    asked = study(tmp_path, HEAD + COVER + site)
    one, other = run_study(place(tmp_path), asked), run_study(place(tmp_path), asked)
    assert [answer.sha256 for answer in one.answers] == [answer.sha256 for answer in other.answers]
    assert one.provenance["results"]["s"]["proven"] is True


def test_nothing_differs_from_its_own_record(tmp_path):
    asked = study(tmp_path, HEAD + COVER)
    folder = kept(tmp_path, place(tmp_path), asked)
    assert differences(run_study(place(tmp_path), asked), folder) == ()


def test_a_changed_layer_is_the_reason_for_changed_numbers(tmp_path):
    asked = study(tmp_path, f'{HEAD}[[question]]\nid = "i"\nkind = "access"\nwithin_m = 900\n')
    folder = kept(tmp_path, place(tmp_path), asked)
    why, what = differences(run_study(place(tmp_path, beds=40), asked), folder)
    assert "content of layer care_facility changed" in why.what.en
    assert ("supply", 50, 70) in what.values


def test_a_changed_question_is_the_reason_it_gives(tmp_path):
    asked = study(tmp_path, HEAD + COVER)
    folder = kept(tmp_path, place(tmp_path), asked)
    other = study(tmp_path, HEAD + COVER.replace("600", "500"))
    found = differences(run_study(place(tmp_path), other), folder)
    assert found[-1].what.en == "the question was changed, and values with it"
    assert ("request.within_m", 600, 500) in found[-1].values


def test_a_recorded_result_that_was_changed_is_found_out(tmp_path):
    asked = study(tmp_path, HEAD + COVER)
    folder = kept(tmp_path, place(tmp_path), asked)
    record = json.loads((folder / "provenance.json").read_text("utf-8"))
    record["results"]["a"]["sha256"] = "0" * 64
    (folder / "provenance.json").write_text(json.dumps(record), encoding="utf-8")
    found = differences(run_study(place(tmp_path), asked), folder)
    assert found[-1].what.en == "the recorded result was changed"


def test_questions_added_or_dropped_since_the_record_are_differences(tmp_path):
    folder = kept(tmp_path, place(tmp_path), study(tmp_path, HEAD + COVER))
    other = study(tmp_path, HEAD + COVER.replace('"a"', '"b"'))
    found = differences(run_study(place(tmp_path), other), folder)
    assert {one.question for one in found} == {"", "a", "b"}


def test_what_is_not_as_the_study_expects_is_said(tmp_path):
    text = f'{HEAD}[workspace]\nprofile = "nanjing"\nlayers = {{ population = "v9" }}\n{COVER}'
    said = run_study(place(tmp_path), study(tmp_path, text)).unexpected
    assert [one.en for one in said] == [
        "Norm profile: the study says nanjing, it is national.",
        "Layer population: the study says v9, it is v1.",
    ]


def test_there_is_nothing_to_check_against_without_a_record(tmp_path):
    asked = study(tmp_path, HEAD + COVER)
    with pytest.raises(NotFoundError, match=r"provenance\.json"):
        differences(run_study(place(tmp_path), asked), tmp_path / "none")


@given(st.dictionaries(st.sampled_from(["sites", "people", "share"]), st.floats(0, 1e9)), st.floats(0, 1e3))
def test_how_long_it_took_is_no_part_of_a_checksum(values, seconds):
    assert result_sha256({**values, "seconds": seconds}) == result_sha256(dict(reversed(values.items())))


def test_a_written_question_is_read_as_it_was_meant(tmp_path):
    text = study_head('引"号', date(2026, 1, 1)) + question_toml(
        "cover", "甲", {"within_min": 15.0, "where": ["kind=care_home"]}
    )
    asked = study(tmp_path, text)
    assert asked.name == '引"号'
    assert asked.questions[0].request.within_min == 15


def test_a_study_in_gb18030_is_read_and_said_to_be(tmp_path):
    file = tmp_path / "study.toml"
    file.write_bytes(f'name = "二〇二五年养老服务设施"\n{HEAD}{COVER}'.encode("gb18030"))
    read = read_study(file)
    assert read.name == "二〇二五年养老服务设施"
    assert [one.zh for one in read.notes] == ["study.toml 按 GB18030 读取；建议另存为 UTF-8。"]


def test_a_study_that_is_no_text_asks_for_utf_8(tmp_path):
    (tmp_path / "study.toml").write_bytes(b"name = \xff\xff\xff\n")
    with pytest.raises(FileFormatError) as caught:
        read_study(tmp_path / "study.toml")
    assert caught.value.message.zh == "study.toml 读不懂：既不是 UTF-8，也不是 GB18030。"
    assert caught.value.hint.zh == "请在原软件中另存为 UTF-8。"


@pytest.mark.parametrize(
    ("text", "zh"),
    [
        ("day = 2026-01-01\nname 甲\n", "study.toml 第 2 行“name 甲”读不懂。"),
        ('day = 2026-01-01\nname = "甲', 'study.toml 没有写完：最后的第 2 行“name = "甲”读不懂。'),
    ],
)
def test_the_line_that_is_no_toml_is_shown(tmp_path, text, zh):
    with pytest.raises(FileFormatError) as caught:
        study(tmp_path, text)
    assert caught.value.message.zh == zh
    assert "line 2" in caught.value.message.en
