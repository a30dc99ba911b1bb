import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

HEAVY = ("geopandas", "pandas", "numpy", "scipy", "shapely", "fastapi", "folium", "uvicorn", "openpyxl")
ROOT = Path(__file__).resolve().parents[2]
FANGYU = (sys.executable, "-c", "from api.cli import main; main()")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["cover", "--help"], ["import", "--help"], ["serve", "--help"]]
)
def test_help_loads_no_geometry_and_no_web_framework(arguments):
    script = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from api.cli import app\n"
        f"result = CliRunner().invoke(app, {arguments!r})\n"
        "assert result.exit_code == 0, result.output\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.fixture
def serving(tiny: Path) -> Iterator[dict[str, str]]:
    """The addresses printed by a real ``fangyu serve`` on a free port, and how many seconds until they were."""
    environment = os.environ | {"FANGYU_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    environment.pop("FANGYU_KEY", None)
    began = time.monotonic()
    with subprocess.Popen(
        [*FANGYU, "serve", "-w", str(tiny), "--port", "0"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            lines = [process.stderr.readline() for _ in range(3)]
            addresses = [found.group() for line in lines if (found := re.search(r"http://\S+", line))]
            yield {"public": addresses[0], "staff": addresses[1], "began": str(began)}
        finally:
            process.terminate()
            process.communicate(timeout=20)


def opened(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
        return answer.status, answer.read().decode()


def test_serve_prints_addresses_that_answer_within_seconds(serving):
    status, page = opened(serving["public"])
    assert status == 200
    assert "金坛区" in page
    assert time.monotonic() - float(serving["began"]) < 20
    assert serving["public"].startswith("http://127.0.0.1:")


def test_the_staff_link_leads_to_the_planner(serving):
    jar = urllib.request.HTTPCookieProcessor()
    with urllib.request.build_opener(jar).open(serving["staff"], timeout=20) as answer:
        assert answer.url == serving["public"] + "plan"


def test_no_header_hides_who_tries_wrong_keys(serving):
    statuses = []
    for number in range(11):
        asked = urllib.request.Request(  # noqa: S310
            f"{serving['public']}login?key=wrong", headers={"X-Forwarded-For": f"10.0.0.{number}"}
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=20)  # noqa: S310
        statuses.append(refused.value.code)
        refused.value.close()
    assert statuses == [401] * 10 + [429]


def test_a_server_for_other_machines_refuses_a_short_key(tiny):
    environment = os.environ | {"FANGYU_LANG": "en"}
    command = [*FANGYU, "serve", "-w", str(tiny), "--host", "0.0.0.0", "--key", "short"]  # noqa: S104
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Error: The key is too short: 16 characters at least.")


def test_a_port_that_is_taken_is_an_error_with_the_way_out(serving, tiny):
    port = serving["public"].rstrip("/").rpartition(":")[2]
    environment = os.environ | {"FANGYU_LANG": "en"}
    command = [*FANGYU, "serve", "-w", str(tiny), "--port", port]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr == (
        f"Error: Cannot serve on 127.0.0.1:{port} (Address already in use).\nChoose another port with --port.\n"
    )


def test_what_goes_into_a_file_is_utf8_whatever_the_code_page(tiny):
    environment = os.environ | {"PYTHONIOENCODING": "gbk", "FANGYU_LANG": "zh"}
    command = [*FANGYU, "layers", "-w", str(tiny), "--format", "csv"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True, timeout=60)
    assert done.stdout.decode("utf-8-sig").startswith("图层,名称,要素数")
