"""Reports over HTTP: answered at once or made as a job, once for the same question about the same data."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from fastapi import Request, Response

from api.replies import JSON, json_bytes, unchanged_or
from api.served import Served
from layers.progress import Progress, silent
from layers.workspace import Workspace

Wanted = TypeVar("Wanted", bound=Hashable)
Make = Callable[[Workspace, Wanted, Progress], dict[str, Any]]
"""Makes a report, as JSON values, of what is wanted."""
_JOBS = "/jobs"


def answered(request: Request, served: Served, make: Make[Wanted], wanted: Wanted) -> Response:
    """Answer with a report, or 304 when the browser has it already."""
    key = _key(served, make, wanted)
    return unchanged_or(
        request, served.bodies, key, lambda: json_bytes(_made(served, make, wanted, silent)), media_type=JSON
    )


def started(request: Request, served: Served, make: Make[Wanted], wanted: Wanted) -> dict[str, Any]:
    """Make a report in the background; its result is where the request asked, without ``/jobs``."""
    address = request.url.path.removesuffix(_JOBS)
    question = f"?{request.url.query}" if request.url.query else ""
    job = served.jobs.start(
        lambda progress: _made(served, make, wanted, progress), result_url=f"{address}{question}"
    )
    return job.as_json()


def _made(served: Served, make: Make[Wanted], wanted: Wanted, progress: Progress) -> dict[str, Any]:
    key = _key(served, make, wanted)
    return served.results.get(key, lambda: make(served.workspace, wanted, progress))


def _key(served: Served, make: Make[Wanted], wanted: Wanted) -> tuple[object, ...]:
    name = f"{make.__module__}.{make.__name__}"
    return (name, served.versions(), served.workspace.settings, wanted, served.workspace.day)
