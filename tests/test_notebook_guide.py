"""The notebook guide is run as it is written: in one interactive shell, and as a notebook file by a kernel."""

import re
import warnings
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from notebook_shell import shell_in, shown

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "notebook.md"
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebook")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(), shell_in(folder) as shell:
        warnings.simplefilter("ignore")
        patch.chdir(folder)
        last = [shown(shell, block) for block in BLOCKS]
        yield shell.user_ns, folder, last


@pytest.mark.slow
def test_the_guide_takes_every_row_of_the_sample(ran):
    names, *_ = ran
    assert names["taken"]["population"] == len(names["people"])
    assert names["taken"]["admin_unit"] == len(names["units"])


@pytest.mark.slow
def test_the_guide_writes_the_pictures_and_maps_it_names(ran):
    _, folder, _ = ran
    for name in ("coverage.html", "sites.html", "lorenz.svg", "curve.png", "times.png", "coverage.gpkg"):
        assert (folder / name).stat().st_size > 1000, name


@pytest.mark.slow
def test_the_frames_of_the_guide_have_as_many_rows_as_its_report(ran):
    names, *_ = ran
    assert len(names["frame"]) == len(names["report"].rows) == len(names["table"])


@pytest.mark.slow
def test_a_notebook_file_runs_in_a_kernel_and_shows_a_map_and_a_picture(tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setenv("PYTHONPATH", str(GUIDE.parents[1]))
    asked = [
        "%load_ext web.notebook",
        *BLOCKS[:3],
        "report",
        "plot_of = __import__('web.notebook').notebook.plot",
    ]
    cells = [nbformat.v4.new_code_cell(one) for one in (*asked, "plot_of(report)")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    said = [[one.get("data", {}) for one in cell.outputs] for cell in notebook.cells]
    assert any("<iframe" in data.get("text/html", "") for data in said[4])
    assert any("image/png" in data for data in said[-1])
    nbformat.validate(notebook)
