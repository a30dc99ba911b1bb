"""Machine code that is kept between runs."""

import subprocess
import sys
import textwrap
from pathlib import Path

KERNEL = """
    from typing import NamedTuple
    import numpy as np
    from gis.kernels.compiling import compiled

    class {name}(NamedTuple):
        values: np.ndarray

    @compiled
    def total(given):
        return given.values.sum()

    print(total({name}(np.arange(4.0))))
"""


def _run(folder: Path, name: str) -> str:
    file = folder / "kernel.py"
    file.write_text(textwrap.dedent(KERNEL.format(name=name)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import kernel"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def test_code_kept_by_a_release_whose_names_are_gone_is_made_anew(tmp_path: Path) -> None:
    first, second = _run(tmp_path, "Before"), _run(tmp_path, "After")
    assert list((tmp_path / "__pycache__").glob("*.nbi"))
    assert (first.strip(), second.strip()) == ("6.0", "6.0")
