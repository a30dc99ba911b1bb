"""A server that runs while somebody works on the command line: what the other process wrote is answered at once."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app

KEY = "open-sesame"
EDIT = """
import sys
from pathlib import Path
from layers.store.protocol import By
from layers.workspace import Workspace
with Workspace.open(Path(sys.argv[1])) as opened:
    values = {"name": sys.argv[3], "former_names": sys.argv[4]}
    opened.store.edit("place_name", sys.argv[2], values, By("命令行"))
"""


@pytest.fixture
def folder(tiny: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny, tmp_path / "ws"))


@pytest.fixture
def clerk(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(folder, key=KEY)) as client:
        client.get(f"/login?key={KEY}", follow_redirects=False)
        yield client


def rename_elsewhere(folder: Path, feature_id: str, name: str, former: str) -> None:
    subprocess.run([sys.executable, "-c", EDIT, str(folder), feature_id, name, former], check=True)


def found(clerk: TestClient, q: str) -> list[tuple[str, str | None]]:
    features = clerk.get("/api/layers/place_name/items", params={"q": q}).json()["features"]
    return [(one["properties"]["name"], one["properties"].get("matched_former_name")) for one in features]


def statuses(clerk: TestClient, name: str) -> list[str]:
    answer = clerk.get("/api/names/precheck", params={"name": name, "alternatives": "false"}).json()
    return [one["name"] for one in answer["namesakes"]]


def test_an_old_name_leads_to_the_new_one_given_by_another_process(clerk, folder):
    assert found(clerk, "幸福路7号Plaza") == [("幸福路7号Plaza", None)]
    assert "和顺桥" not in statuses(clerk, "和顺桥")
    clerk.get("/api/cases")
    for name, former in (("安宁桥", "幸福路7号Plaza"), ("和顺桥", "安宁桥;幸福路7号Plaza")):
        rename_elsewhere(folder, "n7", name, former)
        assert found(clerk, "幸福路7号Plaza") == [(name, "幸福路7号Plaza")]
        assert name in statuses(clerk, name)
    assert clerk.get("/api/cases").json()["total"] == 29
