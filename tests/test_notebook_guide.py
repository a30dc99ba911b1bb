"""The notebook guide is run as it is written, block after block, as a notebook would."""

import re
import warnings
from pathlib import Path
from typing import Any

import pytest

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "notebook.md"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    folder = tmp_path_factory.mktemp("notebook")
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.chdir(folder)
        for number, block in enumerate(
            re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
        ):
            exec(compile(block, f"{GUIDE.name} block {number + 1}", "exec"), names)  # noqa: S102 - our own guide
    return names, folder


@pytest.mark.slow
def test_the_guide_takes_every_row_of_the_sample(ran):
    names, _ = ran
    assert names["taken"]["population"] == len(names["people"])
    assert names["taken"]["admin_unit"] == len(names["units"])


@pytest.mark.slow
def test_the_guide_writes_the_pictures_and_maps_it_names(ran):
    _, folder = ran
    for name in ("coverage.html", "sites.html", "lorenz.svg", "curve.png", "times.png", "coverage.gpkg"):
        assert (folder / name).stat().st_size > 1000, name


@pytest.mark.slow
def test_the_frames_of_the_guide_have_as_many_rows_as_its_report(ran):
    names, _ = ran
    assert len(names["frame"]) == len(names["report"].rows) == len(names["table"])
