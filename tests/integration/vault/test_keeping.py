"""What the vault keeps of dossiers, for how long, and for whom."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from engine.commands.acting import Target
from engine.commands.vault import WithdrawPaper, withdraw_paper
from engine.errors import DossierFinished, DossierUnknown, NotPermitted
from engine.errors.vault import DocumentNotKept, SupersedingUnknown, WithdrawnAlready
from engine.model.document import DocumentKind
from engine.model.event import EventType
from engine.model.vault import Validity
from engine.store.database import Database
from engine.store.tables import event_payload
from engine.store.vault_tables import vault_item
from tests.integration.lives.tampering import drop_triggers
from tests.vaulted import BINH, CODE, HOA, RESULT, Papers


def items(database: Database) -> list[tuple[str, str]]:
    with database.reading() as tx:
        query = select(vault_item.c.type, vault_item.c.owner).order_by(vault_item.c.id)
        return [tuple(row) for row in tx.execute(query)]


def test_a_component_is_kept_once_it_is_signed(here: Papers, database: Database) -> None:
    code = here.submit()
    number = here.bring(code, "component", "reception", component="PROOF")
    assert items(database) == []
    here.sign(code, number, "reception", "reception")
    assert items(database) == [(f"{CODE}:PROOF", BINH)]
    assert here.verified(code) is None


def test_what_is_taken_out_again_is_not_kept(here: Papers, database: Database) -> None:
    code = here.submit()
    number = here.scan(code, "PROOF")
    here.change(code, EventType.DOCUMENT_REMOVED, number, "reception")
    assert items(database) == []
    assert here.verified(code) is None


def test_an_application_form_is_of_no_use_to_others(here: Papers, database: Database) -> None:
    here.scan(here.submit(), "FORM")
    assert items(database) == []


def test_a_result_is_kept_when_it_is_sealed_and_given_out(here: Papers, database: Database) -> None:
    code = here.submit()
    number = here.draft(code)
    here.sign(code, number, "leader", "leader")
    here.complete(code, "leader", "approve")
    here.number(code, number)
    here.sign(code, number, "agency", "clerk")
    assert (RESULT, BINH) not in items(database)
    here.complete(code, "clerk")
    assert items(database) == [(f"{CODE}:PROOF", BINH), (RESULT, BINH)]
    here.complete(code, "reception")
    assert (RESULT, BINH) in items(database)
    assert here.verified(code) is None


def test_the_next_dossier_finds_what_fits(here: Papers, there: Papers) -> None:
    first = here.finished()
    code = there.submit()
    result, proof = there.shelf(code)
    assert (result.type, result.components, result.kind) == (
        RESULT,
        ("EARLIER",),
        DocumentKind.RESULT,
    )
    assert (proof.type, proof.components) == (f"{CODE}:PROOF", ("PROOF",))
    assert {result.dossier, proof.dossier} == {first}
    assert result.issued_by == "Ủy ban nhân dân xã số 1"
    assert (result.issued_on, result.valid_until) == (date(2026, 7, 6), date(2027, 1, 6))
    assert result.number
    assert (proof.number, proof.valid_until) == (None, date(2026, 8, 5))
    assert {result.validity, proof.validity} == {Validity.VALID}
    assert result.owner_name == "Nguyễn Văn Bình"


def test_nobody_finds_papers_of_others(here: Papers, there: Papers) -> None:
    here.finished(BINH)
    assert there.shelf(there.submit(HOA)) == []
    assert there.shelf(there.submit(None)) == []


def test_an_organisation_has_a_shelf_of_its_own(here: Papers, there: Papers) -> None:
    here.scan(here.submit("0101234567"), "PROOF")
    assert [paper.kind for paper in there.shelf(there.submit("0101234567"))]
    assert there.shelf(there.submit("0101234567-001")) == []


def test_whoever_gave_no_number_has_no_shelf(here: Papers, database: Database) -> None:
    code = here.finished(None)
    assert [owner for _, owner in items(database)] == [None, None]
    assert here.shelf(here.submit(None)) == []
    assert here.verified(code) is None


def test_the_shelf_is_of_the_own_agency_and_of_open_dossiers(here: Papers, there: Papers) -> None:
    first, second = here.finished(), here.submit()
    with pytest.raises(DossierUnknown):
        there.shelf(second)
    for person in ("leader1", "clerk1", "auditor1", "control1", "cashier1"):
        with pytest.raises(NotPermitted):
            here.shelf(second, person)
    with pytest.raises(DossierUnknown):
        here.shelf(second, "portal")
    with pytest.raises(DossierFinished):
        here.shelf(first)


def test_pages_go_on_after_the_last(here: Papers) -> None:
    for _ in range(3):
        here.scan(here.submit(), "PROOF")
    code = here.submit()
    everything = [paper.item for paper in here.shelf(code)]
    assert everything == sorted(everything, reverse=True)
    assert [paper.item for paper in here.shelf(code, limit=2)] == everything[:2]


def test_what_has_run_out_is_shown_so(here: Papers) -> None:
    here.finished()
    code = here.submit()
    here.clock.advance(days=31)
    assert [paper.validity for paper in here.shelf(code)] == [Validity.VALID, Validity.EXPIRED]
    here.clock.set(here.clock() + timedelta(days=180))
    assert {paper.validity for paper in here.shelf(code)} == {Validity.EXPIRED}


def test_a_result_is_taken_back_for_a_reason(here: Papers, there: Papers) -> None:
    first, second = here.finished(), here.submit()
    result = here.shelf(second)[0]
    with pytest.raises(NotPermitted):
        withdraw_as(here, first, result.document or 0, "clerk1")
    here.withdraw(first, result.document or 0)
    assert here.shelf(second)[0].validity is Validity.WITHDRAWN
    with pytest.raises(WithdrawnAlready):
        here.withdraw(first, result.document or 0)
    assert here.verified(first) is None


def withdraw_as(papers: Papers, code: str, document: int, who: str) -> None:
    with papers.office.database.transaction() as tx:
        command = WithdrawPaper(Target(code), document, "Cấp sai")
        withdraw_paper(tx, command, papers.office.actor(who), papers.clock())


def test_a_result_is_replaced_by_that_of_another_dossier(here: Papers) -> None:
    first, second, third = here.finished(), here.finished(), here.submit()
    newer, _, older, _ = here.shelf(third)
    with pytest.raises(SupersedingUnknown):
        here.withdraw(first, older.document or 0, superseded_by=third)
    here.withdraw(first, older.document or 0, superseded_by=second)
    paper = here.shelf(third)[2]
    assert paper.validity is Validity.SUPERSEDED
    assert paper.superseded_by == f"{second}/{newer.document}"


def test_only_what_is_kept_can_be_taken_back(here: Papers) -> None:
    code = here.submit()
    number = here.bring(code, "component", "reception", component="PROOF")
    for which in (number, 99):
        with pytest.raises(DocumentNotKept):
            here.withdraw(code, which)


def test_lawful_erasure_leaves_no_trace_of_the_person(here: Papers, database: Database) -> None:
    here.finished()
    code = here.submit()
    with database.transaction() as tx:
        tx.execute(delete(event_payload).where(event_payload.c.seq > 1))
    assert len(here.shelf(code)) == 2
    with database.transaction() as tx:
        tx.execute(delete(event_payload))
    assert {owner for _, owner in items(database)} == {None}
    assert here.shelf(code) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"owner": HOA},
        {"type": "KQ.T.000009"},
        {"valid_until": date(2030, 1, 1)},
        {"file": "f" * 64},
        {"agency": "H40.30.02"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_verification_finds_what_was_altered(
    here: Papers, database: Database, changed: dict[str, object]
) -> None:
    code = here.finished()
    with database.transaction() as tx:
        tx.execute(update(vault_item).where(vault_item.c.type == RESULT).values(changed))
    broken = here.verified(code)
    assert broken
    assert "kho" in broken.reason


def test_verification_finds_what_was_made_up_or_lost(here: Papers, database: Database) -> None:
    code = here.finished()
    with database.transaction() as tx:
        drop_triggers(tx, database)
        tx.execute(delete(vault_item).where(vault_item.c.type == RESULT))
    assert here.verified(code)


def test_the_rows_of_dossiers_count_their_papers(here: Papers) -> None:
    code = here.submit(components=("FORM", "PROOF", "SHOWN"))
    assert _counted(here, code) == (2, 0, 0, False)
    here.scan(code, "PROOF")
    assert _counted(here, code) == (2, 1, 0, False)
    here.bring(code, "component", "reception", component="EARLIER")
    assert _counted(here, code) == (3, 1, 0, False)


def _counted(papers: Papers, code: str) -> tuple[int | bool, ...]:
    row = papers.row(code)
    due, done = row.components_due, row.components_digitised
    return due, done, row.components_reused, row.result_signed
