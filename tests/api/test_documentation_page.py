import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from api.app import create_app

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture
def address(tiny: Path) -> Iterator[str]:
    """The address of the application behind a real server."""
    server = uvicorn.Server(uvicorn.Config(create_app(tiny, key="k"), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def test_the_interface_is_drawn_with_the_network_unplugged_and_no_rule_of_the_page_broken(address):
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no Chromium at /usr/bin/chromium")
    complaints, elsewhere = [], []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: elsewhere.append(asked.url) if address not in asked.url else None)
        page.goto(f"{address}/docs")
        page.locator(".opblock").first.wait_for(timeout=15_000)
        drawn = page.locator(".opblock").count()
        browser.close()
    assert complaints == []
    assert [one for one in elsewhere if not one.startswith("data:")] == []
    assert drawn >= 10
