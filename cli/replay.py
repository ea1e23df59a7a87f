"""`motcua replay`."""

from collections.abc import Mapping
from typing import Any

import click
from sqlalchemy import Connection

from cli.failures import Refusal
from cli.opening import opened
from cli.output import as_json, local_text, print_json, said
from engine.model.event import SYSTEM, Event, EventType, person_of
from engine.model.event_names import EVENT_NAMES
from engine.model.status import STATUS_NAMES
from engine.queries.people import names_of
from engine.replay import Mismatch, Moment, stored
from engine.replay import replay as replay_dossier
from engine.store.definitions import version

Names = Mapping[int, str]


@click.command()
@click.argument("code", metavar="MÃ_HỒ_SƠ")
@as_json
def replay(code: str, as_json: bool) -> None:
    """Chạy lại một hồ sơ từng bước từ sổ sự kiện (re-execute a dossier act by act)."""
    with opened() as database, database.reading() as tx:
        moments = _moments(tx, code)
        title = version(tx, stored(tx, code).version).facts.name
        names = names_of(tx, _people(moments))
    if as_json:
        print_json([_plain(moment, names) for moment in moments])
    else:
        click.echo(_text(code, moments, title, names))


def _moments(tx: Connection, code: str) -> list[Moment]:
    try:
        return replay_dossier(tx, code)
    except Mismatch as mismatch:
        raise Refusal(f"Không chạy lại được từ sự kiện {mismatch.seq}: {mismatch.reason}") from None


def _people(moments: list[Moment]) -> set[int | None]:
    holders = {assignee for moment in moments for _, _, assignee in moment.tasks}
    return holders | {person_of(moment.act.actor) for moment in moments}


def _actor(act: Event, names: Names) -> str:
    person = person_of(act.actor)
    if person is None:
        return "Hệ thống" if act.actor == SYSTEM else act.actor
    return names.get(person, act.actor)


def _plain(moment: Moment, names: Names) -> dict[str, Any]:
    act = moment.act
    return {
        "seq": act.seq,
        "at": local_text(act.at),
        "type": act.type.value,
        "name": EVENT_NAMES[act.type],
        "actor": act.actor,
        "actor_name": _actor(act, names),
        "data": dict(act.data),
        "consequences": [
            {"seq": each.seq, "type": each.type.value, "data": dict(each.data)}
            for each in moment.consequences
        ],
        "status": moment.status.value,
        "status_name": STATUS_NAMES[moment.status],
        "due_at": local_text(moment.due_at),
        "tasks": [
            {
                "place": place,
                "step": step,
                "name": moment.names[step],
                "assignee": assignee,
                "assignee_name": names.get(assignee or 0),
            }
            for place, step, assignee in moment.tasks
        ],
    }


def _text(code: str, moments: list[Moment], procedure: str, names: Names) -> str:
    called = _names_of_places(moments)
    title = f"Hồ sơ {code} · {procedure}"
    return "\n\n".join([title, *(_step(m, names, called) for m in moments)])


def _step(moment: Moment, names: Names, called: Mapping[int, str]) -> str:
    act = moment.act
    lines = [
        f"{act.seq:>3}. {said(act.at)} · {_actor(act, names)} · {_said(act, called)}",
        *(f"     → {_said(event, called)}" for event in moment.consequences),
        f"     Trạng thái: {STATUS_NAMES[moment.status]} · Hạn trả: {said(moment.due_at)}",
        *(f"     Đang mở: {task}" for task in _open(moment, names)),
    ]
    return "\n".join(lines)


def _names_of_places(moments: list[Moment]) -> dict[int, str]:
    """What every place is called at which a task was opened or a wait begun."""
    begun = (EventType.TASK_OPENED, EventType.WAIT_STARTED)
    return {
        event.data["place"]: moment.names[event.data["step"]]
        for moment in moments
        for event in moment.consequences
        if event.type in begun
    }


def _said(event: Event, called: Mapping[int, str]) -> str:
    place = called.get(event.data.get("place", 0))
    return f"{EVENT_NAMES[event.type]}{f': {place}' if place else ''}"


def _open(moment: Moment, names: Names) -> list[str]:
    return [
        f"{moment.names[step]} ({names.get(assignee or 0, 'chưa ai nhận')})"
        for _, step, assignee in moment.tasks
    ]
