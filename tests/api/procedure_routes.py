"""Routes of drafts and versions of procedures, and who may use them; part of `tests.api.routes`."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bpmn.procedure import PROCESSES, procedure_from_sources, read_folder
from engine.commands.procedure_drafts import OpenDraft, check_draft, open_draft
from engine.commands.procedure_ends import Repeal, repeal
from engine.commands.putting_in_force import Order
from engine.model.procedure_life import holding
from engine.store import definitions, standings
from tests.api.lives import Lives
from tests.api.people import ADMINISTRATORS, EVERYONE
from tests.api.routing import Request, Route, fixed
from tests.diagrams import CODE
from tests.office import COMMUNE_1

FOLDER = Path(__file__).parents[1] / "foreign"
"""Diagrams in the manner of other tools."""
PUBLISHERS = frozenset({"administrator"})
"""Those who decide for everybody."""
WRITERS = PUBLISHERS | {"control"}
DRAFTERS = ADMINISTRATORS | {"control", "control1", "control2"}
"""Those who draft anywhere."""
BIRTH = "1.001193"
"""A procedure that lint finds nothing wrong with."""
FOREIGN = b64encode((FOLDER / "bpmn_io.bpmn").read_bytes()).decode()
ENDING = "1.001612"
"""A procedure that nobody else hands a dossier in for."""
DECISION = {"decision": "12/QĐ-UBND"}


def draft_at(
    act: str = "", body: Any = None, *, checked: bool = False
) -> Callable[[Lives], Request]:
    """Something asked of a draft of the registration of births, which is opened first."""

    def prepare(lives: Lives) -> Request:
        writer = lives.office.actor("control")
        with lives.office.database.transaction() as tx:
            number = open_draft(tx, OpenDraft(BIRTH), writer, lives.clock())
            if checked:
                check_draft(tx, number, None, writer, lives.clock())
        return Request(f"/procedure-drafts/{number}{act}", body)

    return prepare


def _living(act: str) -> Callable[[Lives], Request]:
    """The procedure, whatever was done to it before."""

    def prepare(lives: Lives) -> Request:
        chief, now = lives.office.actor("administrator"), lives.clock()
        with lives.office.database.transaction() as tx:
            held = holding(standings.decided(tx, ENDING))
            if act == "restore" and not held.ended:
                repeal(tx, Repeal(ENDING, Order(None, "1/QĐ")), chief, now)
        return Request(f"/procedures/{ENDING}/{act}", DECISION)

    return prepare


def _to_go_back(lives: Lives) -> Request:
    with lives.office.database.transaction() as tx:
        before = definitions.current_version(tx, BIRTH)
        files = dict(definitions.version(tx, before).sources)
        files["facts.toml"] = files["facts.toml"].replace("khai sinh", "khai sinh mới", 1)
        definitions.put(tx, procedure_from_sources(files), by=None, now=lives.clock())
    return Request(f"/procedures/{BIRTH}/rollback", {**DECISION, "version": before})


def _versions(lives: Lives) -> Request:
    with lives.office.database.reading() as tx:
        version = definitions.current_version(tx, CODE)
    return Request(f"/procedures/{CODE}/differences?old={version}&new={version}")


_ONE = "/procedure-drafts/<number:draft>"
_FILE = f"{_ONE}/files/<file:name>"
_PROCEDURE = "/procedures/<code:code>"

PROCEDURE_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/procedures"): Route(fixed("/procedures"), EVERYONE),
    ("GET", "/procedures/search"): Route(
        fixed(f"/procedures/search?q=thu&agency={COMMUNE_1}"), EVERYONE
    ),
    ("GET", _PROCEDURE): Route(fixed(f"/procedures/{CODE}"), EVERYONE),
    ("GET", f"{_PROCEDURE}/diagram"): Route(fixed(f"/procedures/{CODE}/diagram"), EVERYONE),
    ("PUT", _PROCEDURE): Route(
        fixed(f"/procedures/{BIRTH}", {"sources": read_folder(PROCESSES / "1_001193")}), PUBLISHERS
    ),
    ("GET", "/procedure-drafts"): Route(fixed("/procedure-drafts"), DRAFTERS),
    ("POST", "/procedure-drafts"): Route(
        fixed("/procedure-drafts", {"procedure": CODE}), WRITERS, 201
    ),
    ("GET", _ONE): Route(draft_at(), WRITERS, readers=WRITERS),
    ("GET", _FILE): Route(draft_at("/files/procedure.bpmn"), WRITERS, readers=WRITERS),
    ("PUT", _FILE): Route(
        draft_at("/files/forms/new.json", {"text": "{}"}), WRITERS, readers=WRITERS
    ),
    ("DELETE", _FILE): Route(draft_at("/files/forms/application.json"), WRITERS, readers=WRITERS),
    ("POST", f"{_ONE}/adopt"): Route(
        draft_at("/adopt", {"name": "a.bpmn", "content": FOREIGN}), WRITERS, readers=WRITERS
    ),
    ("GET", f"{_ONE}/open-points"): Route(draft_at("/open-points"), WRITERS, readers=WRITERS),
    ("GET", f"{_ONE}/differences"): Route(draft_at("/differences"), WRITERS, readers=WRITERS),
    ("POST", f"{_ONE}/check"): Route(draft_at("/check"), WRITERS, readers=WRITERS),
    ("POST", f"{_ONE}/publish"): Route(
        draft_at("/publish", DECISION, checked=True), PUBLISHERS, readers=WRITERS
    ),
    ("POST", f"{_ONE}/discard"): Route(draft_at("/discard"), WRITERS, readers=WRITERS),
    ("GET", f"{_PROCEDURE}/versions"): Route(fixed(f"/procedures/{CODE}/versions"), EVERYONE),
    ("GET", f"{_PROCEDURE}/differences"): Route(_versions, EVERYONE),
    ("POST", f"{_PROCEDURE}/repeal"): Route(_living("repeal"), PUBLISHERS),
    ("POST", f"{_PROCEDURE}/rollback"): Route(_to_go_back, PUBLISHERS),
    ("POST", f"{_PROCEDURE}/restore"): Route(_living("restore"), PUBLISHERS),
}
"""Method and rule (below the prefix) → who may."""
