"""`motcua messages`."""

import click
from rich.table import Table

from cli.failures import Senseless
from cli.opening import opened
from cli.operator import EVERYTHING, operator
from cli.output import as_json, console, local_text, print_json, said
from engine.commands.messages import Resend, resend_all, resend_message
from engine.queries.messages import MessageFilter, MessageItem, list_messages
from engine.queries.paging import Slice
from engine.store.messages import State
from engine.wallclock import wall_clock

STATE_NAMES = {
    State.WAITING: "chờ gửi",
    State.SENT: "đã gửi",
    State.FAILED: "đã bỏ",
    State.WITHDRAWN: "thôi gửi",
}


@click.group()
def messages() -> None:
    """Thư gửi cán bộ (messages to officials)."""


@messages.command(name="list")
@click.option(
    "--state",
    type=click.Choice([state.value for state in State]),
    help="Chỉ thư ở trạng thái này; failed là không gửi được (only in this state).",
)
@click.option(
    "--limit",
    type=click.IntRange(1, EVERYTHING),
    default=100,
    show_default=True,
    help="Số thư, mới nhất trước (how many, the newest first).",
)
@as_json
def list_(state: str | None, limit: int, as_json: bool) -> None:
    """Liệt kê thư, không có nội dung (list messages, without their text)."""
    chosen = MessageFilter(State(state) if state else None)
    with opened() as database, database.reading() as tx:
        found = list_messages(tx, Slice(limit), chosen, operator(tx)).items
    if as_json:
        print_json([_plain(message) for message in found])
        return
    table = Table("Số", "Người nhận", "Thư", "Trạng thái")
    for each in found:
        state_said = f"{STATE_NAMES[each.state]}\n{said(each.sent_at or each.created_at)}"
        letter = f"{each.subject}\n{each.last_error}" if each.last_error else each.subject
        table.add_row(str(each.id), f"{each.name}\n{each.address}", letter, state_said)
    console.print(table)


@messages.command()
@click.argument("numbers", metavar="[SỐ]...", type=click.IntRange(1), nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Mọi thư đã bỏ (every dead letter).")
def resend(numbers: tuple[int, ...], everything: bool) -> None:
    """Gửi lại thư đã bỏ, đến địa chỉ hiện nay của người nhận (send dead letters again)."""
    if bool(numbers) == everything:
        raise Senseless("Hãy nêu số của các thư, hoặc --all để gửi lại mọi thư đã bỏ.")
    with opened() as database, database.transaction() as tx:
        actor = operator(tx)
        for number in numbers:
            resend_message(tx, Resend(number), actor, wall_clock())
        resent = resend_all(tx, None, actor, wall_clock()) if everything else len(numbers)
    click.echo(f"Sẽ gửi lại {resent} thư.")


def _plain(message: MessageItem) -> dict[str, object]:
    moments = {
        name: local_text(getattr(message, name))
        for name in ("created_at", "next_attempt_at", "sent_at", "withdrawn_at")
    }
    return {
        **vars(message),
        **moments,
        "state": message.state.value,
        "channel": message.channel.value,
    }
