"""Review cases at rest: a decision is kept whole, by one of two people, and survives whatever happens."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import shapely

from layers.errors import ConflictError, InputError, NotFoundError
from layers.frames import layer_from_rows
from layers.specs.names import PLACE_NAME
from layers.store.case_protocol import CaseChange, CaseRow, CaseStep, FeatureEdit
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import By, ImportSource

CLERK = By("经办人", "试")
DAY = date(2026, 6, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    opened = GeoPackageStore(tmp_path / "layers.gpkg")
    rows = [
        {"id": f"n{n}", "name": f"桥{n}", "former_names": "老桥", "geometry": shapely.Point(119, 31)}
        for n in range(3)
    ]
    with opened.importing("place_name", ImportSource("a.csv"), CLERK) as sink:
        sink.append(layer_from_rows(PLACE_NAME, rows).frame)
    yield opened
    opened.close()


def change(
    case_id: str = "c0",
    *,
    version: int = 1,
    state: str = "verifying",
    who: str = "经办人",
    edit: FeatureEdit | None = None,
) -> CaseChange:
    row = CaseRow(
        case_id=case_id,
        layer_id="place_name",
        feature_id=f"n{case_id[1:]}",
        name="桥",
        state=state,
        version=version,
        opened_on=DAY,
        dates={"verify": DAY},
        dismissed=("k1",),
        seen=(("大", "suspect"),),
        findings=({"key": "k1", "message": {"zh": "大"}},),
    )
    step = CaseStep(
        seq=version,
        action="verify",
        from_state="suspected",
        to_state=state,
        who=who,
        at=datetime(2026, 6, 1, 8, 30, tzinfo=UTC),
        on=DAY,
        note="现场看过",
        values={"photo": 2},
    )
    return CaseChange(row=row, steps=[step], expected_version=version - 1, edits=[edit] if edit else [])


def renaming(**was: object) -> FeatureEdit:
    return FeatureEdit(
        layer_id="place_name", feature_id="n0", values={"name": "新桥"}, was={"name": "桥0", **was}, by=CLERK
    )


def test_a_workspace_begins_without_cases(store):
    assert store.cases.rows() == ()
    assert store.cases.row("c0") is None
    assert store.cases.steps("c0") == ()
    assert store.cases.revision() == 0


def test_a_decision_comes_back_as_it_went_in(store):
    given = change()
    assert store.cases.record([given]) == (True,)
    assert store.cases.row("c0") == given.row
    assert store.cases.rows() == (replace(given.row, findings=()),)
    assert store.cases.steps("c0") == tuple(given.steps)
    assert store.cases.revision() == 1


def test_who_saw_an_older_version_changes_nothing(store):
    store.cases.record([change()])
    late = change(who="另一人", state="excluded")
    assert store.cases.record([late]) == (False,)
    assert [step.who for step in store.cases.steps("c0")] == ["经办人"]
    assert store.cases.row("c0").state == "verifying"


def test_one_late_decision_does_not_stop_the_others(store):
    store.cases.record([change("c1")])
    assert store.cases.record([change("c0"), change("c1"), change("c2")]) == (True, False, True)
    assert [row.case_id for row in store.cases.rows()] == ["c1", "c0", "c2"]


def test_a_step_and_its_edit_are_kept_together(store):
    store.cases.record([change(edit=renaming())])
    assert store.feature("place_name", "n0").frame["name"][0] == "新桥"
    latest = store.history("place_name", "n0")[0]
    assert (latest.action, latest.by.who, latest.before["name"]) == ("update", "经办人", "桥0")


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (renaming(former_names="别的桥"), ConflictError),
        (FeatureEdit(layer_id="place_name", feature_id="n9", values={}, was={}, by=CLERK), NotFoundError),
        (
            FeatureEdit(layer_id="place_name", feature_id="n0", values={"name": None}, was={}, by=CLERK),
            InputError,
        ),
    ],
)
def test_an_edit_that_cannot_be_made_keeps_no_step(store, edit, error):
    with pytest.raises(error):
        store.cases.record([change("c1"), change(edit=edit)])
    assert store.cases.rows() == ()
    assert store.cases.revision() == 0


def test_an_edit_of_a_feature_that_somebody_edited_says_what_it_is_now(store):
    store.edit("place_name", "n0", {"name": "大桥"}, CLERK)
    with pytest.raises(ConflictError) as refused:
        store.cases.record([change(edit=renaming())])
    assert refused.value.message.zh == "n0 的名称已被改为“大桥”（您看到的是“桥0”）。"


def test_features_know_the_day_they_were_imported(store):
    days = store.cases.arrivals("place_name")
    assert set(days) == {"n0", "n1", "n2"}
    assert {abs((day - datetime.now().astimezone().date()).days) for day in days.values()} <= {0, 1}
    assert store.cases.arrivals("road") == {}


def test_of_many_deciding_at_once_one_is_first_and_the_others_are_told(store):
    begin, answers = threading.Barrier(8), []

    def decide(n: int) -> None:
        begin.wait()
        answers.append((n, *store.cases.record([change(who=f"经办人{n}")])))

    threads = [threading.Thread(target=decide, args=(n,)) for n in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    winners = [n for n, kept in answers if kept]
    assert len(answers) == 8
    assert [step.who for step in store.cases.steps("c0")] == [f"经办人{n}" for n in winners]
    assert len(winners) == 1


DECIDER = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[2] + "/tests/layers"]
from layers.store.geopackage import GeoPackageStore
from test_store_cases import change
store = GeoPackageStore(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
kept = 0
for version in range(1, 10_000):
    kept = store.cases.record([change(version=version, who=sys.argv[3])])[0]
    print(version, int(kept), flush=True)
"""


def decider(path: Path, who: str) -> subprocess.Popen[str]:
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-c", DECIDER, str(path), root, who],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )


def test_two_programs_deciding_the_same_case_never_both_win_and_a_kill_loses_nothing(store):
    both = {who: decider(store.path, who) for who in ("甲", "乙")}
    won: dict[int, str] = {}
    for child in both.values():
        assert child.stdout.readline() == "ready\n"
    for child in both.values():
        child.stdin.write("go\n")
        child.stdin.flush()
    for _ in range(30):
        for who, child in both.items():
            version, kept = child.stdout.readline().split()
            if kept == "1":
                assert int(version) not in won
                won[int(version)] = who
    for child in both.values():
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdin.close()
        child.stdout.close()
    steps = store.cases.steps("c0")
    assert [step.seq for step in steps] == list(range(1, len(steps) + 1))
    assert {seq: steps[seq - 1].who for seq in won} == won
    assert store.cases.row("c0").version == len(steps)


def test_numbers_are_given_once_each_however_many_decide_at_once(store):
    others = [GeoPackageStore(store.path) for _ in range(3)]
    ready = threading.Barrier(3)

    def decide(opened: GeoPackageStore, own: range) -> None:
        ready.wait()
        for n in own:
            opened.cases.record([replace(change(f"c{n}"), expected_version=0, series="甲〔2026〕")])

    threads = [
        threading.Thread(target=decide, args=(opened, range(10 * at, 10 * at + 10)))
        for at, opened in enumerate(others)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for opened in others:
        opened.close()
    assert sorted(row.number for row in store.cases.rows()) == [f"甲〔2026〕{n:03d}" for n in range(1, 31)]


def test_a_late_decision_uses_up_no_number(store):
    first = replace(change(), expected_version=0, series="甲〔2026〕")
    late = replace(change("c1"), expected_version=5, series="甲〔2026〕")
    assert store.cases.record(
        [first, late, replace(change("c2"), expected_version=0, series="甲〔2026〕")]
    ) == (
        True,
        False,
        True,
    )
    assert [row.number for row in store.cases.rows()] == ["甲〔2026〕001", "甲〔2026〕002"]
