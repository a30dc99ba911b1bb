"""The command that serves the map in the browser."""

import contextlib
import os
import secrets
import socket
from pathlib import Path
from typing import Annotated

import typer

from api.cli.failing import reported
from api.cli.language import said
from api.cli.options import HERE, WorkspaceFolder
from api.cli.output import remark
from layers.errors import InputError
from layers.text import Text

LOOPBACK = "127.0.0.1"
KEY_VARIABLE = "FANGYU_KEY"
_KEY_LENGTH = 16
Port = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="端口，0 表示任选 / Port; 0 takes any free one")
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "serve", help="在浏览器里打开：公众地图与工作页面 / Serve the public map and the staff pages"
    )(serve)


@reported
def serve(
    workspace: WorkspaceFolder = HERE,
    port: Port = 8000,
    host: Annotated[
        str,
        typer.Option(
            "--host", help="监听地址，默认只限本机 / Address to listen on, by default this machine only"
        ),
    ] = LOOPBACK,
    key: Annotated[
        str | None,
        typer.Option(
            "--key", envvar=KEY_VARIABLE, help="工作人员口令，默认每次随机 / Staff key, random by default"
        ),
    ] = None,
) -> None:
    """Serve until Ctrl-C."""
    run_server(workspace, host=host, port=port, key=key)


def run_server(folder: Path, *, host: str = LOOPBACK, port: int = 8000, key: str | None = None) -> None:
    """Serve a workspace until interrupted, after printing where.

    Raises
    ------
    NotFoundError
        When the folder holds no workspace.
    InputError
        When the address cannot be listened on, or the key is too short for a server that other machines reach.
    """
    import uvicorn

    from api.app import create_app
    from api.warming import warm_in_background

    if host != LOOPBACK and key and len(key) < _KEY_LENGTH:
        raise InputError(
            Text(
                f"口令太短：对其他机器开放时至少 {_KEY_LENGTH} 个字符。",
                f"The key is too short: {_KEY_LENGTH} characters at least.",
            ),
            Text("去掉 --key 可自动生成。", "Leave --key out to have one made."),
        )
    listening = _listen(host, port)
    key = key or secrets.token_urlsafe(24)
    application = create_app(folder, key=key, hosts=(host,))
    _say_where(host, listening.getsockname()[1], key)
    config = uvicorn.Config(
        application,
        log_level=os.environ.get("FANGYU_LOG", "warning"),
        server_header=False,
        proxy_headers=False,  # who asks is counted by address, which no header may change
    )
    warm_in_background(application.state.served)
    with contextlib.suppress(KeyboardInterrupt):  # the ordinary way to stop
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise InputError(
            Text(
                f"不能在 {host}:{port} 上提供服务（{why}）。",
                f"Cannot serve on {host}:{port} ({why}).",
            ),
            Text("请用 --port 换一个端口。", "Choose another port with --port."),
        ) from error


def _say_where(host: str, port: int, key: str) -> None:
    address = f"http://{host}:{port}"
    remark(said(f"公众地图：{address}/", f"Public map:   {address}/"))
    remark(said(f"工作人员：{address}/login?key={key}", f"Staff pages:  {address}/login?key={key}"))
    remark(said("按 Ctrl-C 停止。", "Stop with Ctrl-C."))
    if host != LOOPBACK:
        remark(
            said(
                "注意：其他机器也能访问，传输未加密。",
                "Careful: other machines can reach it, and it is not encrypted.",
            )
        )
