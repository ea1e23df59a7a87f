"""By which code the portal is to know a dossier, told once more from what is open in it."""

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Connection, select

from bpmn.steps import Message, Outcome, Stage
from engine.model.dossier import Dossier
from engine.portal.schema import faults
from engine.store.outbox_tables import message
from engine.store.tables import dossier as table
from tests.clock import VIETNAM

_ENDED = {
    Outcome.REFUSED_INTAKE: 3,
    Outcome.WITHDRAWN: 7,
    Outcome.REFUSED: 8,
    Outcome.DISCONTINUED: 8,
    Outcome.DELIVERED: 10,
}
_RESTING = {"bo_sung_ho_so": 5, "nghia_vu_tai_chinh": 6}
_STAGES = {frozenset({Stage.DIGITISATION}): 2, frozenset({Stage.DELIVERY}): 9}


def expected_code(dossier: Dossier) -> int:
    """1 to 10."""
    if dossier.outcome:
        return _ENDED[dossier.outcome]
    if dossier.interruption is Message.WITHDRAWAL_REQUESTED:
        return 7
    if dossier.pauses:
        ordered = [pause for pause in dossier.pauses if pause.place is None]
        return _RESTING.get((ordered or dossier.pauses)[0].reason, 4)
    if dossier.received_at is None:
        return 1
    return _STAGES.get(frozenset(task.stage for task in dossier.tasks.values()), 4)


def last_message(tx: Connection, code: str) -> Mapping[str, Any]:
    """The last thing written for the portal."""
    query = (
        select(message.c.body)
        .join(table, table.c.id == message.c.dossier_id)
        .where(table.c.code == code, message.c.channel == "portal")
        .order_by(message.c.id.desc())
        .limit(1)
    )
    found: Mapping[str, Any] = orjson.loads(tx.execute(query).scalar_one())
    return found


def check_told(tx: Connection, dossier: Dossier) -> None:
    """Raise `AssertionError` unless the portal was told last of the dossier as it is."""
    told = last_message(tx, dossier.code)
    assert list(faults(told)) == []
    assert told["HoSo"]["TrangThaiHoSo"] == str(expected_code(dossier))
    assert told["HoSo"]["NgayHenTra"] == (
        f"{dossier.due_at.astimezone(VIETNAM):%Y%m%d%H%M%S}" if dossier.due_at else None
    )
