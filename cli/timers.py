"""`motcua timers`."""

from enum import Enum

import click

from cli.failures import Senseless
from cli.opening import opened
from cli.operator import EVERYTHING, operator
from cli.output import as_json, local_text, print_json, said
from engine.commands.timers import RerunTimer, rerun_all_timers, rerun_timer
from engine.queries.paging import Slice
from engine.queries.timers import FailedState, FailedTimer, list_failed_timers
from engine.wallclock import wall_clock

_STATES = {FailedState.WAITING_RETRY: "chờ thử lại", FailedState.DEAD: "chờ xử lý"}
_MOMENTS = ("due_at", "failed_at", "next_attempt_at")


@click.group()
def timers() -> None:
    """Hẹn giờ hỏng: xem và chạy lại (timers that could not be fired)."""


@timers.command(name="list")
@click.option("--state", type=click.Choice([state.value for state in FailedState]),
              help="Chỉ trạng thái này (only those in this state).")  # fmt: skip
@as_json
def list_(state: str | None, as_json: bool) -> None:
    """Liệt kê hẹn giờ hỏng (list failed timers)."""
    chosen = FailedState(state) if state else None
    with opened() as database, database.reading() as tx:
        found = list_failed_timers(tx, Slice(EVERYTHING), chosen, operator(tx)).items
    if as_json:
        print_json([_plain(timer) for timer in found])
    elif found:
        _show(found)
    else:
        click.echo("Không có hẹn giờ hỏng.")


@timers.command()
@click.argument("which", nargs=-1, metavar="[MÃ_HỒ_SƠ LOẠI VỊ_TRÍ]")
@click.option("--all", "everything", is_flag=True, help="Mọi hẹn giờ hỏng (all that failed).")
@as_json
def rerun(which: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Chạy lại một hẹn giờ hỏng, hoặc tất cả (try again: one, or all).

    Bộ hẹn giờ thử lại ngay, và đếm lại số lần thử từ đầu. Ví dụ: motcua timers rerun
    H40.30.01-261122-0001 LOẠI 0; loại và vị trí xem ở «motcua timers list».
    """
    if everything == bool(which):
        raise Senseless("Hãy nêu mã hồ sơ, loại và vị trí của một hẹn giờ, hoặc dùng --all.")
    with opened() as database, database.transaction() as tx:
        if everything:
            count = rerun_all_timers(tx, operator(tx), wall_clock())
        else:
            rerun_timer(tx, _named(which), operator(tx), wall_clock())
            count = 1
    if as_json:
        print_json({"rerun": count})
    else:
        click.echo(f"Đã cho chạy lại {count} hẹn giờ.")


def _named(which: tuple[str, ...]) -> RerunTimer:
    if len(which) != 3 or not which[2].isdecimal():
        raise Senseless("Một hẹn giờ được nêu bằng ba phần: mã hồ sơ, loại và vị trí (một số).")
    return RerunTimer(which[0], which[1], int(which[2]))


def _show(found: list[FailedTimer]) -> None:
    """The first line of each is what `rerun` wants to be told."""
    for timer in found:
        click.echo(f"{timer.dossier} {timer.kind.value} {timer.place}")
        tried = f"hỏng {timer.attempts} lần, lần cuối {said(timer.failed_at)}"
        click.echo(f"  {_STATES[timer.state]}; đến giờ từ {said(timer.due_at)}; {tried}")
        click.echo(f"  {timer.last_error}")


def _plain(timer: FailedTimer) -> dict[str, object]:
    plain = {k: v.value if isinstance(v, Enum) else v for k, v in vars(timer).items()}
    return {**plain, **{name: local_text(plain[name]) for name in _MOMENTS}}
