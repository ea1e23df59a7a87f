"""`motcua evidence`."""

from pathlib import Path

import click

from cli.opening import opened
from engine.evidence import evidence_of
from engine.files import FileStore
from engine.settings import Settings
from engine.signatures.trust import trusted


@click.command()
@click.argument("code", metavar="MÃ_HỒ_SƠ")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Tệp ZIP để ghi (file to write).",
)
def evidence(code: str, output: Path) -> None:
    """Xuất gói chứng cứ của một hồ sơ (write all that proves a dossier into one file).

    Kiểm tra gói ở máy khác bằng verify_bundle.py nằm trong gói; chỉ cần Python.
    """
    settings = Settings.from_environment()
    with opened(settings) as database:
        with database.reading() as tx:
            found = evidence_of(tx, code)
        bundle = found.bundled(FileStore.of(settings), trusted(settings.trust_roots))
    output.write_bytes(bundle)
    click.echo(f"Đã ghi {output} ({len(bundle)} byte).")
