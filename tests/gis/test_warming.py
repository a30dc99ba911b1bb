"""Kernels compiled beforehand, and who is told when one is compiled."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from answering_town import build

from gis.coverage.warming import compile_everything
from gis.kernels.compiling import compiled
from gis.kernels.first_use import tell, telling

SITES = """
import sys
from pathlib import Path
from gis.coverage import CoverageRequest, SiteRequest, place_sites
from gis.kernels.first_use import telling
from layers.workspace import Workspace

told = []
with telling(told.append), Workspace.open(Path(sys.argv[1])) as workspace:
    for model in ("mclp", "lscp", "p-median", "p-center", "capacitated"):
        more = {"capacity": 500.0} if model == "capacitated" else {}
        sites = None if model == "lscp" else 2
        place_sites(workspace, SiteRequest(reach=CoverageRequest(within_m=800.0), model=model, sites=sites, **more))
print(told)
"""


def test_a_kernel_is_told_when_it_is_compiled_and_not_again():
    @compiled
    def doubled(values):
        return values * 2

    told = []
    with telling(told.append):
        assert doubled(np.ones(1)) == 2
        doubled(np.ones(1))
    assert told == ["doubled"]


def test_nobody_is_told_after_the_block():
    told = []
    with telling(told.append):
        tell("one")
    tell("two")
    assert told == ["one"]


def test_warming_tells_how_far_it_is_and_a_second_time_has_nothing_to_compile():
    compile_everything()
    seen = []
    assert compile_everything(lambda stage, done, total: seen.append((stage.en, done, total))) == 0
    assert [done for _, done, _ in seen] == list(range(len(seen)))
    assert seen[-1] == ("Asking tiny questions", len(seen) - 1, len(seen) - 1)


@pytest.mark.slow
def test_after_warming_up_no_choice_of_sites_compiles_anything(tmp_path: Path):
    kept = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "kept")}
    first = "from gis.coverage.warming import compile_everything; print(compile_everything())"
    made = subprocess.run([sys.executable, "-c", first], env=kept, capture_output=True, text=True, check=True)
    assert int(made.stdout) > 0
    asked = [sys.executable, "-c", SITES, str(build(tmp_path / "w"))]
    assert subprocess.run(asked, env=kept, capture_output=True, text=True, check=True).stdout == "[]\n"
