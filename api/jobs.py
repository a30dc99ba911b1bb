"""Long work over HTTP: one question and one export at a time, the others in line; asked after, called off, read."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Literal, get_args

from api.outcomes import BUG, BUG_HINT, body_of
from api.problems import QueueFullError
from layers.errors import FangyuError, NotFoundError
from layers.progress import Progress
from layers.text import Text

_JOBS_KEPT = 100
_FILES_KEPT = 8
MOST_WAITING = 20
_WAITING = Text("排队等待", "waiting in line")
_STOPPING = Text("正在取消", "being called off")
State = Literal["waiting", "running", "done", "failed", "cancelled"]
Lane = Literal["question", "export"]
LANES: tuple[Lane, ...] = get_args(Lane)
_UNDER_WAY = frozenset({"waiting", "running"})


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file that work made, as it is sent to whoever asks for it."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Job:
    """How far one piece of work is.

    Attributes
    ----------
    done, total
        Steps of the stage; ``total`` is None while unknown.
    lane
        Which line it stands in: that of the questions or that of the exports.
    position
        Place in its line, 1 for the next one; None for what does not wait.
    problem
        The body of the error that ended it, or None.
    """

    id: str
    result_url: str
    lane: Lane = "question"
    state: State = "waiting"
    stage: Text = _WAITING
    done: int = 0
    total: int | None = None
    position: int | None = None
    problem: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the job as JSON values."""
        return {
            "id": self.id,
            "lane": self.lane,
            "state": self.state,
            "stage": self.stage._asdict(),
            "done": self.done,
            "total": self.total,
            "position": self.position,
            "result_url": self.result_url,
            "problem": self.problem,
        }


class JobCancelledError(Exception):
    """Somebody called the work off; raised where it tells its progress."""


class Jobs:
    """Runs work in the background, one piece of each lane at a time: a quick question does not wait for a long export.

    The last hundred jobs and the last eight files are remembered; what waits or runs is never forgotten.

    Parameters
    ----------
    most_waiting
        Longest line of a lane; whoever comes then is sent away.
    """

    def __init__(self, *, most_waiting: int = MOST_WAITING) -> None:
        self._pools = {
            one: ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"fangyu-{one}") for one in LANES
        }
        self._most_waiting = most_waiting
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._files: OrderedDict[str, JobFile] = OrderedDict()
        self._waiting: OrderedDict[str, Future[None]] = OrderedDict()
        self._called_off: set[str] = set()
        self._lock = Lock()

    def start(
        self, work: Callable[[Progress], object], *, result_url: str = "", lane: Lane = "question"
    ) -> Job:
        """Put work in the line of its lane.

        Parameters
        ----------
        work
            Called with a progress; a ``JobFile`` it returns is kept for ``file``.
        result_url
            Where the result is found once the job is done; empty for the file of the job.

        Raises
        ------
        QueueFullError
            When too many wait already.
        """
        id_ = secrets.token_hex(8)
        job = Job(id_, result_url or f"/api/jobs/{id_}/file", lane)
        with self._lock:
            under_way = sum(one.state in _UNDER_WAY for one in self._jobs.values() if one.lane == lane)
            if under_way > self._most_waiting:
                raise QueueFullError(len(self._line(lane)))
            self._jobs[id_] = job
            self._forget()
            self._waiting[id_] = self._pools[lane].submit(self._run, id_, work)
        return self.get(id_)

    def get(self, job_id: str) -> Job:
        """Return a job; raises NotFoundError when it is unknown or forgotten."""
        with self._lock:
            job = self._jobs.get(job_id)
            waiting = self._line(job.lane) if job else []
        if job is None:
            raise NotFoundError(
                Text(f"没有编号为“{job_id[:40]}”的任务。", f"There is no job {job_id[:40]!r}."),
                Text("任务只保留最近一百个，请重新提交。", "Only the last hundred are kept; start it again."),
            )
        return replace(job, position=waiting.index(job_id) + 1) if job_id in waiting else job

    def file(self, job_id: str) -> JobFile:
        """Return the file a job made.

        Raises
        ------
        NotFoundError
            When the job is unknown, has not made its file (yet), or the file is forgotten.
        """
        job = self.get(job_id)
        with self._lock:
            found = self._files.get(job_id)
        if found is not None:
            return found
        if job.state == "done":
            raise NotFoundError(
                Text("这个任务的文件已不在了。", "The file of this job is gone."),
                Text(f"文件只保留最近 {_FILES_KEPT} 个，请重新提交。",
                     f"Only the last {_FILES_KEPT} files are kept; start it again."),
            )  # fmt: skip
        raise NotFoundError(
            Text("文件没有做好。", "The file is not made."),
            Text("请看任务的状态。", "Look at the state of the job."),
        )

    def cancel(self, job_id: str) -> Job:
        """Call a job off; one that runs stops where it next tells its progress, one that ended stays as it is.

        Raises NotFoundError when the job is unknown or forgotten.
        """
        self.get(job_id)
        with self._lock:
            future = self._waiting.get(job_id)
            if future is not None and future.cancel():
                del self._waiting[job_id]
                self._jobs[job_id] = replace(self._jobs[job_id], state="cancelled", stage=_STOPPING)
            elif self._jobs[job_id].state in _UNDER_WAY:
                self._called_off.add(job_id)
                self._jobs[job_id] = replace(self._jobs[job_id], stage=_STOPPING, total=None)
        return self.get(job_id)

    def close(self) -> None:
        """Drop what waits and let what runs end, at its next progress."""
        with self._lock:
            self._called_off.update(one.id for one in self._jobs.values() if one.state in _UNDER_WAY)
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)

    def _line(self, lane: Lane) -> list[str]:
        """Return the ids that wait in a lane, the next one first; the caller holds the lock."""
        return [one for one in self._waiting if self._jobs[one].lane == lane]

    def _run(self, job_id: str, work: Callable[[Progress], object]) -> None:
        def show(stage: Text, done: int, total: int | None) -> None:
            self._change(job_id, stage=stage, done=done, total=total)

        with self._lock:
            self._waiting.pop(job_id, None)
        try:
            self._change(job_id, state="running")
            self._end(job_id, work(show))
        except JobCancelledError:
            self._change(job_id, state="cancelled")
        except FangyuError as error:
            problem = body_of(error.code, error.message, error.hint)
            self._change(job_id, state="failed", problem=problem)
        except Exception:  # noqa: BLE001 - a job that dies of a bug must say so to whoever waits for it
            self._change(job_id, state="failed", problem=body_of("error", BUG, BUG_HINT))

    def _end(self, job_id: str, result: object) -> None:
        if isinstance(result, JobFile):
            with self._lock:
                self._files[job_id] = result
                while len(self._files) > _FILES_KEPT:
                    self._files.popitem(last=False)
        self._change(job_id, state="done")

    def _change(self, job_id: str, **news: Any) -> None:  # noqa: ANN401 - fields of Job
        """Note what is new; raises JobCancelledError once for a job that was called off."""
        with self._lock:
            if job_id in self._called_off:
                self._called_off.discard(job_id)
                self._files.pop(job_id, None)
                raise JobCancelledError
            self._jobs[job_id] = replace(self._jobs[job_id], **news)

    def _forget(self) -> None:
        """Drop the oldest jobs that ended; the caller holds the lock."""
        ended = [one.id for one in self._jobs.values() if one.state not in _UNDER_WAY]
        for id_ in ended[: max(0, len(self._jobs) - _JOBS_KEPT)]:
            del self._jobs[id_]
            self._files.pop(id_, None)
