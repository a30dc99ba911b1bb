"""The list of layers, for the office and for the public."""

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import shapely

from layers.catalog import as_json, catalog
from layers.frames import layer_from_rows
from layers.specs import BOUNDARY_MARKER, CARE_FACILITY
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path, Settings("320413", "金坛区")) as opened:
        home = {
            "id": "1",
            "name": "院",
            "as_of": pd.Timestamp("2026-01-01"),
            "geometry": shapely.Point(119.5, 31.5),
        }
        marker = {"id": "1", "raw_number": "3234001Q", "geometry": shapely.Point(119.5, 31.5)}
        for spec, row in ((CARE_FACILITY, home), (BOUNDARY_MARKER, marker)):
            with opened.store.importing(spec.id, ImportSource("名册.xlsx"), By("经办人")) as sink:
                sink.append(layer_from_rows(spec, [row]).frame)
        yield opened


def test_a_new_workspace_lists_nothing(tmp_path: Path) -> None:
    with Workspace.create(tmp_path, Settings("320413", "金坛区", synthetic=True)) as empty:
        assert as_json(empty, profile="public") == {
            "district": {"code": "320413", "name": "金坛区"},
            "synthetic": True,
            "profile": "public",
            "map_review_number": "",
            "layers": [],
        }


def test_the_office_sees_every_layer_and_field(workspace: Workspace) -> None:
    entries = catalog(workspace, profile="internal")
    assert [one.spec.id for one in entries] == ["boundary_marker", "care_facility"]
    assert entries[1].fields == CARE_FACILITY.fields


def test_the_public_sees_public_layers_and_fields(workspace: Workspace) -> None:
    (entry,) = catalog(workspace, profile="public")
    assert entry.spec.id == "care_facility"
    assert all(field.public for field in entry.fields)
    assert "contact" not in json.dumps(as_json(workspace, profile="public"))


def test_an_entry_tells_all_that_a_map_needs(workspace: Workspace) -> None:
    (said,) = json.loads(json.dumps(as_json(workspace, profile="public")["layers"]))
    assert (said["count"], said["as_of"]) == (1, "2026-01-01")
    assert said["bbox"] == [119.5, 31.5, 119.5, 31.5]
    assert (said["shapes"], said["label"]["zh"]) == (["point", "polygon"], "养老服务设施")
    state = next(field for field in said["fields"] if field["name"] == "state")
    assert state["kind"] == "code"
    assert all(set(label) == {"zh", "en"} for label in state["vocabulary"].values())


def test_the_names_of_the_files_stay_in_the_office(workspace):
    assert all(layer["sources"] == [] for layer in as_json(workspace, profile="public")["layers"])
