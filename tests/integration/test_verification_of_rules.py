"""Verification looks at the rules too: the stored diagrams."""

import json
from datetime import datetime

import pytest
from sqlalchemy import select, update

from engine.commands.submission import SubmitDossier, submit_dossier
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
