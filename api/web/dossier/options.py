"""What may be chosen in the forms of acts: reasons, causes, outages, people."""

from api.web.dossier.acting import Options, Subject
from engine.deadlines.calendar import local
from engine.life.rulebook import PauseReason
from engine.model.actor import holds
from engine.queries import outages as register
from engine.queries import people
from engine.queries.outages import OutageFilter
from engine.queries.paging import Slice

MOST_OUTAGES = 50


def own_pauses(subject: Subject) -> Options:
    """Reasons for which one may pause the dossier by one's own decision."""
    return [_reason(subject, each) for each in _manual(subject) if _decides(subject, each)]


def others_pauses(subject: Subject) -> Options:
    """Reasons for which others decide."""
    return [_reason(subject, each) for each in _manual(subject) if not _decides(subject, each)]


def causes(subject: Subject) -> Options:
    """Causes of lateness of the dossier's rulebook."""
    return [(each.code, each.name) for each in subject.scene.setting.rulebook.causes.values()]


def priorities(subject: Subject) -> Options:
    """Reasons for which a dossier may go before others."""
    return [(each.code, each.name) for each in subject.scene.setting.rulebook.priorities.values()]


def outages(subject: Subject) -> Options:
    """The last outages of the competent agency."""
    chosen = OutageFilter(agency=subject.scene.dossier.competent_agency)
    page = register.list_outages(subject.scene.call.tx, Slice(MOST_OUTAGES), chosen)
    return [
        (each.id, f"{each.id}: {each.system}, {local(each.started_at):%d/%m/%Y %H:%M}")
        for each in page.items
    ]


def candidates(subject: Subject) -> Options:
    """People whom the task is meant for, but whoever holds it."""
    if subject.task is None:
        return []
    found = people.candidates(subject.scene.call.tx, subject.task)
    return [(each.id, each.full_name) for each in found if each.id != subject.task.assignee]


def _manual(subject: Subject) -> list[PauseReason]:
    setting = subject.scene.setting
    reasons = [setting.pause_reason(code) for code in setting.rulebook.pauses]
    return [reason for reason in reasons if reason.manual]


def _decides(subject: Subject, reason: PauseReason) -> bool:
    scene = subject.scene
    return not reason.approvers or holds(scene.call.actor, reason.approvers, scene.dossier)


def _reason(subject: Subject, reason: PauseReason) -> tuple[str, str]:
    """A reason with its terms, which people must know before they choose."""
    terms = [f"tối đa {reason.limit.in_words()}"] if reason.limit else ["phải ghi ngày tiếp tục"]
    terms += ["phải có căn cứ"] if reason.evidence else []
    terms += [] if reason.policy.halts else ["thời hạn vẫn chạy"]
    return reason.code, f"{reason.name} ({', '.join(terms)})"
