"""`motcua rulebook`: what the office lays down about time, as a TOML file to edit."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from cli.failures import Senseless
from cli.opening import opened
from cli.operator import operator
from cli.output import as_json, print_json
from engine.commands.rulebooks import PublishRulebook, publish_rulebook
from engine.life.rulebook import standard_rulebook
from engine.life.rulebook_reading import read_rulebook
from engine.queries.rulebooks import rulebook_in_force
from engine.wallclock import wall_clock

MOST_BYTES = 1_000_000
file = click.argument("file", type=click.Path(path_type=Path), metavar="TỆP")


@click.group()
def rulebook() -> None:
    """Bộ quy tắc về thời hạn (the rulebook: pauses, alerts, extensions, overdue causes)."""


@rulebook.command()
@click.option("--agency", help="Mã cơ quan; không nêu thì in bộ quy tắc kèm theo sản phẩm.")
@as_json
def show(agency: str | None, as_json: bool) -> None:
    """In bộ quy tắc đang áp dụng, dạng TOML để sửa (print the rulebook in force)."""
    document: Mapping[str, Any] = standard_rulebook()
    if agency is not None:
        with opened() as database, database.reading() as tx:
            document = rulebook_in_force(tx, agency).document
    if as_json:
        print_json(document)
    else:
        click.echo("\n".join(_toml(document)).strip())


@rulebook.command()
@file
def check(file: Path) -> None:
    """Kiểm tra một tệp bộ quy tắc (check a rulebook)."""
    found = read_rulebook(_read(file))
    click.echo(
        f"{file.name}: không có lỗi; {len(found.pauses)} lý do tạm dừng,"
        f" {len(found.causes)} nguyên nhân quá hạn."
    )


@rulebook.command()
@file
@click.option("--agency", help="Cho cơ quan này và cấp dưới; không nêu thì cho mọi cơ quan.")
@as_json
def publish(file: Path, agency: str | None, as_json: bool) -> None:
    """Ban hành bộ quy tắc; hồ sơ đã nhận vẫn theo bộ cũ (put a rulebook in force)."""
    command = PublishRulebook(agency, _read(file))
    with opened() as database, database.transaction() as tx:
        published = publish_rulebook(tx, command, operator(tx), wall_clock())
    if as_json:
        print_json({**vars(published), "changed": published.changed})
    elif published.changed:
        click.echo(
            f"Bộ quy tắc {published.digest[:12]} áp dụng cho hồ sơ nhận từ nay tại:"
            f" {', '.join(published.agencies)}."
        )
    else:
        click.echo(f"Không thay đổi: bộ quy tắc {published.digest[:12]} đang áp dụng rồi.")


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened_file:
            raw = opened_file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise Senseless(f"Tệp {file} quá lớn; bộ quy tắc không bao giờ quá 1 MB.")
        return tomllib.loads(raw.decode())
    except OSError as error:
        raise Senseless(f"Không đọc được tệp {file}: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise Senseless(f"Tệp {file} không đúng định dạng TOML: {error}") from error


def _toml(part: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Lines of TOML that read back to the same document, nulls left out."""
    values = {k: v for k, v in part.items() if v is not None and not isinstance(v, Mapping)}
    if path and (values or not part):
        yield f"\n[{path}]"
    for name, value in values.items():
        yield f"{name} = {json.dumps(value, ensure_ascii=False)}"
    for name, value in part.items():
        if isinstance(value, Mapping):
            yield from _toml(value, f"{path}.{name}" if path else name)
