"""Supervisors see what the table of permissions says, however many agencies they look after."""

from itertools import product

import pytest

from engine.model.actor import Permission, may
from engine.queries import supervised
from tests.api.client import json_of
from tests.api.lives import Lives
from tests.api.supervision.desk import Desk, codes
from tests.office import COMMUNES, Office


@pytest.mark.parametrize("few", [0, supervised.FEW], ids=["together", "one by one"])
def test_dossiers_received_for_others(
    few: int, desk: Desk, lives: Lives, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervised, "FEW", few)
    made = [
        lives.submitted("portal", receiving, competent)
        for receiving, competent in product(COMMUNES, COMMUNES)
        for _ in range(2)
    ]
    accepted = [lives.complete(d, f"reception{d.receiving_agency[-1]}", decision="accept")
                for d in made[::2]]  # fmt: skip
    for user in ("control1", "director2", "auditor", "leader1"):
        actor = office.actor(user)
        mine = {d.code for d in made if may(actor, Permission.DOSSIER_SUPERVISE, d)}
        received = mine & {d.code for d in accepted}
        assert sorted(codes(desk.group(user, "on_track"))) == sorted(received)
        assert sorted(codes(desk.group(user, "intake"))) == sorted(mine - received)
        counts = json_of(desk.call.get(user, "/supervision/counts"))
        assert counts["total"] == len(mine)
        for agency in COMMUNES:
            there = {d.code for d in made if agency in (d.receiving_agency, d.competent_agency)}
            shown = desk.group(user, "intake", f"&agency={agency}")
            assert sorted(codes(shown)) == sorted((mine - received) & there)
            counts = json_of(desk.call.get(user, f"/supervision/counts?agency={agency}"))
            assert counts["total"] == len(mine & there)


@pytest.mark.parametrize("few", [0, supervised.FEW], ids=["together", "one by one"])
def test_alerts_of_many_agencies(few: int, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervised, "FEW", few)
    births = {1: desk.birth(), 2: desk.birth(commune=2)}
    desk.wait_until("2026-07-08 08:00")
    for user, communes in (("control1", [1]), ("control", [1, 2]), ("auditor", [1, 2])):
        seen = desk.everything(user, "/alerts?scope=agency")
        assert {alert["dossier"] for alert in seen} == {births[number] for number in communes}
    desk.wait_until("2026-07-09 16:00")
    told = desk.everything("control", "/alerts")
    assert {alert["rung"] for alert in told} <= {"control_officer", "leader"}
    assert {alert["dossier"] for alert in told} == set(births.values())
