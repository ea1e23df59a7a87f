"""`python -m cli.simulators.vnpay`: the simulated gateway as a process; it prints its address."""

import click
from werkzeug.serving import make_server

from cli.simulators.vnpay.ledger import Behaviour, Ledger
from cli.simulators.vnpay.server import simulated


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8091, show_default=True)
@click.option("--tmn-code", default="DEMOTMN1", show_default=True)
@click.option("--secret", default="motcua-demo-vnpay-secret", show_default=True)
@click.option("--ipn", default="", help="Nơi nhận IPN (where IPNs go).")
def main(port: int, tmn_code: str, secret: str, ipn: str) -> None:
    """Cổng thanh toán VNPAY mô phỏng, để thử (a stand-in for VNPAY)."""
    ledger = Ledger(tmn_code, secret, Behaviour(ipn_url=ipn))
    server = make_server("127.0.0.1", port, simulated(ledger), threaded=True)
    click.echo(f"http://127.0.0.1:{server.server_port}")
    server.serve_forever()


if __name__ == "__main__":
    main()
