"""The planning set through both doors: the same file, the same mistakes explained."""

import time

import pytest
from typer.testing import CliRunner

from api.cli import app

ON = "2026-06-30"
QUICK = ["--on", ON, "--definition", "C6", "--within-min", "10，5"]


def asked(tiny, *args):
    return CliRunner().invoke(app, ["planning-set", "-w", str(tiny), *args], env={"FANGYU_LANG": "zh"})


@pytest.mark.parametrize("form", ["docx", "xlsx", "html"])
def test_both_doors_write_the_same_file(tiny, staff, tmp_path, form):
    output = tmp_path / f"set.{form}"
    result = asked(tiny, "-o", str(output), *QUICK)
    assert result.exit_code == 0, result.output
    answer = staff.get(f"/api/planning-set?form={form}&on={ON}&definition=C6&within_min=5,10")
    assert answer.status_code == 200, answer.text
    assert answer.content == output.read_bytes()
    assert f".{form}" in answer.headers["content-disposition"]


def test_visitors_get_none(visitor):
    assert visitor.get("/api/planning-set").status_code == 401


def test_a_form_there_is_not_is_refused_before_any_work(tiny, tmp_path):
    result = asked(tiny, "-o", str(tmp_path / "set.odt"))
    assert result.exit_code == 2
    assert "图册不能写成“set.odt”。" in result.stderr


@pytest.mark.parametrize("written", ["5,x", "0", "", "601", "nan"])
def test_tiers_that_are_no_minutes_are_refused_at_both_doors(tiny, staff, tmp_path, written):
    result = asked(tiny, "-o", str(tmp_path / "set.docx"), "--within-min", written)
    assert result.exit_code == 2
    assert "读不懂" in result.stderr
    assert staff.get(f"/api/planning-set?within_min={written}").status_code == 400


def test_the_map_of_coverage_holds_the_area_in_reach(tiny, tmp_path):
    output = tmp_path / "map.html"
    limits = ["--coverage", "care_facility", "--within-m", "500", "--on", ON]
    result = CliRunner().invoke(
        app, ["map", "-w", str(tiny), "-o", str(output), "--profile", "internal", *limits]
    )
    assert result.exit_code == 0, result.output
    assert 'id="fangyu-areas">{"type":"FeatureCollection","features":[{"type":"Feature"' in output.read_text(
        "utf-8"
    )


def test_the_map_of_coverage_is_internal_only(tiny, tmp_path):
    result = CliRunner().invoke(
        app, ["map", "-w", str(tiny), "-o", str(tmp_path / "map.html"), "--coverage", "care_facility"]
    )
    assert result.exit_code == 2
    assert "只能导出内部版" in result.stderr


def finished(staff, job_id):
    for _ in range(3000):
        now = staff.get(f"/api/jobs/{job_id}").json()
        if now["state"] not in {"waiting", "running"}:
            return now
        time.sleep(0.02)
    raise AssertionError(now)


def test_the_set_as_a_job_is_the_file_of_the_direct_answer(staff):
    asked = f"form=xlsx&on={ON}&definition=C6&within_min=5,10"
    job = staff.post(f"/api/planning-set/jobs?{asked}")
    assert job.status_code == 202, job.text
    now = finished(staff, job.json()["id"])
    assert (now["state"], now["problem"], now["stage"]["en"]) == ("done", None, "Writing the file (5/5)")
    file = staff.get(now["result_url"])
    assert file.content == staff.get(f"/api/planning-set?{asked}").content
    assert file.headers["content-disposition"].endswith(".xlsx")


def test_a_set_that_cannot_be_made_is_refused_or_fails_with_words(staff):
    assert staff.post("/api/planning-set/jobs?far_sites=2").status_code == 400
    now = finished(staff, staff.post("/api/planning-set/jobs?scenario=无").json()["id"])
    assert (now["state"], now["problem"]["code"]) == ("failed", "not-found")
    assert staff.get(f"/api/jobs/{now['id']}/file").json()["message"]["en"] == "The file is not made."


def test_visitors_neither_start_nor_read_nor_stop_jobs(visitor):
    assert visitor.post("/api/planning-set/jobs").status_code == 401
    assert visitor.get("/api/jobs/1/file").status_code == 401
    assert visitor.delete("/api/jobs/1").status_code == 401


def test_a_full_line_is_told_with_what_to_do(staff, monkeypatch):
    monkeypatch.setattr(staff.app.state.served.jobs, "_most_waiting", -1)
    answer = staff.post(f"/api/planning-set/jobs?on={ON}")
    assert answer.status_code == 503
    assert answer.json()["code"] == "queue-full"
    assert answer.headers["retry-after"] == "60"


def test_a_job_is_called_off_over_http(staff):
    job = staff.post(f"/api/planning-set/jobs?on={ON}").json()
    assert staff.delete(f"/api/jobs/{job['id']}").status_code == 200
    assert finished(staff, job["id"])["state"] == "cancelled"
    assert staff.delete("/api/jobs/nonsense").status_code == 404
