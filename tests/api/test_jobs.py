import threading
import time

import pytest

from api.jobs import JobFile, Jobs
from api.problems import QueueFullError
from layers.errors import InputError, NotFoundError
from layers.text import Text


@pytest.fixture
def jobs():
    made = Jobs()
    yield made
    made.close()


def ended(jobs: Jobs, job_id: str):
    for _ in range(500):
        if jobs.get(job_id).state in {"done", "failed", "cancelled"}:
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


class Line:
    """Work that waits until it is let go on, one piece after the other."""

    def __init__(self, jobs):
        self.jobs, self.go_on, self.began = jobs, threading.Event(), threading.Event()

    def work(self, progress):
        self.began.set()
        assert self.go_on.wait(10)
        progress(Text("求解", "solving"), 1, 2)

    def begin(self, number):
        started = [self.jobs.start(self.work, result_url="/r") for _ in range(number)]
        assert self.began.wait(5)
        return started


@pytest.fixture
def line():
    jobs = Jobs(most_waiting=3)
    made = Line(jobs)
    yield made
    made.go_on.set()
    jobs.close()


def test_one_job_runs_and_the_others_stand_in_a_line(line):
    some = line.begin(4)
    states = [line.jobs.get(one.id) for one in some]
    assert [(one.state, one.position) for one in states] == [
        ("running", None),
        ("waiting", 1),
        ("waiting", 2),
        ("waiting", 3),
    ]


def test_a_full_line_sends_the_next_one_away(line):
    line.begin(4)
    with pytest.raises(QueueFullError) as caught:
        line.jobs.start(line.work)
    assert caught.value.waiting == 3


def test_a_job_that_waits_is_taken_out_of_the_line(line):
    _, second, third = line.begin(3)
    assert line.jobs.cancel(second.id).state == "cancelled"
    assert line.jobs.get(third.id).position == 1
    line.go_on.set()
    assert ended(line.jobs, third.id).state == "done"
    assert line.jobs.get(second.id).state == "cancelled"


def test_a_job_that_runs_stops_where_it_tells_its_progress(line):
    [only] = line.begin(1)
    assert line.jobs.cancel(only.id).stage.en == "being called off"
    line.go_on.set()
    assert ended(line.jobs, only.id).state == "cancelled"


def test_what_ended_is_not_called_off_any_more(jobs):
    job = ended(jobs, jobs.start(lambda _: None, result_url="/r").id)
    assert jobs.cancel(job.id).state == "done"


def test_closing_stops_what_runs_and_drops_what_waits():
    jobs = Jobs()
    line = Line(jobs)
    some = line.begin(2)
    threading.Timer(0.05, line.go_on.set).start()
    jobs.close()
    assert jobs.get(some[0].id).state == "cancelled"
    assert jobs.get(some[1].id).state == "waiting"


def test_a_file_is_found_under_its_job_until_eight_newer_ones_came(jobs):
    made = [jobs.start(lambda _, n=n: JobFile(f"{n}.txt", "text/plain", b"%d" % n)) for n in range(9)]
    ended(jobs, made[-1].id)
    assert made[0].result_url == f"/api/jobs/{made[0].id}/file"
    assert jobs.file(made[1].id).content == b"1"
    with pytest.raises(NotFoundError) as caught:
        jobs.file(made[0].id)
    assert caught.value.message.en == "The file of this job is gone."


def test_a_job_without_a_file_says_so(line):
    [only] = line.begin(1)
    with pytest.raises(NotFoundError) as caught:
        line.jobs.file(only.id)
    assert caught.value.message.en == "The file is not made."


def test_a_job_in_the_line_is_never_forgotten(jobs):
    line = Line(jobs)
    jobs.start(lambda _: None)
    first = line.begin(1)[0]
    for _ in range(120):
        jobs.cancel(jobs.start(line.work).id)
    assert jobs.get(first.id).state == "running"
    line.go_on.set()


def test_a_question_does_not_wait_for_an_export():
    jobs = Jobs(most_waiting=1)
    line = Line(jobs)
    exports = [jobs.start(line.work, lane="export") for _ in range(2)]
    assert line.began.wait(5)
    assert ended(jobs, jobs.start(lambda _: None).id).state == "done"
    told = [jobs.get(one.id) for one in exports]
    assert [(one.lane, one.state, one.position) for one in told] == [
        ("export", "running", None),
        ("export", "waiting", 1),
    ]
    with pytest.raises(QueueFullError):
        jobs.start(line.work, lane="export")
    line.go_on.set()
    jobs.close()


def test_places_are_counted_within_a_lane():
    jobs = Jobs()
    lines = {lane: Line(jobs) for lane in ("export", "question")}
    first = {lane: jobs.start(line.work, lane=lane) for lane, line in lines.items()}
    assert all(line.began.wait(5) for line in lines.values())
    second = {lane: jobs.start(line.work, lane=lane) for lane, line in lines.items()}
    assert [jobs.get(one.id).position for one in first.values()] == [None, None]
    assert [jobs.get(one.id).position for one in second.values()] == [1, 1]
    for line in lines.values():
        line.go_on.set()
    jobs.close()
