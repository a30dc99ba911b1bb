"""A small district on disk, and its maps as text, made once for all tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawing_district import district

from layers.workspace import Workspace
from web.export import export_map


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The district, open."""
    with district(tmp_path_factory.mktemp("district")) as opened:
        yield opened


@pytest.fixture(scope="session")
def public_map(workspace: Workspace) -> str:
    """The public map as HTML."""
    return export_map(workspace, profile="public")


@pytest.fixture(scope="session")
def internal_map(workspace: Workspace) -> str:
    """The internal map as HTML."""
    return export_map(workspace, profile="internal")


@pytest.fixture(scope="session")
def web_folder() -> Path:
    """The folder of the package ``web`` in the checkout."""
    return Path(__file__).resolve().parents[2] / "web"
