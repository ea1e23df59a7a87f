"""People and programs that act, and what they may do where.

`PERMISSIONS` is the one table: `engine.store.visibility` turns the same rows into filters of
lists that `may` turns into checks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bpmn.roles import Role


class Permission(StrEnum):
    """Something that one may be allowed to do."""

    DOSSIER_READ = "dossier.read"
    DOSSIER_SUBMIT = "dossier.submit"
    DOSSIER_RECEIVE = "dossier.receive"
    DOSSIER_PAUSE = "dossier.pause"
    DOSSIER_WITHDRAW = "dossier.withdraw"
    DOSSIER_DISCONTINUE = "dossier.discontinue"
    DOSSIER_PRIORITISE = "dossier.prioritise"
    SUPPLEMENT_RECEIVE = "supplement.receive"
    OBLIGATION_CONFIRM = "obligation.confirm"
    OBLIGATION_SET = "obligation.set"
    FEE_DECIDE = "fee.decide"
    PAYMENT_TAKE = "payment.take"
    REFUND_DECIDE = "refund.decide"
    MONEY_READ = "money.read"
    STATEMENT_IMPORT = "statement.import"
    PAYMENT_RECONCILE = "payment.reconcile"
    BANK_ACCOUNT_MANAGE = "bank_account.manage"
    DUE_DATE_EXTEND = "due_date.extend"
    DOCUMENT_ADD = "document.add"
    DOCUMENT_WITHDRAW = "document.withdraw"
    VAULT_READ = "vault.read"
    VAULT_IMPORT = "vault.import"
    OVERDUE_CAUSE_RECORD = "overdue_cause.record"
    TASK_ASSIGN = "task.assign"
    TASK_PRESS = "task.press"
    DOSSIER_SUPERVISE = "dossier.supervise"
    EVENT_READ = "event.read"
    DOSSIER_REPLAY = "dossier.replay"
    ACCESS_READ = "access.read"
    PROCEDURE_DRAFT = "procedure.draft"
    PROCEDURE_DEPLOY = "procedure.deploy"
    DOSSIER_MIGRATE = "migration.manage"
    CALENDAR_ANNOUNCE = "calendar.announce"
    RULEBOOK_PUBLISH = "rulebook.publish"
    OUTAGE_RECORD = "outage.record"
    TIMER_RERUN = "timer.rerun"
    USER_MANAGE = "user.manage"
    AGENCY_MANAGE = "agency.manage"
    OFFICE_LOG_READ = "office_log.read"
    CERTIFICATE_MANAGE = "certificate.manage"
    REGISTER_READ = "register.read"
    WEBHOOK_MANAGE = "webhook.manage"
    LETTER_TEMPLATE_MANAGE = "letter_template.manage"
    PORTAL_MANAGE = "portal.manage"
    REQUEST_HANDLE = "request.handle"
    CONNECTOR_MANAGE = "connector.manage"
    CITIZEN_TELL = "citizen.tell"
    PROCEDURE_POST = "procedure.post"
    RETENTION_MANAGE = "retention.manage"
    PERSONAL_DATA_MASK = "personal_data.mask"
    REPORT_READ = "report.read"
    REPORT_SEND = "report.send"
    PETITION_ENTER = "petition.enter"
    PETITION_READ = "petition.read"
    PETITION_HANDLE = "petition.handle"


class Reach(StrEnum):
    """Which dossiers a permission covers, seen from the grant that gives it.

    OWN: those one submitted. AGENCY: those received by or belonging to the grant's agency.
    SUBORDINATES: those of the agency and of all agencies below it.
    """

    OWN = "own"
    AGENCY = "agency"
    SUBORDINATES = "subordinates"


_P = Permission
_STAFF = {_P.DOSSIER_READ: Reach.AGENCY, _P.EVENT_READ: Reach.AGENCY}
_PETITIONS = (_P.PETITION_ENTER, _P.PETITION_READ, _P.PETITION_HANDLE)
_LATENESS = dict.fromkeys((_P.OVERDUE_CAUSE_RECORD, _P.OUTAGE_RECORD), Reach.AGENCY)
_BOOKS = dict.fromkeys((_P.STATEMENT_IMPORT, _P.PAYMENT_RECONCILE), Reach.AGENCY)
_SUPERVISION = dict.fromkeys(
    (_P.DOSSIER_SUPERVISE, _P.TASK_ASSIGN, _P.TASK_PRESS, _P.DOSSIER_PRIORITISE, _P.REPORT_READ),
    Reach.AGENCY,
)

PERMISSIONS: dict[Role, dict[Permission, Reach]] = {
    Role.RECEPTION_OFFICER: _STAFF
    | _LATENESS
    | dict.fromkeys(
        (
            _P.DOSSIER_SUBMIT,
            _P.DOSSIER_RECEIVE,
            _P.DOSSIER_PRIORITISE,
            _P.DOSSIER_WITHDRAW,
            _P.SUPPLEMENT_RECEIVE,
            _P.DOCUMENT_ADD,
            _P.VAULT_READ,
            _P.REGISTER_READ,
            _P.CITIZEN_TELL,
            _P.PROCEDURE_POST,
            _P.PETITION_ENTER,
        ),
        Reach.AGENCY,
    ),
    Role.SPECIALIST: _STAFF
    | _LATENESS
    | dict.fromkeys(
        (
            _P.DOSSIER_PAUSE,
            _P.OBLIGATION_CONFIRM,
            _P.OBLIGATION_SET,
            _P.DOCUMENT_ADD,
            _P.VAULT_READ,
            _P.REQUEST_HANDLE,
        ),
        Reach.AGENCY,
    ),
    Role.LEADER: _STAFF
    | _LATENESS
    | _SUPERVISION
    | dict.fromkeys(
        (
            _P.DOSSIER_PAUSE,
            _P.DOSSIER_DISCONTINUE,
            _P.OBLIGATION_SET,
            _P.FEE_DECIDE,
            _P.REFUND_DECIDE,
            _P.MONEY_READ,
            _P.DOCUMENT_ADD,
            _P.DOCUMENT_WITHDRAW,
            _P.DUE_DATE_EXTEND,
            _P.DOSSIER_REPLAY,
            _P.ACCESS_READ,
            _P.REGISTER_READ,
            _P.REQUEST_HANDLE,
            _P.REPORT_SEND,
            *_PETITIONS,
        ),
        Reach.AGENCY,
    ),
    Role.REGISTRY_CLERK: _STAFF | dict.fromkeys((_P.REGISTER_READ, _P.REPORT_READ), Reach.AGENCY),
    Role.CASHIER: _STAFF
    | _BOOKS
    | dict.fromkeys((_P.OBLIGATION_CONFIRM, _P.PAYMENT_TAKE, _P.MONEY_READ), Reach.AGENCY),
    Role.UNIT_HEAD: _STAFF
    | _LATENESS
    | _SUPERVISION
    | dict.fromkeys((_P.DOSSIER_PAUSE, _P.REQUEST_HANDLE), Reach.AGENCY),
    Role.CENTRE_DIRECTOR: _STAFF
    | _LATENESS
    | _SUPERVISION
    | dict.fromkeys(
        (
            _P.DOSSIER_PAUSE,
            _P.DUE_DATE_EXTEND,
            _P.FEE_DECIDE,
            _P.REFUND_DECIDE,
            _P.MONEY_READ,
            _P.DOSSIER_REPLAY,
            _P.REGISTER_READ,
            _P.PROCEDURE_POST,
            _P.REQUEST_HANDLE,
            _P.REPORT_SEND,
            *_PETITIONS,
        ),
        Reach.AGENCY,
    )
    | _BOOKS,
    Role.PROCEDURE_CONTROL_OFFICER: dict.fromkeys(
        (
            _P.DOSSIER_READ,
            _P.EVENT_READ,
            _P.DOSSIER_REPLAY,
            _P.TASK_ASSIGN,
            _P.DOSSIER_PRIORITISE,
            _P.TASK_PRESS,
            _P.DOSSIER_SUPERVISE,
            _P.OVERDUE_CAUSE_RECORD,
            _P.OUTAGE_RECORD,
            _P.REGISTER_READ,
            _P.PROCEDURE_POST,
            _P.REQUEST_HANDLE,
            _P.REPORT_READ,
            _P.REPORT_SEND,
            *_PETITIONS,
            _P.PROCEDURE_DRAFT,
        ),
        Reach.SUBORDINATES,
    ),
    Role.AUDITOR: dict.fromkeys(
        (
            _P.MONEY_READ,
            _P.DOSSIER_READ,
            _P.EVENT_READ,
            _P.DOSSIER_REPLAY,
            _P.DOSSIER_SUPERVISE,
            _P.ACCESS_READ,
            _P.OFFICE_LOG_READ,
            _P.REGISTER_READ,
            _P.REPORT_READ,
            _P.PETITION_READ,
        ),
        Reach.SUBORDINATES,
    ),
    Role.ADMINISTRATOR: dict.fromkeys(
        (
            _P.PROCEDURE_DRAFT,
            _P.PROCEDURE_DEPLOY,
            _P.DOSSIER_MIGRATE,
            _P.USER_MANAGE,
            _P.AGENCY_MANAGE,
            _P.OUTAGE_RECORD,
            _P.OFFICE_LOG_READ,
            _P.CALENDAR_ANNOUNCE,
            _P.RULEBOOK_PUBLISH,
            _P.TIMER_RERUN,
            _P.CERTIFICATE_MANAGE,
            _P.VAULT_IMPORT,
            _P.LETTER_TEMPLATE_MANAGE,
            _P.PORTAL_MANAGE,
            _P.WEBHOOK_MANAGE,
            _P.CONNECTOR_MANAGE,
            _P.BANK_ACCOUNT_MANAGE,
            _P.STATEMENT_IMPORT,
            _P.RETENTION_MANAGE,
            _P.PERSONAL_DATA_MASK,
            _P.REPORT_READ,
        ),
        Reach.SUBORDINATES,
    ),
    Role.PORTAL: dict.fromkeys(
        (
            _P.DOSSIER_READ,
            _P.DOSSIER_SUBMIT,
            _P.DOSSIER_WITHDRAW,
            _P.SUPPLEMENT_RECEIVE,
            _P.DOCUMENT_ADD,
        ),
        Reach.OWN,
    ),
}
"""Role → permission → reach. Work on tasks needs no row: it follows from the task's role."""


def roles_with(permission: Permission) -> frozenset[Role]:
    """The roles that give a permission."""
    return frozenset(role for role, given in PERMISSIONS.items() if permission in given)


NEVER_LENT = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.PORTAL})
"""Roles in which nobody stands in for anybody: they guard the others, or are a program's."""


@dataclass(frozen=True)
class Grant:
    """A role that someone has in an agency, perhaps only in one of its units.

    `agencies` are the agency and all below it. `lent_by` is the absent person whose role it is,
    None where it is one's own.
    """

    role: Role
    agency: str
    unit: str | None = None
    agencies: frozenset[str] = frozenset()
    lent_by: int | None = None

    def reached(self, reach: Reach) -> frozenset[str]:
        """The agencies that a permission of this grant covers."""
        return self.agencies if reach is Reach.SUBORDINATES else frozenset({self.agency})


@dataclass(frozen=True)
class Actor:
    """Someone known, with what they were granted."""

    id: int
    username: str
    full_name: str
    grants: tuple[Grant, ...]

    @property
    def key(self) -> str:
        """How the event log names this actor."""
        return str(self.id)


class HasAgencies(Protocol):
    """A dossier, as far as permissions look at it."""

    receiving_agency: str
    competent_agency: str
    submitted_by: int


class Workable(Protocol):
    """A task, as far as permissions look at it."""

    @property
    def agency(self) -> str:
        """Where the work is done."""

    @property
    def unit(self) -> str | None:
        """In which unit, where that is laid down."""

    @property
    def role(self) -> Role:
        """By whom."""


def granted(actor: Actor, permission: Permission) -> Iterator[tuple[Grant, Reach]]:
    """The grants that give an actor a permission, with how far each reaches."""
    for grant in actor.grants:
        if reach := PERMISSIONS[grant.role].get(permission):
            yield grant, reach


def has(actor: Actor, permission: Permission) -> bool:
    """Whether the actor has the permission anywhere at all."""
    return any(True for _ in granted(actor, permission))


def may(actor: Actor, permission: Permission, dossier: HasAgencies) -> bool:
    """Whether the actor may do this to this dossier."""
    return any(True for _ in allowing(actor, permission, dossier))


def allowing(actor: Actor, permission: Permission, dossier: HasAgencies) -> Iterator[Grant]:
    """The grants by which the actor may do this to this dossier."""
    for grant, reach in granted(actor, permission):
        if _covers(actor, grant, reach, dossier):
            yield grant


def _covers(actor: Actor, grant: Grant, reach: Reach, dossier: HasAgencies) -> bool:
    if reach is Reach.OWN:
        return dossier.submitted_by == actor.id
    agencies = grant.reached(reach)
    return dossier.receiving_agency in agencies or dossier.competent_agency in agencies


def may_at(actor: Actor, permission: Permission, agency: str) -> bool:
    """Whether the actor may do this in an agency, where no dossier exists yet."""
    return any(True for _ in allowing_at(actor, permission, agency))


def allowing_at(actor: Actor, permission: Permission, agency: str) -> Iterator[Grant]:
    """The grants by which the actor may do this in an agency."""
    for grant, reach in granted(actor, permission):
        if reach is Reach.OWN or agency in grant.reached(reach):
            yield grant


def may_work(actor: Actor, task: Workable) -> bool:
    """Whether the actor is one of those whom a task is meant for."""
    return any(True for _ in allowing_work(actor, task))


def allowing_work(actor: Actor, task: Workable) -> Iterator[Grant]:
    """The grants by which the actor is one of those whom a task is meant for."""
    for grant in actor.grants:
        same = grant.role is task.role and grant.agency == task.agency
        if same and (task.unit is None or grant.unit is None or grant.unit == task.unit):
            yield grant


def desks(actor: Actor, task: Workable) -> frozenset[int]:
    """Whose tasks of this kind the actor may take in hand: one's own, and those of absent people
    for whom one stands in."""
    lenders = (grant.lent_by for grant in allowing_work(actor, task))
    return frozenset({actor.id, *(lender for lender in lenders if lender is not None)})


def on_behalf_of(grants: Iterable[Grant]) -> int | None:
    """For whom someone acts by these grants: None where one of them is their own."""
    lenders = [grant.lent_by for grant in grants]
    return None if None in lenders else next(iter(lenders), None)


def holds(actor: Actor, roles: frozenset[Role], dossier: HasAgencies) -> bool:
    """Whether the actor has one of the roles where the dossier is received or decided."""
    return any(True for _ in held(actor, roles, dossier))


def held(actor: Actor, roles: frozenset[Role], dossier: HasAgencies) -> Iterator[Grant]:
    """The grants that give the actor one of the roles where the dossier is received or decided."""
    where = {dossier.receiving_agency, dossier.competent_agency}
    return (grant for grant in actor.grants if grant.role in roles and grant.agency in where)
