"""Cases over HTTP and on the command line: who may, what is answered, and that both doors do the same."""

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.case_queries import StateWanted
from api.cli import app as program
from api.cli.names.documents import Kind
from gis.names.review import ACTIONS, REASONS, State
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import By
from web.documents import kinds

KEY = "open-sesame"


@pytest.fixture
def folder(tiny: Path, tmp_path: Path) -> Path:
    """A workspace of one's own: thirty names with a foreign word and a digit each."""
    return Path(shutil.copytree(tiny, tmp_path / "ws"))


@pytest.fixture
def clerk(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(folder, key=KEY)) as client:
        client.get(f"/login?key={KEY}", follow_redirects=False)
        yield client


@pytest.fixture
def run(folder: Path) -> Callable[..., tuple[int, str, str]]:
    def run(*args: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(
            program, ["names", *args, "-w", str(folder)], env={"FANGYU_LANG": "zh", "COLUMNS": "300"}
        )
        return result.exit_code, result.stdout, result.stderr

    return run


def first(clerk: TestClient, **query: str) -> dict[str, object]:
    return clerk.get("/api/cases", params={"limit": "1", **query}).json()["cases"][0]


def decide(clerk: TestClient, case: dict[str, object], action: str, **said: object):
    body = {"action": action, "who": "经办人", "version": case["version"]} | said
    return clerk.post(f"/api/cases/{case['id']}/decisions", json=body)


def test_the_queue_lists_every_name_with_findings(clerk):
    answer = clerk.get("/api/cases?limit=7").json()
    assert answer["total"] == 30
    assert len(answer["cases"]) == 7
    assert answer["counts"]["state"]["suspected"] == 30
    assert answer["counts"]["town"] == [{"code": "320413100", "name": "清溪镇", "count": 30}]


def test_a_decision_answers_with_the_case_and_moves_its_version(clerk):
    case = first(clerk)
    answer = decide(clerk, case, "confirm", category="怪", note="现场核实")
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["version"], answer.json()["category"]) == (
        "confirmed",
        1,
        "怪",
    )
    assert clerk.get(f"/api/cases/{case['id']}").json() == answer.json()
    assert clerk.get("/api/cases?state=confirmed").json()["total"] == 1


def test_the_second_to_decide_is_told_with_the_case_as_it_is(clerk):
    case = first(clerk)
    decide(clerk, case, "exclude", reason="old_name", who="甲")
    late = decide(clerk, case, "confirm", category="怪", who="乙")
    assert late.status_code == 409
    assert late.json()["code"] == "conflict"
    assert "已由甲于" in late.json()["message"]["zh"]
    assert (late.json()["current"]["state"], late.json()["current"]["version"]) == ("excluded", 1)
    assert {step["who"] for step in clerk.get(f"/api/cases/{case['id']}").json()["history"]} == {"甲"}


def test_of_eight_people_deciding_at_once_one_is_kept(clerk):
    case = first(clerk)
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda n: decide(clerk, case, "exclude", reason="keep", who=f"经办人{n}"), range(8))
        )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    assert clerk.get(f"/api/cases/{case['id']}").json()["version"] == 1


def test_a_batch_says_of_each_case_what_became_of_it(clerk):
    cases = clerk.get("/api/cases?limit=3").json()["cases"]
    decide(clerk, cases[0], "verify")
    body = {
        "cases": [{"id": one["id"], "version": one["version"]} for one in cases],
        "action": "exclude",
        "reason": "keep",
        "who": "经办人",
    }
    answer = clerk.post("/api/cases/decisions", json=body).json()
    assert [one["id"] for one in answer["done"]] == [one["id"] for one in cases[1:]]
    (refused,) = answer["refused"]
    assert (refused["id"], refused["problem"]["code"]) == (cases[0]["id"], "conflict")
    assert refused["problem"]["current"]["state"] == "verifying"


def test_strangers_see_and_decide_nothing(folder):
    with TestClient(create_app(folder, key=KEY)) as stranger:
        for address in ("", "/states", "/summary", "/0123456789ab"):
            assert stranger.get(f"/api/cases{address}").status_code == 401
        assert stranger.get("/api/documents").status_code == 401
        body = {"action": "verify", "who": "x", "version": 0}
        assert stranger.post("/api/cases/0123456789ab/decisions", json=body).status_code == 401


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""]
)
def test_what_a_form_of_another_site_can_send_is_refused(clerk, kind):
    answer = clerk.post(
        "/api/cases/0123456789ab/decisions", content=b'{"action":"verify"}', headers={"content-type": kind}
    )
    assert (answer.status_code, answer.json()["code"]) == (415, "media-type")


def test_a_body_without_end_is_refused(clerk):
    def parts() -> Iterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    answer = clerk.post("/api/cases/decisions", content=parts(), headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"action": "file"}, "“疑似”状态下不能“备案公告”（file）。"),
        ({"who": ""}, "没有写明经办人（who）。"),
        ({"note": "a\u0007"}, "说明 note里有不能用的字符 U+0007。"),
        ({"note": "长" * 2001}, "说明 note有 2001 个字，最多 2000 个。"),
        ({"on": "2999-01-01"}, "办理日期 2999-01-01 在将来（今天是 "),
        ({"version": -1}, "请求参数有误：version=-1：不应小于 0。"),
        ({"extra": 1}, "请求参数有误：extra=1：没有这个参数。"),
    ],
)
def test_a_bad_decision_is_explained(clerk, said, message):
    answer = decide(clerk, first(clerk), **({"action": "verify"} | said))
    assert answer.status_code == 400
    assert answer.json()["message"]["zh"].startswith(message)


@pytest.mark.parametrize("body", [b'{"who":"\\ud800","action":"verify","version":0}', b"{", b"[]", b"\xff"])
def test_a_broken_body_is_refused_not_a_failure(clerk, body):
    answer = clerk.post(
        "/api/cases/0123456789ab/decisions", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 400


def test_a_case_that_is_not_there(clerk):
    answer = clerk.get("/api/cases/nope")
    assert (answer.status_code, answer.json()["message"]["zh"]) == (404, "没有编号为“nope”的案件。")


def test_the_machine_is_given_whole(clerk):
    machine = clerk.get("/api/cases/states").json()
    assert [one["id"] for one in machine["actions"]] == list(ACTIONS)
    assert [one["id"] for one in machine["reasons"]] == list(REASONS)
    assert len(machine["states"]) == 12


def test_dismissed_findings_are_marked_and_the_exit_code_leaves_them_out(clerk, folder, run):
    cases = clerk.get("/api/cases?limit=100").json()["cases"]
    body = {"cases": [{"id": one["id"], "version": 0} for one in cases], "who": "经办人"}
    assert run("cases", "--state", "suspected")[2] == "共 30 件，逾期 0 件。\n"
    before = clerk.get("/api/findings?check=names").json()
    assert (before["dismissed"], before["findings"][0]["dismissed"]) == (0, False)
    clerk.post("/api/cases/decisions", json=body | {"action": "exclude", "reason": "keep"})
    after = clerk.get("/api/findings?check=names").json()
    assert after["total"] == before["total"]
    assert after["dismissed"] == sum(one["severity"] != "note" for one in after["findings"])
    result = CliRunner().invoke(program, ["check", "names", "-w", str(folder)], env={"FANGYU_LANG": "zh"})
    assert result.exit_code == 0
    assert f"其中 {after['dismissed']} 条已由审核排除，不计入退出码。" in result.stderr


def rename(clerk: TestClient, new_name: str) -> dict[str, object]:
    case = first(clerk)
    for action, said in (
        ("confirm", {"category": "洋"}), ("argue", {}), ("notice", {}), ("order", {"note": "提前"}),
        ("rename", {"new_name": new_name}),
    ):  # fmt: skip
        answer = decide(clerk, case, action, **said)
        assert answer.status_code == 200, answer.text
        case = answer.json()
    return case


def test_an_old_name_leads_to_the_new_one_without_a_login_too(clerk, folder):
    case = rename(clerk, "和顺坊")
    assert (case["new_name"], case["state"]) == ("和顺坊", "renamed")
    with TestClient(create_app(folder, key=KEY)) as visitor:
        found = visitor.get("/api/layers/place_name/items", params={"q": case["name"]}).json()
        properties = found["features"][0]["properties"]
        assert (properties["name"], properties["matched_former_name"]) == ("和顺坊", case["name"])
        assert "remarks" not in properties
        by_new = visitor.get("/api/layers/place_name/items?q=和顺坊").json()
        assert by_new["numberMatched"] == 1
        assert "matched_former_name" not in by_new["features"][0]["properties"]


def test_present_names_come_before_former_ones(clerk, folder):
    store = GeoPackageStore(folder / "layers.gpkg")
    store.edit("place_name", "n0", {"former_names": "无图旧名;别名"}, By("经办人"))
    store.close()
    found = clerk.get("/api/layers/place_name/items?q=无图").json()
    assert [one["properties"]["name"] for one in found["features"]] == ["无图名单", "幸福路0号Plaza"]
    assert [one["properties"]["matched_former_name"] for one in found["features"]] == [None, "无图旧名"]


def test_the_summary_adds_up(clerk):
    rename(clerk, "和顺坊")
    total = clerk.get("/api/cases/summary").json()["total"]
    assert total == {"found": 30, "rectified": 1, "pending": 29, "excluded": 0}


def test_a_document_comes_as_a_file(clerk):
    case = first(clerk)
    answer = clerk.get("/api/documents/inventory", params={"form": "xlsx", "case": case["id"]})
    assert answer.status_code == 200, answer.text
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer.headers["content-disposition"]
    missing = clerk.get("/api/documents/nonsense")
    assert (missing.status_code, missing.json()["message"]["zh"]) == (404, "没有名为“nonsense”的文书。")


def test_both_doors_give_the_same_list_and_the_same_case(clerk, run):
    decide(clerk, first(clerk), "exclude", reason="keep")
    assert json.loads(run("cases", "--format", "json")[1]) == clerk.get("/api/cases?limit=1000").json()
    case = first(clerk, state="excluded")
    assert (
        json.loads(run("case", case["id"], "--format", "json")[1])
        == clerk.get(f"/api/cases/{case['id']}").json()
    )
    assert json.loads(run("summary", "--format", "json")[1]) == clerk.get("/api/cases/summary").json()


def test_a_decision_on_the_command_line_is_seen_over_http(clerk, run):
    case = first(clerk)
    code, out, _ = run(
        "decide", case["id"], "confirm", "--who", "经办人", "--category", "怪", "--format", "json"
    )
    assert code == 0
    assert json.loads(out) == clerk.get(f"/api/cases/{case['id']}").json()
    code, _, said = run("decide", case["id"], "exclude", "--who", "乙", "--reason", "keep", "--version", "0")
    assert code == 2
    assert "已由经办人于" in said


def test_several_cases_are_decided_at_once_and_a_refusal_is_exit_two(clerk, run):
    ids = [one["id"] for one in clerk.get("/api/cases?limit=2").json()["cases"]]
    assert run("decide", *ids, "exclude", "--who", "经办人", "--reason", "keep")[0] == 0
    code, _, said = run("decide", *ids, "verify", "--who", "经办人")
    assert code == 2
    assert "“排除”状态下不能“开始核实”（verify）。" in said
    assert "办理 0 件，未办 2 件。" in said
    assert run("decide", *ids, "verify", "--who", "a", "--version", "1")[2].startswith(
        "错误：--version 只能用于一件。"
    )


def test_a_case_is_shown_to_a_reader(clerk, run):
    case = rename(clerk, "和顺坊")
    code, out, said = run("case", case["id"])
    assert code == 0
    assert "更名" in out
    assert "→ 和顺坊" in said
    assert "换牌期限 期限不明" in said


def test_a_list_goes_into_a_file_without_formulas(run, folder):
    code, _, _ = run("cases", "-o", str(folder / "cases.csv"))
    assert code == 0
    assert (folder / "cases.csv").read_text("utf-8-sig").splitlines()[0].startswith("编号,案号,版本,名称")
    assert run("cases", "--state", "nope")[2].startswith("错误：--state 没有“nope”这个取值。")


def test_what_may_be_asked_for_is_what_there_is():
    assert {one.value for one in Kind} == set(kinds())
    assert set(get_args(StateWanted)) == {"", "open", *State}


def test_a_document_goes_into_a_file(run, folder):
    code, _, said = run("document", "ledger", "-o", str(folder / "台账.xlsx"))
    assert (code, (folder / "台账.xlsx").read_bytes()[:2]) == (0, b"PK"), said
    code, _, said = run("document", "ledger", "-o", str(folder / "台账.docx"))
    assert code == 2
    assert "没有 docx 格式" in said
