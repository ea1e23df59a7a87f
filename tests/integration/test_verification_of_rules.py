"""Verification looks at the rules too: the stored diagrams, and the calendar of the day."""

import json
from datetime import date, datetime

import pytest
from sqlalchemy import select, update

from engine.commands.submission import SubmitDossier, submit_dossier
from engine.deadlines import holidays_vn
from engine.deadlines.holidays_vn import Swap
from engine.model.dossier import Dossier
from engine.model.status import Channel
from engine.store import definitions
from engine.store.tables import definition
from engine.verification import verify_dossier
from tests.clock import FakeClock
from tests.office import COMMUNE_1, Office

SMALL = "9.000001"


def _received(office: Office, now: datetime) -> Dossier:
    command = SubmitDossier(SMALL, Channel.DIRECT, COMMUNE_1, {"name": "Nguyễn Văn An"}, {})
    with office.database.transaction() as tx:
        return submit_dossier(tx, command, office.actor("reception1"), now)


def _verify(office: Office, dossier: Dossier) -> str | None:
    with office.database.reading() as tx:
        broken = verify_dossier(tx, dossier.code)
    return broken.reason if broken else None


def test_a_form_changed_in_the_stored_procedure_is_found(
    office: Office, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = _received(office, clock())
    with office.database.transaction() as tx:
        here = definition.c.digest == dossier.version
        sources = dict(tx.execute(select(definition.c.sources).where(here)).scalar_one())
        form = next(name for name in sources if name.endswith("any.json"))
        sources[form] = json.dumps({**json.loads(sources[form]), "title": "Khác"})
        tx.execute(update(definition).where(here).values(sources=sources))
    monkeypatch.setattr(definitions, "_cache", {})
    assert _verify(office, dossier) == "Quy trình lưu trong cơ sở dữ liệu đã bị sửa."


def test_a_swap_announced_later_does_not_change_what_was_promised(
    office: Office, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = _received(office, clock())
    swap = Swap(
        makeup_day=date(2026, 7, 11),
        day_off=date(2026, 7, 8),
        source="Công văn thử",
        effective=date(2026, 7, 7),
    )
    known = holidays_vn.overrides()
    monkeypatch.setattr(holidays_vn, "overrides", lambda: (*known, swap))
    assert _verify(office, dossier) is None
    clock.set("2026-07-07 08:00")
    later = _received(office, clock())
    assert dossier.due_at is not None
    assert later.due_at is not None
    assert dossier.due_at.date() == date(2026, 7, 9)
    assert later.due_at.date() == date(2026, 7, 11)
    assert _verify(office, later) is None
