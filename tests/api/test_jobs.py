import threading
import time

import pytest

from api.jobs import Jobs
from layers.errors import InputError, NotFoundError
from layers.text import Text


@pytest.fixture
def jobs():
    made = Jobs()
    yield made
    made.close()


def ended(jobs: Jobs, job_id: str):
    for _ in range(500):
        if jobs.get(job_id).state in {"done", "failed"}:
            return jobs.get(job_id)
        time.sleep(0.01)
    raise AssertionError(jobs.get(job_id))


def test_a_job_tells_its_stage_and_ends_done(jobs):
    shown, go_on = threading.Event(), threading.Event()

    def work(progress):
        progress(Text("建网", "building"), 3, 10)
        shown.set()
        go_on.wait(5)

    job = jobs.start(work, result_url="/r")
    assert shown.wait(5)
    said = jobs.get(job.id).as_json()
    assert (said["state"], said["stage"]["en"], said["done"], said["total"]) == ("running", "building", 3, 10)
    go_on.set()
    assert ended(jobs, job.id).state == "done"


def test_a_job_that_cannot_go_on_tells_why(jobs):
    def work(_):
        raise InputError(Text("不行。", "No."))

    job = ended(jobs, jobs.start(work, result_url="/r").id)
    assert (job.state, job.problem["message"]["en"]) == ("failed", "No.")


def test_a_bug_in_a_job_is_told_as_such(jobs):
    job = ended(jobs, jobs.start(lambda _: 1 / 0, result_url="/r").id)
    assert (job.state, job.problem["code"]) == ("failed", "error")


def test_an_unknown_job_is_not_found(jobs):
    with pytest.raises(NotFoundError) as caught:
        jobs.get("nonsense")
    assert caught.value.message.en == "There is no job 'nonsense'."
