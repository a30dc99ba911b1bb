"""Fixtures that several parts of the suite share."""

from pathlib import Path

import pytest
from hypothesis import settings

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("../shared/data is not here: the tests on real data need it")
    return SHARED_DATA


settings.register_profile("fangyu", deadline=None)
settings.load_profile("fangyu")
