"""Long work over HTTP: started, asked after, and read where its result lies."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Literal

from api.outcomes import BUG, BUG_HINT, body_of
from layers.errors import FangyuError, NotFoundError
from layers.progress import Progress
from layers.text import Text

_JOBS_KEPT = 100
_WAITING = Text("等待", "waiting")
State = Literal["waiting", "running", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """How far one piece of work is.

    Attributes
    ----------
    done, total
        Steps of the stage; ``total`` is None while unknown.
    problem
        The body of the error that ended it, or None.
    """

    id: str
    result_url: str
    state: State = "waiting"
    stage: Text = _WAITING
    done: int = 0
    total: int | None = None
    problem: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the job as JSON values."""
        return {
            "id": self.id,
            "state": self.state,
            "stage": self.stage._asdict(),
            "done": self.done,
            "total": self.total,
            "result_url": self.result_url,
            "problem": self.problem,
        }


class Jobs:
    """Runs work one after the other in the background and remembers the last hundred jobs."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="fangyu-job")
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = Lock()

    def start(self, work: Callable[[Progress], object], *, result_url: str) -> Job:
        """Queue work; its result is found under ``result_url`` once the job is done."""
        job = Job(secrets.token_hex(8), result_url)
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _JOBS_KEPT:
                self._jobs.popitem(last=False)
        self._pool.submit(self._run, job.id, work)
        return job

    def get(self, job_id: str) -> Job:
        """Return a job; raises NotFoundError when it is unknown or forgotten."""
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            raise NotFoundError(
                Text(f"没有编号为“{job_id[:40]}”的任务。", f"There is no job {job_id[:40]!r}."),
                Text("任务只保留最近一百个，请重新提交。", "Only the last hundred are kept; start it again."),
            )
        return job

    def close(self) -> None:
        """Drop what waits and let what runs end."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, job_id: str, work: Callable[[Progress], object]) -> None:
        def show(stage: Text, done: int, total: int | None) -> None:
            self._change(job_id, stage=stage, done=done, total=total)

        self._change(job_id, state="running")
        try:
            work(show)
        except FangyuError as error:
            problem = body_of(error.code, error.message, error.hint)
            self._change(job_id, state="failed", problem=problem)
        except Exception:  # noqa: BLE001 - a job that dies of a bug must say so to whoever waits for it
            self._change(job_id, state="failed", problem=body_of("error", BUG, BUG_HINT))
        else:
            self._change(job_id, state="done")

    def _change(self, job_id: str, **news: Any) -> None:  # noqa: ANN401 - fields of Job
        with self._lock:
            if job_id in self._jobs:
                self._jobs[job_id] = replace(self._jobs[job_id], **news)
