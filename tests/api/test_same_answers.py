"""Both doors, one core: the command line and HTTP give the same JSON, and the command in it gives it again."""

import json
import shlex
import time

import pytest
from answering_town import WEST, build
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from gis.coverage import Change
from gis.coverage.scenarios import Scenario, save_scenario
from layers.workspace import Workspace

ON = "2026-06-30"
NEAR = {"within_m": 700, "travel": "straight"}
PLACE = f"{WEST + 0.03:.7f},31.7100000"
CASES = [
    ("cover", "/api/coverage", {"definition": "C1"}),
    ("cover", "/api/coverage", {"definition": "C2", "layer": "meal_point"}),
    ("cover", "/api/coverage", {"definition": "C3", "within_m": 500}),
    ("cover", "/api/coverage", {"definition": "C4", "within_m": 800}),
    ("cover", "/api/coverage", {"definition": "C5", "within_m": 1234.5678, "where": ["kind=care_home"]}),
    ("cover", "/api/coverage", {"definition": "C6", "within_min": 12.5, "by": "town", "barrier": ["road"]}),
    ("cover", "/api/coverage", {"definition": "C7", "within_min": 15, "need_per_1000": 30, "norms": "jiangsu"}),
    ("cover", "/api/coverage", {"definition": "C8", "within_m": 800, "mode": "e-bike"}),
    ("cover", "/api/coverage", {"definition": "C8", "within_m": 800, "kernel": "gaussian"}),
    ("gaps", "/api/coverage/gaps", {"definition": "C8", "within_m": 800, "kernel": "3sfca"}),
    ("cover", "/api/coverage", {"within_m": 700, "add": [f"n1@{PLACE};新设;beds=40"], "close": ["c1"]}),
    ("cover", "/api/coverage", {"within_m": 700, "scenario": "减"}),
    ("cover", "/api/coverage", {"definition": "C7", "within_min": 15, "slope": True}),
    ("cover", "/api/coverage", {}),
    ("gaps", "/api/coverage/gaps", {"definition": "C1", "close": ["c2"]}),
    ("gaps", "/api/coverage/gaps", {**NEAR, "points": True, "population_field": "population"}),
    ("gaps", "/api/coverage/gaps", {"within_min": 5, "scenario": "减"}),
    ("access", "/api/access", {"within_m": 1500}),
    ("access", "/api/access", {"within_m": 1500, "supply": "count"}),
    ("access", "/api/access", {"within_min": 20, "slope": True}),
    ("access", "/api/access", {**NEAR, "kernel": ["gaussian"], "by": "town", "agree": 1, "mode": "drive"}),
    ("access", "/api/access", {**NEAR, "close": ["c2"], "resize": ["c1;beds=10"], "supply": "beds"}),
    ("access --indicators", "/api/indicators", {}),
    ("access --indicators", "/api/indicators",
     {"by": "village", "norms": "jiangsu", "new_since": "2022-01-01", "scenario": "减"}),
    ("access --redistribute", "/api/redistribution", {"within_m": 2000, "kernel": "rectangle"}),
    ("access --redistribute", "/api/redistribution", {"within_m": 2000, "supply": "count"}),
    ("access --redistribute", "/api/redistribution",
     {**NEAR, "supply_total": 50.123456789, "keep_existing": True, "resize": ["c1;beds=10"]}),
    ("site", "/api/sites", {**NEAR, "sites": 1}),
    ("site", "/api/sites", {"within_min": 10, "sites": 1, "slope": True}),
    ("site", "/api/sites", {"within_min": 10, "sites": 1, "apart_m": 900, "per": "village", "at_most_per": 2,
                            "exclude": ["no_burial_zone"], "close": ["c1"]}),
    ("site", "/api/sites", {**NEAR, "sites": 1, "model": "capacitated", "capacity": 20, "need_per_1000": 40}),
    ("site", "/api/sites", {**NEAR, "budget": 3, "cost_new": 2, "curve": 2, "alternatives": 0, "spacing_m": 400}),
    ("site", "/api/sites", {**NEAR, "sites": 1, "model": "p-median", "candidates": "meal_point",
                            "scenario": "减"}),
    ("site", "/api/sites", {**NEAR, "sites": 2, "model": "p-median", "apart_m": 700, "per": "village",
                            "at_most_per": 1, "spacing_m": 300}),
    ("site", "/api/sites", {**NEAR, "model": "p-center", "budget": 4, "cost_new": 2, "apart_m": 300,
                            "spacing_m": 400}),
    ("site", "/api/sites", {**NEAR, "target_share": 0.5, "spacing_m": 300}),
    ("meals", "/api/meals", {}),
    ("meals", "/api/meals", {"points": 1, "hot_minutes": 30, "delivery_min": 5, "disabled_share": 0.25}),
    ("meals", "/api/meals", {"points": 2, "candidates": "grid", "relink": True, "need_per_1000": 60}),
    ("phases", "/api/phases", {"periods": "2027:1,2030:1", "growth": 0.05}),
    ("phases", "/api/phases", {"periods": "2027:1", **NEAR, "target_share": 0.9, "close": ["c2"]}),
    ("phases", "/api/phases", {"periods": "2027:1", "within_min": 10, "mode": "e-bike", "scenario": "减"}),
    ("scenarios compare 增 减", "/api/scenarios/compare", {"definition": "C5", "within_m": 700, "also": ["C1"]}),
]  # fmt: skip
JOBS = {
    "/api/coverage": {"definition": "C1"},
    "/api/coverage/gaps": {**NEAR, "points": True},
    "/api/access": NEAR,
    "/api/redistribution": NEAR,
    "/api/sites": {**NEAR, "sites": 1},
    "/api/meals": {"points": 1},
    "/api/phases": {**NEAR, "periods": "2027:1"},
    "/api/scenarios/compare": {"name": ["增", "减"], **NEAR, "also": ["C1"]},
}
CHANGES = ("add", "move", "close", "open", "resize")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = build(tmp_path_factory.mktemp("answers") / "ws")
    add = Change(action="add", id="n1", lon=WEST + 0.03, lat=31.71, name="新站", amounts=(("beds", 20.0),))
    with Workspace.open(root) as workspace:
        for name, change in (("增", add), ("减", Change(action="close", id="c1"))):
            save_scenario(workspace, Scenario(name=name, layer_id="care_facility", changes=(change,)))
    return root


@pytest.fixture(scope="module")
def office(folder):
    with TestClient(create_app(folder, key="k")) as client:
        client.get("/login?key=k", follow_redirects=False)
        yield client


def printed(folder, *words):
    asked = [*words, "-w", str(folder), "--format", "json"]
    result = CliRunner().invoke(app, asked, env={"FANGYU_LANG": "zh"})
    assert result.exit_code in {0, 1}, result.output
    return timeless(json.loads(result.stdout))


def served(office, address, asked):
    answer = office.get(address, params=query_of(asked))
    assert answer.status_code == 200, answer.text
    return timeless(answer.json())


def timeless(said):
    return {name: value for name, value in said.items() if name != "seconds"}


def options_of(asked):
    words = []
    for name, value in asked.items():
        for one in value if isinstance(value, list) else [value]:
            option = f"--{name.replace('_', '-')}"
            words += [one] if name == "layer" else [option] if one is True else [option, str(one)]
    return words


def query_of(asked):
    query = {name: value for name, value in asked.items() if name not in CHANGES}
    return query | {"change": [f"{kind}:{one}" for kind in CHANGES for one in asked.get(kind, [])]}


@pytest.mark.parametrize(("command", "address", "asked"), CASES)
def test_both_doors_say_the_same_and_the_command_in_it_says_it_again(folder, office, command, address, asked):
    asked, words = {"on": ON, **asked}, command.split()
    first = printed(folder, *words, *options_of(asked))
    named = {"name": words[2:]} if words[0] == "scenarios" else {}
    assert first == served(office, address, asked | named)
    again = printed(folder, *shlex.split(first["command"])[1:])
    assert unnamed(again) == unnamed(first)


def unnamed(said):
    """Without the name of a scenario: a command carries its changes."""
    asked = said.get("request", {})
    reach = {"reach": asked["reach"] | {"scenario": ""}} if "reach" in asked else {}
    return said | {"request": asked | {"scenario": ""} | reach}


@pytest.mark.parametrize(("address", "asked"), JOBS.items())
def test_a_job_ends_where_its_answer_is(office, address, asked):
    job = office.post(f"{address}/jobs", params={"on": ON, **asked})
    assert job.status_code == 202, job.text
    for _ in range(1000):
        now = office.get(f"/api/jobs/{job.json()['id']}").json()
        if now["state"] in {"done", "failed"}:
            break
        time.sleep(0.02)
    assert (now["state"], now["problem"]) == ("done", None)
    assert timeless(office.get(now["result_url"]).json()) == served(office, address, {"on": ON, **asked})


@pytest.mark.parametrize("address", [*JOBS, "/api/indicators"])
def test_without_a_session_nothing_is_answered_and_no_job_is_started(visitor, address):
    assert visitor.get(address).status_code == 401
    assert address not in JOBS or visitor.post(f"{address}/jobs").status_code == 401


def test_layers(folder, office):
    assert printed(folder, "layers") == served(office, "/api/layers", {})


@pytest.mark.parametrize("check", ["all", "quality", "names", "signs", "boundaries", "cemeteries"])
def test_findings(tiny, staff, check):
    answer = staff.get(f"/api/findings?check={check}&on={ON}&limit=1000")
    assert printed(tiny, "check", check, "--on", ON) == answer.json()


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (["cover", "nonsense"], "/api/coverage?layer=nonsense"),
        (["gaps", "--scenario", "无"], "/api/coverage/gaps?scenario=无"),
        (["gaps", "meal_point", "--scenario", "减"], "/api/coverage/gaps?layer=meal_point&scenario=减"),
        (["phases", "--periods", "2001:1", "--on", ON], f"/api/phases?periods=2001:1&on={ON}"),
    ],
)
def test_the_same_mistake_gets_the_same_message(folder, office, words, address):
    result = CliRunner().invoke(app, [*words, "-w", str(folder)], env={"FANGYU_LANG": "en"})
    answer = office.get(address)
    assert result.exit_code == 2
    assert 400 <= answer.status_code < 500
    assert result.stderr.startswith(f"Error: {answer.json()['message']['en']}")


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["access", "--indicators", "--within-m", "500"], "--within-m"),
        (["access", "--indicators", "--mode", "drive"], "--mode"),
        (["access", "--redistribute", "--agree", "2"], "--agree"),
        (["access", "--keep-existing"], "--keep-existing"),
        (["access", "meal_point", "--indicators"], "LAYER"),
    ],
)
def test_an_option_without_effect_is_refused(folder, words, option):
    result = CliRunner().invoke(app, [*words, "-w", str(folder)], env={"FANGYU_LANG": "en"})
    assert result.exit_code == 2
    assert result.stderr.startswith(f"Error: {option} has no effect on ")
