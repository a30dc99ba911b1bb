"""Whatever is asked, the answer is one that the interface documents, and never a failure of ours."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from api.app import create_app

NAMES = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)


@pytest.fixture(scope="module")
def application(tiny) -> Iterator[FastAPI]:
    app = create_app(tiny, key="open-sesame")
    yield app
    app.state.served.close()


def always_up(app: FastAPI):
    """The application for a client that would start and stop it around each question."""

    async def ask(scope, receive, send) -> None:
        if scope["type"] == "http":
            await app(scope, receive, send)
            return
        for phase in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{phase}.complete"})

    return ask


def ask_everything(app: FastAPI, cookies: dict[str, str], mode: GenerationMode, *, times: int) -> list[str]:
    """Ask each route ``times`` made-up questions; return the routes asked."""
    load_all_checks()
    checks = [CHECKS.get_one(name) for name in NAMES]
    asked = []
    for found in schemathesis.openapi.from_asgi("/openapi.json", always_up(app)).get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=times, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: schemathesis.Case) -> None:
            answer = case.call(cookies=cookies, allow_redirects=False)
            case.validate_response(answer, checks=checks)

        with suppress(Unsatisfiable):  # nothing wrong can be asked of a route without parameters
            ask()
            asked.append(operation.label)
    return asked


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_staff_get_documented_answers_only(application, mode):
    cookies = {"fangyu_session": application.state.served.sessions.issue()}
    assert "GET /api/coverage" in ask_everything(application, cookies, mode, times=15)


def test_visitors_get_documented_answers_only(application):
    assert "GET /" in ask_everything(application, {}, GenerationMode.POSITIVE, times=5)
