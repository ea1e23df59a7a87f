"""What follows for a dossier when the portal took a message of it, or did not."""

from datetime import datetime

import orjson
from sqlalchemy import Connection

from engine.store import portal_syncs
from engine.store.deliveries import Delivery, Ending


def note_outcome(tx: Connection, delivery: Delivery, now: datetime) -> None:
    """Write down how far the portal has been told."""
    message, said = delivery.message, delivery.said or ""
    if message.dossier_id is None:
        return
    if delivery.ending is Ending.SENT:
        body = orjson.loads(message.letter.body)
        number, code = body["SoThuTu"], int(body["HoSo"]["TrangThaiHoSo"])
        portal_syncs.taken(tx, message.dossier_id, number, code, now)
    elif delivery.ending is Ending.POSTPONED:
        portal_syncs.put_off(tx, message.dossier_id, said)
    else:
        portal_syncs.refused(tx, message.dossier_id, said)
