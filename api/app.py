"""The HTTP application: one workspace, its pages, its API."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from api.bodies import Bodies
from api.guard import Guard
from api.problems import answer_problems
from api.routes import (
    access,
    cases,
    coverage,
    documentation,
    documents,
    findings,
    gaps,
    jobs,
    layers,
    meals,
    naming,
    nearest,
    pages,
    phases,
    planning,
    scenarios,
    sites,
    tiles,
    whatif,
)
from api.served import Served
from api.version import program_version
from web.assets import static_folder

_ABOUT = "方舆：民政“一张图”。没有登录时只给公开图层和公开字段。 / Without a session public layers and fields only."


def create_app(folder: Path, *, key: str | None = None, hosts: Iterable[str] = ()) -> FastAPI:
    """Make the application that serves the workspace in a folder.

    Parameters
    ----------
    key
        What staff must show to see what is not public; None makes a random one (``app.state.served.sessions.key``).
    hosts
        Host names under which it may be asked for, beside those of this machine.

    Raises
    ------
    NotFoundError
        When the folder holds no workspace.
    WorkspaceError
        When the workspace is unusable.
    """
    served = Served.open(folder, key)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        served.close()

    app = FastAPI(
        title="方舆 Fangyu",
        description=_ABOUT,
        version=program_version(),
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.served = served
    app.add_middleware(Bodies)
    app.add_middleware(Guard, hosts=tuple(hosts))
    answer_problems(app)
    for resource in (
        layers,
        nearest,
        coverage,
        access,
        gaps,
        whatif,
        scenarios,
        meals,
        phases,
        planning,
        sites,
        jobs,
        findings,
        cases,
        documents,
        naming,
        tiles,
        pages,
        documentation,
    ):
        app.include_router(resource.router)
    _mount_static(app)
    _document_only_our_answers(app)
    return app


def _mount_static(app: FastAPI) -> None:
    app.mount("/static", StaticFiles(directory=static_folder(), check_dir=False), name="static")


def _document_only_our_answers(app: FastAPI) -> None:
    """Take out the 422 that FastAPI documents for bad parameters: here they are answered with 400."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        for operations in document["paths"].values():
            for operation in operations.values():
                _drop_422(operation["responses"])
        schemas = document.get("components", {}).get("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def _drop_422(responses: dict[str, Any]) -> None:
    schema = responses.get("422", {}).get("content", {}).get("application/json", {}).get("schema", {})
    if schema.get("$ref", "").endswith("/HTTPValidationError"):
        del responses["422"]
