"""What an office lays down about time, as its people look it up and as forms offer it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bpmn.roles import ROLE_NAMES, Role
from engine.deadlines.clock_policy import ClockPolicy
from engine.life.rulebook import OverdueCause, PauseReason, Rulebook
from engine.model.status import Status
from engine.queries.paging import Page, Slice, page
from engine.queries.people import names_of
from engine.store import editions
from engine.store import publications as publication_store
from engine.store.editions import EditionKind

POLICY_WORDS = {
    ClockPolicy.RESET: "tính lại từ đầu sau khi tiếp tục",
    ClockPolicy.PAUSE: "thời gian tạm dừng không tính vào thời hạn",
    ClockPolicy.EXTEND: "thời hạn vẫn tính, được cộng thêm một khoảng cố định",
    ClockPolicy.NONE: "thời hạn vẫn tính",
    ClockPolicy.STOP: "thời gian tạm dừng không tính; hết thời hạn tạm dừng thì dừng giải quyết",
    ClockPolicy.DEEMED: "thời hạn vẫn tính; hết thời hạn tạm dừng thì coi như đồng ý",
}
"""What each policy does to the dossier's time limit."""

FAULT_WORDS = {
    "own": "cơ quan giải quyết",
    "other_agency": "cơ quan phối hợp",
    "external_system": "hệ thống bên ngoài",
    "citizen": "công dân, tổ chức",
    "force_majeure": "bất khả kháng",
}
"""Whose fault it is that something ended late."""


@dataclass(frozen=True)
class RulebookView:
    """The rulebook in force for an agency, as it was published.

    `since` is None where it came with the agency, `published_by` also where it was published at
    the machine itself.
    """

    agency: str
    digest: str
    since: datetime | None
    published_by: str | None
    document: Mapping[str, Any]


@dataclass(frozen=True)
class PauseReasonView:
    """A pause reason as a form offers it; limits as texts and in words."""

    code: str
    name: str
    policy: ClockPolicy
    policy_in_words: str
    status: Status
    manual: bool
    limit: str | None
    limit_in_words: str | None
    times: int | None
    evidence: bool
    approvers: tuple[Role, ...]
    approvers_in_words: str | None
    extension: str | None
    extension_in_words: str | None


@dataclass(frozen=True)
class OverdueCauseView:
    """An overdue cause as a form offers it."""

    code: str
    name: str
    fault: str
    fault_in_words: str
    outage: bool


def rulebook_in_force(tx: Connection, agency: str) -> RulebookView:
    """What holds for dossiers that an agency receives from now on; raises `AgencyUnknown`."""
    digest = editions.in_force(tx, agency).rulebook
    last = publication_store.last(tx, agency, digest)
    return RulebookView(
        agency=agency,
        digest=digest,
        since=last.published_at if last else None,
        published_by=_name(tx, last.published_by if last else None),
        document=editions.document(tx, EditionKind.RULEBOOK, digest),
    )


def pause_reasons(tx: Connection, agency: str) -> list[PauseReasonView]:
    """Every reason for which a dossier of the agency may rest, in the rulebook's order."""
    return [_reason(reason) for reason in _rulebook(tx, agency).pauses.values()]


def overdue_causes(tx: Connection, agency: str) -> list[OverdueCauseView]:
    """Every cause that may be named when something ends late, in the rulebook's order."""
    return [_cause(cause) for cause in _rulebook(tx, agency).causes.values()]


@dataclass(frozen=True)
class PublicationItem:
    """An edition that came into force: since when, thanks to whom, on what ground.

    `before` is the document of the edition before, None for the first that was published.
    """

    number: int
    digest: str
    published_at: datetime
    published_by: str | None
    reason: str | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


def publications(tx: Connection, wanted: Slice, agency: str) -> Page[PublicationItem]:
    """The editions that were published for an agency, the last first."""
    last = wanted.after[0] if wanted.after else None
    found = publication_store.of_agency(tx, agency, last, wanted.limit + 1)
    names = names_of(tx, (one.published_by for _number, _digest, one in found))
    documents = [editions.document(tx, EditionKind.RULEBOOK, digest) for _, digest, _ in found]
    items = [
        PublicationItem(
            number, digest, one.published_at,
            names.get(one.published_by) if one.published_by is not None else None,
            one.reason, earlier, document,
        )
        for (number, digest, one), document, earlier in zip(
            found, documents, [*documents[1:], None][: len(found)], strict=True
        )
    ]  # fmt: skip
    return page(items, wanted, lambda item: item, lambda item: (item.number,))


def _name(tx: Connection, user: int | None) -> str | None:
    return names_of(tx, [user]).get(user) if user is not None else None


def _rulebook(tx: Connection, agency: str) -> Rulebook:
    return editions.rulebook(tx, editions.in_force(tx, agency).rulebook)


def _reason(reason: PauseReason) -> PauseReasonView:
    approvers = tuple(role for role in Role if role in reason.approvers)
    limit, extension = reason.limit, reason.extension
    return PauseReasonView(
        code=reason.code,
        name=reason.name,
        policy=reason.policy,
        policy_in_words=POLICY_WORDS[reason.policy],
        status=reason.status,
        manual=reason.manual,
        limit=str(limit) if limit else None,
        limit_in_words=limit.in_words() if limit else None,
        times=reason.times,
        evidence=reason.evidence,
        approvers=approvers,
        approvers_in_words=" hoặc ".join(ROLE_NAMES[role] for role in approvers) or None,
        extension=str(extension) if extension else None,
        extension_in_words=extension.in_words() if extension else None,
    )


def _cause(cause: OverdueCause) -> OverdueCauseView:
    return OverdueCauseView(
        cause.code, cause.name, cause.fault, FAULT_WORDS[cause.fault], cause.outage
    )
