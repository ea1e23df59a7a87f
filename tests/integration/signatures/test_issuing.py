"""Signing and sealing complete the task in one act; what fails leaves nothing half done."""

from dataclasses import replace

import pytest

from engine.commands.acting import Target
from engine.commands.bulk import Bulk, BulkAct, BulkTask
from engine.commands.issuing import (
    Means,
    give_number,
    seal_and_complete,
    sign_and_complete,
)
from engine.commands.signing import Secret
from engine.commands.signing_batches import BeginBatch, begin_batch, run_batch, take_up
from engine.commands.signing_many import sign_tasks
from engine.commands.tasks import CompleteTask
from engine.errors import FormInvalid, RevisionStale
from engine.errors.signatures import KeyFileUnusable, NoCertificate
from engine.errors.signing_batches import BatchRunning, BatchUnknown
from engine.model.document import Capacity
from engine.model.dossier import Dossier
from engine.queries.signing_batches import report
from engine.signatures.examining import examine
from engine.signatures.trust import trusted
from engine.signatures.verdict import Verdict
from engine.verification import verify_dossier
from tests.signing_office import CLERK, LEADER, SECRET, SigningOffice

MEANS, WRONG = Means(SECRET), Means(Secret("sai"))
APPROVE = Bulk(BulkAct.DECIDE, decision="approve")


def completion(dossier: Dossier, **form: str) -> CompleteTask:
    return CompleteTask(Target(dossier.code, dossier.seq), next(iter(dossier.tasks)), form)


def signed(desk: SigningOffice, dossier: Dossier, means: Means = MEANS) -> Dossier:
    actor = desk.office.actor(LEADER)
    return sign_and_complete(desk.house, completion(dossier, decision="approve"), means, actor)


def sealed(desk: SigningOffice, dossier: Dossier, means: Means = MEANS) -> Dossier:
    actor = desk.office.actor(CLERK)
    return seal_and_complete(desk.house, completion(dossier), None, means, actor)


def test_from_draft_to_sealed_result(signing: SigningOffice) -> None:
    signing.enrol_all()
    dossier = sealed(signing, signed(signing, signing.to_be_signed()))
    document = dossier.documents[2]
    assert [each.capacity for each in document.signatures] == [Capacity.LEADER, Capacity.AGENCY]
    assert document.registered
    assert document.registered.in_words == "01/KQ"
    assert dossier.tasks == {}
    trust = trusted(signing.house.settings.trust_roots)
    found = examine(signing.pdf(dossier), trust, signing.clock())
    assert [each.verdict for each in found] == [Verdict.VALID, Verdict.VALID]
    with signing.office.database.reading() as tx:
        assert verify_dossier(tx, dossier.code) is None


def test_a_wrong_passphrase_changes_nothing(desk: SigningOffice) -> None:
    desk.enrol_all()
    before = desk.to_be_signed()
    with pytest.raises(KeyFileUnusable):
        signed(desk, before, WRONG)
    assert desk.now(before) == before


@pytest.mark.parametrize("form", [{"decision": "nothing"}, {}])
def test_a_form_that_is_refused_leaves_no_signature(
    desk: SigningOffice, form: dict[str, str]
) -> None:
    desk.enrol_all()
    before, actor = desk.to_be_signed(), desk.office.actor(LEADER)
    stale = replace(completion(before, decision="approve"), target=Target(before.code, 1))
    with pytest.raises(RevisionStale):
        sign_and_complete(desk.house, stale, MEANS, actor)
    if form:
        with pytest.raises(FormInvalid):
            sign_and_complete(desk.house, completion(before, **form), MEANS, actor)
    assert desk.now(before) == before


def test_who_signed_and_was_interrupted_goes_on(desk: SigningOffice) -> None:
    desk.enrol_all()
    dossier = desk.to_be_signed()
    desk.sign(dossier)
    again = desk.now(dossier)
    done = signed(desk, again)
    assert len(done.documents[2].signatures) == 1
    with pytest.raises(RevisionStale):
        signed(desk, again)


def test_a_number_is_kept_where_the_seal_fails(desk: SigningOffice) -> None:
    desk.enrol_all()
    waiting = signed(desk, desk.to_be_signed())
    with pytest.raises(KeyFileUnusable):
        sealed(desk, waiting, WRONG)
    numbered = desk.now(waiting)
    assert numbered.documents[2].registered
    assert not numbered.documents[2].signed_as(Capacity.AGENCY)
    done = sealed(desk, numbered)
    assert done.documents[2].registered == numbered.documents[2].registered


def test_an_agency_without_a_seal_gives_no_number(desk: SigningOffice) -> None:
    holders = desk.enrol_all()
    assert holders
    waiting = signed(desk, desk.to_be_signed())
    desk.retire_seal()
    with pytest.raises(NoCertificate):
        sealed(desk, waiting)
    assert desk.now(waiting) == waiting


def test_numbers_follow_each_other(desk: SigningOffice) -> None:
    desk.enrol_all()
    numbers = []
    for _ in range(3):
        waiting, clerk = signed(desk, desk.to_be_signed()), desk.office.actor(CLERK)
        give_number(desk.house, waiting.code, next(iter(waiting.tasks)), "GCN", clerk)
        numbers.append(desk.now(waiting).documents[2].registered)
    assert [each and each.in_words for each in numbers] == ["01/GCN", "02/GCN", "03/GCN"]


def test_many_are_signed_with_one_passphrase(signing: SigningOffice) -> None:
    signing.enrol_all()
    waiting = [signing.to_be_signed() for _ in range(3)]
    tasks = [BulkTask(d.code, next(iter(d.tasks)), d.seq) for d in waiting]
    stale = replace(tasks[0], revision=1)
    told = list(
        sign_tasks(
            signing.house, APPROVE, [stale, *tasks, tasks[1]], MEANS, signing.office.actor(LEADER)
        )
    )
    assert [each.task for each in told] == [stale, *tasks]
    assert [type(each.refused) for each in told] == [RevisionStale] + [type(None)] * 3
    for dossier in waiting:
        after = signing.now(dossier)
        assert after.documents[2].signed_as(Capacity.LEADER)
        assert {task.step for task in after.tasks.values()} == {"seal"}
    files = [signing.pdf(dossier) for dossier in waiting]
    again = sign_tasks(signing.house, APPROVE, tasks, MEANS, signing.office.actor(LEADER))
    assert [(each.refused, each.already) for each in again] == [(None, True)] * 3
    assert [signing.pdf(dossier) for dossier in waiting] == files


def test_many_with_a_wrong_passphrase(desk: SigningOffice) -> None:
    desk.enrol_all()
    before = desk.to_be_signed()
    task = BulkTask(before.code, next(iter(before.tasks)), before.seq)
    (told,) = sign_tasks(desk.house, APPROVE, [task], WRONG, desk.office.actor(LEADER))
    assert isinstance(told.refused, KeyFileUnusable)
    assert desk.now(before) == before


def test_an_act_that_was_interrupted_is_taken_up_again(desk: SigningOffice) -> None:
    desk.enrol_all()
    leader, database = desk.office.actor(LEADER), desk.office.database
    waiting = [desk.to_be_signed() for _ in range(2)]
    tasks = [BulkTask(d.code, next(iter(d.tasks)), d.seq) for d in waiting]
    order = BeginBatch(APPROVE, tasks, None, "một mẫu")
    with database.transaction() as tx:
        number = begin_batch(tx, order, leader, desk.clock())
        assert begin_batch(tx, order, leader, desk.clock()) == number
        take_up(tx, number, leader, desk.clock())
    with database.transaction() as tx, pytest.raises(BatchRunning):
        take_up(tx, number, leader, desk.clock())
    list(sign_tasks(desk.house, APPROVE, tasks[:1], MEANS, leader))  # then its process died
    desk.clock.advance(minutes=3)
    with database.transaction() as tx:
        take_up(tx, number, leader, desk.clock())
    run_batch(desk.house, number, SECRET, leader)
    with database.reading() as tx:
        found = report(tx, number, leader, desk.clock())
        with pytest.raises(BatchUnknown):
            report(tx, number, desk.office.actor(CLERK), desk.clock())
    assert [each.line.state for each in found.lines] == ["already", "done"]
    assert not found.running
