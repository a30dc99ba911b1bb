"""What is made ready beside the server: the first question finds it, and no fault of it disturbs anybody."""

import logging

from api.cli.serving import run_server
from api.routes.whatif import standing_of
from api.served import Served
from api.warming import warm_in_background
from gis.coverage import CoverageRequest


def test_the_coverage_the_planner_asks_first_is_remembered(tiny, monkeypatch):
    served = Served.open(tiny, None)
    thread = warm_in_background(served, after_s=0)
    thread.join(120)
    assert thread.daemon
    monkeypatch.setattr("gis.coverage.situation.prepare", None)
    assert standing_of(served, CoverageRequest()).report.request.layer_id == "care_facility"
    served.close()


def test_what_fails_is_logged_quietly(tiny, caplog, monkeypatch):
    monkeypatch.setattr("gis.network.warming.warm_up", lambda _: 1 / 0)
    served = Served.open(tiny, None)
    with caplog.at_level(logging.DEBUG, logger="fangyu"):
        warm_in_background(served, after_s=0).join(120)
    served.close()
    assert [(one.levelname, one.getMessage()) for one in caplog.records] == [("DEBUG", "warm-up")]


def test_serving_begins_it(tiny, monkeypatch):
    begun = []
    monkeypatch.setattr("api.warming.warm_in_background", begun.append)
    monkeypatch.setattr("uvicorn.Server.run", lambda _, sockets: [one.close() for one in sockets])
    run_server(tiny, port=0)
    assert [type(one) for one in begun] == [Served]
    begun[0].close()
