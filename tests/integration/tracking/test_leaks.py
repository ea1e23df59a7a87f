"""Whatever happens to a dossier, its citizen reads nothing that was not meant for them."""

from dataclasses import fields, replace
from typing import Any

import orjson
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from engine.life.groups import responsible
from engine.model.actor import Actor
from engine.model.dossier import Dossier
from engine.queries.progress import Progress, progress
from tests.databases import FURNISHED, SqliteSource
from tests.integration.lives.machine import Command
from tests.integration.lives.time_machine import LivesInTime
from tests.integration.tracking.people import SECRET, by_slip
from tests.samples import shipped

SECRETLY = "BÍ MẬT"
PUBLIC = {"items", "supplement_items", "contact_officer"}
"""Fields of forms that are written for the citizen."""
STEPS = {
    name
    for folder in ("1_001193", "1_001612", "1_013978")
    for step in shipped(folder).places.steps.values()
    for name in (step.id, step.name)
} - {"Trả kết quả"}
"""What officials call their work; delivery is called the same by everyone."""


class WatchedLives(LivesInTime):
    """What people write for each other is marked on its way in, and looked for on its way out."""

    def run(self, command: Command, what: Any, actor: Actor, before: Dossier | None) -> None:
        super().run(command, _marked(what), actor, before)

    def look_at(self, code: str) -> Dossier:
        dossier = super().look_at(code)
        with self.database.reading() as tx:
            told = progress(tx, by_slip(code), SECRET, self.clock())
        self.read(dossier, told)
        return dossier

    def read(self, dossier: Dossier, told: Progress) -> None:
        """Nothing marked, nobody but the one in charge, no inner name, no id."""
        text = orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS).decode()
        holder = responsible(dossier).holder
        others = [person.full_name for person in self.people if person.id != holder]
        hidden = [SECRETLY, '"Trần Thị Hà"', *(f'"{name}"' for name in (*others, *STEPS))]
        assert [name for name in hidden if name in text] == []


def _marked(command: Any) -> Any:
    """A command whose texts for colleagues are secret; an apology is written for the citizen."""
    names = {field.name for field in fields(command)} - {"cause", "agency", "system"}
    secret: dict[str, Any] = {name: SECRETLY for name in ("note",) if name in names}
    if "reason" in names and type(command).__name__ in ("ReturnTask", "EndDossier"):
        secret["reason"] = SECRETLY * 2
    for form in ("form", "intake", "application"):
        if answers := getattr(command, form, None):
            secret[form] = {key: _secret(key, value) for key, value in answers.items()}
    if "document" in (getattr(command, "evidence", None) or {}):
        secret["evidence"] = {**command.evidence, "document": SECRETLY}
    return replace(command, **secret)


def _secret(key: str, value: Any) -> Any:
    """Free text only: anything else the form would refuse."""
    free = isinstance(value, str) and " " in value and key not in PUBLIC
    return f"{SECRETLY} {value}" if free else value


def test_random_lives_leak_nothing(sqlite_source: SqliteSource) -> None:
    class OnSqlite(WatchedLives):
        opened = staticmethod(lambda: sqlite_source.fresh(FURNISHED))

    few = settings(max_examples=settings().max_examples // 5, stateful_step_count=30)
    run_state_machine_as_test(OnSqlite, settings=few)
