"""Verification looks at the rules too: the stored diagrams, calendars and rulebooks."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from engine.commands.lateness import change_calendar
from engine.commands.submission import SubmitDossier, submit_dossier
from engine.model.dossier import Dossier
from engine.model.status import Channel
from engine.store import definitions, editions
from engine.store.editions import EditionKind
from engine.store.tables import definition, source_text
from engine.store.time_tables import edition
from engine.verification import verify_dossier
from tests.clock import FakeClock
from tests.integration.lives.announcing import announce_day_off
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
        files = tx.execute(select(definition.c.files).where(here)).scalar_one()
        form = next(digest for name, digest in files.items() if name.endswith("any.json"))
        kept = source_text.c.digest == form
        text = tx.execute(select(source_text.c.text).where(kept)).scalar_one()
        changed = json.dumps({**json.loads(text), "title": "Khác"})
        tx.execute(update(source_text).where(kept).values(text=changed))
    monkeypatch.setattr(definitions, "_cache", {})
    assert _verify(office, dossier) == "Quy trình lưu trong cơ sở dữ liệu đã bị sửa."


@pytest.fixture
def forget(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets go of the calendars and rulebooks that were read, as a new process would."""

    def forget() -> None:
        monkeypatch.setattr(editions, "_calendars", {})
        monkeypatch.setattr(editions, "_rulebooks", {})

    return forget


def _changed(kind: EditionKind, document: Mapping[str, Any]) -> dict[str, Any]:
    if kind is EditionKind.CALENDAR:
        return {**document, "days_off": {**document["days_off"], "2026-07-08": "Nghỉ"}}
    return {**document, "extension": {**document["extension"], "times": 5}}


def _tamper(office: Office, kind: EditionKind, digest: str) -> None:
    with office.database.transaction() as tx:
        changed = _changed(kind, editions.document(tx, kind, digest))
        tx.execute(update(edition).where(edition.c.digest == digest).values(document=changed))


@pytest.mark.parametrize("kind", EditionKind)
def test_a_changed_edition_is_found(
    office: Office, clock: FakeClock, forget: Callable[[], None], kind: EditionKind
) -> None:
    dossier = _received(office, clock())
    assert _verify(office, dossier) is None
    _tamper(office, kind, getattr(dossier, kind))
    forget()
    assert "phiên bản" in (_verify(office, dossier) or "")


def test_a_calendar_that_the_dossier_left_behind_is_looked_at_too(
    office: Office, clock: FakeClock, forget: Callable[[], None]
) -> None:
    dossier = _received(office, clock())
    with office.database.transaction() as tx:
        newer = announce_day_off(tx, COMMUNE_1, clock().date())
        change_calendar(tx, dossier.code, newer, None, clock())
    assert _verify(office, dossier) is None
    _tamper(office, EditionKind.CALENDAR, dossier.calendar)
    forget()
    assert "phiên bản" in (_verify(office, dossier) or "")
