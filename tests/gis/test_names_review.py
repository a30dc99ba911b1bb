"""A case goes its way step by step; nothing is skipped, nobody is overruled, and what was dismissed stays so."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from gis.names.review import (
    ACTIONS,
    CaseFilter,
    Decision,
    State,
    case_detail,
    case_id_of,
    decide,
    decide_many,
    dismissed_in,
    gather,
    list_cases,
)
from gis.names.review.clocks import clocks_of
from gis.names.review.states import CLOSED, action_in, possible_actions
from layers.errors import ConflictError, FangyuError, InputError, NotFoundError, WorkspaceError
from layers.findings import Finding, Severity
from layers.frames import layer_from_rows
from layers.norms import load_profile
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.text import Text
from layers.workspace import Settings, Workspace

DAY = date(2026, 6, 30)
ROWS = [
    {"id": "n1", "name": "帝王广场", "former_names": "老街", "registered_name": "幸福广场", "unit_code": "320413100201",
     "pinyin": "Dìwáng Guǎngchǎng", "geometry": Point(119.5, 31.7)},
    {"id": "n2", "name": "曼哈顿花园", "unit_code": "320413101201", "geometry": Point(119.51, 31.7)},
    {"id": "n3", "name": "东村", "geometry": Point(119.52, 31.7)},
]  # fmt: skip
CASE = case_id_of("place_name", "n1")
OTHER = case_id_of("place_name", "n2")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    settings = Settings(code="320413", name="金坛区", norm_profile="ningbo", reference_date=DAY)
    with Workspace.create(tmp_path / "ws", settings) as made:
        with made.store.importing("place_name", ImportSource("a.csv"), By("经办人")) as sink:
            sink.append(layer_from_rows(spec_of("place_name"), ROWS).frame)
        yield made


def finding(word: str = "帝王", feature: str = "n1", name: str = "帝王广场", **more: object) -> Finding:
    said = {"code": "names.feudal-title", "severity": Severity.SUSPECT, "category": "怪"} | more
    return Finding(
        layer_id="place_name",
        feature_id=feature,
        feature_name=name,
        subject=word,
        message=Text(f"含“{word}”", f"has {word}"),
        citation="条例第九条",
        **said,
    )


FINDINGS = [finding(), finding("曼哈顿", "n2", "曼哈顿花园", category="洋", severity=Severity.REVIEW)]


def take(workspace, action: str, *, findings=FINDINGS, case=CASE, version=None, **said):
    found = gather(workspace, findings)
    seen = case_detail(workspace, case, found).case.version if version is None else version
    said = {"who": "经办人"} | said
    return decide(workspace, case, Decision(action=action, **said), version=seen, found=found)


def until(workspace, last: str) -> None:
    """Take the ordinary way up to and including an action."""
    way = {
        "verify": {}, "confirm": {"category": "怪"}, "argue": {}, "notice": {}, "order": {"note": "提前"},
        "rename": {"new_name": "和顺坊"}, "replace": {}, "file": {}, "archive": {},
    }  # fmt: skip
    for action, said in way.items():
        take(workspace, action, **said)
        if action == last:
            return


def test_the_whole_way_is_walked_and_kept(workspace):
    until(workspace, "archive")
    detail = case_detail(workspace, CASE, gather(workspace, []))
    assert detail.case.state is State.ARCHIVED
    assert detail.case.version == 9
    assert [step.action for step in detail.history] == [
        "verify", "confirm", "argue", "notice", "order", "rename", "replace", "file", "archive",
    ]  # fmt: skip
    states = [State(step.from_state) for step in detail.history] + [State(detail.history[-1].to_state)]
    assert states == [state for state in State if state not in {State.EXCLUDED, State.OBJECTED}]
    assert {step.who for step in detail.history} == {"经办人"}
    assert {step.on for step in detail.history} == {DAY}


def test_a_case_nobody_touched_is_suspected_and_has_no_row(workspace):
    case = list_cases(workspace, FINDINGS).cases[0]
    assert (case.id, case.state, case.version, case.severity) == (CASE, State.SUSPECTED, 0, Severity.SUSPECT)
    assert workspace.store.cases.rows() == ()


def test_notes_and_findings_about_a_layer_make_no_case(workspace):
    quiet = [finding(severity=Severity.NOTE), finding(feature="", name="")]
    assert list_cases(workspace, quiet).total == 0


def test_excluding_straight_from_suspicion_keeps_both_steps(workspace):
    detail = take(workspace, "exclude", reason="old_name", note="清代已有")
    steps = [(step.action, step.from_state, step.to_state, step.who) for step in detail.history]
    assert steps == [
        ("verify", "suspected", "verifying", "经办人"),
        ("exclude", "verifying", "excluded", "经办人"),
    ]
    assert (detail.case.version, detail.case.reason) == (1, "old_name")
    assert detail.history[1].note == "清代已有"


def test_what_was_dismissed_stays_dismissed_on_the_next_run(workspace):
    take(workspace, "exclude", reason="trademark")
    case = case_detail(workspace, CASE, gather(workspace, FINDINGS))
    assert case.case.state is State.EXCLUDED
    assert [one["dismissed"] for one in case.findings] == [True]
    assert dismissed_in(FINDINGS, workspace.store.cases.rows()) == {FINDINGS[0].key}


def test_fewer_findings_than_were_dismissed_keep_it_excluded(workspace):
    both = [*FINDINGS, finding("广场", code="names.generic-size")]
    take(workspace, "exclude", reason="trademark", findings=both)
    assert case_detail(workspace, CASE, gather(workspace, FINDINGS)).case.state is State.EXCLUDED


def test_a_new_finding_brings_an_excluded_case_back_and_only_it_is_open(workspace):
    take(workspace, "exclude", reason="trademark")
    new = finding("广场", code="names.generic-size", category="大", severity=Severity.REVIEW)
    detail = case_detail(workspace, CASE, gather(workspace, [*FINDINGS, new]))
    assert detail.case.state is State.SUSPECTED
    assert detail.case.new_findings == (new.key,)
    assert {one["key"]: one["dismissed"] for one in detail.findings} == {
        FINDINGS[0].key: True,
        new.key: False,
    }
    assert (detail.case.categories, detail.case.severity) == (("大",), Severity.REVIEW)
    again = take(workspace, "exclude", reason="keep", findings=[*FINDINGS, new])
    assert [step.action for step in again.history][2:] == ["reopen", "exclude"]
    assert set(again.case.dismissed) == {FINDINGS[0].key, new.key}


def test_a_dismissal_does_not_cover_another_name(workspace):
    take(workspace, "exclude", reason="trademark")
    changed = [finding(name="帝王大广场")]
    detail = case_detail(workspace, CASE, gather(workspace, changed))
    assert detail.case.state is State.SUSPECTED
    assert detail.case.name == "帝王大广场"
    assert dismissed_in(changed, workspace.store.cases.rows()) == set()


def test_a_case_whose_findings_are_gone_keeps_its_history_and_what_was_seen(workspace):
    take(workspace, "confirm", category="怪")
    detail = case_detail(workspace, CASE, gather(workspace, []))
    assert (detail.case.present, detail.case.state, detail.case.severity) == (
        False,
        State.CONFIRMED,
        Severity.SUSPECT,
    )
    assert [one["key"] for one in detail.findings] == [FINDINGS[0].key]
    assert len(detail.history) == 2


def test_reopening_takes_up_again_what_was_dismissed(workspace):
    take(workspace, "exclude", reason="trademark")
    detail = take(workspace, "reopen", note="上级复查")
    assert (detail.case.state, detail.case.dismissed, detail.case.reason) == (State.VERIFYING, (), None)


def test_an_action_of_another_state_says_what_is_possible(workspace):
    with pytest.raises(InputError) as refused:
        take(workspace, "file")
    assert refused.value.message.zh == "“疑似”状态下不能“备案公告”（file）。"
    assert refused.value.hint.zh == "现在可以：verify 开始核实、confirm 认定、exclude 排除。"
    assert refused.value.message.en == "file is not possible while the case is suspected (Suspected)."


@pytest.mark.parametrize(
    ("action", "said", "message"),
    [
        ("confirm", {}, "“认定”须写明认定类别（category）。"),
        ("exclude", {}, "“排除”须写明排除原因（reason）。"),
        ("exclude", {"reason": "dunno"}, "没有“dunno”这个排除原因。"),
        ("confirm", {"category": "小"}, "没有“小”这个类别。"),
        ("verify", {"who": " "}, "没有写明经办人（who）。"),
        ("verify", {"who": "甲\x00"}, "经办人 who里有不能用的字符 U+0000。"),
        ("verify", {"note": "\u202e反"}, "说明 note里有不能用的字符 U+202E。"),
        ("verify", {"note": "长" * 2001}, "说明 note有 2001 个字，最多 2000 个。"),
        ("verify", {"on": DAY + timedelta(days=3650)}, "办理日期 2036-06-27 在将来（今天是 "),
        ("nonsense", {}, "没有“nonsense”这个处理动作。"),
    ],
)
def test_what_is_missing_or_wrong_is_named(workspace, action, said, message):
    with pytest.raises(InputError) as refused:
        take(workspace, action, **said)
    assert refused.value.message.zh.startswith(message)
    assert workspace.store.cases.rows() == ()


def test_a_step_is_not_dated_before_the_one_it_follows(workspace):
    take(workspace, "verify", on=DAY - timedelta(days=2))
    with pytest.raises(InputError, match="办理日期 2026-06-27 早于上一步的 2026-06-28。"):
        take(workspace, "confirm", category="怪", on=DAY - timedelta(days=3))


def test_an_order_before_the_notice_is_over_needs_a_note(workspace):
    until(workspace, "notice")
    order = next(
        one for one in case_detail(workspace, CASE, gather(workspace, FINDINGS)).actions if one.id == "order"
    )
    assert order.needs == ("note",)
    with pytest.raises(InputError, match="公示期到 2026-07-09 止，2026-06-30 还不能整改通知。"):
        take(workspace, "order")


def test_an_archive_needs_every_step_or_a_note(workspace):
    until(workspace, "rename")
    take(workspace, "file", findings=[])
    with pytest.raises(InputError, match="还没有办“换牌改图改证”，不能归档。"):
        take(workspace, "archive", findings=[])
    assert take(workspace, "archive", findings=[], note="没有设牌").case.state is State.ARCHIVED


def test_to_let_a_name_stand_is_possible_after_argument_and_objection(workspace):
    until(workspace, "argue")
    assert take(workspace, "exclude", reason="keep").case.reason == "keep"


def test_an_objection_is_upheld_or_withdrawn(workspace):
    until(workspace, "notice")
    take(workspace, "object", note="业主会来函")
    assert take(workspace, "uphold").case.state is State.NOTICED
    take(workspace, "object", note="再次来函")
    withdrawn = take(workspace, "withdraw", reason="approved")
    assert (withdrawn.case.state, withdrawn.case.reason) == (State.EXCLUDED, "approved")


def test_a_renaming_changes_the_register_and_keeps_the_old_name(workspace):
    until(workspace, "rename")
    row = workspace.store.feature("place_name", "n1").frame.iloc[0]
    assert (row["name"], row["former_names"], row["registered_name"]) == ("和顺坊", "帝王广场;老街", "和顺坊")
    assert (row["approved_on"].date(), row["pinyin"]) == (DAY, None)
    assert workspace.store.history("place_name", "n1")[0].by.who == "经办人"
    detail = case_detail(workspace, CASE, gather(workspace, []))
    assert (detail.case.name, detail.case.new_name) == ("帝王广场", "和顺坊")
    assert detail.history[-1].values["old_name"] == "帝王广场"


@pytest.mark.parametrize(("quarters", "renamed"), [(1, ["和顺坊"]), (2, ["帝王广场", "帝王广场"])])
def test_a_quarter_follows_the_register_unless_it_is_not_clear_which(workspace, quarters, renamed):
    rows = [{"id": f"q{n}", "name": "帝王广场", "geometry": Point(119.5, 31.7)} for n in range(quarters)]
    with workspace.store.importing("residential_quarter", ImportSource("b.csv"), By("经办人")) as sink:
        sink.append(layer_from_rows(spec_of("residential_quarter"), rows).frame)
    until(workspace, "rename")
    assert workspace.layer("residential_quarter").frame["name"].tolist() == renamed


def test_an_import_is_not_taken_back_over_a_renaming(workspace):
    until(workspace, "rename")
    with pytest.raises(WorkspaceError, match="第 1 次导入不能撤销：有 1 个要素后来又改过（n1）。"):
        workspace.store.undo(1, By("经办人"))


def test_a_name_is_restored_from_the_register(workspace):
    until(workspace, "order")
    detail = take(workspace, "restore")
    row = workspace.store.feature("place_name", "n1").frame.iloc[0]
    assert (row["name"], row["former_names"], row["registered_name"]) == (
        "幸福广场",
        "帝王广场;老街",
        "幸福广场",
    )
    assert [clock.id for clock in detail.case.clocks] == ["signs"]


def test_without_a_registered_name_there_is_nothing_to_restore(workspace):
    for action, said in (
        ("confirm", {"category": "洋"}),
        ("argue", {}),
        ("notice", {}),
        ("order", {"note": "急"}),
    ):
        take(workspace, action, case=OTHER, **said)
    with pytest.raises(InputError, match="“曼哈顿花园”没有备案名，无从恢复。"):
        take(workspace, "restore", case=OTHER)


@pytest.mark.parametrize(
    ("new_name", "message"),
    [
        ("", "“更名”须写明新名称（new_name）。"),
        ("帝王广场", "新名称与现名相同：帝王广场。"),
        ("甲;乙", "新名称里不能有分号：甲;乙。"),
        ("新" * 101, "新名称有 101 个字，最多 100 个。"),
        ("新\n街", "新名称里有不能用的字符 U+000A。"),
    ],
)
def test_a_new_name_that_cannot_be_is_refused(workspace, new_name, message):
    until(workspace, "order")
    with pytest.raises(InputError) as refused:
        take(workspace, "rename", new_name=new_name)
    assert refused.value.message.zh == message
    assert workspace.store.feature("place_name", "n1").frame["name"][0] == "帝王广场"


def test_a_suspect_new_name_needs_a_note_and_its_findings_are_kept(workspace):
    until(workspace, "order")
    with pytest.raises(InputError, match="新名称“巴黎花园小区”本身疑似不规范"):
        take(workspace, "rename", new_name="巴黎花园小区")
    detail = take(workspace, "rename", new_name="巴黎花园小区", note="专家组同意")
    assert detail.history[-1].values["findings"][0]["feature_name"] == "巴黎花园小区"


def test_the_second_to_decide_is_told_who_was_first(workspace):
    take(workspace, "exclude", reason="old_name", who="甲")
    with pytest.raises(ConflictError) as told:
        take(workspace, "confirm", category="怪", who="乙", version=0)
    assert told.value.message.zh.startswith("“帝王广场”已由甲于 ")
    assert told.value.message.zh.endswith(" 办理“排除”，现为“排除”；您的处理没有记入。")
    assert told.value.current["state"] == "excluded"
    assert [step.who for step in case_detail(workspace, CASE, gather(workspace, FINDINGS)).history] == [
        "甲",
        "甲",
    ]


def test_two_deciding_at_once_one_is_told_and_nothing_is_lost(workspace):
    begin, ends = Barrier(2), []
    found = gather(workspace, FINDINGS)

    def one(who: str, decision: dict[str, str]) -> None:
        begin.wait()
        try:
            ends.append(decide(workspace, CASE, Decision(who=who, **decision), version=0, found=found))
        except ConflictError as told:
            ends.append(told)

    threads = [
        Thread(target=one, args=("甲", {"action": "exclude", "reason": "old_name"})),
        Thread(target=one, args=("乙", {"action": "confirm", "category": "怪"})),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [end for end in ends if isinstance(end, ConflictError)]
    assert len(ends) == 2
    assert len(told) == 1
    history = case_detail(workspace, CASE, found).history
    assert len({step.who for step in history}) == 1
    assert history[-1].who in told[0].message.zh


def test_a_batch_decides_what_it_can_and_says_why_not(workspace):
    take(workspace, "verify")
    found = gather(workspace, FINDINGS)
    decision = Decision(action="exclude", who="经办人", reason="keep")
    batch = decide_many(workspace, [(CASE, 0), (OTHER, 0), ("0" * 12, 0)], decision, found=found)
    assert [one.id for one in batch.done] == [OTHER]
    assert [(one, type(error)) for one, error in batch.refused] == [
        (CASE, ConflictError),
        ("0" * 12, NotFoundError),
    ]
    with pytest.raises(InputError, match=f"案件 {CASE} 写了两次。"):
        decide_many(workspace, [(CASE, 1), (CASE, 1)], decision, found=found)


def test_a_case_that_does_not_exist_is_not_found(workspace):
    with pytest.raises(NotFoundError, match="没有编号为“0123456789ab”的案件。"):
        case_detail(workspace, "0123456789ab", gather(workspace, FINDINGS))


def test_the_clocks_of_the_regulation_run_from_the_renaming(workspace):
    until(workspace, "rename")
    clocks = {one.id: one for one in case_detail(workspace, CASE, gather(workspace, [])).case.clocks}
    assert {name: one.due for name, one in clocks.items()} == {
        "filing": date(2026, 7, 15),
        "signs": date(2026, 8, 29),
    }
    assert clocks["filing"].norm.clause == "第十三条"
    filed = take(workspace, "file").case.clocks
    assert {one.id: (one.due, one.done_on) for one in filed} == {
        "filing": (date(2026, 7, 15), DAY),
        "announcement": (date(2026, 7, 15), None),
        "signs": (date(2026, 8, 29), None),
    }


def test_an_objection_does_not_move_the_day_of_the_public_notice(workspace):
    until(workspace, "argue")
    take(workspace, "notice", on=date(2026, 7, 1))
    take(workspace, "object", on=date(2026, 7, 5), note="居民来信")
    case = take(workspace, "uphold", on=date(2026, 7, 6)).case
    take(workspace, "object", on=date(2026, 7, 8), note="又来信")
    assert (case.dates.noticed, case.clocks[0].started) == (date(2026, 7, 1), date(2026, 7, 1))
    said = take(workspace, "uphold", on=date(2026, 7, 9)).as_json()["dates"]
    assert (said["noticed"], said["objected"], said["ordered"]) == ("2026-07-01", "2026-07-05", None)


def test_a_case_with_steps_after_the_day_of_the_workspace_counts_until_its_last_step(workspace):
    opened = take(workspace, "verify").case.opened_on
    case = take(workspace, "confirm", category="怪", on=opened + timedelta(days=40)).case
    assert case.age_days == 40


def test_a_case_gets_its_number_with_the_first_step_and_keeps_it(workspace):
    assert list_cases(workspace, FINDINGS).cases[0].number is None
    first = take(workspace, "verify").case
    other = take(workspace, "exclude", case=OTHER, reason="trademark").case
    year = first.opened_on.year
    assert (first.number, other.number) == (f"金坛地名〔{year}〕001", f"金坛地名〔{year}〕002")
    assert take(workspace, "confirm", category="怪").as_json()["number"] == first.number
    (found,) = list_cases(workspace, FINDINGS, CaseFilter(q=other.number)).cases
    assert found.id == OTHER


@pytest.mark.parametrize(("days", "overdue"), [(15, False), (16, True)])
def test_the_last_day_is_in_time_and_the_next_is_not(days, overdue):
    dates = {"rename": DAY}
    clocks = clocks_of("renamed", dates, load_profile("national"), DAY + timedelta(days=days))
    assert {one.id: one.overdue for one in clocks} == {"filing": overdue, "signs": False}


def test_a_limit_that_is_not_known_is_said_to_be_unknown():
    (_, signs) = clocks_of("renamed", {"rename": DAY}, load_profile("national"), date(2036, 1, 1))
    assert (signs.id, signs.due, signs.overdue, signs.norm) == ("signs", None, False, None)
    assert signs.as_json()["known"] is False


def test_a_public_notice_counts_its_first_day_and_is_never_overdue():
    (notice,) = clocks_of(
        "noticed", {"notice": date(2019, 6, 11)}, load_profile("national"), date(2020, 1, 1)
    )
    assert (notice.due, notice.overdue, notice.deadline) == (date(2019, 6, 20), False, False)
    (local,) = clocks_of("noticed", {"notice": date(2019, 6, 11)}, load_profile("tongling"), DAY)
    assert local.due == date(2019, 6, 17)


@given(st.sampled_from(list(State)), st.sampled_from(list(ACTIONS)))
def test_an_action_is_possible_exactly_in_its_states(state, action):
    if action in {one.id for one in possible_actions(state)}:
        assert action_in(state, action).to in State
    else:
        with pytest.raises(FangyuError):
            action_in(state, action)


def test_every_state_is_reached_from_suspicion_and_leads_on():
    reached, before = {State.SUSPECTED}, set()
    while reached != before:
        before = set(reached)
        reached |= {one.to for state in before for one in possible_actions(state)}
    assert reached == set(State)
    assert all(possible_actions(state) for state in State)
    assert {State.EXCLUDED, State.ARCHIVED} == CLOSED
