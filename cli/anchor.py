"""`motcua anchor`."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.table import Column, Table

from cli.failures import Refusal
from cli.opening import opened
from cli.output import as_json, console, local_text, print_json, said
from engine.commands.anchoring import copy_waiting, seal_waiting, stamp_waiting, take_anchors
from engine.commands.signatures import House
from engine.commands.signing import Secret
from engine.errors import EngineError
from engine.files import FileStore
from engine.files.outside import Outside
from engine.model.anchor import SealKind
from engine.settings import Settings
from engine.signatures.trust import trusted
from engine.store import anchor_records, anchors
from engine.store.anchor_records import Known
from engine.store.anchor_troubles import troubles
from engine.store.database import Database
from engine.verification.anchor_copies import differing_copies
from engine.verification.anchor_logs import AnchorFinding
from engine.verification.anchors import verify_anchors
from engine.wallclock import wall_clock


@click.group()
def anchor() -> None:
    """Mốc neo hằng ngày của mọi sổ (what all logs came to, sealed and time-stamped)."""


@anchor.command(name="list")
@as_json
def list_(as_json: bool) -> None:
    """Liệt kê mốc neo và những gì đang chờ (list anchors, and what they wait for)."""
    with opened() as database, database.reading() as tx:
        found = [anchors.get(tx, number) for number in anchors.numbers(tx)]
        waiting = troubles(tx)
    if as_json:
        print_json([_plain(each) for each in found])
    else:
        table = Table("Số", "Lúc", "Sổ thay đổi", Column("Mã ngắn", no_wrap=True), "Dấu")
        for each in found:
            seals = "đủ" if len(each.seals) == len(SealKind) else "đang chờ"
            at = said(each.said.taken_at)
            table.add_row(str(each.number), at, str(each.said.leaves), each.short, seals)
        console.print(table)
    for trouble in waiting:
        since = said(trouble.since)
        click.echo(f"{trouble.name}: chưa làm được từ {since}: {trouble.reason}", err=True)


@anchor.command()
def take() -> None:
    """Lấy mốc neo ngay, rồi đóng dấu (anchor now what changed, then seal)."""
    with opened() as database:
        house = _house(database)
        click.echo(f"Đã lấy mốc neo số {', '.join(map(str, take_anchors(house)))}.")
        _seal(house)


@anchor.command()
def seal() -> None:
    """Đóng dấu, lấy dấu thời gian và ghi ra ngoài những gì đang chờ (do what waits)."""
    with opened() as database:
        _seal(_house(database))


@anchor.command()
@click.argument("number", type=click.IntRange(1), metavar="SỐ")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Tệp (file to write).")
def export(number: int, output: Path | None) -> None:
    """In một mốc neo để giữ ở nơi khác (write an anchor, to be kept elsewhere)."""
    with opened() as database, database.reading() as tx:
        records = (*anchor_records.taken(tx, number), *anchor_records.seals(tx, number))
        content = anchor_records.text(records)
    if output:
        output.write_bytes(content)
    else:
        sys.stdout.write(content.decode())


@anchor.command()
@click.option(
    "--with",
    "elsewhere",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    help="Tệp hoặc thư mục mốc neo giữ ở nơi khác (anchors kept elsewhere).",
)
@as_json
def verify(elsewhere: tuple[Path, ...], as_json: bool) -> None:
    """So mọi sổ hiện nay với các mốc neo (compare today's logs with the anchors).

    Nơi giữ ngoài (MOTCUA_ANCHORS_URL) luôn được so cùng. Kết thúc với mã 1 nếu có gì không khớp.
    """
    settings = Settings.from_environment()
    with opened(settings) as database:
        state = verify_anchors(database, trusted(settings.trust_roots))
        copies = copies_of(settings, elsewhere)
        found = [*state.findings, *differing_copies(database, copies)]
    if as_json:
        print_json(
            {
                "anchors": state.anchors,
                "waiting": state.waiting,
                "copies": len(copies),
                "findings": [*map(plain_finding, found)],
            }
        )
    else:
        show_findings(found)
        click.echo(f"{state.anchors} mốc neo ({state.waiting} chờ dấu), {len(copies)} bản ngoài.")
    if found:
        raise click.exceptions.Exit(1)


def copies_of(settings: Settings, elsewhere: tuple[Path, ...] = ()) -> dict[int, Known]:
    """Anchors out of files and folders, and out of the place outside where one is set."""
    place = Outside.of(settings)
    files = [(str(path), path.read_bytes()) for each in elsewhere for path in _files(each)]
    return anchor_records.read([*(place.all() if place else ()), *files])


def plain_finding(found: AnchorFinding) -> dict[str, Any]:
    """What is wrong, for machines."""
    log = found.log
    return {
        "anchor": found.anchor,
        "log": log and log.kind.value,
        "name": log and log.name,
        "seq": found.seq,
        "reason": found.reason,
    }


def show_findings(found: list[AnchorFinding]) -> None:
    """What is wrong, a line each."""
    for each in found:
        of = f", {each.log.called}, sự kiện {each.seq}" if each.log else ""
        click.echo(f"Mốc neo số {each.anchor}{of}: {each.reason}")


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]


def _house(database: Database) -> House:
    settings = Settings.from_environment()
    return House(database, FileStore.of(settings), settings, wall_clock)


def _seal(house: House) -> None:
    """What cannot be done is said, and the rest done all the same."""
    pin = house.settings.anchor_pin
    if not pin and house.settings.anchor_agency and sys.stdin.isatty():
        pin = click.prompt("Mật khẩu hoặc mã PIN của con dấu", hide_input=True)
    refused = []
    for do in (partial(seal_waiting, secret=Secret(pin)), stamp_waiting, copy_waiting):
        try:
            do(house)
        except EngineError as error:
            refused.append(error.message)
    if refused:
        raise Refusal(" ".join(refused))
    click.echo("Mọi mốc neo đã có dấu.")


def _plain(each: Any) -> dict[str, Any]:
    return {
        "number": each.number,
        "taken_at": local_text(each.said.taken_at),
        "digest": each.digest,
        "leaves": each.said.leaves,
        "seals": sorted(kind.value for kind in each.seals),
    }
