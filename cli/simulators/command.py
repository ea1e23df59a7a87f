"""`motcua simulate`."""

from pathlib import Path
from socketserver import BaseServer
from threading import Thread

import click
import orjson
from werkzeug.serving import make_server

from cli.failures import Refusal, Senseless
from cli.simulators.portal import MOODS, Portal
from cli.simulators.vnpay.ledger import Behaviour, Ledger
from cli.simulators.vnpay.server import simulated
from notifications.scheduler import run


@click.group()
def simulate() -> None:
    """Hệ thống bên ngoài mô phỏng, để thử (stand-ins for systems of others)."""


@simulate.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ (address).")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8090, show_default=True, help="Cổng (port)."
)
@click.option(
    "--file",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("portal.db"),
    show_default=True,
    help="Tệp SQLite giữ những gì đã nhận (what it knows lies here).",
)
@click.option("--client-id", default="motcua", show_default=True, help="Mã hệ thống kết nối.")
@click.option("--client-secret", default="bi-mat", show_default=True, help="Khóa của hệ thống.")
@click.option(
    "--mood",
    "moods",
    multiple=True,
    metavar="TÊN=GIÁ_TRỊ",
    help="Cách cư xử, ví dụ fail=0.3 (how it behaves); xem docs/operators.md.",
)
def portal(
    host: str, port: int, file: Path, client_id: str, client_secret: str, moods: tuple[str, ...]
) -> None:
    """Cổng Dịch vụ công mô phỏng (a portal that can be slow, fail and forget)."""
    try:
        server = Portal((host, port), file, (client_id, client_secret))
    except OSError as error:
        raise Refusal(f"Không dùng được cổng {port}: {error.strerror}.") from error
    if moods:
        server.behave(dict(map(_mood, moods)))
    click.echo(f"http://{host}:{server.server_port}")
    run(_Serving(server))


@simulate.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ (address).")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8091, show_default=True, help="Cổng (port)."
)
@click.option("--tmn-code", default="DEMOTMN1", show_default=True, help="Mã đơn vị (merchant).")
@click.option("--secret", default="khoa-bi-mat-de-thu", show_default=True, help="Khóa bí mật.")
@click.option("--ipn", default="", metavar="URL", help="Nơi nhận IPN (where IPNs go).")
def vnpay(host: str, port: int, tmn_code: str, secret: str, ipn: str) -> None:
    """Cổng thanh toán VNPAY mô phỏng (pay page, IPN, querydr, refund)."""
    ledger = Ledger(tmn_code, secret, Behaviour(ipn_url=ipn))
    try:
        server = make_server(host, port, simulated(ledger), threaded=True)
    except OSError as error:
        raise Refusal(f"Không dùng được cổng {port}: {error.strerror}.") from error
    click.echo(f"http://{host}:{server.server_port}")
    run(_Serving(server))


class _Serving:
    """Serves in a thread of its own from `start` to `stop`."""

    def __init__(self, server: BaseServer) -> None:
        self._server = server
        self._thread = Thread(target=server.serve_forever, name="simulator")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _mood(said: str) -> tuple[str, object]:
    name, _, value = said.partition("=")
    if name not in MOODS:
        raise Senseless(f"Không có cách cư xử «{name}». Có: {', '.join(MOODS)}.")
    try:
        return name, orjson.loads(value)
    except orjson.JSONDecodeError as error:
        raise Senseless(f"Giá trị của «{name}» phải là JSON, ví dụ fail=0.3.") from error
