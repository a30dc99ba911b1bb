"""A real Chromium, and the program serving a small district to it."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from drawing_district import district
from playwright.sync_api import Browser, Page, sync_playwright
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app as fangyu

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
KEY = "browser-test-key"
DESKTOP = (1440, 900)
PHONE = (390, 844)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; where it is missing, tests are skipped, but never on a build server."""
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is missing: install Debian's package chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield browser
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a workspace on a free port of this machine and give the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(folder, key=KEY)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(600):
        if server.started:
            break
        time.sleep(0.05)
    assert server.started, "the server did not start within 30 s"
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server with the small district."""
    folder = tmp_path_factory.mktemp("site")
    district(folder).close()
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server with the sample district, made as ``fangyu demo`` makes it."""
    folder = tmp_path_factory.mktemp("sample") / "demo"
    made = CliRunner().invoke(fangyu, ["demo", str(folder)])
    assert made.exit_code == 0, made.output
    with served(folder) as address:
        yield address


@dataclass
class Visit:
    """One browser window on the site, with everything that went wrong in it."""

    page: Page
    site: str
    problems: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page and wait until its script says that everything is drawn."""
        self.page.goto(self.site + path)
        self.page.wait_for_selector("body[data-ready]", timeout=30_000)

    def sign_in(self) -> None:
        """Enter the key as a person would."""
        self.page.goto(f"{self.site}/login")
        self.page.fill("#key", KEY)
        self.page.click("form[action^='/login'] button")
        self.page.wait_for_load_state()


@contextmanager
def visiting(chromium: Browser, site: str, size: tuple[int, int]) -> Iterator[Visit]:
    """Open a window on a site; afterwards nothing may stand in its console."""
    width, height = size
    is_phone = width < 500
    context = chromium.new_context(
        viewport={"width": width, "height": height}, is_mobile=is_phone, has_touch=is_phone, locale="zh-CN"
    )
    context.set_default_timeout(20_000)
    one = Visit(context.new_page(), site)
    one.page.on("pageerror", lambda error: one.problems.append(f"error {error}"))
    one.page.on("console", lambda said: one.problems.append(said.text) if said.type == "error" else None)
    one.page.on(
        "request",
        lambda asked: (
            None if asked.url.startswith((site, "data:", "blob:")) else one.problems.append(asked.url)
        ),
    )
    yield one
    context.close()
    assert one.problems == []


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def visit(chromium: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A window of desktop or phone size on the small district."""
    with visiting(chromium, site, request.param) as one:
        yield one


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def sample_visit(chromium: Browser, sample_site: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A window of desktop or phone size on the sample district."""
    with visiting(chromium, sample_site, request.param) as one:
        yield one


@pytest.fixture
def visit_to(chromium: Browser) -> Callable[..., AbstractContextManager[Visit]]:
    """What serves a folder of one's own and opens a window on it, signed in, as long as the context lasts."""

    @contextmanager
    def visit_to(folder: Path, *, phone: bool = False) -> Iterator[Visit]:
        with served(folder) as address, visiting(chromium, address, PHONE if phone else DESKTOP) as one:
            one.sign_in()
            yield one

    return visit_to
