"""The work of a whole office, done over HTTP, with timers fired as time passes."""

from collections.abc import Iterable
from typing import Any

from bpmn.roles import Role
from cli.trial.papers import provide
from engine.model.actor import may_work
from engine.store import dossiers
from engine.store.database import Database
from notifications.tick import tick
from tests.api.client import Caller, json_of
from tests.clock import FakeClock
from tests.office import COMMUNE_STAFF, Office
from tests.samples import answer, application, shipped

BIRTH, LAND = "1.001193", "1.013978"
OWN_DELAY = {"cause": "cham_xu_ly"}
POSTED = "digitise appraise=approve survey confirm_status"
TO_OBLIGATION = "conclude_posting=approve send_tax_information"
TO_RESULT = "digitise appraise=approve enter_register sign=approve seal"


class Desk:
    """Receives dossiers and works on them; people are those whom each task is meant for."""

    def __init__(self, call: Caller, office: Office, database: Database, clock: FakeClock) -> None:
        self.call = call
        self.office = office
        self.database = database
        self.clock = clock
        self.people = {
            commune: [office.actor(f"{name}{commune}") for name in COMMUNE_STAFF]
            for commune in (1, 2)
        }

    def receive(self, code: str, commune: int = 1, online: bool = False, **changes: Any) -> str:
        """A dossier taken in at the counter, or sent in through the portal; gives its code."""
        procedure = shipped(code.replace(".", "_"))
        body = {
            "procedure": code,
            "channel": "online" if online else "direct",
            "receiving_agency": f"H40.30.0{commune}",
            "owner": {"name": "Nguyễn Văn Bình"},
            "application": application(procedure, **changes),
        }
        if not online:
            body["intake"] = answer(procedure, "check_papers", decision="accept")
        user = "portal" if online else f"reception{commune}"
        return str(json_of(self.call.post(user, "/dossiers", body), 201)["code"])

    def land(self, commune: int = 1) -> str:
        """A land dossier that will have to pay for its certificate."""
        code = self.receive(LAND, commune, certificate_requested=True, hard_area=False)
        self.work(code, POSTED)
        return code

    def birth(self, commune: int = 1) -> str:
        """A birth registration, due on the same day."""
        return self.receive(BIRTH, commune, late_registration=False)

    def work(self, code: str, steps: str, overdue: dict[str, Any] | None = None) -> None:
        """Claim and complete these steps; late ones say why with `overdue`."""
        for step in steps.split():
            self._complete(code, step, overdue)

    def wait_until(self, moment: str) -> None:
        """Let time pass and fire what comes due by then; rungs missed come a second apart."""
        self.clock.set(moment)
        while tick(self.database, self.clock).fired:
            self.clock.advance(seconds=1)

    def _complete(self, code: str, step: str, overdue: dict[str, Any] | None) -> None:
        name, _, decision = step.partition("=")
        shown = json_of(self.call.get("control", f"/dossiers/{code}"))
        task = next(task for task in shown["tasks"] if task["step"] == name)
        form = answer(
            shipped(shown["procedure"].replace(".", "_")),
            name,
            **({"decision": decision} if decision else {}),
        )
        worker = self._worker(task)
        path = f"/dossiers/{code}/tasks/{task['place']}"
        if task["assignee"] is None:
            json_of(self.call.post(worker, f"{path}/claim"))
        self._provide(code, task["place"], form.get("decision"), worker)
        body = {"form": form, **({"overdue": overdue} if overdue else {})}
        json_of(self.call.post(worker, f"{path}/complete", body))

    def _provide(self, code: str, place: int, decision: str | None, worker: str) -> None:
        with self.database.transaction() as tx:
            dossier, actor = dossiers.lock(tx, code).dossier, Office(self.database).actor(worker)
            provide(tx, dossier, dossier.tasks[place], decision, actor, self.clock())

    def _worker(self, task: dict[str, Any]) -> str:
        wanted = Wanted(task)
        people = (actor for actors in self.people.values() for actor in actors)
        return next(actor.username for actor in people if may_work(actor, wanted))

    def everything(self, user: str, path: str) -> list[dict[str, Any]]:
        """All pages of a list, three items at a time."""
        items: list[dict[str, Any]] = []
        cursor, joint = "", "&" if "?" in path else "?"
        while True:
            page = json_of(self.call.get(user, f"{path}{joint}limit=3{cursor}"))
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = f"&cursor={page['next']}"

    def group(self, user: str, standing: str, more: str = "") -> list[dict[str, Any]]:
        """Every dossier of a group that a supervisor sees."""
        return self.everything(user, f"/supervision/dossiers?standing={standing}{more}")


class Wanted:
    """An open task as `may_work` looks at it."""

    def __init__(self, task: dict[str, Any]) -> None:
        self.agency: str = task["agency"]
        self.unit: str | None = task["unit"]
        self.role = Role(task["role"])


def codes(items: Iterable[dict[str, Any]]) -> list[str]:
    """The dossiers of a list."""
    return [item["code"] for item in items]
